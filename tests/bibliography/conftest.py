"""Small styles made for one test each."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline import bibliography
from pipeline.bibliography import Cite, Cluster

Printed = tuple[list[str], list[str]]


def style_xml(
    citation: str = '<text variable="title"/>',
    bibliography: str = "",
    *,
    macros: str = "",
    locale: str = "",
    style: str = 'class="in-text"',
    cite: str = "",
    layout: str = 'delimiter="; "',
    bib: str = "",
    sort: str = "",
) -> str:
    """A whole style around the layouts a test is about; the rest are attributes and further elements."""
    entries = f"<bibliography {bib}>{sort}<layout>{bibliography}</layout></bibliography>" if bibliography else ""
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" {style}>'
        f"<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info>{locale}{macros}"
        f"<citation {cite}>{sort}<layout {layout}>{citation}</layout></citation>{entries}</style>"
    )


@pytest.fixture
def write_style(tmp_path: Path) -> Callable[..., str]:
    def write(*layouts: str, **options: str) -> str:
        path = tmp_path / "small.csl"
        path.write_text(style_xml(*layouts, **options), "utf-8")
        return str(path)

    return write


@pytest.fixture
def printed(write_style: Callable[..., str]) -> Callable[..., Printed]:
    """Citations and entries of items in a small style, as HTML; one cluster an item unless clusters are given."""

    def run(
        items: Sequence[dict[str, Any]],
        *layouts: str,
        clusters: Sequence[Sequence[Any]] | None = None,
        lang: str | None = None,
        **options: str,
    ) -> Printed:
        chosen = [[item["id"]] for item in items] if clusters is None else clusters
        made = [Cluster(tuple(one if isinstance(one, Cite) else Cite(str(one)) for one in cites)) for cites in chosen]
        path = write_style(*layouts, **options)
        formatted = bibliography.format(items, made, path, lang, engine="citeproc-py")
        html = bibliography.WRITERS["html"]
        entries = [html(entry.whole) for entry in formatted.entries]
        return [html(citation) for citation in formatted.citations], entries

    return run
