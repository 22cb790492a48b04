"""From labelled spans to one label a token, and back.

A token between two spans is a separator; it remembers the span before it (`~title`), so that a chain of
first order still knows, after a full stop, what has just ended.
"""

from collections.abc import Callable, Iterable, Sequence

from pipeline.article import Span

SEPARATOR = "~"
_NUMBERS = frozenset({"volume", "issue", "pages"})
_REMEMBERED = frozenset({"author", "editor", "date", "title", "container-title", "publisher", "location"})
_MERGED = {"other": "note"}


def encode(spans: Iterable[tuple[str, int, int]], starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    """One label a token; `spans` are (label, start, end) in order, a token belongs to the span it overlaps."""
    labels: list[str] = []
    ordered = sorted(spans, key=lambda span: span[1])
    place, memory = 0, SEPARATOR
    for start, end in zip(starts, ends, strict=True):
        while place < len(ordered) and ordered[place][2] <= start:
            memory = SEPARATOR + _memory(ordered[place][0])
            place += 1
        if place < len(ordered) and ordered[place][1] < end:
            labels.append(_MERGED.get(ordered[place][0], ordered[place][0]))
        else:
            labels.append(memory)
    return labels


def _memory(label: str) -> str:
    return label if label in _REMEMBERED else "number" if label in _NUMBERS else "rest"


def decode(
    labels: Sequence[str], marginal: Callable[[str, int], float], starts: Sequence[int], ends: Sequence[int]
) -> tuple[Span, ...]:
    """The spans of runs of one label; each is as sure as its first and its last token are on the average.

    `marginal` gives the probability of a label at a token.
    """
    spans: list[Span] = []
    i, total = 0, len(labels)
    while i < total:
        label = labels[i]
        first = i
        while i < total and labels[i] == label:
            i += 1
        if label[0] != SEPARATOR:
            confidence = marginal(label, first)
            if i - first > 1:
                confidence = (confidence + marginal(label, i - 1)) / 2
            spans.append(Span(label, starts[first], ends[i - 1], round(confidence, 4)))
    return tuple(spans)
