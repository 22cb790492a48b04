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
    elements: dict[int, Element] = {}
    for element in root.iter("*"):
        if element.tag not in WHOLE:
            elements.setdefault(line_of(element) or 0, element)
    text, starts, lines = _indexed(blocks)
    located = []
    for finding in findings:
        found = elements.get(finding.line or 0)
        line = _line(_phrase(found), text, starts, lines) if found is not None and finding.line else None
        located.append(replace(finding, message=f"{finding.message} ({name}:{line})") if line else finding)
    return located


def _indexed(blocks: Sequence[Block]) -> tuple[str, list[int], list[int]]:
    """The words of the source with a space around each, where each starts, and the line its block starts on."""
    pieces, starts, lines, length = [" "], [], [], 1
    for block in blocks:
        for word in words(block.text):
            starts.append(length)
            lines.append(block.line)
            pieces.append(f"{word} ")
            length += len(word) + 1
    return "".join(pieces), starts, lines


def _phrase(element: Element) -> str:
    found = list(words(text_of(element)))[:MOST]
    return f" {' '.join(found)} " if len(found) >= FEWEST else ""


def _line(phrase: str, text: str, starts: Sequence[int], lines: Sequence[int]) -> int | None:
    """The line where `phrase` starts; None where it is nowhere or in more than one place."""
    at = text.find(phrase) if phrase else -1
    if at < 0 or text.find(phrase, at + 1) >= 0:
        return None
    return lines[bisect_right(starts, at + 1) - 1]
