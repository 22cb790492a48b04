"""Word documents as authors set them: who wrote them, and headings and captions that no style marks."""

from pathlib import Path

from lxml import etree

from pipeline import build
from pipeline.article import Element
from pipeline.elements import text_of
from pipeline.journal import load_journal
from tests.drawing import png
from tests.intake.word import NAMES, docx, paragraph, picture, run

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
TITLE = paragraph("A harbour and its books", "Title")


def read(path: Path) -> Element:
    built = build.convert(path, load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == []
    assert [finding for finding in built.findings if finding.code in ("dtd", "words-without-place")] == []
    return etree.fromstring(built.xml)


def high(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def people(root: Element) -> list[tuple[str, str, list[str]]]:
    """Name, address of mail and affiliations of each author."""
    places = {each.get("id"): text_of(each) for each in root.iter("aff")}
    return [
        (
            f"{each.findtext('.//given-names')} {each.findtext('.//surname')}",
            each.findtext("email") or "",
            [places[link.get("rid")] for link in each.findall("xref[@ref-type='aff']")],
        )
        for each in root.iter("contrib")
    ]


def cell(*lines: str) -> str:
    return f"<w:tc>{''.join(map(paragraph, lines))}</w:tc>"


def test_footnotes_on_names_say_where_authors_work(tmp_path: Path) -> None:
    marks = [f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in (1, 2, 3)]
    notes = (
        "Harbour University, Porto, Portugal. E-mail: ana@harbour.example. ORCID: 0000-0002-1825-0097",
        "Rui Costa has taught in three towns. His last book is on tides and on those who wait for them.",
        "See the map.",
    )
    said = "".join(f'<w:footnote w:id="{n}">{paragraph(text)}</w:footnote>' for n, text in enumerate(notes, 1))
    body = TITLE + paragraph(run("Ana Silva") + marks[0]) + paragraph(run("Rui Costa") + marks[1])
    body += paragraph("Introduction", "heading1") + paragraph(run(LONG) + marks[2])
    root = read(docx(tmp_path / "a.docx", body, {"footnotes": f"<w:footnotes {NAMES}>{said}</w:footnotes>"}))
    assert people(root) == [
        ("Ana Silva", "ana@harbour.example", ["Harbour University, Porto, Portugal"]), ("Rui Costa", "", []),
    ]  # fmt: skip
    assert root.findtext(".//contrib-id") == "https://orcid.org/0000-0002-1825-0097"
    assert [text_of(note.find("p")) for note in root.iter("fn")] == [notes[1], notes[2]]


def test_roman_marks_and_addresses_within_affiliations(tmp_path: Path) -> None:
    names = run("Ana Silva") + high("I") + run(", Rui Costa") + high("I,II")
    body = (
        TITLE
        + paragraph(names)
        + paragraph(high("I") + run(" Harbour University, Porto, Portugal; ana.silva@h.example"))
    )
    body += paragraph(high("II") + run(" Quay Institute, Oslo, Norway")) + paragraph("Academic Editor: Eva Lund")
    body += paragraph("Introduction", "heading1") + paragraph(LONG)
    root = read(docx(tmp_path / "a.docx", body))
    first = "Harbour University, Porto, Portugal; ana.silva@h.example"
    assert people(root) == [
        ("Ana Silva", "ana.silva@h.example", [first]), ("Rui Costa", "", [first, "Quay Institute, Oslo, Norway"]),
    ]  # fmt: skip
    assert root.findtext(".//author-notes/fn[@fn-type='edited-by']/p") == "Academic Editor: Eva Lund"


def test_authors_in_the_cells_of_a_table(tmp_path: Path) -> None:
    one = cell("Ana Silva", "Laboratory of Tides", "University of Porto", "Porto, Portugal", "ana@h.example")
    two = cell("Rui Costa", "Quay Institute", "Oslo, Norway", "rui@q.example")
    body = TITLE + f"<w:tbl><w:tr>{one}{two}</w:tr></w:tbl>" + paragraph("Introduction", "heading1") + paragraph(LONG)
    assert people(read(docx(tmp_path / "a.docx", body))) == [
        ("Ana Silva", "ana@h.example", ["Laboratory of Tides, University of Porto, Porto, Portugal"]),
        ("Rui Costa", "rui@q.example", ["Quay Institute, Oslo, Norway"]),
    ]


def test_headings_that_run_into_their_paragraphs(tmp_path: Path) -> None:
    def run_in(title: str) -> str:
        return paragraph(run(title, "<w:b/>") + run(f" {LONG}"))

    body = TITLE + paragraph("Ana Silva, Rui Costa") + run_in("Introduction.") + run_in("Methods:") + paragraph(LONG)
    root = read(docx(tmp_path / "a.docx", body + run_in("Two quays.") + run_in("Conclusions.")))
    assert [title.text for title in root.findall("body/sec/title")] == [
        "Introduction", "Methods", "Two quays", "Conclusions",
    ]  # fmt: skip
    assert text_of(root.find("body/sec/p")) == LONG


def test_labels_of_captions_on_lines_of_their_own(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr>{cell('quay')}{cell('7')}</w:tr></w:tbl>"
    body = TITLE + paragraph("Ana Silva, Rui Costa") + paragraph("Results", "heading1") + paragraph(LONG)
    body += paragraph("Table 1") + paragraph(run("Tides at two quays", "<w:i/>")) + table + paragraph(LONG)
    body += paragraph("Figure 1") + paragraph("The quay") + paragraph(picture("image1", "A quay")) + paragraph(LONG)
    root = read(docx(tmp_path / "a.docx", body, files={"word/media/image1.png": png()}))
    assert [(each.findtext("label"), text_of(each.find("caption/p"))) for each in root.iter("table-wrap", "fig")] == [
        ("Table 1", "Tides at two quays"), ("Figure 1", "The quay"),
    ]  # fmt: skip


def test_a_title_page_of_fields(tmp_path: Path) -> None:
    people_of = "Ana Silva, MD; Rui Costa, RN, PhD"
    fields = {"Title": "A harbour and its books", "Running title": "Books", "Authors": people_of, "Word count": "3,204"}
    rows = "".join(f"<w:tr>{cell(name)}{cell(value)}</w:tr>" for name, value in fields.items())
    body = (
        f"<w:tbl>{rows}</w:tbl>"
        + TITLE
        + paragraph(run("Ana Silva, MD") + high("1") + run("; Rui Costa, RN, PhD") + high("2"))
    )
    body += paragraph(
        high("1") + run("Harbour University, Porto, Portugal. ") + high("2") + run("Quay Institute, Oslo, Norway.")
    )
    body += paragraph(run("* a@h.example")) + paragraph("Introduction", "heading1") + paragraph(LONG)
    root = read(docx(tmp_path / "a.docx", body))
    assert root.findtext(".//article-title") == "A harbour and its books"
    assert [(name, places) for name, _, places in people(root)] == [
        ("Ana Silva", ["Harbour University, Porto, Portugal"]), ("Rui Costa", ["Quay Institute, Oslo, Norway"]),
    ]  # fmt: skip
