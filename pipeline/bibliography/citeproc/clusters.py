"""Joining cites to a citation: grouping by names, collapsing of numbers, years and suffixes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.bibliography.citeproc import markup
from pipeline.bibliography.citeproc.positions import Place
from pipeline.bibliography.citeproc.stream import (
    NAMES,
    YEAR_SUFFIX,
    Stream,
    find,
    text_of,
    without,
)
from pipeline.bibliography.citeproc.style import Style


@dataclass(slots=True)
class Printed:
    """A cite as printed; `number` is its citation number, `print_rest` prints it without its names."""

    place: Place
    stream: Stream
    number: int
    print_rest: Callable[[], Stream]
    names: str = ""

    @property
    def bare(self) -> bool:
        cite = self.place.cite
        return not (cite.prefix or cite.suffix or cite.locator)


def names_of(stream: Stream) -> str:
    found = find(stream, NAMES)
    return text_of(stream[found[0] : found[1] + 1]) if found else ""


def join(cites: Sequence[Printed], style: Style) -> Stream:
    """The cites with their delimiters, grouped and collapsed as the style says."""
    citation = style.citation
    collapse = citation.get("collapse")
    delimiter = citation.layout.delimiter
    if collapse == "citation-number":
        return _numbers(cites, delimiter)
    grouping = collapse.startswith("year") or "cite-group-delimiter" in citation.attributes
    if not grouping:
        return _sequence([(cite.stream, delimiter) for cite in cites])
    for cite in cites:
        cite.names = names_of(cite.stream)
    pieces: list[tuple[Stream, str]] = []
    for group in _groups(cites):
        pieces += _group(group, style, collapse, delimiter)
    return _sequence(pieces)


def _sequence(pieces: Sequence[tuple[Stream, str]]) -> Stream:
    """Streams, each followed by its delimiter unless it is the last."""
    result: Stream = []
    pending = ""
    for stream, after in pieces:
        if not stream:
            continue
        if result and pending and not text_of(stream).startswith((",", ";")):
            result += markup.parse(pending.lstrip(",;") if text_of(result).endswith((",", ";")) else pending)
        result += stream
        pending = after
    return result


def _groups(cites: Sequence[Printed]) -> list[list[Printed]]:
    """Neighbours with the same names."""
    groups: list[list[Printed]] = []
    for cite in cites:
        if groups and groups[-1][0].names == cite.names:
            groups[-1].append(cite)
        else:
            groups.append([cite])
    return groups


def _within(style: Style) -> str:
    """What stands between cites of one group: the reference processor prints a comma in in-text styles."""
    citation = style.citation
    plain = citation.layout.delimiter if style.note or "after-collapse-delimiter" in citation.attributes else ", "
    return citation.get("cite-group-delimiter", plain)


def _group(group: list[Printed], style: Style, collapse: str, delimiter: str) -> list[tuple[Stream, str]]:
    citation, within = style.citation, _within(style)
    collapsed = collapse and (len(group) > 1 or collapse != "year-suffix")
    after = citation.get("after-collapse-delimiter", delimiter) if collapsed else delimiter
    if len(group) == 1:
        return [(group[0].stream, after)]
    if not collapse:
        return [(cite.stream, within) for cite in group[:-1]] + [(group[-1].stream, after)]
    streams = [group[0].stream] + [cite.stream if cite.place.cite.prefix else cite.print_rest() for cite in group[1:]]
    if collapse in ("year-suffix", "year-suffix-ranged"):
        between = citation.get("year-suffix-delimiter", citation.get("cite-group-delimiter", delimiter))
        pieces = _suffixes(group, streams, between, within, collapse)
    else:
        located = citation.get("after-collapse-delimiter", within)
        pieces = [
            (stream, located if cite.place.cite.locator else within)
            for cite, stream in zip(group, streams, strict=True)
        ]
    return [*pieces[:-1], (pieces[-1][0], after)]


def _suffixes(
    group: list[Printed], streams: list[Stream], between: str, within: str, collapse: str
) -> list[tuple[Stream, str]]:
    """Runs that differ by their year suffix alone print it alone: 2020a, b or 2020a–c."""
    pieces: list[tuple[Stream, str]] = []
    index = 0
    while index < len(group):
        run = index + 1
        years = text_of(without(group[index].print_rest(), YEAR_SUFFIX))
        suffix = _suffix(streams[index])
        while run < len(group) and suffix and group[run - 1].bare and group[run].bare:
            if text_of(without(streams[run], YEAR_SUFFIX)) != years or not _suffix(streams[run]):
                break
            run += 1
        pieces += _run(streams[index:run], between, within, collapse.endswith("ranged"))
        index = run
    return pieces


def _run(streams: list[Stream], between: str, within: str, ranged: bool) -> list[tuple[Stream, str]]:
    if len(streams) == 1:
        return [(streams[0], within)]
    suffixes = [_suffix(stream) for stream in streams]
    if not ranged:
        rest: list[tuple[Stream, str]] = [(suffix, between) for suffix in suffixes[1:]]
        return [(streams[0], between), *rest[:-1], (rest[-1][0], within)]
    pieces: list[tuple[Stream, str]] = []
    index = 0
    codes = [_code(text_of(suffix)) for suffix in suffixes]
    while index < len(streams):
        end = index
        while end + 1 < len(streams) and codes[end + 1] == codes[end] + 1:
            end += 1
        head = streams[0] if index == 0 else suffixes[index]
        if end - index >= 2:
            pieces.append(([*head, "–", *suffixes[end]], between))
        else:
            pieces.append((head, between))
            pieces += [(suffixes[step], between) for step in range(index + 1, end + 1)]
        index = end + 1
    return [*pieces[:-1], (pieces[-1][0], within)]


def _code(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 96
    return number


def _suffix(stream: Stream) -> Stream:
    found = find(stream, YEAR_SUFFIX)
    return stream[found[0] : found[1] + 1] if found else []


def _numbers(cites: Sequence[Printed], delimiter: str) -> Stream:
    pieces: list[tuple[Stream, str]] = []
    index = 0
    while index < len(cites):
        end = index
        while end + 1 < len(cites) and _follows(cites[end], cites[end + 1]):
            end += 1
        if end - index >= 2:
            pieces.append(([*cites[index].stream, "–", *cites[end].stream], delimiter))
        else:
            pieces += [(cite.stream, delimiter) for cite in cites[index : end + 1]]
        index = end + 1
    return _sequence(pieces)


def _follows(first: Printed, second: Printed) -> bool:
    return first.bare and second.bare and second.number == first.number + 1
