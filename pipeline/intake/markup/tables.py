"""Tables with their heads, spans and alignment."""

from typing import Any

from pipeline.article import Element
from pipeline.elements import make
from pipeline.intake.markup.figures import label_in
from pipeline.intake.markup.mapper import Mapper, flowing, trimmed
from pipeline.intake.markup.nodes import Node

ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}


def table(mapper: Mapper, node: Node) -> list[Element]:
    (identifier, _, _), (_, caption), columns, head, bodies, foot = node["c"]
    identifier = identifier or label_in(caption)
    described = flowing(mapper.blocks(caption))
    aligned = [ALIGNMENTS.get(column[0]["t"], "") for column in columns]
    head_rows, body_rows, foot_rows = head[1], [row for body in bodies for row in body[2] + body[3]], foot[1]
    row_heads = bodies[0][1] if bodies else 0
    made = make(
        "table",
        make("thead", _rows(mapper, head_rows, aligned, "th")) if _has_cells(head_rows) else None,
        make("tbody", _rows(mapper, body_rows, aligned, "td", row_heads) or make("tr", make("td"))),
        make("tfoot", _rows(mapper, foot_rows, aligned, "td")) if _has_cells(foot_rows) else None,
    )
    foot_first(made)
    wrap = make("table-wrap", make("caption", described) if described else None, made)
    return [mapper.name(wrap, identifier)]


def foot_first(made: Element) -> None:
    """JATS has the foot of a table before its body."""
    foot, body = made.find("tfoot"), made.find("tbody")
    if foot is not None and body is not None:
        made.insert(made.index(body), foot)


def _has_cells(rows: list[Any]) -> bool:
    return any(cell[4] for row in rows for cell in row[1])


def _rows(mapper: Mapper, rows: list[Any], aligned: list[str], tag: str, row_heads: int = 0) -> list[Element]:
    made = []
    for row in rows:
        cells = [
            _cell(mapper, cell, "th" if place < row_heads else tag, aligned[place] if place < len(aligned) else "")
            for place, cell in enumerate(row[1])
        ]
        if cells:
            made.append(make("tr", cells))
    return made


def _cell(mapper: Mapper, cell: Any, tag: str, column: str) -> Element:
    """A cell of one paragraph holds its text itself."""
    _, alignment, rows, columns, content = cell
    align = ALIGNMENTS.get(alignment["t"], column)
    made = make(
        tag, align=align,
        rowspan=str(rows) if rows > 1 else None,
        colspan=str(columns) if columns > 1 else None,
    )  # fmt: skip
    if len(content) == 1 and content[0]["t"] in ("Para", "Plain"):
        inner = mapper.paragraph(content[0]["c"], tag)
        made.text = inner.text
        made.extend(list(inner))
    else:
        for element in flowing(mapper.blocks(content)):
            made.extend(_rows_as_paragraphs(element) if element.tag == "table-wrap" else [element])
    return made


def _rows_as_paragraphs(wrap: Element) -> list[Element]:
    """JATS has no table within a cell: LaTeX has them there for lines of their own."""
    made = list(wrap.iterfind("caption/p"))
    for row in wrap.iter("tr"):
        blocks = [child for cell in row for child in cell if child.tag in ("p", "list", "disp-quote")]
        text = [[cell.text, list(cell), " "] for cell in row if cell.text or len(cell)]
        made += blocks or [trimmed(make("p", text))]
    return flowing(made)
