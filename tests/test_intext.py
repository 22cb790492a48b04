"""Citations in the text keep their meaning when the style changes."""

from collections.abc import Sequence

import pytest
from lxml import etree

from pipeline import intext, references
from pipeline.article import Article, Reference
from pipeline.bibliography.richtext import Cite, RichText, Style, Styled
from pipeline.elements import text_of
from pipeline.intext import AUTHOR_DATE, NUMERIC, find_places, kind_of
from pipeline.reference_list import format_references

ENTRIES = (
    "Roe, A. (2001). Tides of the north. Lantern Press.",
    "Baek, J., & Dale, I. S. (2019). The quay as a public room. Journal of Tides, 12(3), 88-107.",
    "Quill, M., Roe, A., & Vale, O. (2010). Ebb. Quay Press.",
)


def link(text: str, *ids: str) -> str:
    return f'<xref ref-type="bibr" rid="{" ".join(ids)}">{text}</xref>'


def article(*paragraphs: str, entries: Sequence[str] = ENTRIES) -> Article:
    read, _ = references.parse([Reference(text=text) for text in entries])
    return Article(body=[etree.fromstring(f"<p>{text}</p>") for text in paragraphs], references=read)


def restyled(paragraph: str, style: str) -> str:
    given = article(paragraph)
    format_references(given, style)
    return text_of(given.body[0])


PARENTHETICAL = f"Water rose ({link('Roe 2001', 'ref1')}; {link('Baek and Dale 2019', 'ref2')}) again."
LOCATED = f"Water rose (see {link('Roe, 2001', 'ref1')}, p. 12)."
NARRATIVE = f"As {link('Roe (2001)', 'ref1')} showed, water rose."
YEAR_ONLY = f"As Roe ({link('2001', 'ref1')}) showed, water rose."
BRACKETED = f"Water rose [{link('1', 'ref1')}–{link('3', 'ref3')}]."
SHARED = f"Water rose ({link('Roe 2001', 'ref1')}; <xref ref-type='fig' rid='f1'>Figure 1</xref>) again."
OWN_BRACKETS = f"Water rose {link('[1]', 'ref1')},{link('[2]', 'ref2')} again."
RAISED = f"Water rose<sup>{link('1', 'ref1')},{link('2', 'ref2')}</sup> again."


@pytest.mark.parametrize(
    ("paragraph", "style", "expected"),
    [
        (PARENTHETICAL, "apa", "Water rose (Baek & Dale, 2019; Roe, 2001) again."),
        (PARENTHETICAL, "ieee", "Water rose [1], [2] again."),
        (LOCATED, "apa", "Water rose (see Roe, 2001, p. 12)."),
        (LOCATED, "ieee", "Water rose see [1, p. 12]."),
        (NARRATIVE, "apa", "As Roe (2001) showed, water rose."),
        (NARRATIVE, "ieee", "As Roe [1] showed, water rose."),
        (YEAR_ONLY, "apa", "As Roe (2001) showed, water rose."),
        (YEAR_ONLY, "ieee", "As Roe [1] showed, water rose."),
        (SHARED, "apa", "Water rose (Roe, 2001; Figure 1) again."),
        (SHARED, "ieee", "Water rose ([1]; Figure 1) again."),
        (BRACKETED, "apa", "Water rose (Baek & Dale, 2019; Quill et al., 2010; Roe, 2001)."),
        (OWN_BRACKETS, "apa", "Water rose (Baek & Dale, 2019; Roe, 2001) again."),
        (RAISED, "apa", "Water rose (Baek & Dale, 2019; Roe, 2001) again."),
        (BRACKETED, "nlm-citation-sequence", "Water rose [1–3]."),
    ],
)
def test_a_citation_in_another_style(paragraph: str, style: str, expected: str) -> None:
    assert restyled(paragraph, style) == expected


def test_a_note_that_cites_several_works_says_each_once() -> None:
    said = restyled(PARENTHETICAL, "chicago-fullnote-bibliography")
    assert said == (
        "Water roseA. Roe, Tides of the North (Lantern Press, 2001); J. Baek and I. S. Dale, “The Quay as a Public "
        "Room,” Journal of Tides 12, no. 3 (2019): 88–107. again."
    )


def test_in_a_note_style_a_citation_is_a_footnote() -> None:
    given = article(PARENTHETICAL)
    format_references(given, "chicago-notes")
    [note] = given.body[0].iter("fn")
    assert "Tides of the North" in text_of(note)
    assert [each.get("rid") for each in note.iter("xref")] == ["ref1 ref2"]
    assert text_of(given.body[0]).startswith("Water rose")


def test_without_a_style_the_text_stays_as_it_was_written() -> None:
    given = article(PARENTHETICAL)
    format_references(given)
    assert text_of(given.body[0]) == "Water rose (Roe 2001; Baek and Dale 2019) again."


def test_a_citation_among_other_words_stays_and_is_said() -> None:
    odd = f"Water rose (as {link('Roe 2001', 'ref1')} has it, and rightly so)."
    given = article(odd)
    _, findings = format_references(given, "ieee")
    assert "as Roe 2001 has it" in text_of(given.body[0])
    assert [finding.code for finding in findings] == ["citation-not-formatted"]


def test_links_lead_to_all_that_a_cluster_names() -> None:
    given = article(BRACKETED)
    format_references(given, "apa")
    assert [(text_of(made), made.get("rid")) for made in given.body[0].iter("xref")] == [
        ("Baek & Dale, 2019", "ref2"),
        ("Quill et al., 2010", "ref3"),
        ("Roe, 2001", "ref1"),
    ]


@pytest.mark.parametrize(
    ("cluster", "style", "expected"),
    [
        (("1", "2", "3"), "nlm-citation-sequence", [("1", "ref1 ref2"), ("3", "ref3")]),
        (("1", "3"), "ieee", [("1", "ref1"), ("2", "ref3")]),
        (("1", "2", "3"), "nature", [("1", "ref1 ref2"), ("3", "ref3")]),
    ],
)
def test_each_number_is_a_link_and_a_range_means_what_lies_between(
    cluster: Sequence[str], style: str, expected: list[tuple[str, str]]
) -> None:
    links = "; ".join(link(f"Somebody {number} 2001", f"ref{number}") for number in cluster)
    given = article(f"Water rose ({links}) again.")
    format_references(given, style)
    assert [(text_of(made), made.get("rid")) for made in given.body[0].iter("xref")] == expected


def test_words_that_may_mean_two_references_are_one_link() -> None:
    given = article(f"Water rose ({link('Roe 2001', 'ref1')}; {link('Roe 2001', 'ref2')}).", entries=[ENTRIES[0]] * 2)
    format_references(given, "modern-language-association")
    assert [made.get("rid") for made in given.body[0].iter("xref")] == ["ref1 ref2"]


def test_how_a_text_cites_is_told_from_most_of_its_citations() -> None:
    assert kind_of(article(PARENTHETICAL, BRACKETED, NARRATIVE)) == AUTHOR_DATE
    assert kind_of(article(BRACKETED, OWN_BRACKETS)) == NUMERIC
    assert kind_of(article("No citation.")) == ""


def test_a_range_names_what_lies_between() -> None:
    [place] = find_places(article(BRACKETED))
    assert [cite.id for cite in place.cluster.cites] == ["ref1", "ref2", "ref3"]


ITALIC = Styled(Style.ITALIC, ("Roe",))


@pytest.mark.parametrize(
    ("citation", "bare"),
    [
        (("(Roe, 2001)",), ("Roe, 2001",)),
        (("Roe (2001)",), ("Roe (2001)",)),
        (("(", ITALIC, ", 2001)"), ("", ITALIC, ", 2001")),
        (("(", ITALIC, ", 2001"), ("(", ITALIC, ", 2001")),
        (("", ITALIC, ", 2001)"), ("", ITALIC, ", 2001)")),
        ((ITALIC, ", 2001)"), (ITALIC, ", 2001)")),
        (("(", ITALIC), ("(", ITALIC)),
        ((), ()),
    ],
)
def test_a_citation_within_brackets_of_others_has_none_of_its_own(citation: RichText, bare: RichText) -> None:
    assert intext._unbracketed(citation) == bare


def test_a_prefix_goes_to_the_first_and_a_locator_to_the_last() -> None:
    locator = intext.LOCATOR.match(", chap. 5, ")
    assert intext._cites(["a", "b"], locator, "see ", "") == (Cite("a", prefix="see "), Cite("b", "5", "chapter"))
    assert intext._cites(["a"], None, "", "suppress-author") == (Cite("a", mode="suppress-author"),)
    assert intext._cites([], locator, "see ", "") == ()
    for text, label in ((", pp. 5–7", "page"), (", S. 5", "page"), (", sec. 5", "section"), (" ch. 5", "chapter")):
        [cite] = intext._cites(["a"], intext.LOCATOR.match(text), "", "")
        assert cite.label == label
