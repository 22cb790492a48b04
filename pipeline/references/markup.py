"""Italics and raised or lowered characters of reference strings, kept beside the strings that are read."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block, Element, Reference
from pipeline.elements import text_of, without_end, without_start
from pipeline.faces import marked_up


def with_markup(references: Sequence[Reference], blocks: Sequence[Block]) -> list[Reference]:
    """The references with `marked`: what is marked up in the block that holds the whole string of one."""
    rich = [(block.line, marked) for block in blocks if (marked := marked_up(block.content)) is not None]
    if not rich:
        return list(references)
    by_line: dict[int, list[tuple[Element, str]]] = {}
    for line, marked in rich:
        by_line.setdefault(line, []).append((marked, text_of(marked)))
    return [replace(each, marked=_within(each.text, by_line.get(each.line or 0, ()))) for each in references]


def _within(text: str, candidates: Sequence[tuple[Element, str]]) -> Element | None:
    for marked, whole in candidates:
        start = whole.find(text) if text else -1
        if start >= 0:
            part = without_end(without_start(marked, start), len(text)) if len(text) < len(whole) else marked
            return part if len(part) and text_of(part) == text else None
    return None
