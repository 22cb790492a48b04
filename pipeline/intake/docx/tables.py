"""Grids of tables made whole: pandoc leaves out cells that the grid of a table has no column for."""

from lxml import etree

from pipeline.article import Element
from pipeline.intake.docx.names import value, w

WIDTH = "1000"


def repair_grids(root: Element) -> None:
    """Give every table a column, with a width, for each cell of its widest row (ECMA-376, Part 1, 17.4.48)."""
    for table in root.iter(w("tbl")):
        grid = table.find(w("tblGrid"))
        if grid is None:
            grid = etree.Element(w("tblGrid"))
            properties = table.find(w("tblPr"))
            table.insert(0 if properties is None else table.index(properties) + 1, grid)
        widest = max((_columns(row) for row in table.findall(w("tr"))), default=0)
        for _ in range(widest - len(grid.findall(w("gridCol")))):
            etree.SubElement(grid, w("gridCol"))
        for column in grid.findall(w("gridCol")):
            if not value(column, "w"):
                column.set(w("w"), WIDTH)


def _columns(row: Element) -> int:
    """How many columns the cells of a row take, those it leaves out at its ends included."""
    spans = [value(span) for span in row.iterfind(f"{w('tc')}/{w('tcPr')}/{w('gridSpan')}")]
    wide = sum(int(span) - 1 for span in spans if span.isdecimal() and int(span) < 1000)
    skipped = [value(row.find(f"{w('trPr')}/{w(name)}")) for name in ("gridBefore", "gridAfter")]
    cells = len(row.findall(w("tc"))) + len(row.findall(f"{w('sdt')}/{w('sdtContent')}/{w('tc')}"))
    return cells + wide + sum(int(number) for number in skipped if number.isdecimal() and int(number) < 1000)
