"""Repeated authors of bibliography entries replaced (CSL 1.0.2, Reference Grouping)."""

from collections.abc import Sequence

from pipeline.bibliography.citeproc import markup
from pipeline.bibliography.citeproc.stream import (
    CLOSE,
    NAME_LIST,
    NAMES,
    PERSON,
    Open,
    Stream,
    end_of,
    find,
    text_of,
)


def substitute_authors(streams: Sequence[Stream], substitute: str, rule: str) -> list[Stream]:
    """Names that repeat those of the entry before, replaced as `rule` says; their labels stay."""
    result: list[Stream] = []
    before: Stream = []
    for stream in streams:
        place = _names(stream)
        names = stream[place[0] : place[1]] if place else []
        if place and before:
            replaced = _replaced(names, before, markup.parse(substitute), rule)
            result.append([*stream[: place[0]], *replaced, *stream[place[1] :]])
        else:
            result.append(stream)
        before = names
    return result


def _names(stream: Stream) -> tuple[int, int] | None:
    """Where the first `names` element lists its names; the whole of it where a title stands for them.

    None where there is none, or a mere term (`Anon.`) stands for them.
    """
    found = find(stream, NAMES)
    if not found:
        return None
    start, end = found
    opening = stream[start]
    if not (isinstance(opening, Open) and opening.value):
        return None
    lists = find(stream[start:end], NAME_LIST)
    if not lists:
        return start + 1, end
    first = start + lists[0]
    return first + 1, end_of(stream, first)


def _replaced(names: Stream, before: Stream, substitute: Stream, rule: str) -> Stream:
    same = text_of(names) == text_of(before) and _people(names) == _people(before)
    if rule == "complete-all" or not _people(names):
        return substitute if same else names
    if rule == "complete-each":
        return _each(names, substitute, len(_people(names))) if same else names
    repeated = 0
    for mine, theirs in zip(_people(names), _people(before), strict=False):
        if mine != theirs or (rule == "partial-first" and repeated):
            break
        repeated += 1
    return _each(names, substitute, repeated)


def _people(names: Stream) -> list[tuple[str, str]]:
    """Each name as printed, and its given names in full: two people may share their initials."""
    starts = [(index, token) for index, token in enumerate(names) if isinstance(token, Open) and token.kind == PERSON]
    return [(text_of(names[start : end_of(names, start)]), mark.value) for start, mark in starts]


def _each(names: Stream, substitute: Stream, count: int) -> Stream:
    """The first `count` names replaced, what stands between them kept."""
    result: Stream = []
    index = 0
    while index < len(names):
        token = names[index]
        if count and isinstance(token, Open) and token.kind == PERSON:
            result += [token, *substitute, CLOSE]
            index = end_of(names, index)
            count -= 1
        else:
            result.append(token)
        index += 1
    return result
