"""Paragraphs and entries that indentation begins: hanging ones at the margin, others with their first line moved in."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.intake.lines import Line

LEAST_LINES = 8
LEAST_STARTS = 3
DEEPEST = 12
# Of the lines that would begin a paragraph, how many have to stand behind one that ends like a paragraph.
CLEAR = 0.75
FEWEST, MOST = 0.12, 0.88
ENDS = tuple('.!?)]:;”"»。/0123456789')


def find_indented(lines: Sequence[Line]) -> tuple[set[int], set[int]]:
    """Numbers of the lines that begin a paragraph by their indentation, and of those that go on with one."""
    starts: set[int] = set()
    others: set[int] = set()
    for run in _runs(lines):
        if (begins := _begins(run)) is not None:
            starts |= {line.number for line, begin in zip(run, begins, strict=True) if begin}
            others |= {line.number for line, begin in zip(run, begins, strict=True) if not begin}
    return starts, others


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines without a blank one between, or only where a page breaks."""
    run: list[Line] = []
    for line in lines:
        if (line.gap and not line.page_break) or line.is_row:
            yield run
            run = []
        if not line.is_row:
            run.append(line)
    yield run


def _begins(run: Sequence[Line]) -> list[bool] | None:
    """For each line whether it begins a paragraph; None where two indentations do not tell."""
    if len(run) < LEAST_LINES:
        return None
    depths = [len(line.text) - len(line.text.lstrip(" ")) for line in run]
    least, most = min(depths), max(depths)
    if not 2 <= most - least <= DEEPEST or len(set(depths)) != 2:
        return None
    inner = [depth == most for depth in depths]
    if not FEWEST <= sum(inner) / len(inner) <= MOST:
        return None
    readings = [inner, [not each for each in inner]]
    best = max(readings, key=lambda begins: _clarity(run, begins))
    return best if sum(best) >= LEAST_STARTS and _clarity(run, best) >= CLEAR else None


def _clarity(run: Sequence[Line], begins: Sequence[bool]) -> float:
    """How many of the beginnings follow the end of a sentence and have no small letter; 0 where other lines do, too."""
    pairs = list(zip(pairwise(run), begins[1:], strict=True))
    starts = [_is_between(one, other) for (one, other), begin in pairs if begin]
    rest = [_is_between(one, other) for (one, other), begin in pairs if not begin]
    if not starts or not rest or not begins[0]:
        return 0.0
    return sum(starts) / len(starts) if sum(starts) * len(rest) > 2 * sum(rest) * len(starts) else 0.0


def _is_between(one: Line, other: Line) -> bool:
    return one.text.endswith(ENDS) and not other.words[:1].islower()
