"""Footnotes and endnotes: their texts, and the marks in the text that they belong to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.article import Block, Element
from pipeline.elements import insert_after, make

NOTE = re.compile(r"(?:\((?P<round>\d{1,3})\)|\[(?P<square>\d{1,3})\]|(?P<number>\d{1,3})[.)]?)\s+(?=\S)")
HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
HIGH_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s?")
MARK = re.compile(
    r"(?<=[^\W\d_])(?P<bare>\d{1,3})(?![\d.,]?\d)(?![^\W\d_])"
    r"|(?:(?<=[^\W\d_][.,;:!?])|(?<=[)\]”’»\"%][.,;:!?])|(?<=\d{4}[,;.])|(?<=[)\]”’»\"]))(?P<stop>\d{1,3})(?=\s|$)"
    r"|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
)
OPAQUE = {"xref", "ext-link", "label", "tex-math", "table", "alt-text"}
LEAST_MARKED = 0.5
LEAST_SCATTERED = 2
FIRST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A note's label as written, its number, and its text."""

    label: str
    number: int
    text: str


def read_note(text: str) -> Note | None:
    """A paragraph that begins with the number of a note."""
    high = HIGH_NOTE.match(text)
    if high:
        return Note(high.group().strip(), int(high.group().strip().translate(HIGH)), text[high.end() :])
    match = NOTE.match(text)
    if match is None:
        return None
    number = next(value for value in match.groups() if value)
    return Note(match.group().strip(), int(number), text[match.end() :])


def find_notes(blocks: Sequence[Block], headings: set[int]) -> set[int]:
    """Places of the notes: one after another by number, most of them with a mark in the text before.

    They stand at the end of the body, or, each with its mark, at the foot of pages.
    """
    last = max(headings, default=-1)
    notes = [
        (place, note.number)
        for place, block in enumerate(blocks)
        if place not in headings and block.hints.style != "row" and (note := read_note(block.text)) is not None
    ]
    at_end = _longest_run([entry for entry in notes if entry[0] > last])
    if at_end and _share_marked(blocks, at_end) >= LEAST_MARKED:
        return {place for place, _ in at_end}
    anywhere = _longest_run(notes)
    if len(anywhere) >= LEAST_SCATTERED and _share_marked(blocks, anywhere) == 1:
        return {place for place, _ in anywhere}
    return set()


def _longest_run(notes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of numbers that rise by one and begin with 1, or, if there are some, with 2 or 3."""
    runs: list[list[tuple[int, int]]] = []
    for place, number in notes:
        if runs and number == runs[-1][-1][1] + 1:
            runs[-1].append((place, number))
        elif number <= FIRST_NUMBER:
            runs.append([(place, number)])
    return max((run for run in runs if run[0][1] == 1 or len(run) > 1), key=len, default=[])


def _share_marked(blocks: Sequence[Block], notes: Sequence[tuple[int, int]]) -> float:
    """How many of the notes have a mark before them."""
    seen: dict[str, int] = {}
    places = dict(notes)
    for place, block in enumerate(blocks[: max(places) + 1]):
        if place not in places:
            for mark in _marks(block.text):
                seen.setdefault(mark, place)
    return sum(seen.get(str(number), place) < place for place, number in notes) / len(notes)


def _marks(text: str) -> Iterator[str]:
    for match in MARK.finditer(text):
        yield next(value for value in match.groups() if value).translate(HIGH)


def make_note(note: Note, prefix: str = "fn") -> Element:
    return make("fn", make("label", note.label), make("p", note.text), id=f"{prefix}{note.number}")


def tie_notes(body: Sequence[Element], notes: Sequence[Element]) -> set[str]:
    """Put an `xref` around the mark of each note, in the order of the notes; the ids of those that found theirs."""
    wanted = [(_number(note), note.get("id") or "") for note in notes]
    tied: set[str] = set()
    position = 0
    for holder, tail in _strings(body):
        while position < len(wanted):
            found = _tie(holder, tail, *wanted[position])
            if found is None:
                ahead = next(
                    (
                        n
                        for n in (1, 2)
                        if position + n < len(wanted) and _mark_in(holder, tail, wanted[position + n][0])
                    ),
                    0,
                )
                if not ahead:
                    break
                position += ahead
                continue
            tied.add(wanted[position][1])
            position += 1
            holder, tail = found, True
    return tied


def _number(note: Element) -> str:
    return "".join(re.findall(r"\d+", (note.findtext("label") or "").translate(HIGH)))


def _strings(elements: Sequence[Element]) -> Iterator[tuple[Element, bool]]:
    """Where text stands: an element's own beginning, or the tail of one."""
    for element in elements:
        yield from _of(element)


def _of(element: Element) -> Iterator[tuple[Element, bool]]:
    if element.tag in OPAQUE:
        return
    if element.text:
        yield element, False
    for child in list(element):
        yield from _of(child)
        if child.tail:
            yield child, True


def _mark_in(holder: Element, tail: bool, number: str) -> re.Match[str] | None:
    text = (holder.tail if tail else holder.text) or ""
    for match in MARK.finditer(text):
        value = next(value for value in match.groups() if value)
        if value.translate(HIGH) == number:
            return match
    return None


def _tie(holder: Element, tail: bool, number: str, identifier: str) -> Element | None:
    match = _mark_in(holder, tail, number)
    if match is None:
        return None
    text = (holder.tail if tail else holder.text) or ""
    link = make("xref", match.group(), ref_type="fn", rid=identifier)
    link.tail = text[match.end() :]
    if tail:
        holder.tail = text[: match.start()]
        insert_after(holder, link)
    else:
        holder.text = text[: match.start()]
        holder.insert(0, link)
    return link
