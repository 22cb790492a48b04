"""Lines of a text, as they stand on the page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

GAPS = re.compile(r"   (?<=\S   ) *(?=\S)")


@dataclass(slots=True)
class Line:
    """One line: its 1-based number, its text without line end, and whether a page break stands before it.

    `gap` is how many blank lines stand before it; `is_row`: it has cells of a table; `words`: its text with single
    spaces.
    """

    number: int
    text: str
    page_break: bool = False
    gap: int = 0
    is_row: bool = False
    words: str = field(init=False)

    def __post_init__(self) -> None:
        self.words = " ".join(self.text.split())


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank."""
    lines: list[Line] = []
    gap, page_break = 0, False
    for number, raw in enumerate(text.split("\n"), start=1):
        page_break = page_break or "\f" in raw
        if not raw.strip("\f\v \xad\t"):
            gap += 1
            continue
        lines.append(Line(number, raw.replace("\f", "").rstrip(" "), page_break, gap))
        gap, page_break = 0, False
    _mark_rows(lines)
    return lines


def _mark_rows(lines: list[Line]) -> None:
    """Rows have tabs, bars or wide gaps; a single gap makes a row beside another line with one."""
    gaps = [_gaps(line.text) for line in lines]
    for place, line in enumerate(lines):
        near = [gaps[other] for other in (place - 1, place + 1) if 0 <= other < len(lines)]
        line.is_row = gaps[place] >= 2 or (gaps[place] == 1 and any(near))


def _gaps(text: str) -> int:
    """How many places of a line part cells."""
    text = text.strip(" ")
    if "\t" in text:
        return 2
    if text.startswith("|") and text.count("|") >= 2:
        return 2
    return len(GAPS.findall(text[2:].lstrip() if text[1:2] == " " else text))


def without(lines: Iterable[Line], dropped: set[int]) -> list[Line]:
    """The lines but those with these numbers; their gaps go to the line that follows, which begins a page."""
    kept: list[Line] = []
    gap, page_break = 0, False
    for line in lines:
        if line.number in dropped:
            gap, page_break = gap + line.gap, True
        else:
            kept.append(replace(line, page_break=line.page_break or page_break, gap=line.gap + gap))
            gap, page_break = 0, False
    return kept
