"""Markdown of every kind: MyST's roles and directives, HTML and LaTeX within it, authors with raised marks."""

from typing import Any

from pipeline.intake.dialects import cross_references, myst, raw_html
from pipeline.intake.markup.nodes import Node, Nodes, descendants

PLACES = {"affiliation", "affiliations", "institute", "institutes", "institutions"}


def prepare(text: str) -> str:
    return raw_html.prepare(myst.prepare(text))


def settle(tree: dict[str, Any], text: str) -> None:
    myst.settle(tree, text)
    raw_html.settle(tree)
    cross_references.settle(tree)
    _show_marked_authors(tree)


def _show_marked_authors(tree: dict[str, Any]) -> None:
    """Authors whose marks lead to affiliations in the text stand before it, where marks are read."""
    authors = tree["meta"].get("author")
    if authors is None or PLACES & tree["meta"].keys() or not _has_marks(authors):
        return
    entries = authors["c"] if authors["t"] == "MetaList" else [authors]
    if not all(entry["t"] == "MetaInlines" for entry in entries):
        return
    line: Nodes = []
    for entry in entries:
        line += [{"t": "Str", "c": ","}, {"t": "Space"}] if line else []
        line += entry["c"]
    tree["blocks"].insert(0, {"t": "Para", "c": line})
    del tree["meta"]["author"]


def _has_marks(value: Node) -> bool:
    return any(node["t"] == "Superscript" for node in descendants(value))
