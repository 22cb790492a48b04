"""Numbered lines in wrapped text, where a line may be full before them: items of a list, and headings."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.intake.lines import Line

ITEM = re.compile(r"(?P<open>\(?)(?P<number>\d{1,2})(?P<close>[.)])\s+(?=\S)")
HEADING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|#{1,6})\s+(?=[^\W\d_a-z])")
# `²University of …`: the mark of an affiliation or a note, set high.
HIGH = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍ]{1,2}\s?[^\W\d_a-z]")
LABELLED = re.compile(r"[^\W\d_a-z][^\W\d_]{1,13}\.?\s(?:[A-Z]\.?)?\d{1,3}\s?[.:–—]\s*(?=[^\W_a-z])")
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
PLAIN = re.compile(r"[^\W\d_a-z][^\d@/=;]+[^\W\d_]")
FEW_WORDS = 8
NEAREST = 12
SHORTEST_SHARE = 0.75
SENTENCE_END = (".", "!", "?", "”", "»", ")")


def find_starts(lines: Sequence[Line], width: int) -> set[int]:
    """Numbers of the lines that begin a paragraph because of the number they begin with."""
    if not width:
        return set()
    high = {line.number for line in lines if HIGH.match(line.words)}
    return _items(lines) | _headings(lines, width) | _labelled(lines) | high


def _items(lines: Sequence[Line]) -> set[int]:
    """Lines whose numbers go on from 1, each a few lines after the other and written alike."""
    found: set[int] = set()
    open_runs: dict[tuple[str, str], tuple[int, int, int]] = {}
    for place, line in enumerate(lines):
        match = None if line.is_row else ITEM.match(line.words[:10])
        if match is None:
            continue
        form, number = (match["open"], match["close"]), int(match["number"])
        before = open_runs.get(form)
        if before is not None and number == before[1] + 1 and place - before[0] <= NEAREST:
            found |= {before[2], line.number}
        elif number != 1:
            continue
        open_runs[form] = (place, number, line.number)
    return found


def _is_short(before: Line, line: Line, after: Line, width: int) -> bool:
    """A few words with a capital, after which a word would have fitted: a paragraph would end with a stop."""
    fits = len(line.text) + 1 + len(after.text.split()[0]) <= width
    among_references = YEAR.search(before.text) is not None or YEAR.search(after.text) is not None
    return (
        fits
        and not among_references
        and len(after.text) > width * SHORTEST_SHARE
        and len(line.text.split()) <= FEW_WORDS
        and PLAIN.fullmatch(line.words) is not None
    )


def _labelled(lines: Sequence[Line]) -> set[int]:
    """`Figure 3. …` after the end of a sentence."""
    return {
        line.number
        for before, line in pairwise(lines)
        if before.text.endswith(SENTENCE_END) and LABELLED.match(line.words)
    }


def _headings(lines: Sequence[Line], width: int) -> set[int]:
    """Short lines with a section's number between the end of a sentence and the beginning of another."""
    found: set[int] = set()
    for (before, line), after in zip(pairwise(lines), [*lines[2:], None], strict=False):
        if (
            len(line.text) < width * SHORTEST_SHARE
            and before.text.endswith(SENTENCE_END)
            and not line.text.endswith(SENTENCE_END)
            and after is not None
            and not after.words[:1].islower()
            and (HEADING.match(line.words) or _is_short(before, line, after, width))
        ):
            found.add(line.number)
    return found
