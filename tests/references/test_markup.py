"""Italics of reference strings and keywords reach the JATS; the strings stay as they are."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline import build
from pipeline.article import Block, Reference, Span
from pipeline.elements import make, text_of
from pipeline.jats.citation import write_reference
from pipeline.journal import load_journal
from pipeline.references import split
from tests.intake.word import docx, paragraph, run

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
ITALIC, LOW = "<w:i/>", '<w:vertAlign w:val="subscript"/>'


def test_the_markup_of_each_entry_is_its_own() -> None:
    first = make("p", "1. Silva A. On ", make("italic", "E. coli"), " in CO", make("sub", "2"), ".  Shore 2020.")
    second = make("p", "2. Costa R. Tides. ", make("italic", "Quay", make("bold", " Studies")), " 2019.")
    found = split([Block(first, 1, 1), Block(second, 2, 2)])
    assert [each.text for each in found] == [
        "Silva A. On E. coli in CO2. Shore 2020.",
        "Costa R. Tides. Quay Studies 2019.",
    ]
    assert [etree.tostring(each.marked) for each in found if each.marked is not None] == [
        b"<p>Silva A. On <italic>E. coli</italic> in CO<sub>2</sub>. Shore 2020.</p>",
        b"<p>Costa R. Tides. <italic>Quay<bold> Studies</bold></italic> 2019.</p>",
    ]


LABELS = (
    "author editor translator date title container-title volume issue pages publisher location doi url edition series "
    "type note other"
).split()


@pytest.mark.parametrize("label", LABELS)
def test_marked_parts_are_valid(label: str, dtd: etree.DTD) -> None:
    text = "Silva 2020 Quays"
    marked = make("p", make("italic", "Silva 20"), "20 ", make("sub", "Quays"))
    reference = Reference(text, (Span(label, 0, 10),), {"type": "article-journal"}, "ref1", marked=marked)
    made = write_reference(reference)
    assert text_of(made) == text
    root = etree.fromstring(
        '<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-id journal-id-type="x">j'
        "</journal-id><issn/></journal-meta><article-meta><title-group><article-title/></title-group></article-meta>"
        f"</front><back><ref-list>{etree.tostring(made, encoding='unicode')}</ref-list></back></article>"
    )
    dtd.validate(root)
    assert [
        error.message
        for error in dtd.error_log.filter_from_errors()
        if "ref1" in error.message or "italic" in error.message
    ] == []


def test_titles_keywords_and_references_of_a_word_document(tmp_path: Path) -> None:
    marked = run("Escherichia coli", ITALIC) + run(" in CO") + run("2", LOW)
    body = paragraph(run("Growth of ") + marked, "Title") + paragraph("Ana Silva", "Author")
    body += paragraph("Abstract", "heading1") + paragraph(LONG)
    body += paragraph(run("Keywords: ", "<w:b/>") + marked + run("; tides")) + paragraph("Introduction", "heading1")
    body += paragraph(LONG) + paragraph("References", "heading1")
    body += paragraph(run("Silva A. On ") + marked + run(". ") + run("Shore Studies", ITALIC) + run(". 2020;4:1-9."))
    root = etree.fromstring(build.convert(docx(tmp_path / "a.docx", body), load_journal(None)).xml)
    assert root.findtext(".//article-title/italic") == "Escherichia coli"
    assert root.findtext(".//kwd/italic") == "Escherichia coli"
    assert root.findtext(".//kwd/sub") == "2"
    cited = root.find("back//mixed-citation")
    assert cited is not None
    assert [each.text for each in cited.iter("italic")] == ["Escherichia coli", "Shore Studies"]
    assert cited.findtext(".//source/italic") == "Shore Studies"
