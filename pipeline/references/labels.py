"""From labelled spans to one label a token, and back.

The first token of a span says so (`+title`): it is where one field ends and the next begins that has to be seen.
A token between two spans is a separator; it may remember the span before it (`~title`), so that a chain of first
order still knows, after a bracket, what has just ended.
"""

from collections.abc import Callable, Iterable, Sequence

from pipeline.article import Span

PEOPLE = ("author", "editor", "translator")
SEPARATOR, BEGIN = "~", "+"
_NUMBERS = frozenset({"volume", "issue", "pages"})
_REMEMBERED = frozenset({"author", "title", "container-title"})
_BEGUN = _REMEMBERED | _NUMBERS | {"date", "editor", "location", "note", "publisher"}
_MERGED = {"other": "note"}


def encode(spans: Iterable[tuple[str, int, int]], starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    """One label a token; `spans` are (label, start, end) in order, a token belongs to the span it overlaps."""
    labels: list[str] = []
    ordered = sorted(spans, key=lambda span: span[1])
    place, begun, memory = 0, -1, SEPARATOR
    for start, end in zip(starts, ends, strict=True):
        while place < len(ordered) and ordered[place][2] <= start:
            memory = SEPARATOR + _memory(ordered[place][0])
            place += 1
        if place < len(ordered) and ordered[place][1] < end:
            label = _MERGED.get(ordered[place][0], ordered[place][0])
            labels.append(BEGIN + label if begun < place and label in _BEGUN else label)
            begun = place
        else:
            labels.append(memory)
    return labels


def _memory(label: str) -> str:
    return "number" if label in _NUMBERS else label if label in _REMEMBERED else ""


def decode(
    labels: Sequence[str], marginal: Callable[[str, int], float], starts: Sequence[int], ends: Sequence[int]
) -> tuple[Span, ...]:
    """The spans that labels begin or go on with; each is as sure as its first and its last token on the average.

    `marginal` gives the probability of a label at a token.
    """
    spans: list[Span] = []
    i, total = 0, len(labels)
    while i < total:
        first, begins = i, labels[i]
        label = begins.removeprefix(BEGIN)
        i += 1
        while i < total and labels[i] == label:
            i += 1
        if begins[0] != SEPARATOR:
            confidence = marginal(begins, first)
            if i - first > 1:
                confidence = (confidence + marginal(label, i - 1)) / 2
            spans.append(Span(label, starts[first], ends[i - 1], round(confidence, 4)))
    return tuple(spans)
