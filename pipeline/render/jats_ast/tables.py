"""Tables: the XHTML model of JATS (`table`) on pandoc's grid, and what stands around it."""

from typing import Any
from unicodedata import east_asian_width

from pipeline.article import Element
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import figures, notes
from pipeline.render.jats_ast.mapper import Handler, Mapper, children, local_name, only_plain
from pipeline.render.pandoc_ast import Node, Nodes

ALIGNMENTS = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter", "char": "AlignRight"}
MOST_CELLS, MOST_COLUMNS = 200_000, 400
MAXIMUM_SPAN = 1000
MEASURES = ("columns", "rows", "least", "most")
Row = list[Element]
Cell = list[Any]


def table_wrap(mapper: Mapper, element: Element) -> Nodes:
    """Div `table-wrap`: a Div `caption` where there is one, the tables, a Div `table-wrap-foot`.

    Its attributes tell of the widest and the longest table in it: `columns`, `rows`, and in characters the width
    below which a word would not fit (`least`), and that at which no cell has a second line (`most`).
    """
    blocks = figures.caption(mapper, element)
    blocks += mapper.flow(element, figures.CAPTION_PARTS)
    measures = [measures_of(block["c"]) for block in blocks if block["t"] == "Table"]
    sizes = {name: str(max((each[name] for each in measures), default=0)) for name in MEASURES}
    return [ast.div(blocks, anchor=element.get("id", ""), classes=["table-wrap"], **sizes)]


def measures_of(grid: Cell) -> dict[str, int]:
    """The `MEASURES` of the content of a Table; cells that span columns count for none of them."""
    _, _, columns, (_, head), bodies, (_, foot) = grid
    body = [row for each in bodies for row in each[3]]
    longest = {"least": [0] * len(columns), "most": [0] * len(columns)}
    reach = [0] * len(columns)
    for _, cells in [*head, *body, *foot]:
        free = iter([column for column, left in enumerate(reach) if left == 0])
        reach = [max(left - 1, 0) for left in reach]
        for _, _, down, across, blocks in cells:
            taken = [column for _, column in zip(range(across), free, strict=False)]
            reach = [down - 1 if column in taken else left for column, left in enumerate(reach)]
            if len(taken) == 1:
                lines = ast.text_of(blocks).splitlines()
                words = [word for line in lines for word in line.split()]
                for name, parts in (("least", words), ("most", lines)):
                    longest[name][taken[0]] = max(longest[name][taken[0]], *map(width_in_line, parts), 0)
    return {"columns": len(columns), "rows": len(body)} | {name: sum(each) for name, each in longest.items()}


def width_in_line(text: str) -> int:
    """Characters, those of East Asia twice as wide (Unicode Standard Annex 11)."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def foot(mapper: Mapper, element: Element) -> Nodes:
    blocks: Nodes = []
    for part in children(element):
        if local_name(part) == "fn":
            blocks += notes.note_in_group(mapper, part)
        elif local_name(part) == "fn-group":
            blocks += foot(mapper, part)[0]["c"][1]
        else:
            blocks += mapper.block(part) if mapper.is_block(part) else [ast.para(mapper.one_line(part))]
    return [ast.div(blocks, classes=["table-wrap-foot"])]


def rows_of(section: Element) -> list[Row]:
    return [
        [cell for cell in children(row) if local_name(cell) in ("td", "th", "entry")]
        for row in children(section)
        if local_name(row) in ("tr", "row")
    ]


def number(cell: Element, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), MAXIMUM_SPAN) if value.isdecimal() else 1


def width_of(rows: list[Row]) -> int:
    """Columns of a table section, cells that reach down counted; no more than can be printed."""
    reach: list[int] = []
    width, most = 0, min(max(MOST_CELLS // max(len(rows), 1), 1), MOST_COLUMNS)
    for row in rows:
        taken = sum(1 for left in reach if left > 0)
        columns = sum(number(cell, "colspan") for cell in row)
        width = max(width, taken + columns)
        if width > most:
            return most
        reach = [left - 1 for left in reach if left > 1]
        for cell in row:
            if number(cell, "rowspan") > 1:
                reach += [number(cell, "rowspan") - 1] * number(cell, "colspan")
    return width


def grid_row(mapper: Mapper, row: Row, reach: list[int], rows_left: int) -> Cell:
    """A pandoc row that fills the grid exactly; `reach` counts the rows each column is still covered."""
    cells: list[Cell] = []
    free = [column for column, left in enumerate(reach) if left == 0]
    for column, left in enumerate(reach):
        reach[column] = max(left - 1, 0)
    position = 0
    for cell in row:
        if position >= len(free):
            cells[-1:] = [_joined(mapper, cells[-1], cell)] if cells else []
            continue
        wanted, start = number(cell, "colspan"), free[position]
        columns = 1
        while columns < wanted and position + columns < len(free) and free[position + columns] == start + columns:
            columns += 1
        down = min(number(cell, "rowspan"), rows_left)
        for column in range(start, start + columns):
            reach[column] = max(reach[column], down - 1)
        position += columns
        cells.append(grid_cell(mapper, cell, down, columns))
    cells += [empty_cell() for _ in free[position:]]
    return [ast.attr(), cells]


def _joined(mapper: Mapper, last: Cell, cell: Element) -> Cell:
    """A cell that the grid has no room for adds to the one before it."""
    return [*last[:4], last[4] + only_plain(mapper.flow(cell))]


def grid_cell(mapper: Mapper, cell: Element, down: int, columns: int) -> Cell:
    alignment = {"t": ALIGNMENTS.get(cell.get("align", ""), "AlignDefault")}
    classes = ["th"] if local_name(cell) == "th" else []
    content = only_plain(mapper.with_lang(cell, mapper.flow(cell)))
    return [ast.attr(cell.get("id", ""), classes), alignment, down, columns, content]


def empty_cell() -> Cell:
    return [ast.attr(), {"t": "AlignDefault"}, 1, 1, []]


def grid(mapper: Mapper, rows: list[Row], width: int) -> Cell:
    reach = [0] * width
    return [grid_row(mapper, row, reach, len(rows) - index) for index, row in enumerate(rows)]


def row_heads(rows: list[Row]) -> int:
    """Leading columns of which every cell is a `th`."""
    counts = []
    for row in rows:
        count = 0
        for cell in row:
            if local_name(cell) != "th":
                break
            count += number(cell, "colspan")
        counts.append(count)
    return min(counts, default=0)


def table(mapper: Mapper, element: Element) -> Nodes:
    sections: dict[str, list[list[Row]]] = {"thead": [], "tbody": [], "tfoot": []}
    loose = rows_of(element)
    holders = [part for part in children(element) if local_name(part) == "tgroup"] or [element]
    for holder in holders:
        for part in children(holder):
            if local_name(part) in sections:
                sections[local_name(part)].append(rows_of(part))
    if loose:
        sections["tbody"].append(loose)
    every = [rows for kind in sections.values() for rows in kind]
    width = max((width_of(rows) for rows in every), default=0)
    if not width:
        return mapper.flow(element)
    if width == MOST_COLUMNS:
        message = f"a table has more than {MOST_COLUMNS} columns; what stands beyond is in the last one"
        mapper.find("table-too-wide", message, element)
    head = [row for rows in sections["thead"] for row in rows]
    tail = [row for rows in sections["tfoot"] for row in rows]
    bodies = [
        [ast.attr(), min(row_heads(rows), width - 1), [], grid(mapper, rows, width)] for rows in sections["tbody"]
    ]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in range(width)]
    empty_caption: Cell = [None, []]
    caption = next((part for part in children(element) if local_name(part) == "caption"), None)
    return [*(mapper.flow(caption) if caption is not None else []), {
        "t": "Table",
        "c": [
            ast.attr(element.get("id", "")), empty_caption, columns,
            [ast.attr(), grid(mapper, head, width)], bodies, [ast.attr(), grid(mapper, tail, width)],
        ],
    }]  # fmt: skip


def bold_heads(node: Node) -> Node:
    """A Table whose head cells in the body are bold, for formats that have no such cells."""
    attributes, caption, columns, head, bodies, foot = node["c"]
    bodies = [[*each[:3], [[row[0], [_bold(cell) for cell in row[1]]] for row in each[3]]] for each in bodies]
    return {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}


def _bold(cell: Cell) -> Cell:
    if "th" not in cell[0][1]:
        return cell
    strong = [
        {"t": block["t"], "c": [ast.styled("Strong", block["c"])]} if block["t"] in ("Para", "Plain") else block
        for block in cell[4]
    ]
    return [*cell[:4], strong]


def array(mapper: Mapper, element: Element) -> Nodes:
    """Columns without heads, among the paragraphs: a table, its label before it and its credits after it."""
    cells = table(mapper, element) if any(local_name(part) == "tbody" for part in children(element)) else []
    rest = mapper.flow(element, figures.CAPTION_PARTS | {"tbody"})
    return [ast.div([*figures.captioned(mapper, element), *cells, *rest], anchor=element.get("id", ""))]


BLOCKS: dict[str, Handler] = {"array": array, "table-wrap": table_wrap, "table-wrap-foot": foot, "table": table}
