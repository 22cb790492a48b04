"""What a journal changes of its look in journal.toml: paper, columns, logo, colour, fonts, draft."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from pipeline.archives import unpack
from pipeline.errors import UsageError
from pipeline.journal import Look
from pipeline.render import house as houses
from pipeline.render import text_of

from .conftest import CASES

Galley = Callable[..., tuple[bytes, list[Any]]]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 6"><rect width="12" height="6" fill="#8a1538"/></svg>'


def page_size(data: bytes) -> list[int]:
    with pikepdf.open(io.BytesIO(data)) as made:
        return [round(float(side)) for side in made.pages[0].mediabox][2:]


def fonts_of(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as made:
        names = [font.BaseFont for page in made.pages for font in page.Resources.get("/Font", {}).values()]
        return {str(name).partition("+")[2] for name in names}


def test_paper_is_that_of_the_journal_in_pdf_and_docx(galley_of: Galley) -> None:
    look = Look(paper="us-letter", columns=2)
    data, findings = galley_of("<body><p>deep</p></body>", "pdf", look=look)
    assert page_size(data) == [612, 792]
    assert not findings
    section = docx.Document(io.BytesIO(galley_of("<body/>", "docx", look=look)[0])).sections[0]
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)


def test_the_look_wins_over_the_style() -> None:
    settings = houses.load(
        "two-column", Look(columns=1, accent="#8a1538", font_size=11, text_font="Noto Serif")
    ).settings
    assert settings["page"]["columns"] == 1
    assert settings["page"]["paper"] == "a4"
    assert settings["colours"]["accent"] == "#8a1538"
    assert settings["fonts"] == {"text": ["Noto Serif"], "headings": ["Libertinus Serif"], "size": "11pt"}


def test_fonts_are_those_of_the_journal(galley_of: Galley) -> None:
    data, findings = galley_of("<body><p>deep</p></body>", "pdf", look=Look(text_font="Noto Serif"))
    assert any("NotoSerif" in name for name in fonts_of(data))
    assert not findings


def test_a_font_that_is_not_there_is_said(galley_of: Galley) -> None:
    data, findings = galley_of("<body><p>deep</p></body>", "pdf", look=Look(text_font="No Such Face"))
    assert [finding.message for finding in findings] == ["Typst: unknown font family: no such face"]
    assert "deep" in text_of(data, "pdf")


def test_the_logo_stands_on_the_page_with_the_name_of_the_journal(galley_of: Galley, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    plain, _ = galley_of("full.xml", "pdf")
    data, findings = galley_of("full.xml", "pdf", look=Look(logo=str(tmp_path / "logo.svg")))
    assert len(data) > len(plain)
    assert text_of(data, "pdf").count("Journal of Tidal Places") > text_of(plain, "pdf").count(
        "Journal of Tidal Places"
    )
    assert {finding.code for finding in findings} == {"image-missing", "unsafe-link", "dangling-link"}


@pytest.mark.parametrize(("to", "name"), [("docx", "word/media/"), ("epub", "EPUB/media/logo.")])
def test_the_logo_is_in_the_other_formats_too(galley_of: Galley, tmp_path: Path, to: str, name: str) -> None:
    (tmp_path / "logo.png").write_bytes((CASES / "shore.png").read_bytes())
    data, findings = galley_of("<body><p>Words.</p></body>", to, look=Look(logo=str(tmp_path / "logo.png")))
    assert not findings
    assert any(part.startswith(name) for part in unpack(data))
    page, _ = galley_of("<body><p>Words.</p></body>", "html", look=Look(logo=str(tmp_path / "logo.png")))
    assert b'<img class="logo" src="data:image/png;base64,' in page


def test_the_logo_of_a_style_needs_no_mention(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    logo = houses.load(str(tmp_path)).logo
    assert logo is not None
    assert (logo.media_type, logo.suffix) == ("image/svg+xml", ".svg")


def test_a_logo_that_cannot_be_drawn_costs_no_pdf(galley_of: Galley, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n but no more")
    data, findings = galley_of("<body><p>deep</p></body>", "pdf", look=Look(logo=str(tmp_path / "logo.png")))
    assert [finding.code for finding in findings] == ["image-broken"]
    assert "deep" in text_of(data, "pdf")


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"GIF89a", "is no SVG, PNG or JPEG")])
def test_what_is_no_logo_is_one_clear_line(content: bytes | None, said: str, tmp_path: Path) -> None:
    if content:
        (tmp_path / "logo.gif").write_bytes(content)
    with pytest.raises(UsageError, match=said) as caught:
        houses.load("default", Look(logo=str(tmp_path / "logo.gif")))
    assert "journal.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[colours]\naccent = "red"', 'colours.accent: expected a colour such as "#1f4e6b", not "red"'),
        ("[page]\ncolumns = 5", "page.columns: expected 1 or 2, not 5"),
        ('[page.margin]\ntop = "wide"', "page.margin.top: expected a length"),
        ("[page", "not valid TOML"),
    ],
)
def test_a_mistake_in_house_toml_is_one_line(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        houses.load(str(tmp_path))
    assert said in str(caught.value)


def test_a_pale_accent_is_said(galley_of: Galley) -> None:
    _, findings = galley_of("<body/>", "pdf", look=Look(accent="#ffcc00"))
    assert [finding.code for finding in findings] == ["accent-pale"]
    assert "1.5:1" in findings[0].message
    assert houses.contrast_on_white("#000000") == pytest.approx(21)
    assert houses.contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)


def test_a_draft_has_numbered_lines_and_says_so(galley_of: Galley) -> None:
    body = "<body>" + "".join(f"<p>paragraph {number}</p>" for number in range(12)) + "</body>"
    data, findings = galley_of(body, "pdf", look=Look(draft=True))
    lines = text_of(data, "pdf").split("\n")
    assert {"5", "10"} <= {line.strip() for line in lines} or any(line.startswith("10") for line in lines)
    assert not findings
    with pikepdf.open(io.BytesIO(data)) as made, made.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    part = docx.Document(io.BytesIO(galley_of(body, "docx", look=Look(draft=True))[0]))
    assert part.sections[0]._sectPr.xpath("w:lnNumType")
    assert "DRAFT" in part.sections[0].header.paragraphs[0].text
