"""Where things stand on the pages of the PDF: nothing outside, nothing over another, notes and figures near."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from pipeline.article import Article
from pipeline.journal import Look
from pipeline.render import render, text_of

from .conftest import as_written

PROSE = "The tide keeps no diary and the mud forgets nothing that it was once told by the grass. " * 12
Article_of = Callable[[str], Article]


def table(name: str, columns: int, rows: int, word: str = "word") -> str:
    row = "<tr>" + f"<td>{word}</td>" * columns + "</tr>"
    wrap = f'<table-wrap id="{name}"><label>Table {name}</label><caption><p>Cap{name}</p></caption>'
    return f"{wrap}<table><tbody>{row * rows}</tbody></table></table-wrap>"


def figure(name: str, caption: str = "") -> str:
    words = f"<label>Figure {name}</label><caption><p>Cap{name} {caption}</p></caption><alt-text>Alt{name}</alt-text>"
    return f'<fig id="{name}">{words}<graphic xlink:href="{name}.png"/></fig>'


@pytest.fixture
def pages(article_of: Article_of, tmp_path: Path) -> Callable[..., pypdfium2.PdfDocument]:
    """`pages(source, columns, {"f1": (800, 300)})`: the PDF of an article with pictures of these sizes."""

    def make(source: str, columns: int, pictures: dict[str, tuple[int, int]] | None = None) -> pypdfium2.PdfDocument:
        for name, size in (pictures or {}).items():
            Image.new("RGB", size, (90, 120, 150)).save(tmp_path / f"{name}.png")
        article = article_of(source)
        data, findings = render(article, as_written(article), "pdf", base=tmp_path, look=Look(columns=columns))
        assert not findings
        return pypdfium2.PdfDocument(data)

    return make


def boxes(page: pypdfium2.PdfPage, kind: int) -> Iterator[tuple[float, float, float, float]]:
    for item in page.get_objects(filter=[kind], max_depth=4):
        yield item.get_bounds()


def pictures_on(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    return list(boxes(page, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE))


@pytest.mark.parametrize("columns", [1, 2])
def test_nothing_leaves_the_page_or_is_pressed_flat(pages: Callable[..., Any], columns: int) -> None:
    parts = [
        table("t1", 8, 24), f"<p>{PROSE}</p>", table("t2", 6, 5), table("t3", 3, 22), figure("f1"), f"<p>{PROSE}</p>",
        table("t4", 2, 18), figure("f2", PROSE * 3), figure("f3", PROSE * 6), table("t5", 14, 3, "unbreakableword"),
    ]  # fmt: skip
    sizes = {"f1": (900, 1600), "f2": (1600, 500), "f3": (900, 900)}
    document = pages(f"<body>{f'<p>{PROSE * 3}</p>'.join(parts)}</body>", columns, sizes)
    for page in document:
        width, height = page.get_size()
        for left, bottom, right, top in boxes(page, pypdfium2.raw.FPDF_PAGEOBJ_TEXT):
            assert left > 0.04 * width, page
            assert right < 0.96 * width, page
            assert bottom > 0.03 * height, page
            assert top < height, page
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    for number in range(1, 6):
        assert text.count(f"Capt{number}") == 1


def test_a_wide_figure_stands_over_both_columns_and_a_small_one_in_its_own(pages: Callable[..., Any]) -> None:
    body = f"<body><p>{PROSE * 6}</p>{figure('f1')}<p>{PROSE * 8}</p>{figure('f2')}<p>{PROSE * 12}</p></body>"
    document = pages(body, 2, {"f1": (1600, 500), "f2": (400, 300)})
    widths = [(right - left) / page.get_width() for page in document for left, _, right, _ in pictures_on(page)]
    assert len(widths) == 2
    assert widths[0] > 0.7
    assert widths[1] < 0.45


@pytest.mark.parametrize("columns", [1, 2])
def test_a_figure_whose_caption_fills_a_page_almost_leaves_no_empty_page(
    pages: Callable[..., Any], columns: int
) -> None:
    body = f"<body><p>{PROSE}</p>{figure('f1', PROSE * 4)}<p>{PROSE * 8}</p></body>"
    document = pages(body, columns, {"f1": (1200, 1600)})
    lowest = [min(bottom for _, bottom, _, _ in boxes(page, 1) if bottom > 80) for page in list(document)[:-1]]
    assert all(bottom < 0.3 * document[0].get_height() for bottom in lowest)


@pytest.mark.parametrize("columns", [1, 2])
def test_notes_of_titles_abstracts_and_captions_are_kept(article_of: Article_of, columns: int) -> None:
    article = article_of(
        "<body><table-wrap><label>Table 1</label><caption><p>Counts<fn id='n3'><label>3</label><p>Note of a table."
        f"</p></fn></p></caption>{table('x', 9, 4).partition('</caption>')[2]}"
        "<p>Again<xref ref-type='fn' rid='n3'>3</xref> and new"
        "<fn id='n4'><label>4</label><p>Note of a text.</p></fn>.</p></body>"
    )
    assert article.title is not None
    note = article_of("<body><fn id='n1'><label>*</label><p>Note of a title.</p></fn></body>").body[0]
    article.title.content.append(note)
    data, findings = render(article, as_written(article), "pdf", look=Look(columns=columns))
    text = " ".join(text_of(data, "pdf").split())
    assert not findings
    assert all(text.count(f"Note of a {part}.") == 1 for part in ("title", "table", "text"))
    assert "4Note of a text" in text


def test_how_to_cite_stands_on_the_first_page_under_a_long_abstract(galley_of: Any, article_of: Article_of) -> None:
    from pipeline.article import Abstract

    article = article_of("<body><p>Words.</p></body>")
    paragraph = article_of(f"<body><p>{PROSE * 2}</p></body>").body[0]
    article.abstracts = [Abstract([paragraph]), Abstract([paragraph], type="summary"), Abstract([paragraph] * 2)]
    data, _ = render(article, as_written(article), "pdf", cite_as=("Roe, Cite me.",))
    first = pypdfium2.PdfDocument(io.BytesIO(data))[0].get_textpage().get_text_bounded()
    assert "Cite me." in first
