"""Grids of tables made whole: pandoc leaves out cells that the grid of a table has no column for."""

from lxml import etree

from pipeline.article import Element
from pipeline.intake.docx.names import remove, value, w

WIDTH = "1000"


def repair_grids(root: Element) -> None:
    """Give every table a column for each cell of its widest row (ECMA-376, Part 1, 17.4.48), and every row a cell
    for each column.
    """
    for span in list(root.iter(w("gridSpan"))):
        if not _count(value(span)):
            remove(span)
    for table in root.iter(w("tbl")):
        grid = table.find(w("tblGrid"))
        if grid is None:
            grid = etree.Element(w("tblGrid"))
            properties = table.find(w("tblPr"))
            table.insert(0 if properties is None else table.index(properties) + 1, grid)
        rows = {row: _columns(row) for row in table.findall(w("tr"))}
        widest = max(rows.values(), default=0)
        for _ in range(widest - len(grid.findall(w("gridCol")))):
            etree.SubElement(grid, w("gridCol"))
        for column in grid:
            column.set(w("w"), value(column, "w") or WIDTH)
        for row, columns in rows.items():
            for _ in range(widest - columns):
                etree.SubElement(etree.SubElement(row, w("tc")), w("p"))


def _columns(row: Element) -> int:
    """How many columns the cells of a row take, those it leaves out at its ends included."""
    cells = [*row.findall(w("tc")), *row.findall(f"{w('sdt')}/{w('sdtContent')}/{w('tc')}")]
    spans = [_count(value(cell.find(f"{w('tcPr')}/{w('gridSpan')}"))) or 1 for cell in cells]
    return sum(spans) + sum(_count(value(row.find(f"{w('trPr')}/{w(name)}"))) for name in ("gridBefore", "gridAfter"))


def _count(text: str) -> int:
    """A number of columns, 0 for what is none: Word has 63 at most."""
    return int(text) if text.isdecimal() and len(text) < 4 else 0
