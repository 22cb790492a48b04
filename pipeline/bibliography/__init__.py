"""CSL items, citation clusters, a style and a locale become a formatted bibliography.

Two engines print: citeproc-py, extended (`pipeline.bibliography.citeproc`), and pandoc's citeproc
(`pipeline.bibliography.pandoc_engine`). `styles/verified.txt` lists the styles the first prints as the
CSL reference implementation does; `auto` takes it for those and pandoc for the rest.
"""

from collections.abc import Sequence
from typing import Any

from pipeline.bibliography import html, text
from pipeline.bibliography.richtext import Cite, Cluster, Entry, FormattedBibliography
from pipeline.bibliography.styles import find, verified
from pipeline.errors import UsageError

ENGINES = ("auto", "citeproc-py", "pandoc")
MODES = ("suppress-author", "author-only")
WRITERS = {"html": html.write, "text": text.write}

__all__ = ["ENGINES", "WRITERS", "Cite", "Cluster", "Entry", "FormattedBibliography", "cite", "format"]


def format(  # noqa: A001  (the name of the interface)
    items: Sequence[dict[str, Any]],
    clusters: Sequence[Cluster] = (),
    style: str = "apa",
    locale: str | None = None,
    engine: str = "auto",
) -> FormattedBibliography:
    """Citations in the order of `clusters`, and every item of `items` as an entry in the style's order.

    `items` are CSL-JSON; items no cluster cites stand in the bibliography all the same. `style` is a
    name (an old, renamed one too) or the path of a .csl file; `locale` a language tag, by default the
    style's own. A cluster that cites an unknown id leaves that cite out.

    Raises UsageError (unknown style or engine, unusable .csl file) and MissingPart (no pandoc).
    """
    if engine not in ENGINES:
        raise UsageError(f"unknown engine {engine!r}; choose one of: {', '.join(ENGINES)}")
    source = find(style)
    if engine == "auto":
        engine = "citeproc-py" if source.name in verified() else "pandoc"
    if engine == "pandoc":
        from pipeline.bibliography import pandoc_engine

        return pandoc_engine.format(items, clusters, source, locale)
    from pipeline.bibliography.citeproc import format as print_with_citeproc

    return print_with_citeproc(items, clusters, source, locale)


def cite(
    items: Sequence[dict[str, Any]],
    clusters: Sequence[Sequence[dict[str, Any]]] = (),
    style: str = "apa",
    locale: str | None = None,
    engine: str = "auto",
    to: str = "html",
) -> dict[str, Any]:
    """What the `cite` command prints: `{"engine", "citations": […], "bibliography": [{"id", "entry"}, …]}`.

    A cluster is a list of `{"id", "locator"?, "label"?, "prefix"?, "suffix"?, "mode"?}`.

    Raises UsageError as `format` does, and for items or clusters of another shape.
    """
    if to not in WRITERS:
        raise UsageError(f"unknown output {to!r}; choose one of: {', '.join(WRITERS)}")
    _check_items(items)
    formatted = format(items, [_cluster(cluster) for cluster in clusters], style, locale, engine)
    write = WRITERS[to]
    return {
        "engine": formatted.engine,
        "citations": [write(citation) for citation in formatted.citations],
        "bibliography": [{"id": entry.id, "entry": write(entry.whole)} for entry in formatted.entries],
    }


def _check_items(items: Any) -> None:
    if not isinstance(items, list | tuple) or not all(isinstance(item, dict) for item in items):
        raise UsageError("items must be a JSON array of CSL items, [{…}, …]")
    missing = next((number for number, item in enumerate(items, 1) if item.get("id") in (None, "")), None)
    if missing:
        raise UsageError(f"item {missing} has no id; give every item its own")
    ids = [str(item["id"]) for item in items]
    if len(set(ids)) < len(ids):
        repeated = next(name for name in ids if ids.count(name) > 1)
        raise UsageError(f"two items have the id {repeated!r}; give every item its own")


def _cluster(cites: Any) -> Cluster:
    fields = ("locator", "label", "prefix", "suffix", "mode")
    if not isinstance(cites, list | tuple) or not all(isinstance(cite, dict) and "id" in cite for cite in cites):
        raise UsageError('clusters must be a JSON array of arrays of cites, [[{"id": …}], …]')
    strange = next((cite["mode"] for cite in cites if cite.get("mode") and cite["mode"] not in MODES), None)
    if strange is not None:
        raise UsageError(f"unknown mode {strange!r} of a cite; leave it out or choose one of: {', '.join(MODES)}")
    return Cluster(
        tuple(Cite(str(cite["id"]), **{name: str(cite[name]) for name in fields if cite.get(name)}) for cite in cites)
    )
