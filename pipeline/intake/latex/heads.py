"""The heads of LaTeX tables: what stands above the first rule between rows; pandoc takes one row at most.

A mark at the beginning of each row of a head leads from pandoc's tree back to it.
"""

import re
from typing import Any

from pipeline.intake.markup.nodes import Node, descendants

MARK = "\ufdd5"
TABLE = re.compile(r"\\begin\{(tabular|longtable)\}\{([a-z]{0,100})\}")
RULE = re.compile(
    r"\\(?:midrule|hline|specialrule|thickhline|Xhline\{[^{}]*\}|thinline|colrule|mr)(?![A-Za-z])(?:\s*\[[^\]]*\])?"
)
TOP = re.compile(
    r"(?:\s|\\(?:toprule|hline|Xhline\{[^{}]*\}|thickhline|br|noalign\{[^{}]*\})(?![A-Za-z])(?:\s*\[[^\]]*\])?|~)*"
)
ROW_END = re.compile(r"\\\\(?:\s*\[[^\]]{0,20}\])?|\\tabularnewline(?![A-Za-z])")
CAPTION = re.compile(r"\s*\\(?:caption|label)(?![A-Za-z])")
CELL = re.compile(r"(?:\A|(?<!\\)&)\s*(?:\\multi(?:row\{\d+\}\{\*\}|column\{\d+\}\{\w\})\s*\{)*")
FIRST, EVERY, FOOT, LAST = (f"\\{name}" for name in ("endfirsthead", "endhead", "endfoot", "endlastfoot"))
FEWEST, MOST = 2, 6


def marked_heads(text: str) -> str:
    """`text` with marks in the heads of several rows; what long tables repeat on each page is taken away."""
    pieces, position = [], 0
    for match in TABLE.finditer(text):
        end = text.find(f"\\end{{{match[1]}}}", match.end())
        if end < 0 or match.start() < position or "\\begin{tabular}" in text[match.end() : end]:
            continue
        body = text[match.end() : end]
        if match[1] == "longtable":
            body = _once(body)
        pieces += [text[position : match.end()], _marked(body) if match[2] else body]
        position = end
    return "".join([*pieces, text[position:]])


def _once(body: str) -> str:
    """A long table with its head once: that of its first page; what ends its pages left out but for the last."""
    first, every = body.find(FIRST), body.find(EVERY)
    if 0 <= first < every:
        body = f"{body[: first + len(FIRST)]}{_lines(body[first:every])}{body[every + len(EVERY) :]}"
    foot, last = body.find(FOOT), body.find(LAST)
    start = max(body.find(FIRST), body.find(EVERY))
    head = start + (len(FIRST) if body.startswith(FIRST, start) else len(EVERY)) if start >= 0 else 0
    if foot >= head > 0:
        body = f"{body[:head]}{_lines(body[head:foot])}{body[foot + len(FOOT) :]}"
        last = body.find(LAST)
    if last >= head > 0:
        body = f"{body[:head]}{body[last + len(LAST) :].rstrip()}\n{_moved(body[head:last])}"
    return body.replace(FIRST, "\\hline ").replace(EVERY, "\\hline ")


def _lines(text: str) -> str:
    return "\n" * text.count("\n")


def _moved(foot: str) -> str:
    """The foot of the last page, where it says something, as the last rows."""
    words = re.sub(r"\\(?:bottomrule|hline|midrule|noalign\{\})(?:\[[^\]]*\])?|\s|\\\\", "", foot)
    return f"\\\\ {foot}" if words else _lines(foot)


def _marked(body: str) -> str:
    start = TOP.match(body).end()  # type: ignore[union-attr]
    while CAPTION.match(body, start):
        ending = ROW_END.search(body, start)
        if ending is None:
            return body
        start = TOP.match(body, ending.end()).end()  # type: ignore[union-attr]
    rule = RULE.search(body, start)
    if rule is None:
        return body
    head, rest = body[start : rule.start()], body[rule.start() :]
    rows = [row for row in ROW_END.split(head) if row.strip()]
    if not FEWEST <= len(rows) <= MOST or not ROW_END.search(rest):
        return body
    pieces, position = [body[:start]], 0
    for ending in ROW_END.finditer(head):
        pieces.append(_with_mark(head[position : ending.end()]))
        position = ending.end()
    return "".join([*pieces, _with_mark(head[position:]), rest])


def _with_mark(row: str) -> str:
    """A mark in each cell, as one below a cell of several rows is lost; such a cell begins with its command."""
    return CELL.sub(lambda match: f"{match[0]}{MARK}", row) if row.strip() else row


def take_heads(tree: dict[str, Any]) -> None:
    """Move marked rows to the heads of their tables; the marks are taken away."""
    for table in [node for node in descendants(tree["blocks"]) if node["t"] == "Table"]:
        head, bodies = table["c"][3], table["c"][4]
        rows = [row for body in bodies for row in body[3]]
        marked = [row for row in rows if _take(row)]
        if marked and rows[: len(marked)] == marked and len(marked) < len(rows):
            head[1] = [*head[1], *marked]
            for body in bodies:
                body[3] = [row for row in body[3] if row not in marked]
    for node in descendants(tree["blocks"]):
        _clean(node)


def _take(row: Any) -> bool:
    """Whether a row has the mark, which is taken away."""
    return sum(_clean(node) for node in descendants(row)) > 0


def _clean(node: Node) -> bool:
    if node["t"] == "Str" and MARK in node["c"]:
        node["c"] = node["c"].replace(MARK, "")
        return True
    return False
