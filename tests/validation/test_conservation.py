"""The word audits notice what is lost, and nothing stands in for it."""

import random

import pytest
from lxml import etree

from pipeline.article import SetAside
from pipeline.validation import audit, missing_words

SOURCE = "Tides of the Quay\nAda Roe\n\nWater rose by 3 cm at 12:05. Water fell.\nHome Login"
XML = """<article><front><journal-meta><journal-id>home</journal-id></journal-meta><article-meta>
<title-group><article-title>Tides of the <italic>Quay</italic></article-title></title-group>
<contrib-group><contrib><name><surname>Roe</surname><given-names>Ada</given-names></name></contrib></contrib-group>
</article-meta></front><body><p>Water rose by 3 cm at 12:05. Water fell.</p></body></article>"""
ASIDE = [SetAside(5, "Home Login", "site navigation")]


def test_a_source_that_is_all_there_has_nothing_missing() -> None:
    found = audit(SOURCE, etree.fromstring(XML), ASIDE)
    assert found.missing == []
    assert (found.source_words, found.in_xml) == (18, 16)


def test_words_of_added_facts_stand_in_for_nothing() -> None:
    lost = XML.replace("Water fell.", "")
    extra = lost.replace("<article-meta>", "<article-meta><article-id>water fell</article-id>")
    assert audit(SOURCE, etree.fromstring(extra), ASIDE, added=["water fell"]).missing == ["fell", "water"]


def test_the_journals_made_id_stands_in_for_nothing() -> None:
    assert audit(SOURCE, etree.fromstring(XML), [SetAside(5, "Login", "")]).missing == ["home"]


@pytest.mark.parametrize("seed", range(40))
def test_any_word_dropped_from_the_xml_is_noticed(seed: int) -> None:
    root = etree.fromstring(XML)
    chance = random.Random(seed)
    holder = chance.choice([each for each in root.iter() if (each.text or "").strip() and each.tag != "journal-id"])
    words = holder.text.split()
    dropped = words.pop(chance.randrange(len(words)))
    holder.text = " ".join(words)
    missing = audit(SOURCE, root, ASIDE).missing
    assert missing, dropped
    assert all(word in dropped.casefold() for word in missing)


def test_a_galley_lacks_what_it_does_not_print() -> None:
    root = etree.fromstring(XML)
    galley = "Tides of the Quay. Ada Roe. Water rose by 3 cm at 12:05. Water. Entry one."
    assert missing_words(root, ["Entry one.", "Entry two."], {"html": galley}) == {"html": ["entry", "fell", "two"]}


def test_identifiers_and_months_may_be_shown_in_another_form() -> None:
    root = etree.fromstring(
        "<article><front><article-meta><article-id>10.1/x</article-id><pub-date><month>3</month><year>2021</year>"
        "</pub-date></article-meta></front><back><ref-list><ref>Roe</ref></ref-list></back></article>"
    )
    assert missing_words(root, [], {"html": "March 2021"}) == {"html": []}
    assert missing_words(root, [], {"html": "March"}) == {"html": ["2021"]}


def test_a_compound_broken_at_its_hyphen_is_not_missing() -> None:
    root = etree.fromstring("<article><body><p>a non-residential house, non-smoking rooms</p></body></article>")
    assert missing_words(root, [], {"html": "a nonresidential house, non-smoking rooms"}) == {"html": []}
    assert missing_words(root, [], {"html": "a nonresidential house, rooms"}) == {"html": ["non", "smoking"]}


def test_citations_set_in_another_style_are_not_lost_words() -> None:
    root = etree.fromstring("<article><body><p>Grass grows (Roe, 2001) twice</p></body></article>")
    cited = ("Grass grows (Roe, 2001) twice", "Grass grows [1] twice")
    assert missing_words(root, [], {"html": "Grass grows [1] twice"}, cited) == {"html": []}
    assert missing_words(root, [], {"html": "Grass [1] twice"}, cited) == {"html": ["grows"]}
    assert missing_words(root, [], {"html": "Grass grows twice"}, cited) == {"html": ["1"]}


def test_a_word_that_runs_right_to_left_is_counted_by_its_letters() -> None:
    root = etree.fromstring("<article><body><p>دانشگاه تهران</p></body></article>")
    galleys = {"pdf": "هاگشناد تهر ان", "html": "تهران"}
    assert missing_words(root, [], galleys) == {"pdf": [], "html": ["دانشگاه"]}


@pytest.mark.parametrize(
    ("text", "galley", "missing"),
    [
        ("non smoking smoking", "nonsmoking nonsmoking", ["smoking"]),
        ("tip top tip top", "tiptop", ["tip", "top"]),
        ("tip tip", "tiptip", []),
        ("tip", "tiptip", ["tip"]),
        ("harbour harbour", "har bour", ["harbour"]),
        ("harbour", "har har", ["harbour"]),
        ("haha", "ha", ["haha"]),
        ("haha", "ha ha", []),
        ("ab", "a b", ["ab"]),
        ("تهران تهران", "ته ران", ["تهران"]),
        ("تهران", "نارهت", []),
    ],
)
def test_a_word_stands_in_once(text: str, galley: str, missing: list[str]) -> None:
    root = etree.fromstring(f"<article><body><p>{text}</p></body></article>")
    assert missing_words(root, [], {"pdf": galley}) == {"pdf": missing}
