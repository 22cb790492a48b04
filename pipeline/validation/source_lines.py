"""From a line of the XML back to the line of the source that its words came from."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block, Element
from pipeline.elements import line_of, text_of
from pipeline.findings import Finding
from pipeline.words import words

FEWEST, MOST = 2, 12
WHOLE = ("article", "front", "journal-meta", "article-meta", "body", "back", "ref-list")


def in_source(findings: Sequence[Finding], root: Element, blocks: Sequence[Block], name: str) -> list[Finding]:
    """The findings; where their words stand once in the source, its name and line end the message.

    `blocks` are those of the source, `name` is its name.
    """
    phrases = _phrases({finding.line for finding in findings if finding.line}, root)
    if not phrases:
        return list(findings)
    source = _Source(blocks)
    located = []
    for finding in findings:
        line = source.line(phrases.get(finding.line or 0, ""))
        located.append(replace(finding, message=f"{finding.message} ({name}:{line})") if line else finding)
    return located


def _phrases(wanted: set[int], root: Element) -> dict[int, str]:
    """Line of the XML to the first words of the first element that starts on it."""
    elements: dict[int, Element] = {}
    if wanted:
        for element in root.iter("*"):
            line = line_of(element)
            if line in wanted and element.tag not in WHOLE:
                elements.setdefault(line, element)
    return {line: phrase for line, element in elements.items() if (phrase := _phrase(element))}


class _Source:
    """The words of the source with a space around each, and where those of each block start."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        pieces, self.starts, length = [" "], [], 1
        for block in blocks:
            self.starts.append(length)
            pieces.append("".join(f"{word} " for word in words(block.text)))
            length += len(pieces[-1])
        self.text = "".join(pieces)
        self.lines = [block.line for block in blocks]

    def line(self, phrase: str) -> int | None:
        """The line where `phrase` starts; None where it is nowhere or in more than one place."""
        at = self.text.find(phrase) if phrase else -1
        if at < 0 or self.text.rfind(phrase) != at:
            return None
        return self.lines[bisect_right(self.starts, at + 1) - 1]


def _phrase(element: Element) -> str:
    found = words(text_of(element))[:MOST]
    return f" {' '.join(found)} " if len(found) >= FEWEST else ""
