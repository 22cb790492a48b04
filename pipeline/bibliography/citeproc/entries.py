"""Repeated authors of bibliography entries replaced (CSL 1.0.2, Reference Grouping)."""

from collections.abc import Sequence

from pipeline.bibliography.citeproc import markup
from pipeline.bibliography.citeproc.stream import NAME_LIST, NAMES, Stream, end_of, find, text_of


def substitute_authors(streams: Sequence[Stream], substitute: str) -> list[Stream]:
    """Names that repeat all those of the entry before, replaced by `substitute`; their labels stay."""
    result: list[Stream] = []
    before = ""
    for stream in streams:
        place = _names(stream)
        names = text_of(stream[place[0] : place[1]]) if place else ""
        if place and names == before:
            stream = [*stream[: place[0]], *markup.parse(substitute), *stream[place[1] :]]
        result.append(stream)
        before = names
    return result


def _names(stream: Stream) -> tuple[int, int] | None:
    """Where the first `names` element lists its names; the whole of it where a title stands for them."""
    found = find(stream, NAMES)
    if not found:
        return None
    start, end = found
    lists = find(stream[start:end], NAME_LIST)
    if not lists:
        return start + 1, end
    first = start + lists[0]
    return first + 1, end_of(stream, first)
