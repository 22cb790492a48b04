"""The DOCX galley: Word's own styles, notes, tables, equations and properties."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from pipeline.render import house as houses
from pipeline.render import lay_out
from pipeline.render.docx import reference
from pipeline.render.opc import M, W

from .conftest import as_written

Full = Callable[[str], tuple[bytes, list[Any]]]


@pytest.fixture(scope="module")
def document(full: Full) -> Any:
    return docx.Document(io.BytesIO(full("docx")[0]))


@pytest.fixture(scope="module")
def parts(full: Full) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(full("docx")[0])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def styled(document: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_paragraphs_have_the_styles_of_their_role(document: Any) -> None:
    assert styled(document, "Title") == ["How Spartina holds a shore: H2O, mud & memory"]
    assert styled(document, "Subtitle") == ["Forty years of transects on three estuaries"]
    assert styled(document, "Author") == ["Adaeze Okonkwo-Hale1,2*, Seo Min-jun2, Three Estuaries Group"]
    assert len(styled(document, "Affiliation")) == 2
    assert styled(document, "Abstract Title") == ["Abstract", "Resumen"]
    assert styled(document, "Keywords")[0] == "Keywords: salt marsh; Spartina anglica; accretion"
    assert styled(document, "Heading 1")[:3] == ["1 Introduction", "2 Methods: H2S and E = mc2", "3 Results"]
    assert styled(document, "Heading 2") == ["2.1 Rates"]
    assert len(styled(document, "Bibliography")) == 2
    assert styled(document, "Table Caption") == ["Table 1 Counts by estuary Means of forty years."]
    assert len(styled(document, "Image Caption")) == 2


def test_every_style_in_use_is_defined(parts: dict[str, bytes]) -> None:
    used = set(etree.fromstring(parts["word/document.xml"]).xpath("//w:pStyle/@w:val", namespaces={"w": W}))
    styles = etree.fromstring(parts["word/styles.xml"])
    assert used <= set(styles.xpath("//w:style/@w:styleId", namespaces={"w": W}))
    assert len(styles.xpath("//w:style/@w:styleId", namespaces={"w": W})) == len(
        set(styles.xpath("//w:style/@w:styleId", namespaces={"w": W}))
    )


def test_properties(document: Any) -> None:
    properties = document.core_properties
    assert properties.title == "How Spartina holds a shore: H2O, mud & memory"
    assert properties.author == "Adaeze Okonkwo-Hale; Seo Min-jun; Three Estuaries Group"
    assert properties.keywords.startswith("salt marsh; Spartina anglica")
    assert properties.language == "en"


def test_the_head_names_the_journal_and_the_foot_counts_from_the_first_page(
    document: Any, parts: dict[str, bytes]
) -> None:
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Journal of Tidal Places\tVol. 17, No. 2 (2024), pp. 101–129"
    assert b"PAGE" in parts["word/footer1.xml"]
    assert etree.fromstring(parts["word/document.xml"]).xpath("//w:pgNumType/@w:start", namespaces={"w": W}) == ["101"]


def test_notes_equations_tables_and_languages_are_words_own(document: Any, parts: dict[str, bytes]) -> None:
    body = etree.fromstring(parts["word/document.xml"])
    names = {"w": W, "m": M}
    assert len(body.xpath("//w:footnoteReference", namespaces=names)) == 2
    assert "Unpublished, with good reason." in "".join(etree.fromstring(parts["word/footnotes.xml"]).itertext())
    assert len(body.xpath("//m:oMath", namespaces=names)) == 3
    assert len(body.xpath("//w:tblHeader", namespaces=names)) == 2
    assert {"ko", "ja", "zh", "ru", "el", "he", "ar", "es"} <= set(body.xpath("//w:lang/@w:val", namespaces=names))
    assert len(document.tables) == 1


def test_cross_references_lead_to_bookmarks(parts: dict[str, bytes]) -> None:
    body = etree.fromstring(parts["word/document.xml"])
    names = {"w": W}
    bookmarks = set(body.xpath("//w:bookmarkStart/@w:name", namespaces=names))
    anchors = set(body.xpath("//w:hyperlink/@w:anchor", namespaces=names))
    assert {"tab1", "fig1", "eq1"} <= anchors
    assert anchors <= bookmarks


def test_an_article_that_runs_right_to_left(article_of: Callable[[str], Any]) -> None:
    from pipeline.render import render

    from .conftest import as_written

    article = article_of("<body><sec id='s'><title>مقدمة</title><p>نص <italic>مائل</italic></p></sec></body>")
    article.lang = "ar"
    made = docx.Document(io.BytesIO(render(article, as_written(article), "docx")[0]))
    assert made.sections[0]._sectPr.xpath("w:bidi")
    heading = next(paragraph for paragraph in made.paragraphs if paragraph.style.name == "Heading 1")
    assert heading._p.xpath("w:pPr/w:bidi")
    assert heading._p.xpath("w:r/w:rPr/w:rtl")
    styles = made.styles.element
    assert styles.xpath("w:style[@w:styleId='Heading1']/w:rPr/w:bCs")
    assert styles.xpath("w:style[@w:styleId='Abstract']/w:pPr/w:pBdr/w:right")
    assert styles.xpath("w:docDefaults//w:lang/@w:bidi") == ["ar"]


def test_the_picture_is_inside_with_its_alt_text(parts: dict[str, bytes]) -> None:
    assert [name for name in parts if name.startswith("word/media/")]
    assert b"A green band above a blue one" in parts["word/document.xml"]
    assert b"base64" not in parts["word/document.xml"]


def test_it_is_the_same_every_time(
    full: Full, galley_of: Callable[..., tuple[bytes, list[Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert galley_of("full.xml", "docx")[0] == full("docx")[0]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = galley_of("full.xml", "docx")[0]
    with zipfile.ZipFile(io.BytesIO(dated)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}


def test_libreoffice_opens_it(full: Full, program: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "full.docx"
    path.write_bytes(full("docx")[0])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program("soffice"),
        profile,
        "--headless",
        "--convert-to",
        "txt:Text",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    text = (tmp_path / "full.txt").read_text(encoding="utf-8-sig")
    assert "How Spartina holds a shore" in text
    assert "김민준. (2020). 갯벌의 풀." in text


def test_the_document_that_gives_the_styles_is_one_of_word(article_of: Callable[[str], Any], tmp_path: Path) -> None:
    article = article_of("full.xml")
    laid_out = lay_out(article, as_written(article))
    laid_out.front["draft"] = False
    data = reference(laid_out, houses.load("default", None))
    (tmp_path / "reference.docx").write_bytes(b"made in Word")
    assert reference(laid_out, houses.load(str(tmp_path), None)) == b"made in Word"
    styles = docx.Document(io.BytesIO(data)).styles
    assert {"Title", "Author", "Abstract", "Bibliography"} <= {style.name for style in styles}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        known = {each.get("PartName") for each in types} | {each.get("Extension") for each in types}
        assert {"rels", "xml"} <= known
        assert {f"/{name}" for name in archive.namelist() if name.startswith("word/") and "_rels" not in name} <= known
