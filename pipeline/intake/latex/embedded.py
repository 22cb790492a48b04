"""LaTeX that stands in the Markdown of a document: figures, tables, formulas, notes."""

import re
from typing import Any

from pipeline.article import SetAside
from pipeline.intake.latex import pieces
from pipeline.intake.latex.known import as_known
from pipeline.intake.latex.layout import as_pandoc_reads
from pipeline.intake.markup.nodes import REFERENCE, Node, Nodes, descendants, inlines_of

RAW = {"RawBlock", "RawInline"}
FORMS = {"tex", "latex"}
DEFINITION = re.compile(r"\s*\\(?:(?:re)?new|provide)command|\s*\\def\\")


def read_embedded(tree: dict[str, Any]) -> list[SetAside]:
    """Put what raw TeX says in its place in `tree`; what of it was left out."""
    found = [
        node for node in descendants(tree["blocks"])
        if node["t"] in RAW and node["c"][0] in FORMS and not REFERENCE.fullmatch(node["c"][1].strip())
    ]  # fmt: skip
    macros = "\n".join(node["c"][1] for node in found if DEFINITION.match(node["c"][1]))
    if not found:
        return []
    made = pieces.convert([as_pandoc_reads(as_known(node["c"][1])) for node in found], macros)
    for node, blocks in zip(found, made.blocks, strict=True):
        _replace(node, blocks)
    return made.left_out


def _replace(node: Node, blocks: Nodes) -> None:
    if node["t"] == "RawBlock":
        node |= {"t": "Div", "c": [["", [], []], blocks]}
    else:
        node |= {"t": "Span", "c": [["", [], []], inlines_of(blocks)]}
