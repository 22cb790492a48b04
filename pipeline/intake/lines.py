"""Lines of a text, as they stand on the page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

CELLS = re.compile(r"\t")
GAPS = re.compile(r"\S {3,}(?=\S)")


@dataclass(slots=True)
class Line:
    """One line: its 1-based number, its text without line end, and whether a page break stands before it.

    `gap` is how many blank lines stand before it.
    """

    number: int
    text: str
    page_break: bool = False
    gap: int = 0

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    @property
    def is_row(self) -> bool:
        """Cells of a table, parted by tabs, bars or wide gaps."""
        text = self.text.strip(" ")
        bars = text.count("|")
        return "\t" in text or (bars >= 2 and text.startswith("|")) or len(GAPS.findall(text)) >= 2


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
    return lines


def without(lines: Iterable[Line], dropped: set[int]) -> list[Line]:
    """The lines but those with these numbers; their gaps go to the line that follows, which begins a page."""
    kept: list[Line] = []
    gap, page_break = 0, False
    for line in lines:
        if line.number in dropped:
            gap, page_break = gap + line.gap, True
        else:
            kept.append(Line(line.number, line.text, line.page_break or page_break, line.gap + gap))
            gap, page_break = 0, False
    return kept
