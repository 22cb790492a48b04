"""The galleys: an `Article` and its formatted bibliography become one file a format."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography, RichText
from pipeline.errors import UsageError
from pipeline.findings import Finding

FORMATS = ("html", "pdf", "docx", "epub")

__all__ = ["FORMATS", "render", "text_of"]


def render(
    article: Article,
    bibliography: FormattedBibliography,
    to: str,
    *,
    house: str = "default",
    base: Path | None = None,
    cite_as: RichText = (),
    media: Mapping[str, bytes] | None = None,
) -> tuple[bytes, list[Finding]]:
    """The article in the format `to` (one of `FORMATS`), and what a reader will not find in it as written.

    `house`: a folder of `styles/`, or the path of a journal's own. `base`: the folder the pictures are in;
    nothing outside of it is read. `media`: pictures by name that are not there yet. `cite_as`: the article's
    own citation.

    Raises UsageError (unknown format or house style) and MissingPart (no pandoc, no Typst).
    """
    from pipeline.render import house as houses
    from pipeline.render.document import document_of

    if to not in FORMATS:
        raise UsageError(f"unknown format {to!r}; choose one of: {', '.join(FORMATS)}")
    style = houses.load(house)
    document = document_of(article, bibliography, base, cite_as, media)
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
