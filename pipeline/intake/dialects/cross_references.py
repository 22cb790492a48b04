"""References of Quarto and pandoc-crossref (`@fig-map`, `[@tbl:ages]`), which pandoc takes for citations."""

import re
from typing import Any

from pipeline.intake.markup.nodes import Node, Nodes, descendants, text_of

PREFIX = re.compile(r"(?:fig|tbl|tab|eq|sec|lst|thm|lem|cor|prp|def|exm|alg)[:-]\S")
NAME = re.compile(r"\{#([\w:.-]{1,100})[^{}]*\}(.*)")
HOLDERS = ("fig", "tbl")


def settle(tree: dict[str, Any]) -> None:
    """Equations get their names, divisions that are figures or tables their captions, and references are links."""
    for node in [*descendants(tree["blocks"])]:
        if node["t"] in ("Para", "Plain"):
            _name_formulas(node["c"])
        elif node["t"] == "Div":
            _caption(node)
    names = set(_names(tree["blocks"]))
    for node in [*descendants(tree["blocks"])]:
        keys = [cite["citationId"] for cite in node["c"][0]] if node["t"] == "Cite" else []
        if keys and all(key in names and PREFIX.match(key) for key in keys):
            node |= {"t": "Span", "c": [["", [], []], _links(node["c"][0])]}


def _name_formulas(nodes: Nodes) -> None:
    """`$$…$$ {#eq-one}`: the name goes where LaTeX has it."""
    for place in reversed([n for n, node in enumerate(nodes) if n and node["t"] == "Str"]):
        found = NAME.fullmatch(nodes[place]["c"])
        before = place - 1
        while before > 0 and nodes[before]["t"] in ("Space", "SoftBreak"):
            before -= 1
        if found and nodes[before]["t"] == "Math":
            nodes[before]["c"][1] += f"\\label{{{found[1]}}}"
            nodes[before + 1 : place + 1] = [{"t": "Str", "c": found[2]}] if found[2] else []


def _caption(division: Node) -> None:
    """`::: {#fig-one}` with pictures or a table, and a last paragraph that says what they show."""
    (identifier, _, _), blocks = division["c"]
    if not PREFIX.match(identifier) or identifier[:3] not in HOLDERS or len(blocks) < 2 or blocks[-1]["t"] != "Para":
        return
    kinds = {node["t"] for node in descendants(blocks[:-1])}
    if not kinds & {"Image", "Table"} or any(node["t"] == "Image" for node in descendants(blocks[-1:])):
        return
    caption = [None, [{"t": "Plain", "c": blocks[-1]["c"]}]]
    division |= {"t": "Figure", "c": [[identifier, [], []], caption, blocks[:-1]]}


def _names(blocks: Nodes) -> list[str]:
    found = []
    for node in descendants(blocks):
        if node["t"] == "Math":
            found += re.findall(r"\\label\{([^{}]{1,100})\}", node["c"][1])
        elif node["t"] in ("Div", "Figure", "Table", "Span", "Image", "CodeBlock"):
            found.append(node["c"][0][0])
        elif node["t"] == "Header":
            found.append(node["c"][1][0])
    return list(filter(None, found))


def _links(cites: list[Any]) -> Nodes:
    """`[Figure @fig-one]` and `[-@fig-one]` print the number alone."""
    made: Nodes = []
    for cite in cites:
        before, after = cite["citationPrefix"], cite["citationSuffix"]
        alone = text_of(before).strip() or cite["citationMode"]["t"] == "SuppressAuthor"
        command = "ref" if alone else "autoref"
        made += [{"t": "Str", "c": ","}, {"t": "Space"}] if made else []
        made += [*before, {"t": "Space"}] if before else []
        made += [{"t": "RawInline", "c": ["latex", f"\\{command}{{{cite['citationId']}}}"]}, *after]
    return made
