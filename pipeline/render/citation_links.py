"""Citations and the entries they lead to: a link there from each citation, links back to each of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from pipeline.render import pandoc_ast as ast
from pipeline.render.pandoc_ast import Node, Nodes

ARROW = "↩\ufe0e"
CITATION = "bibr"


def connect(pieces: Mapping[str, Nodes], back: str) -> dict[str, Nodes]:
    """The pieces with an id and the role `doc-biblioref` on every citation, and with links back in the entries.

    `back` names a link back; where an entry is cited more than once, the links are numbered.
    """
    anchors = _anchors(set(_ids(pieces)))
    calls: dict[str, list[str]] = defaultdict(list)

    def mark(node: Node) -> Node | None:
        if node["t"] != "Link" or CITATION not in node["c"][0][1]:
            return None
        (_, classes, pairs), content, (href, title) = node["c"]
        anchor = next(anchors)
        for target in dict(pairs).get("targets", href[1:]).split():
            calls[target].append(anchor)
        return {"t": "Link", "c": [[anchor, classes, [["role", "doc-biblioref"]]], content, [href, title]]}

    def answer(node: Node) -> Node | None:
        if node["t"] != "Div" or "entry" not in node["c"][0][1]:
            return None
        attributes, blocks = node["c"]
        ways = _ways(calls[attributes[0]], back)
        if not ways or not blocks or blocks[-1]["t"] != "Para":
            return None
        return {"t": "Div", "c": [attributes, [*blocks[:-1], ast.para([*blocks[-1]["c"], *ways])]]}

    marked = {name: ast.rewrite(blocks, mark) for name, blocks in pieces.items()}
    return {name: ast.rewrite(blocks, answer) for name, blocks in marked.items()}


def _ways(anchors: list[str], back: str) -> Nodes:
    if len(anchors) == 1:
        return [ast.space(), _way(anchors[0], ARROW, back)]
    numbered = [
        node
        for number, anchor in enumerate(anchors, 1)
        for node in (ast.space(), _way(anchor, str(number), f"{back} ({number})"))
    ]
    return [ast.space(), ast.span([ast.string(ARROW), *numbered], classes=["ways-back"])] if numbered else []


def _way(anchor: str, text: str, name: str) -> Node:
    return ast.link(f"#{anchor}", [ast.string(text)], role="doc-backlink", **{"aria-label": name})


def _anchors(taken: set[str]) -> Iterator[str]:
    return (anchor for number in count(1) if (anchor := f"cite-{number}") not in taken)


def _ids(value: Any) -> Iterator[str]:
    """The ids of all nodes: the first of each `Attr`."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _ids(each)
    elif isinstance(value, list):
        if len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], list) and isinstance(value[2], list):
            yield value[0]
        for each in value:
            yield from _ids(each)
