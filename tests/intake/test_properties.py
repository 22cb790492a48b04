"""What files say beside their text: tags of web pages, JSON-LD, properties of office files, titles in tables."""

import json
from pathlib import Path

import pytest
from lxml import etree

from pipeline import build
from pipeline.article import Element
from pipeline.intake.metadata.page import read_page
from pipeline.journal import load_journal
from tests.intake.word import docx, paragraph, run

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
TEXT = f"<h2>Abstract</h2><p>{LONG}</p><h2>One</h2><p>{LONG}</p>"


def made(path: Path) -> tuple[build.Built, Element]:
    built = build.convert(path, load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == []
    return built, etree.fromstring(built.xml)


def page(path: Path, head: str, body: str) -> tuple[build.Built, Element]:
    path.write_text(f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return made(path)


TAGS = [
    ("citation_title", "On quays"), ("citation_author", "Silva, Ana"),
    ("citation_author_institution", "Harbour University"),
    ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"), ("citation_author", "Rui Costa"),
    ("citation_author_institution", "Shore Institute"), ("citation_keywords", "tides; books"), ("citation_volume", "4"),
    ("citation_doi", "10.5555/quay.4"), ("citation_journal_title", "Shore Studies"), ("citation_date", "2021/05/03"),
]  # fmt: skip
DATA = {
    "@type": "ScholarlyArticle", "headline": "On quays", "keywords": ["tides", "books"], "datePublished": "2021-05-03",
    "author": [
        {"@type": "Person", "givenName": "Ana", "familyName": "Silva", "affiliation": {"name": "Harbour University"},
         "@id": "https://orcid.org/0000-0002-1825-0097"},
        {"@type": "Person", "name": "Rui Costa", "affiliation": [{"name": "Shore Institute"}]},
    ],
    "isPartOf": {
        "@type": "PublicationVolume", "volumeNumber": "4", "isPartOf": {"@type": "Periodical", "name": "Shore Studies"},
    },
    "sameAs": "https://doi.org/10.5555/quay.4",
}  # fmt: skip
HEADS = {
    "tags": "".join(f'<meta name="{name}" content="{text}">' for name, text in TAGS),
    "json": f'<script type="application/ld+json">{json.dumps({"@graph": [DATA]})}</script>',
}


@pytest.mark.parametrize("kind", HEADS)
def test_what_a_page_says_of_its_article(tmp_path: Path, kind: str) -> None:
    built, root = page(tmp_path / "a.html", f"<title>On quays | Shore</title>{HEADS[kind]}", f"<h1>On quays</h1>{TEXT}")
    article = built.article
    assert root.findtext(".//article-title") == "On quays"
    assert [(person.display, person.orcid) for person in article.contributors] == [
        ("Ana Silva", "0000-0002-1825-0097"), ("Rui Costa", ""),
    ]  # fmt: skip
    assert [each.text for each in article.affiliations] == ["Harbour University", "Shore Institute"]
    assert (article.volume, article.ids["doi"], article.journal.title) == ("4", "10.5555/quay.4", "Shore Studies")
    assert [word.text for word in article.keywords[0].words] == ["tides", "books"]
    assert root.findtext(".//abstract/p") == LONG


def test_the_title_of_a_page_is_weaker_than_its_text(tmp_path: Path) -> None:
    body = f"<h1>On quays</h1><p>Ana Silva<sup>1</sup></p><p><sup>1</sup> Harbour University, Porto</p>{TEXT}"
    built, root = page(tmp_path / "a.html", "<title>Microsoft Word - quays.doc</title>", body)
    assert root.findtext(".//article-title") == "On quays"
    assert [person.display for person in built.article.contributors] == ["Ana Silva"]


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>'
    "<cp:keywords>tides, books</cp:keywords></cp:coreProperties>"
)
BODY = paragraph("Introduction", "heading1") + paragraph(LONG) * 2


def test_properties_stand_in_where_the_text_says_nothing(tmp_path: Path) -> None:
    files = {"docProps/core.xml": CORE.format("A harbour and its books", "Ana Silva PhD1,2,✉").encode()}
    built, root = made(docx(tmp_path / "a.docx", BODY, files=files))
    assert root.findtext(".//article-title") == "A harbour and its books"
    assert [person.display for person in built.article.contributors] == ["Ana Silva"]
    assert {"title-from-properties", "authors-from-properties"} <= {finding.code for finding in built.findings}


def test_properties_give_way_to_the_text(tmp_path: Path) -> None:
    files = {"docProps/core.xml": CORE.format("An older title", "Microsoft Office User").encode()}
    front = paragraph("A harbour and its books", "Title") + paragraph("Rui Costa", "Author")
    built, root = made(docx(tmp_path / "a.docx", front + paragraph("Keywords: quays, piers") + BODY, files=files))
    assert root.findtext(".//article-title") == "A harbour and its books"
    assert [person.display for person in built.article.contributors] == ["Rui Costa"]
    assert [word.text for word in root.iter("kwd")] == ["quays", "piers"]


def test_a_title_in_a_table(tmp_path: Path) -> None:
    cells = (
        paragraph(run("A harbour and its books", "<w:b/>")),
        paragraph("Ana Silva"),
        paragraph("Harbour University, Porto, Portugal"),
    )
    table = "".join(f"<w:tr><w:tc>{cell}</w:tc></w:tr>" for cell in cells)
    body = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{table}</w:tbl>" + paragraph("Abstract") + paragraph(LONG)
    built, root = made(docx(tmp_path / "a.docx", body + BODY))
    assert root.findtext(".//article-title") == "A harbour and its books"
    assert [person.display for person in built.article.contributors] == ["Ana Silva"]
    assert root.find("body//table") is None


def facts_of(head: str) -> dict[str, object]:
    return read_page(f"<html><head>{head}</head><body><h1>On the quays of harbours</h1></body></html>")[0]


def test_tags_of_a_page_that_is_no_article() -> None:
    page_of_site = json.dumps({"@type": "WebPage", "name": "A site", "author": {"name": "Somebody Else"}})
    assert facts_of(f'<script type="application/ld+json">{page_of_site}</script>') == {}
    assert facts_of('<script type="application/ld+json">{not json</script><meta name="viewport" content="x">') == {}
    assert facts_of('<meta name="citation_title" content=""><meta content="x"><meta name="citation_title">') == {}


def test_identifiers_and_volumes_of_json_as_far_as_they_say_something() -> None:
    chain: dict[str, object] = {"@type": "Periodical", "name": "Shore Studies"}
    for _ in range(3):
        chain = {"@type": "PublicationIssue", "isPartOf": chain}
    known = ["ISSN 0000-0019", {"@type": "PropertyValue", "value": "10.5555/a.1"}]
    data: dict[str, object] = {"@type": "Article", "headline": "On the quays of harbours", "isPartOf": chain}
    data |= {"identifier": known, "url": "https://a.example/10.1"}
    facts = facts_of(f'<script type="application/ld+json">{json.dumps([data])}</script>')
    assert facts["journal"] == "Shore Studies"
    assert facts["doi"] == "10.5555/a.1"
    data["identifier"], data["isPartOf"] = "10 pages", {"isPartOf": {"isPartOf": {"isPartOf": {"isPartOf": chain}}}}
    facts = facts_of(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert "doi" not in facts
    assert "journal" not in facts, "too far away to be the article's"


def test_what_follows_an_author_belongs_to_that_author() -> None:
    names = [
        ("citation_author_institution", "Of nobody"), ("citation_author", "Silva, Ana"),
        ("citation_author", "Rui Costa"),
        ("citation_author_email", "rui@shore.example"), ("citation_author_institution", "Shore Institute"),
        ("citation_author_institution", "Second Institute"),
    ]  # fmt: skip
    facts = facts_of("".join(f'<meta name="{name}" content="{text}">' for name, text in names))
    assert [each.get("affiliations", []) for each in facts["author"]] == [[], ["Shore Institute", "Second Institute"]]  # type: ignore[attr-defined]
    assert [each.get("email", "") for each in facts["author"]] == ["", "rui@shore.example"]  # type: ignore[attr-defined]
