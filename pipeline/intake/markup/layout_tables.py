"""Tables that only lay out: title, authors or an abstract in cells on the first page, a formula with its number."""

import re

from pipeline.intake.markup.nodes import Node, Nodes, inlines_of, text_of

HEAD = 12
LONG = 300
NUMBER = re.compile(r"[(\[]\s*[A-Z]?\d{1,3}(?:\.\d{1,3})?[a-z]?\s*[)\]]")
PLACE = re.compile("\ufdd0\\d+\ufdd1")
"""The mark of a paragraph of Word, which stays."""
CAPTION = re.compile(r"\W{0,3}[^\W\d_]{3,12}\.?\s?\d{1,3}\b")
MOST_ROWS, MOST_COLUMNS = 12, 4
MOST_LINES, LONGEST_LINE = 8, 120
LEAST_FIELDS, LONGEST_FIELD = 3, 30
NO_FIELD = re.compile(r"[,@\d]")
LEAST_LETTERS = 0.8


def without_layout_tables(blocks: Nodes) -> Nodes:
    """The blocks with the content of such tables in their place."""
    blocks = [inner for block in blocks for inner in _aligned(block)]
    blocks = [_equation(block) if block["t"] == "Table" else block for block in blocks]
    made: Nodes = []
    seen, before = 0, ""
    for place, block in enumerate(blocks):
        text = text_of(block)
        is_layout = block["t"] == "Table" and seen < HEAD and not CAPTION.match(before) and _is_layout(block, text)
        made += _content(block) if is_layout else [block]
        if block["t"] == "Header" or (block["t"] == "Para" and len(text) > LONG):
            return [*made, *blocks[place + 1 :]]
        seen += bool(text.strip())
        before = text.strip() or before
    return made


def _aligned(block: Node) -> Nodes:
    """What a division holds that only says how its content is aligned, on the line or in blocks."""
    if block["t"] in ("Para", "Plain"):
        inlines = [inner for node in block["c"] for inner in (node["c"][1] if _only_aligns(node, "Span") else [node])]
        return [block | {"c": inlines}]
    return block["c"][1] if _only_aligns(block, "Div") else [block]


def _only_aligns(node: Node, kind: str) -> bool:
    if node["t"] != kind:
        return False
    identifier, classes, pairs = node["c"][0]
    return not identifier and not classes and bool(pairs) and all(key == "align" for key, _ in pairs)


def _equation(table: Node) -> Node:
    """A formula and its number in the cells of one row, as templates of journals have them, are a paragraph."""
    rows = _rows(table)
    cells = [inlines_of(cell) for cell in rows[0]] if len(rows) == 1 and not table["c"][1][1] else []
    held = [cell for cell in cells if text_of(cell).strip()]
    if len(held) != 2 or not NUMBER.fullmatch(PLACE.sub("", text_of(held[1])).strip()):
        return table
    formulas = [node for node in held[0] if node["t"] == "Math"]
    others = [node for node in held[0] if node["t"] not in ("Math", "Space", "SoftBreak", "LineBreak")]
    if not formulas or PLACE.sub("", text_of(others)).strip():
        return table
    for node in formulas:
        node["c"][0] = {"t": "DisplayMath"}
    number: Nodes = [{"t": "Space"}, {"t": "Str", "c": PLACE.sub("", text_of(held[1])).strip()}]
    return {"t": "Para", "c": [*others, *formulas, *number]}


def _rows(table: Node) -> list[list[Nodes]]:
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    return [[cell[4] for cell in row[1]] for row in rows]


def _is_layout(table: Node, text: str) -> bool:
    """Few cells of words, without a caption."""
    caption = table["c"][1]
    rows = _rows(table)
    text = PLACE.sub("", text)
    letters = sum(char.isalpha() or char.isspace() for char in text)
    return (
        not caption[1]
        and len(rows) <= MOST_ROWS
        and max(map(len, rows), default=0) <= MOST_COLUMNS
        and letters >= LEAST_LETTERS * len(text)
    )


def _fields(rows: list[list[Nodes]]) -> list[list[Nodes]]:
    """Rows of a name and a value, as a title page has them, as one cell each: `Word count: 3204`."""
    pairs = [(_bare(row[0]), _bare(row[1])) for row in rows if len(row) == 2]
    is_list = len(pairs) == len(rows) >= LEAST_FIELDS and all(len(cell) == 1 for row in rows for cell in row)
    names = [name for name, _ in pairs]
    if not is_list or any(len(name) > LONGEST_FIELD or NO_FIELD.search(name) for name in names):
        return rows
    if sum(len(value) for _, value in pairs) <= sum(map(len, names)):
        return rows
    return [
        [[{"t": "Para", "c": [*row[0][0]["c"], {"t": "Str", "c": ":"}, {"t": "Space"}, *row[1][0]["c"]]}]]
        for row in rows
    ]


def _bare(cell: Nodes) -> str:
    return PLACE.sub("", text_of(cell)).strip()


def _one(cell: Nodes) -> Nodes:
    """The short lines of a cell, as those of one author, are one paragraph with breaks."""
    lines = [block for block in cell if block["t"] in ("Para", "Plain") and text_of(block).strip()]
    if not 2 < len(lines) == len(cell) <= MOST_LINES or any(len(text_of(line)) > LONGEST_LINE for line in lines):
        return cell
    joined: Nodes = []
    for line in lines:
        joined += [{"t": "LineBreak"}, *line["c"]] if joined else line["c"]
    return [{"t": "Para", "c": joined}]


def _content(table: Node) -> Nodes:
    rows = _fields(_rows(table))
    inner = [block for row in rows for cell in row for part in _one(cell) for block in _aligned(part)]
    return [{"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in inner]
