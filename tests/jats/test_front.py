"""The front matter of an article: valid in every combination, read back as it was."""

from dataclasses import replace

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import (
    Abstract,
    Affiliation,
    Article,
    Contributor,
    Date,
    Journal,
    Keywords,
    Name,
    Permissions,
    Span,
    Title,
)
from pipeline.elements import make
from pipeline.jats.affiliation_reader import read_affiliation

AFFILIATION = "School of Tides, Harbour University, Port Ellery, Norway"


def article(**changes: object) -> Article:
    full = Article(
        lang="en",
        subjects=["Articles"],
        journal=Journal("Journal of Tides", "J. Tides", "jt", {"electronic": "0000-0019"}, "Quay Press", "Port Ellery"),
        ids={"doi": "10.5555/jt.1"},
        title=Title(make("article-title", "Tides of ", make("italic", "Fucus"), " beds"), make("subtitle", "A view")),
        translated_titles=[Title(make("article-title", "Marés"), lang="pt")],
        contributors=[
            Contributor(
                Name("van der Meer", "Ada", suffix="Jr"), affiliations=["aff1"], orcid="0000-0002-1825-0097",
                email="a@example.org", corresponding=True, roles=["Writing"],
            ),
            Contributor(collab="The Tide Group"),
        ],
        affiliations=[
            Affiliation(
                "aff1", AFFILIATION, country_code="NO",
                spans=(
                    Span("department", 0, 15), Span("institution", 17, 35), Span("city", 37, 48),
                    Span("country", 50, 56),
                ),
            )
        ],
        dates=[Date("pub", 2021, 3, 9), Date("received", 2020, 12)],
        volume="17",
        issue="2",
        fpage="101",
        lpage="129",
        permissions=Permissions("© 2021 A", "A", "2021", "https://creativecommons.org/licenses/by/4.0/", "CC BY"),
        abstracts=[
            Abstract([make("p", "Short.")], "Abstract", lang="en"),
            Abstract([make("p", "Curto.")], "Resumo", lang="pt"),
        ],
        keywords=[Keywords([make("kwd", "tide"), make("kwd", "quay")], lang="en")],
    )  # fmt: skip
    return replace(full, **changes)


def round_trip(given: Article) -> tuple[bytes, bytes]:
    first = jats.serialize(jats.write(given))
    return first, jats.serialize(jats.write(jats.read(etree.fromstring(first))))


@pytest.mark.parametrize(
    "missing",
    ["subjects", "ids", "title", "translated_titles", "contributors", "affiliations", "dates", "abstracts", "keywords"],
)
def test_every_part_may_be_missing(missing: str, dtd: etree.DTD) -> None:
    empty = type(getattr(article(), missing))() if missing != "title" else None
    changes = {missing: empty}
    if missing == "affiliations":
        changes["contributors"] = []
    made = etree.fromstring(jats.serialize(jats.write(article(**changes))))
    assert dtd.validate(made), dtd.error_log


def test_an_empty_article_is_valid(dtd: etree.DTD) -> None:
    assert dtd.validate(etree.fromstring(jats.serialize(jats.write(Article()))))


def test_reading_and_writing_again_gives_the_same_file() -> None:
    first, second = round_trip(article())
    assert first == second


def test_department_and_institution_are_tagged_and_the_rest_is_text() -> None:
    aff = jats.write(article()).find(".//aff")
    tagged = [(each.get("content-type"), each.text) for each in aff.iter("institution")]
    assert tagged == [("dept", "School of Tides"), (None, "Harbour University")]
    assert aff.find("country").get("country") == "NO"
    assert "".join(aff.itertext()) == article().affiliations[0].text


def test_a_translated_abstract_and_title_stand_apart() -> None:
    root = jats.write(article())
    assert root.findtext(".//trans-abstract/p") == "Curto."
    assert root.findtext(".//trans-title-group/trans-title") == "Marés"


def test_what_no_field_holds_is_kept_in_its_place(dtd: etree.DTD) -> None:
    counts = make("counts", make("page-count", count="9"))
    first, second = round_trip(article(meta=[counts]))
    assert first == second
    root = etree.fromstring(second)
    assert root.find(".//article-meta")[-1].tag == "counts"
    assert dtd.validate(root)


def test_mixed_content_gains_no_white_space() -> None:
    made = jats.serialize(jats.write(article()))
    assert b"<article-title>Tides of <italic>Fucus</italic> beds</article-title>" in made


def test_sections_and_floats_get_ids_that_say_where_they_stand() -> None:
    inner = make("sec", make("title", "Inner"), make("p", "x"))
    body = [
        make("sec", make("title", "One"), make("p", "x")),
        make("sec", make("title", "Two"), inner),
    ]
    body[0].append(make("fig", make("caption", make("p", "y")), id="fig9"))
    body[0].append(make("table-wrap", make("caption", make("p", "y"))))
    root = jats.write(article(body=body))
    assert [each.get("id") for each in root.iter("sec")] == ["sec1", "sec2", "sec2.1"]
    assert [each.get("id") for each in root.iter("fig", "table-wrap")] == ["fig9", "table1"]


def test_an_affiliation_given_twice_is_read_as_it_was_printed() -> None:
    aff = etree.fromstring(
        """<aff id="a"><label>1</label>
        <institution content-type="orgname">Universidade do Sul</institution>
        <addr-line><named-content content-type="city">Tubarão</named-content></addr-line>
        <country country="BR">Brasil</country>
        <institution content-type="original">Escola, Universidade do Sul - Tubarão (SC), Brasil.</institution></aff>"""
    )
    read = read_affiliation(aff, "aff1")
    assert read.text == "Escola, Universidade do Sul - Tubarão (SC), Brasil."
    parts = [(span.label, read.text[span.start : span.end]) for span in read.spans]
    assert parts == [("institution", "Universidade do Sul"), ("city", "Tubarão"), ("country", "Brasil")]


def test_a_date_that_is_not_in_numbers_is_kept_as_it_was(dtd: etree.DTD) -> None:
    date = make("pub-date", make("season", "jan/mar"), make("year", "2021"), date_type="collection")
    first, second = round_trip(article(meta=[date]))
    assert first == second
    assert etree.fromstring(second).findtext(".//pub-date/season") == "jan/mar"


def test_writing_takes_nothing_from_the_article() -> None:
    given = article(meta=[make("counts", make("page-count", count="9"))], body=[make("p", "x")])
    assert jats.serialize(jats.write(given)) == jats.serialize(jats.write(given))


@pytest.mark.parametrize(
    ("journal", "identifier"),
    [
        (Journal("Journal of Tides", id="jt"), "jt"),
        (Journal("Journal of Tides"), "journal-of-tides"),
        (Journal(), "unknown"),
    ],
)
def test_a_journal_always_has_an_identifier(journal: Journal, identifier: str) -> None:
    assert jats.write(article(journal=journal)).findtext("front/journal-meta/journal-id") == identifier
