"""The galleys: an `Article` and its formatted bibliography become one file a format."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography, RichText
from pipeline.errors import UsageError
from pipeline.findings import Finding

if TYPE_CHECKING:
    from pipeline.render.document import Document

FORMATS = ("html", "pdf", "docx", "epub")

__all__ = ["FORMATS", "lay_out", "render", "text_of"]


def lay_out(
    article: Article,
    bibliography: FormattedBibliography,
    *,
    base: Path | None = None,
    cite_as: RichText = (),
    media: Mapping[str, bytes] | None = None,
) -> "Document":
    """The article as every format has it, and in its `findings` what no format will show as written.

    `base`: the folder the pictures are in; nothing outside of it is read. `media`: pictures by name that are not
    there yet. `cite_as`: the article's own citation.
    """
    from pipeline.render.document import document_of

    return document_of(article, bibliography, base, cite_as, media)


def render(
    article: Article,
    bibliography: FormattedBibliography,
    to: str,
    *,
    house: str = "default",
    base: Path | None = None,
    cite_as: RichText = (),
    media: Mapping[str, bytes] | None = None,
    document: "Document | None" = None,
) -> tuple[bytes, list[Finding]]:
    """The article in the format `to` (one of `FORMATS`), and what a reader will not find in it as written.

    `house`: a folder of `styles/`, or the path of a journal's own. `base`, `cite_as`, `media`: as in `lay_out`.
    `document`: what that made, where several formats are wanted; its findings are not given again.

    Raises UsageError (unknown format or house style) and MissingPart (no pandoc, no Typst).
    """
    from pipeline.render import house as houses

    if to not in FORMATS:
        raise UsageError(f"unknown format {to!r}; choose one of: {', '.join(FORMATS)}")
    style = houses.load(house)
    laid_out = document or lay_out(article, bibliography, base=base, cite_as=cite_as, media=media)
    document = replace(laid_out, findings=[] if document else laid_out.findings)
    if to == "html":
        from pipeline.render import html

        data = html.write(article, document, bibliography, style)
    elif to == "pdf":
        from pipeline.render import pdf

        data = pdf.write(article, document, bibliography, style)
    elif to == "epub":
        from pipeline.render import epub

        data = epub.write(article, document, bibliography, style)
    else:
        from pipeline.render import docx

        data = docx.write(article, document, bibliography, style)
    return data, document.findings


def text_of(data: bytes, to: str) -> str:
    """The readable text of a galley, words broken at line ends put together again."""
    from pipeline.render import text

    return text.READERS[to](data)
