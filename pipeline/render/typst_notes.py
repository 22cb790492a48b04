"""Footnotes that Typst would lose: what floats over all columns takes its notes with it, as lines of its own.

Those of a figure or table stand under its caption, those of an abstract at its end, and those of the titles in a piece
of their own (`front-notes`), for the foot of the first page.
"""

from collections.abc import Mapping
from itertools import count

from pipeline.render import pandoc_ast as ast
from pipeline.render.pandoc_ast import Node, Nodes

TITLES = ("title", "subtitle", "translated-titles")
ABSTRACT = "abstract-"
FRONT_NOTES = "front-notes"
FLOATING = frozenset({"fig", "fig-group", "table-wrap"})


def gathered(pieces: Mapping[str, Nodes]) -> dict[str, Nodes]:
    """The pieces with the notes of what floats taken out of it; calls of these from elsewhere are plain links."""
    taken: set[str] = set()
    numbers = count(1)

    def without_notes(content: Nodes) -> tuple[Nodes, Nodes]:
        notes: Nodes = []

        def take(node: Node) -> Node | None:
            if node["t"] != "Note":
                return None
            (anchor, _, pairs), blocks = node["c"][0]["c"]
            called = ast.styled("Superscript", [ast.string(dict(pairs).get("label") or str(next(numbers)))])
            notes.append(ast.div(ast.framed([called], blocks, []), anchor=anchor, classes=["fn"]))
            taken.add(anchor)
            return ast.link(f"#{anchor}", [called]) if anchor else called

        return ast.rewrite(content, take), notes

    def floating(node: Node) -> Node | None:
        if node["t"] != "Div" or not FLOATING & set(node["c"][0][1]):
            return None
        blocks, notes = without_notes(node["c"][1])
        return {"t": "Div", "c": [node["c"][0], _under_caption(blocks, notes)]} if notes else None

    result = {name: ast.rewrite(blocks, floating) for name, blocks in pieces.items()}
    front: Nodes = []
    for name, blocks in result.items():
        if name in TITLES or name.startswith(ABSTRACT):
            result[name], notes = without_notes(blocks)
            if name in TITLES:
                front += notes
            else:
                result[name] += notes
    result[FRONT_NOTES] = front
    return {name: ast.rewrite(blocks, lambda node: _plain_link(node, taken)) for name, blocks in result.items()}


def _under_caption(blocks: Nodes, notes: Nodes) -> Nodes:
    for number, block in enumerate(blocks):
        if block["t"] == "Div" and "caption" in block["c"][0][1]:
            caption = {"t": "Div", "c": [block["c"][0], [*block["c"][1], *notes]]}
            return [*blocks[:number], caption, *blocks[number + 1 :]]
    return [*blocks, *notes]


def _plain_link(node: Node, taken: set[str]) -> Node | None:
    if node["t"] != "Link" or "fn" not in node["c"][0][1] or node["c"][2][0][1:] not in taken:
        return None
    return ast.link(node["c"][2][0], node["c"][1])
