"""What an editor or the journal says of a JATS article is written into its file, and all else stays as it is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Affiliation, Article, Contributor, Date, Journal, Name, Span, Title
from pipeline.elements import ALI, HREF, LANG, make

GOOD = Path(__file__).resolve().parents[1] / "validation" / "good.xml"
DAY = Date("pub", 2022, 3, 4)
LICENSE = "https://creativecommons.org/licenses/by-nc/4.0/"


def amended(change: Callable[[Article], None], *without: str) -> tuple[etree._Element, Article, Article]:
    """The good article, less the elements named, after `change`; what was meant, and what is read of it."""
    root = etree.parse(GOOD, etree.XMLParser(remove_blank_text=True)).getroot()
    for path in without:
        for element in root.findall(path):
            element.getparent().remove(element)  # type: ignore[union-attr]
    article = jats.read(root)
    before = jats.front_of(article)
    change(article)
    jats.amend(root, before, article)
    return root, article, jats.read(root)


def facts(article: Article) -> dict[str, object]:
    """What `amend` may change, to be compared."""
    people = [
        (each.display, each.orcid, each.email, each.corresponding, each.roles, each.affiliations)
        for each in article.contributors
    ]
    places = [(each.text, each.ror, each.country_code) for each in article.affiliations]
    title = article.title.text if article.title else ""
    return {
        "type": article.type, "lang": article.lang, "title": title, "people": people, "places": places,
        "dates": sorted((date.type, date.iso) for date in article.dates), "ids": article.ids,
        "volume": article.volume, "issue": article.issue, "pages": (article.fpage, article.lpage, article.elocation_id),
        "subjects": article.subjects, "license": article.permissions.license_url, "journal": article.journal,
    }  # fmt: skip


def dated(*dates: Date) -> Callable[[Article], None]:
    def change(article: Article) -> None:
        kinds = {date.type for date in dates}
        article.dates = [*(date for date in article.dates if date.type not in kinds), *dates]

    return change


def said(article: Article, **values: str) -> None:
    for name, value in values.items():
        setattr(article, name, value)


CHANGES: dict[str, Callable[[Article], None]] = {
    "nothing": lambda article: None,
    "type": lambda article: said(article, type="review-article"),
    "language": lambda article: said(article, lang="pt"),
    "title": lambda article: setattr(article, "title", Title(make("article-title", "Flow"))),
    "date": dated(DAY),
    "received": dated(Date("received", 2020, 5, 6)),
    "revised": dated(Date("rev-recd", 2021, 2, 3)),
    "DOI": lambda article: article.ids.update(doi="10.5555/other"),
    "volume": lambda article: said(article, volume="18"),
    "issue": lambda article: said(article, issue="S1"),
    "pages": lambda article: said(article, fpage="7", lpage="9"),
    "section": lambda article: setattr(article, "subjects", ["Letters"]),
    "ORCID": lambda article: setattr(article.contributors[1], "orcid", "0000-0001-5109-3700"),
    "email": lambda article: setattr(article.contributors[1], "email", "bo@example.org"),
    "ROR": lambda article: setattr(article.affiliations[0], "ror", "https://ror.org/03yrm5c26"),
    "licence": lambda article: setattr(article, "permissions", replace(article.permissions, license_url=LICENSE)),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_said_is_in_the_file_and_the_rest_as_before(name: str, dtd: etree.DTD) -> None:
    root, meant, read = amended(CHANGES[name])
    assert facts(read) == facts(meant)
    assert dtd.validate(root), dtd.error_log
    untouched = amended(CHANGES["nothing"])[0]
    for path in ("body", "back", "floats-group", "sub-article", "front/article-meta/abstract"):
        assert etree.tostring(root.find(path)) == etree.tostring(untouched.find(path))  # type: ignore[arg-type]


def test_nothing_said_changes_no_byte() -> None:
    root = etree.parse(GOOD, etree.XMLParser(remove_blank_text=True)).getroot()
    assert etree.tostring(amended(CHANGES["nothing"])[0]) == etree.tostring(root)


MISSING = {
    "title": "front/article-meta/title-group", "date": "front/article-meta/pub-date",
    "received": "front/article-meta/history", "licence": "front/article-meta/permissions",
    "section": "front/article-meta/article-categories", "volume": "front/article-meta/volume",
    "DOI": "front/article-meta/article-id",
}  # fmt: skip


@pytest.mark.parametrize("name", MISSING)
def test_what_was_missing_is_put_where_it_belongs(name: str, dtd: etree.DTD) -> None:
    root, meant, read = amended(CHANGES[name], MISSING[name])
    assert facts(read) == facts(meant)
    assert dtd.validate(root), dtd.error_log


def test_a_title_group_without_a_title_gets_one_and_keeps_the_others() -> None:
    root, _, _ = amended(CHANGES["title"], "front/article-meta/title-group/article-title")
    assert [element.tag for element in root.find("front/article-meta/title-group")] == [
        "article-title",
        "trans-title-group",
    ]  # type: ignore[union-attr]


def test_a_licence_gets_its_address_as_both_standards_want_it() -> None:
    root, _, _ = amended(CHANGES["licence"])
    (found,) = root.iter("license")
    assert found.get(HREF) == LICENSE
    assert found[0].tag == f"{{{ALI}}}license_ref"
    assert found[0].text == LICENSE


def test_permissions_without_a_licence_get_one_and_keep_their_words() -> None:
    root, _, read = amended(CHANGES["licence"], "front/article-meta/permissions/license")
    assert read.permissions.license_url == LICENSE
    assert len(root.findall("front/article-meta/permissions/copyright-statement")) == 1


def test_a_country_is_named_by_its_code_where_it_stands_or_added() -> None:
    def change(article: Article) -> None:
        article.affiliations[0].country_code = "SE"

    root, _, _ = amended(change)
    assert [(each.get("country"), each.text) for each in root.find("front/article-meta/aff").iter("country")] == [
        ("SE", "Norway")
    ]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Norway", ""])
def test_a_country_that_is_not_there_is_added_by_its_name(name: str) -> None:
    def change(article: Article) -> None:
        spans = (Span("country", 16, 22),) if name else ()
        article.affiliations[0] = Affiliation("a", f"Quay Institute, {name}", spans, country_code="NO")

    root = etree.fromstring(
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        "<aff id='a'>Quay Institute</aff></article-meta></front></article>"
    )
    article = jats.read(root)
    before = jats.front_of(article)
    change(article)
    jats.amend(root, before, article)
    added = f', <country country="NO">{name}</country>' if name else ""
    assert etree.tostring(root.find(".//aff")).decode() == f'<aff id="a">Quay Institute{added}</aff>'  # type: ignore[arg-type]


def test_an_institution_gets_its_identifier_where_it_stands() -> None:
    root = etree.fromstring(
        "<article><front><article-meta><aff><institution>A</institution>, x</aff><aff><institution-wrap><institution>B"
        "</institution></institution-wrap></aff><aff>no part</aff></article-meta></front></article>"
    )
    article = jats.read(root)
    before = jats.front_of(article)
    for each in article.affiliations:
        each.ror = "https://ror.org/02mhbdp94"
    jats.amend(root, before, article)
    identifier = '<institution-id institution-id-type="ror">https://ror.org/02mhbdp94</institution-id>'
    assert [etree.tostring(each, encoding="unicode") for each in root.iter("aff")] == [
        f"<aff><institution-wrap><institution>A</institution>{identifier}</institution-wrap>, x</aff>",
        f"<aff><institution-wrap><institution>B</institution>{identifier}</institution-wrap></aff>",
        "<aff>no part</aff>",
    ]


JOURNAL = Journal("Tides", "T.", "t", {"electronic": "0000-0019", "print": "1111-1119"}, "Quay", "Porto")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", ["journal-id", "journal-title-group", "issn", "issn", "publisher"]),
        ("<front/>", ["journal-id", "journal-title-group", "issn", "issn", "publisher"]),
        (
            "<front><journal-meta><journal-id>x</journal-id><journal-title-group><journal-title>X</journal-title>"
            "</journal-title-group><issn>0000-0019</issn><publisher><publisher-name>P</publisher-name></publisher>"
            "</journal-meta></front>",
            ["journal-id", "journal-title-group", "issn", "issn", "publisher"],
        ),
    ],
    ids=["no front", "an empty front", "a journal"],
)
def test_facts_of_the_journal_complete_what_the_file_says(given: str, expected: list[str]) -> None:
    root = etree.fromstring(f"<article>{given}<body/></article>")
    article = jats.read(root)
    before = jats.front_of(article)
    article.journal, article.type, article.lang = JOURNAL, "editorial", "pt"
    article.contributors = [Contributor(Name("Roe", "A."))]
    jats.amend(root, before, article)
    journal = root.find("front/journal-meta")
    assert journal is not None
    assert [child.tag for child in journal] == expected
    assert (root.get("article-type"), root.get(LANG)) == ("editorial", "pt")
    assert journal.findtext("publisher/publisher-loc") == "Porto"
    assert journal.findtext("journal-title-group/abbrev-journal-title") == "T."
    kept = "<journal-title>X" in given
    assert journal.findtext("journal-title-group/journal-title") == ("X" if kept else "Tides")


def test_an_author_becomes_the_one_to_write_to_or_is_it_no_more() -> None:
    root, _, read = amended(lambda article: setattr(article.contributors[1], "corresponding", True))
    assert [each.corresponding for each in read.contributors][1]
    again = jats.front_of(read)
    read.contributors[1].corresponding = False
    jats.amend(root, again, read)
    assert root.findall("front/article-meta/contrib-group/contrib")[1].get("corresp") == "no"


def test_a_copy_for_comparing_is_not_changed_with_the_article() -> None:
    article = Article(contributors=[Contributor(Name("Roe", "A."))], affiliations=[Affiliation("a", "X")])
    before = jats.front_of(article)
    article.contributors[0].orcid = "x"
    article.affiliations[0].ror = "y"
    assert (before.contributors[0].orcid, before.affiliations[0].ror) == ("", "")
