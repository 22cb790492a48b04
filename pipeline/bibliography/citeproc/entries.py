"""Bibliography entries: the first field apart, repeated authors replaced."""

from collections.abc import Sequence

from pipeline.bibliography.citeproc import markup
from pipeline.bibliography.citeproc.stream import NAMES, Stream, find, text_of


def substitute_authors(streams: Sequence[Stream], substitute: str, rule: str) -> list[Stream]:
    """Names that repeat those of the entry before replaced by `substitute` (CSL 1.0.2, Reference Grouping)."""
    result: list[Stream] = []
    before: list[str] = []
    for stream in streams:
        found = find(stream, NAMES)
        if not found:
            result.append(stream)
            before = []
            continue
        start, end = found
        inner = stream[start + 1 : end]
        names = [text_of(inner)]
        if names == before:
            result.append([*stream[: start + 1], *markup.parse(substitute), *stream[end:]])
        else:
            result.append(stream)
        before = names
    return result
