"""The page the project started from, and an example of the same kind that is our own: what must come of it."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from lxml import etree, html

from pipeline.elements import text_of
from pipeline.words import words

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Page:
    """What a reader finds on a page."""

    name: str
    title: str
    authors: tuple[tuple[str, str, str], ...]
    affiliations: tuple[tuple[str, ...], ...]
    keywords: tuple[str, ...]
    journal: str
    issue: tuple[str, str, str, str]
    references: int
    first_reference: str
    korean: str


SEED = Page(
    name="asean-korea-landing-page",
    title="ASEAN-REPUBLIC OF KOREA DIGITAL PARTNERSHIP: THE IMPERATIVES OF TRANS-REGIONAL COOPERATION IN CONTROLLING "
    "COVID-19",
    authors=(
        ("Hartono", "Anthony Setiawan", "aff1"),
        ("Phuong", "Nguyen Thao", "aff1"),
        ("Perwita", "Anak Agung Banyu", "aff2"),
    ),
    affiliations=(("School of International Relations", "President University"), ("President University",)),
    keywords=("ASEAN-Korea", "COVID 19", "Cooperation", "Digitalization", "Technology"),
    journal="Journal of International Studies",
    issue=("17", "101", "129", "2021"),
    references=50,
    first_reference="Abuza, Z. (2020, April 22). Explaining successful (and unsuccessful) COVID-19 responses in "
    "Southeast Asia. The Diplomat.",
    korean="국가통계포털",
)
EXAMPLE = Page(
    name="harbour-libraries",
    title="THE LIBRARY AT THE QUAY: HOW ELEVEN PORT TOWNS KEPT LENDING WHILE THE FERRIES STOOD STILL",
    authors=(("Ellingsen", "Marta", "aff1"), ("Baek", "Jun-ho", "aff2"), ("Adeyemi-Clarke", "Oluwaseun", "aff1")),
    affiliations=(
        ("Department of Information Studies", "Port Ellery University"),
        ("School of Public Policy", "Saebyeok National University"),
    ),
    keywords=("Public Libraries", "Port Towns", "Social Infrastructure", "Lending by Post", "항구 도시"),
    journal="Journal of Coastal Societies",
    issue=("3", "17", "38", "2022"),
    references=22,
    first_reference="Adeyemi-Clarke, O., & Ellingsen, M. (2021, March 9). Who came back to the reading room? The Port "
    "Ellery Courier. Retrieved September 14, 2022, from",
    korean="국립바다도서관",
)


@dataclass(frozen=True)
class Build:
    page: Page
    source: Path
    folder: Path

    def path(self, ending: str) -> Path:
        return self.folder / self.page.name / f"{self.page.name}.{ending}"

    @property
    def xml(self) -> etree._Element:
        return etree.parse(self.path("xml")).getroot()

    @property
    def report(self) -> dict[str, object]:
        loaded: dict[str, object] = json.loads(self.path("report.json").read_text("utf-8"))
        return loaded


@pytest.fixture(scope="module", params=[SEED, EXAMPLE], ids=lambda page: page.name)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Build:
    page: Page = request.param
    if page is SEED:
        source = request.getfixturevalue("shared") / "seed" / f"{page.name}.txt"
    else:
        source = checkout / "examples" / f"{page.name}.txt"
    folder = tmp_path_factory.mktemp("build")
    copy = folder / source.name
    copy.write_bytes(source.read_bytes())
    from click.testing import CliRunner

    from pipeline.cli import main

    result = CliRunner().invoke(main, ["build", str(copy), "--out", str(folder)])
    assert result.exit_code == 0, result.output
    return Build(page, copy, folder)


def test_the_xml_is_valid(built: Build, dtd: etree.DTD) -> None:
    assert dtd.validate(built.xml), dtd.error_log
    assert b"Journal Publishing DTD with MathML3 v1.3 20210610" in built.path("xml").read_bytes()


def test_title_and_journal_stand_only_in_the_citation(built: Build) -> None:
    meta = built.xml.find("front/article-meta")
    assert meta.findtext("title-group/article-title") == built.page.title
    assert built.xml.findtext("front/journal-meta//journal-title") == built.page.journal
    facts = ("volume", "fpage", "lpage", "pub-date/year")
    assert tuple(meta.findtext(fact) for fact in facts) == built.page.issue


def test_authors_are_split_as_the_citation_splits_them_and_linked(built: Build) -> None:
    authors = [
        (each.findtext("name/surname"), each.findtext("name/given-names"), each.find("xref").get("rid"))
        for each in built.xml.iter("contrib")
    ]
    assert tuple(authors) == built.page.authors


def test_affiliations_are_parted_and_equal_ones_are_one(built: Build) -> None:
    parted = [tuple(each.text for each in aff.iter("institution")) for aff in built.xml.iter("aff")]
    assert tuple(parted) == built.page.affiliations
    departments = [each.text for each in built.xml.iter("institution") if each.get("content-type") == "dept"]
    assert set(departments) == {parts[0] for parts in built.page.affiliations if len(parts) > 1}


def test_keywords_and_abstract(built: Build) -> None:
    assert tuple(map(text_of, built.xml.iter("kwd"))) == built.page.keywords
    [abstract] = built.xml.iter("abstract")
    assert len(words(text_of(abstract))) > 100
    assert built.xml.get(LANG) == abstract.get(LANG) == "en"


def test_each_reference_keeps_its_exact_characters(built: Build) -> None:
    lines = built.source.read_text("utf-8").splitlines()
    citations = [text_of(each) for each in built.xml.iter("mixed-citation")]
    assert len(citations) == built.page.references
    assert citations[0] == built.page.first_reference
    assert set(citations) <= {line.strip() for line in lines}


def test_references_are_structured(built: Build) -> None:
    citations = list(built.xml.iter("mixed-citation"))
    assert all(each.get("publication-type") for each in citations)
    tagged = [each for each in citations if each.find(".//year") is not None and each.find(".//source") is not None]
    assert len(tagged) >= 0.9 * len(citations)
    people = [each for each in citations if each.find("person-group") is not None]
    assert len(people) >= 0.9 * len(citations)
    assert all(each.get("iso-8601-date") for each in built.xml.iter("date-in-citation"))


def test_strings_in_another_script_say_their_language(built: Build) -> None:
    korean = [each for each in built.xml.iter() if built.page.korean in (each.text or "")]
    assert korean
    spoken = {next(a.get(LANG) for a in (each, *each.iterancestors()) if a.get(LANG)) for each in korean}
    assert "ko" in spoken


def test_nothing_is_lost_and_what_is_left_out_is_listed(built: Build) -> None:
    conservation = built.report["conservation"]
    assert conservation["missing"] == []
    aside = {item["text"]: item["line"] for item in conservation["set_aside"]}
    lines = built.source.read_text("utf-8").splitlines()
    assert lines[aside["Additional Files"] - 1] == "Additional Files"
    assert lines[aside["How to Cite"] - 1].strip() == "How to Cite"
    assert conservation["source_words"] == len(words(built.source.read_text("utf-8")))


def test_the_report_counts(built: Build) -> None:
    counts = built.report["counts"]
    assert counts["references"] == built.page.references
    assert counts["structured"] >= 0.95 * built.page.references
    assert {"findings", "source", "stages"} <= built.report.keys()
    page = html.fromstring(built.path("report.html").read_bytes())
    assert len(page.xpath("//ol[@class='references']/li")) == built.page.references
    assert page.xpath("//span[contains(@class, 'author')]")


def test_no_galley_lacks_a_word(built: Build) -> None:
    for to, galley in built.report["galleys"].items():
        assert galley["missing"] == [], to


def test_the_html_stands_alone(built: Build) -> None:
    page = html.fromstring(built.path("html").read_bytes())
    names = {each.get("name") for each in page.xpath("//meta[@name]")}
    assert {"citation_title", "citation_author", "citation_journal_title", "citation_publication_date"} <= names
    assert page.get("lang") == "en"
    assert not page.xpath("//script[@src] | //link[@rel='stylesheet'] | //img[starts-with(@src, 'http')]")
    [data] = page.xpath("//script[@type='application/ld+json']")
    assert built.page.title in data.text


def test_the_pdf_is_archival_accessible_and_numbered(built: Build) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(built.path("pdf")) as pdf:
        with pdf.open_metadata() as facts:
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"], facts["pdfuaid:part"]) == ("2", "A", "1")
            assert built.page.title in str(facts["dc:title"])
        labels = pdf.Root.PageLabels.Nums
        assert int(labels[1].St) == int(built.page.issue[1])
        assert str(pdf.Root.Lang).startswith("en")


def test_the_docx_has_real_styles(built: Build) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(str(built.path("docx")))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Author", "Abstract", "Bibliography", "Heading 1"} <= used
    assert document.core_properties.title == built.page.title
    with zipfile.ZipFile(built.path("docx")) as parts:
        footers = [parts.read(name) for name in parts.namelist() if "footer" in name]
    assert any(b"PAGE" in footer for footer in footers)


def test_two_builds_are_the_same_byte_for_byte(
    built: Build, tmp_path: Path, cli: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    made = []
    for number in ("1", "2"):
        assert cli("build", built.source, "--out", tmp_path / number).exit_code == 0
        folder = tmp_path / number / built.page.name
        made.append({path.name: path.read_bytes() for path in folder.iterdir() if "report" not in path.name})
    assert made[0] == made[1]
