"""Lines of plain text as blocks."""

import re

from pipeline.article import Block, Hints
from pipeline.elements import make

MARKER = re.compile(r"[•◦‣▪●○·*–-](?=\s)\s+")


def read_lines(text: str) -> list[Block]:
    """One block a line that is not blank, its list bullet taken off and kept as a hint."""
    blocks: list[Block] = []
    blank = 0
    for number, line in enumerate(text.split("\n"), start=1):
        words = " ".join(line.split(" ")).strip()
        if not words:
            blank += 1
            continue
        bullet = MARKER.match(words)
        content = words[bullet.end() :] if bullet else words
        hints = Hints(marker=words[0] if bullet else None, blank_lines_before=blank)
        blocks.append(Block(make("p", content), number, number, hints))
        blank = 0
    return blocks
