"""Citations and the entries they lead to: a link there from each citation, links back to each of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape
from itertools import count
from typing import Any

from pipeline.render import pandoc_ast as ast
from pipeline.render.pandoc_ast import Node, Nodes

ARROW = "↩\ufe0e"
CITATION = "bibr"


def connect(pieces: Mapping[str, Nodes], back: str) -> tuple[dict[str, Nodes], dict[str, str]]:
    """The pieces with an id and the role `doc-biblioref` on every citation, and with links back in the entries.

    `back` names a link back; where an entry is cited more than once, the links are numbered. Besides, for each
    entry that is cited, its own id and the id of the box its text is to stand in, which a citation shows on hover.
    """
    taken = set(_ids(pieces))
    anchors, boxes = _unused("c", taken), _unused("e", taken)
    entries = {node["c"][0][0] for blocks in pieces.values() for node in _entries(blocks)}
    calls: dict[str, list[str]] = defaultdict(list)
    cited: dict[str, str] = {}

    def mark(node: Node) -> Nodes | None:
        if node["t"] != "Link" or CITATION not in node["c"][0][1]:
            return None
        (_, _, pairs), content, (href, _) = node["c"]
        anchor = next(anchors)
        targets = [each for each in dict(pairs).get("targets", href[1:]).split() if each in entries]
        for target in targets:
            calls[target].append(anchor)
            if target not in cited:
                cited[target] = next(boxes)
        shows = f' interestfor="{cited[targets[0]]}"' if targets else ""
        opening = f'<a id="{anchor}" href="{escape(href)}" role="doc-biblioref"{shows}>'
        return [ast.raw_inline("html", opening), *content, ast.raw_inline("html", "</a>")]

    def answer(node: Node) -> Node | None:
        if not is_entry(node):
            return None
        attributes, blocks = node["c"]
        ways = _ways(calls[attributes[0]], back)
        if not ways or not blocks or blocks[-1]["t"] != "Para":
            return None
        return {"t": "Div", "c": [attributes, [*blocks[:-1], ast.para([*blocks[-1]["c"], *ways])]]}

    marked = {name: ast.rewrite(blocks, mark) for name, blocks in pieces.items()}
    return {name: ast.rewrite(blocks, answer) for name, blocks in marked.items()}, cited


def is_entry(node: Node) -> bool:
    return node["t"] == "Div" and "entry" in node["c"][0][1]


def _entries(blocks: Nodes) -> Iterator[Node]:
    for block in blocks:
        if is_entry(block):
            yield block
        elif block["t"] == "Div":
            yield from _entries(block["c"][1])


def _ways(anchors: list[str], back: str) -> Nodes:
    """One arrow, or an arrow and numbers; the group is named once, for an article may be cited a hundred times."""
    if len(anchors) == 1:
        return [ast.space(), _way(anchors[0], ARROW, **{"aria-label": back})]
    numbered = [node for number, anchor in enumerate(anchors, 1) for node in (ast.space(), _way(anchor, str(number)))]
    group = ast.span([ast.string(ARROW), *numbered], classes=["ways-back"], role="group", **{"aria-label": back})
    return [ast.space(), group] if numbered else []


def _way(anchor: str, text: str, **attributes: str) -> Node:
    return ast.link(f"#{anchor}", [ast.string(text)], role="doc-backlink", **attributes)


def _unused(stem: str, taken: set[str]) -> Iterator[str]:
    return (anchor for number in count(1) if (anchor := f"{stem}{number}") not in taken)


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
