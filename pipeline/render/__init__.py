"""The galleys: an `Article` and its formatted bibliography become one file a format."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography, RichText
from pipeline.errors import UsageError
from pipeline.findings import Finding, Severity
from pipeline.journal import Look

if TYPE_CHECKING:
    from pipeline.render.document import Document

FORMATS = ("html", "pdf", "docx", "epub")

LEAST_CONTRAST = 4.5
NO_ADDRESSES = {"article": "", "pdf": "", "image": ""}

__all__ = ["FORMATS", "findings_of_look", "lay_out", "render", "text_of"]


def lay_out(
    article: Article,
    bibliography: FormattedBibliography,
    *,
    base: Path | None = None,
    cite_as: RichText = (),
    media: Mapping[str, bytes] | None = None,
    addresses: Mapping[str, str] | None = None,
) -> "Document":
    """The article as every format has it, and in its `findings` what no format will show as written.

    `base`: the folder the pictures are in; nothing outside of it is read. `media`: pictures by name that are not
    there yet. `cite_as`: the article's own citation. `addresses`: where the `article`, its `pdf` and an `image` of it
    will be, as far as that is known.
    """
    from pipeline.render.document import document_of

    laid_out = document_of(article, bibliography, base, cite_as, media)
    laid_out.front["addresses"] = NO_ADDRESSES | dict(addresses or {})
    return laid_out


def findings_of_look(house: str, look: Look | None) -> list[Finding]:
    """What readers will not see well in a house style with a journal's look.

    Raises UsageError: there is no such house style, or a mistake in it.
    """
    from pipeline.render import house as houses

    accent = houses.load(house, look).settings["colours"]["accent"]
    ratio = houses.contrast_on_white(accent)
    if ratio >= LEAST_CONTRAST:
        return []
    message = f"the accent {accent} has a contrast of {ratio:.1f}:1 on white; text needs {LEAST_CONTRAST}:1"
    return [Finding("accent-pale", Severity.WARNING, message)]


def render(
    article: Article,
    bibliography: FormattedBibliography,
    to: str,
    *,
    house: str = "default",
    look: Look | None = None,
    base: Path | None = None,
    cite_as: RichText = (),
    media: Mapping[str, bytes] | None = None,
    document: "Document | None" = None,
) -> tuple[bytes, list[Finding]]:
    """The article in the format `to` (one of `FORMATS`), and what a reader will not find in it as written.

    `house`: a folder of `styles/`, or the path of a journal's own; `look`: what the journal changes of it.
    `base`, `cite_as`, `media`: as in `lay_out`.
    `document`: what that made, where several formats are wanted; its findings are not given again.

    Raises UsageError (unknown format or house style) and MissingPart (no pandoc, no Typst).
    """
    from pipeline.render import house as houses

    if to not in FORMATS:
        raise UsageError(f"unknown format {to!r}; choose one of: {', '.join(FORMATS)}")
    style = houses.load(house, look)
    laid_out = document or lay_out(article, bibliography, base=base, cite_as=cite_as, media=media)
    known = [] if document else [*laid_out.findings, *findings_of_look(house, look)]
    document = replace(laid_out, front=laid_out.front | {"draft": style.draft}, findings=known)
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
