"""What stands in each package."""

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from pipeline.archives import unpack
from pipeline.deposit import Record, deposit

Read = Callable[..., Record]
SECOND = {
    "<fpage>101</fpage>": "<fpage>9</fpage>",
    "<lpage>129</lpage>": "<lpage>100</lpage>",
    "10.5555/jt.2021.7<": "10.5555/jt.2021.6<",
    "On <italic>Fucus</italic> at ebb": "On gulls",
    "<subject>Articles</subject>": "<subject>Notes</subject>",
}


def made(records: list[Record], to: str, output: Path) -> bytes:
    package = deposit(records, to, output)
    assert package.data is not None, package.findings
    return package.data


def texts(data: bytes, path: str) -> list[str]:
    root: Any = etree.fromstring(data)
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname
    return ["".join(each.itertext()) if hasattr(each, "itertext") else str(each) for each in root.xpath(path)]


def test_crossref_has_what_its_schema_can_say(record: Read, tmp_path: Path) -> None:
    data = made([record()], "crossref", tmp_path / "batch.xml")
    for path, expected in {
        "//head/timestamp": ["20231114221320"],
        "//depositor/*": ["Harbour University Press", "deposits@example.org"],
        "//journal_article/titles/title": ["On Fucus at ebb: 2 < 3 & more", "Sobre la marea"],
        "//title/i": ["Fucus"],
        "//surname": ["Roe", "Doe"],
        "//organization": ["Tidal Survey Group"],
        "//ORCID": ["https://orcid.org/0000-0002-1825-0097"],
        "//institution_id": ["https://ror.org/02mhbdp94"] * 2,
        "//journal_article/publication_date/*": ["05", "31", "2021"],
        "//acceptance_date/year": ["2021"],
        "//pages/*": ["101", "129"],
        "//assertion[@name='award_number']": ["SC-7"],
        "//assertion[@name='funder_identifier']": ["https://doi.org/10.13039/501100000001"],
        "//license_ref": ["https://creativecommons.org/licenses/by/4.0/"],
        "//inter_work_relation": ["10.5555/jt.2020.1"],
        "//inter_work_relation/@relationship-type": ["isCommentOn"],
        "//journal_article/archive_locations/archive/@name": ["CLOCKSS", "Portico"],
        "//journal_article/doi_data/*": ["10.5555/jt.2021.7", "https://journal.example.org/17/101/10.5555/jt.2021.7"],
        "//citation[1]/article_title": ["Flood"],
        "//citation[1]/cYear": ["2001"],
        "//citation[1]/doi": ["10.5555/w.3"],
        "//citation[1]/unstructured_citation": ["Poe C. (2001). Flood. Water, 3(1), 5–9. 10.5555/w.3"],
        "//abstract[@abstract-type]/title": ["In plain words"],
    }.items():
        assert texts(data, path) == expected, path


def test_an_issue_is_one_batch_sorted_by_pages(record: Read, tmp_path: Path) -> None:
    data = made([record("ebb"), record("gulls", SECOND)], "crossref", tmp_path / "batch.xml")
    assert texts(data, "//journal/journal_issue/issue") == ["2"]
    assert texts(data, "//journal_article//first_page[parent::pages]") == ["9", "101"]


def test_doaj_as_xml(record: Read, tmp_path: Path) -> None:
    words = {"<kwd>tides</kwd>": "<kwd>1</kwd><kwd>2</kwd><kwd>3</kwd><kwd>4</kwd><kwd>5</kwd><kwd>6</kwd>"}
    data = made([record("ebb", words)], "doaj", tmp_path / "records.xml")
    assert texts(data, "//eissn | //language | //orchid_id") == [
        "eng",
        "0000-0019",
        "https://orcid.org/0000-0002-1825-0097",
    ]
    assert texts(data, "//title/@language") == ["eng", "spa"]
    assert texts(data, "//keyword") == list("123456")


def test_doaj_as_json(record: Read, tmp_path: Path) -> None:
    [article] = json.loads(made([record()], "doaj", tmp_path / "records.json"))
    facts = article["bibjson"]
    assert {"type": "doi", "id": "10.5555/jt.2021.7"} in facts["identifier"]
    assert (facts["year"], facts["month"], facts["start_page"], facts["end_page"]) == ("2021", "5", "101", "129")
    assert facts["author"][0]["orcid_id"] == "https://orcid.org/0000-0002-1825-0097"
    assert facts["link"][0]["url"].startswith("https://journal.example.org/")
    assert facts["journal"]["language"] == ["EN"]


def test_pubmed_of_an_article_that_is_not_in_english(record: Read, tmp_path: Path) -> None:
    changes = {'specific-use="sps-1.10" xml:lang="en"': 'xml:lang="es"', 'group xml:lang="es"': 'group xml:lang="en"'}
    data = made([record("ebb", changes)], "pubmed", tmp_path / "set.xml")
    assert texts(data, "//ArticleTitle") == ["Sobre la marea"]
    assert texts(data, "//VernacularTitle") == ["On Fucus at ebb: 2 < 3 & more"]
    assert texts(data, "//Language") == ["ES"]
    assert b'PUBLIC "-//NLM//DTD PubMed 2.8//EN"' in data


def test_pubmed_has_sections_of_an_abstract_as_labels(record: Read, tmp_path: Path) -> None:
    sections = "<sec><title>Aim:</title><p>To see.</p></sec><sec><title>Result</title><p>Seen.</p></sec>"
    plain = "<p>The tide <italic>ebbs</italic>, H<sub>2</sub>O stays; 2 &lt; 3 &amp; so on.</p>"
    data = made([record("ebb", {plain: sections})], "pubmed", tmp_path / "set.xml")
    assert texts(data, "//Abstract/AbstractText/@Label") == ["AIM", "RESULT"]
    assert texts(data, "//Abstract/AbstractText") == ["To see.", "Seen."]


def test_datacite(record: Read, tmp_path: Path) -> None:
    data = made([record()], "datacite", tmp_path / "x.xml")
    assert texts(data, "//creatorName") == ["Roe, Ada B.", "Doe, Bo", "Tidal Survey Group"]
    assert texts(data, "//affiliation/@affiliationIdentifier") == ["https://ror.org/02mhbdp94"] * 2
    assert texts(data, "//relatedIdentifier[@relationType='References']") == ["10.5555/w.3", "10.5555/data.1"]
    assert texts(data, "//funderIdentifier/@funderIdentifierType") == ["Crossref Funder ID"]


def test_pmc_names_files_as_pmc_asks(record: Read, tmp_path: Path) -> None:
    files = unpack(made([record()], "pmc", tmp_path / "x.zip"))
    assert sorted(files) == ["jt-17-101-g001.png", "jt-17-101.pdf", "jt-17-101.xml"]
    assert b'xlink:href="jt-17-101-g001.png"' in files["jt-17-101.xml"]
    assert b"<!DOCTYPE article PUBLIC" in files["jt-17-101.xml"]


@pytest.mark.parametrize(
    ("changes", "picture", "code"),
    [
        ({"waves.png": "sea.png"}, None, "no-file"),
        ({}, b"<svg/>", "bad-picture"),
        ({"<month>5</month>": "<month>May</month>"}, None, "pmc-month"),
        ({"<sec id=": "<nonsense/><sec id="}, None, "dtd"),
    ],
)
def test_what_pmc_would_refuse(
    changes: dict[str, str], picture: bytes | None, code: str, record: Read, tmp_path: Path
) -> None:
    read = record("ebb", changes)
    if picture:
        (read.path.parent / "waves.png").write_bytes(picture)
    package = deposit([read], "pmc", tmp_path / "x.zip")
    assert package.data is None
    assert code in {finding.code for finding in package.findings}


def test_pmc_warns_where_there_is_no_pdf(record: Read, tmp_path: Path) -> None:
    read = record()
    del read.galleys["pdf"]
    assert [finding.code for finding in deposit([read], "pmc", tmp_path / "x.zip").findings] == ["no-pdf"]


def test_meca_lists_every_file(record: Read, tmp_path: Path) -> None:
    files = unpack(made([record()], "meca", tmp_path / "x.zip"))
    names = ["content/ebb.xml", "content/ebb.pdf", "content/ebb.html", "content/waves.png"]
    assert list(files) == ["manifest.xml", "transfer.xml", *names]
    href = "//instance/@*[local-name() = 'href']"
    assert texts(files["manifest.xml"], href) == ["transfer.xml", *names]
    assert texts(files["manifest.xml"], "//item/@item-type")[:3] == [
        "transfer-metadata",
        "article-metadata",
        "manuscript",
    ]
    assert texts(files["transfer.xml"], "//publication-title") == ["Journal of Tides"] * 2


def test_a_bag_holds_everything_of_every_article(record: Read, tmp_path: Path) -> None:
    files = unpack(made([record("ebb"), record("gulls", SECOND)], "bagit", tmp_path / "bag.zip"))
    assert {"jt/bagit.txt", "jt/bag-info.txt", "jt/manifest-sha256.txt", "jt/data/ebb/ebb.xml"} <= files.keys()
    assert len([name for name in files if name.startswith("jt/data/gulls/")]) == 4
    assert b"Bagging-Date: 2023-11-14" in files["jt/bag-info.txt"]
    assert b"External-Identifier: 10.5555/jt.2021.7" in files["jt/bag-info.txt"]


def test_ojs_has_an_issue_with_its_sections_and_galleys(record: Read, tmp_path: Path) -> None:
    data = made([record("ebb"), record("gulls", SECOND)], "ojs", tmp_path / "import.xml")
    assert texts(data, "//issue/issue_identification/*") == ["17", "2", "2021"]
    assert texts(data, "//section/title") == ["Notes", "Articles"]
    assert texts(data, "//publication/@section_ref") == ["NOT", "ART"]
    assert texts(data, "//publication/pages") == ["9-100", "101-129"]
    assert texts(data, "//article[1]//article_galley/name") == ["PDF", "HTML", "XML"]
    assert b64decode(texts(data, "//article[2]//embed")[0]) == b"%PDF-1.7 ebb"
    assert texts(data, "//article[1]//email") == ["ada@example.org", "deposits@example.org", "deposits@example.org"]


def test_ojs_refuses_a_volume_that_is_no_number(record: Read, tmp_path: Path) -> None:
    package = deposit([record("ebb", {"<volume>17</volume>": "<volume>XVII</volume>"})], "ojs", tmp_path / "x.xml")
    assert [finding.code for finding in package.findings] == ["bad-volume"]


def test_the_index_of_an_issue(record: Read, tmp_path: Path) -> None:
    page = html.fromstring(made([record("ebb"), record("gulls", SECOND)], "issue", tmp_path / "issue.html"))
    assert [each.text_content() for each in page.iterfind(".//h3")] == [
        "On gulls: 2 < 3 & more",
        "On Fucus at ebb: 2 < 3 & more",
    ]
    assert [each.text_content() for each in page.iterfind(".//h2")] == ["Notes", "Articles"]
    links = [each.get("href") for each in page.iterfind(".//h3/a")]
    assert links == ["gulls/gulls.html", "ebb/ebb.html"]
    assert all((tmp_path / link).is_file() for link in links)


def test_an_index_is_of_one_issue(record: Read, tmp_path: Path) -> None:
    other = SECOND | {"<issue>2</issue>\n      <fpage>101</fpage>": "<issue>3</issue>\n      <fpage>9</fpage>"}
    del other["<fpage>101</fpage>"]
    package = deposit([record("ebb"), record("gulls", other)], "issue", tmp_path / "issue.html")
    assert [finding.code for finding in package.findings] == ["several-issues"]
