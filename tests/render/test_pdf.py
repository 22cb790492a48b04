"""The PDF galley: archival, accessible, with its numbers, languages and glyphs."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.render import text_of
from pipeline.render.typst_markup import quoted

MARKUP = ('#import "x"', "\\u{41}", "```", "// no", "/* no */", "$x$", "~", "-?", "...", "= a")
Full = Callable[[str], tuple[bytes, list[Any]]]
Galley = Callable[..., tuple[bytes, list[Any]]]


@pytest.fixture(scope="module")
def pdf(full: Full) -> Any:
    return pikepdf.open(io.BytesIO(full("pdf")[0]))


def test_it_is_archival_and_accessible_at_once(pdf: Any) -> None:
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot


def test_it_says_what_it_is(pdf: Any) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "How Spartina holds a shore: H2O, mud & memory"
        assert ", ".join(metadata["dc:creator"]) == "Adaeze Okonkwo-Hale, Seo Min-jun, Three Estuaries Group"
        assert "salt marsh" in metadata["pdf:Keywords"]
    assert str(pdf.Root.Lang) == "en"


def test_pages_are_numbered_from_the_first_page_of_the_article(pdf: Any) -> None:
    assert pdf.pages[0].label == "101"
    assert "\n101" in text_of_page(pdf)


def text_of_page(pdf: Any) -> str:
    import pypdfium2

    buffer = io.BytesIO()
    pdf.save(buffer)
    text: str = pypdfium2.PdfDocument(buffer.getvalue())[0].get_textpage().get_text_bounded().replace("\r", "")
    return text


def test_headings_are_bookmarks(pdf: Any) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        inner = [child.title for child in outline.root[1].children]
    assert titles[:3] == ["1 Introduction", "2 Methods: H2S and E = mc2", "3 Results"]
    assert inner == ["2.1 Rates"]
    assert "References" in titles


def test_every_font_is_inside(pdf: Any) -> None:
    names = set()
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert any(key in descendant.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            names.add(str(font.BaseFont).partition("+")[2])
    assert any("CJKkr" in name for name in names)
    assert any("CJKjp" in name for name in names)
    assert any("Amiri" in name for name in names)


def test_scripts_and_signs_can_be_read_back(full: Full) -> None:
    text = " ".join(text_of(full("pdf")[0], "pdf").split())
    for words in (
        "한국어 갯벌", "干潟の草", "滩涂上的草", "приливный берег", "αλμυρός βάλτος", "해안을 지키는 갯줄풀",
        "* stars, _lines_, #hashes, $dollars$, @signs, <tags> and 1. numbers -- with `ticks` ... and a back\\slash",
        "1. This paragraph begins like a list", "Unpublished, with good reason.",
    ):  # fmt: skip
        assert words in text, words


def test_running_heads_are_no_words_of_the_article(full: Full) -> None:
    assert "Okonkwo-Hale et al." not in text_of(full("pdf")[0], "pdf")


def test_it_is_the_same_every_time(full: Full, galley_of: Galley, monkeypatch: pytest.MonkeyPatch) -> None:
    assert galley_of("full.xml", "pdf")[0] == full("pdf")[0]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = galley_of("<body/>", "pdf")[0]
    assert b"2023-11-14" in dated
    assert galley_of("<body/>", "pdf")[0] == dated


def test_a_glyph_no_font_has_is_replaced_and_reported(galley_of: Galley) -> None:
    data, findings = galley_of("<body><p>before \U00013000 ሀ ]\\^- after</p></body>", "pdf")
    assert {finding.code for finding in findings} == {"glyph-missing"}
    assert any("U+13000" in finding.message for finding in findings)
    text = text_of(data, "pdf")
    assert "before \ufffd \ufffd ]\\^- after" in text


def test_a_picture_that_cannot_be_drawn_is_reported(article_of: Callable[[str], Any], tmp_path: Path) -> None:
    from pipeline.bibliography.richtext import FormattedBibliography
    from pipeline.render import render

    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n but no more")
    figure = '<fig><caption><p>c</p></caption><alt-text>a shore</alt-text><graphic xlink:href="a.png"/></fig>'
    article = article_of(f"<body>{figure}</body>")
    data, findings = render(article, FormattedBibliography("", "", "en"), "pdf", base=tmp_path)
    assert [finding.code for finding in findings] == ["image-broken"]
    assert "a shore" in text_of(data, "pdf")


def test_an_article_of_nothing_but_a_title_is_set(galley_of: Galley) -> None:
    data, findings = galley_of("<body/>", "pdf")
    assert "Probe" in text_of(data, "pdf")
    assert not findings


def test_no_word_is_taken_for_markup(galley_of: Galley) -> None:
    words = " ".join(MARKUP)
    data, findings = galley_of(f"<body><p>{words}</p><p>= a</p><p>1. b</p><p>{MARKUP[0]}</p></body>", "pdf")
    assert not findings
    text = text_of(data, "pdf")
    assert words in " ".join(text.split())
    assert re.search(r"^1\. b$", text, re.MULTILINE)


def test_a_string_literal_cannot_be_left() -> None:
    assert quoted('a"b\\c\nd') == '"a\\"b\\\\c d"'
