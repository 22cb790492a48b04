"""On which line of a text source a paragraph begins."""

import re
from bisect import bisect_right

from pipeline.intake.markup.document import Place
from pipeline.intake.markup.nodes import Node, text_of

COMMAND = re.compile(r"\\[A-Za-z]+\*?")
LETTERS = re.compile(r"[^\W_]+")
LONGEST, SHORTEST = 30, 6


class TextPlaces:
    """Finds paragraphs by their first letters, each after the one before."""

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        self.starts: list[int] = []
        length = 0
        for line in text.split("\n"):
            letters = "".join(LETTERS.findall(COMMAND.sub(" ", line)))
            self.starts.append(length)
            pieces.append(letters)
            length += len(letters)
        self.letters = "".join(pieces)
        self.position = 0

    def __call__(self, node: Node) -> Place | None:
        """The place of `node`; that of the one before where its letters are not found."""
        text = "".join(LETTERS.findall(text_of(node)[:200]))
        for length in (LONGEST, LONGEST // 2, SHORTEST):
            if len(text) < min(length, SHORTEST):
                break
            found = self.letters.find(text[:length], self.position)
            if found >= 0:
                self.position = found + 1
                return Place(bisect_right(self.starts, found))
        return None


class Counted:
    """The place of a paragraph is its number."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, node: Node) -> Place | None:
        self.number += 1
        return Place(self.number)
