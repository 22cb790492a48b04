"""Two columns of text printed side by side: read one after the other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, median

from pipeline.intake.lines import Line

GUTTER = re.compile(r" (?<=\S )  \s*(?=\S)")
LEAST_LINES = 5
NARROWEST = 20
ALIKE = 3
# Of the cells of a column, how many go on with a sentence: those of a table do not.
RUNNING = 0.4


def read_columns(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the left column of each run of two before the right one."""
    read: list[Line] = []
    run: list[tuple[Line, int]] = []
    for line in [*lines, None]:
        gutter = _gutter(line) if line is not None else 0
        if line is not None and gutter and not (line.gap and len(run) >= LEAST_LINES and _is_new(run, gutter)):
            run.append((line, gutter))
            continue
        read += _parted(run)
        run = [(line, gutter)] if line is not None and gutter else []
        if line is not None and not gutter:
            read.append(line)
    return read


def _is_new(run: Sequence[tuple[Line, int]], gutter: int) -> bool:
    return abs(gutter - median(place for _, place in run)) > ALIKE


def _gutter(line: Line) -> int:
    """Where the right column begins in a line with one wide gap; 0 where there is none, or more."""
    if "\t" in line.text or "|" in line.text:
        return 0
    found = [match.end() for match in GUTTER.finditer(line.text)]
    return found[0] if len(found) == 1 else 0


def _parted(run: Sequence[tuple[Line, int]]) -> list[Line]:
    lines = [line for line, _ in run]
    if len(run) < LEAST_LINES or any(_is_new(run, gutter) for _, gutter in run):
        return lines
    columns = [[line.text[:gutter].rstrip() for line, gutter in run], [line.text[gutter:] for line, gutter in run]]
    if not all(_is_prose(cells) for cells in columns):
        return lines
    return [
        replace(line, text=text, is_row=False, gap=1 if number and not place else line.gap)
        for number, cells in enumerate(columns)
        for place, (line, text) in enumerate(zip(lines, cells, strict=True))
    ]


def _is_prose(cells: Sequence[str]) -> bool:
    running = sum(cell.lstrip()[:1].islower() for cell in cells)
    return mean(map(len, cells)) >= NARROWEST and running >= RUNNING * len(cells)
