"""citeproc-py, extended: its style tree with nodes that print streams of rich text."""

from collections.abc import Sequence
from typing import Any

from pipeline.bibliography import locales
from pipeline.bibliography.richtext import Cluster, FormattedBibliography
from pipeline.bibliography.styles import StyleSource


def format(  # noqa: A001  (the name of the interface)
    items: Sequence[dict[str, Any]], clusters: Sequence[Cluster], source: StyleSource, locale: str | None = None
) -> FormattedBibliography:
    """See `pipeline.bibliography.format`."""
    from pipeline.bibliography.citeproc.processor import Processor
    from pipeline.bibliography.citeproc.style import load

    tag = locales.resolve(locale, source.locale)
    style = load(source.path, tag)
    processor = Processor(style, items, clusters)
    result = FormattedBibliography("citeproc-py", source.name, tag, notes=style.note)
    result.citations = processor.citations()
    result.entries = processor.entries()
    if style.bibliography is not None:
        result.hanging_indent = style.bibliography.get("hanging-indent") == "true"
    return result
