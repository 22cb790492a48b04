"""Footnotes and endnotes: their texts, and the marks in the text that they belong to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.article import Block, Element
from pipeline.elements import append, make

NOTE = re.compile(r"(?:\((?P<round>\d{1,3})\)|\[(?P<square>\d{1,3})\]|(?P<number>\d{1,3})[.)]?)\s+(?=\S)")
HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
HIGH_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s?")
MARK = re.compile(r"(?<=[^\W\d_])(?P<bare>\d{1,3})(?![\d.,]?\d)(?![^\W\d_])|(?<=[.,;:!?)\]”’»\"])(?P<stop>\d{1,3})(?=\s|$)|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\[(?P<square>\d{1,3})\]")
OPAQUE = {"xref", "ext-link", "label", "tex-math", "table"}
LEAST_MARKED = 0.5


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
    """Places of the notes at the end of a body: from 1 on, one after another, each with a mark in the text."""
    last = max(headings, default=-1)
    runs: list[list[int]] = []
    for place in range(len(blocks)):
        note = read_note(blocks[place].text) if place > last and blocks[place].hints.style != "row" else None
        if note is None:
            continue
        if runs and note.number == len(runs[-1]) + 1:
            runs[-1].append(place)
        elif note.number == 1:
            runs.append([place])
    best = max(runs, key=len, default=[])
    if not best:
        return set()
    text = "\n".join(block.text for block in blocks[: best[0]])
    marked = sum(str(number) in {mark for mark in _marks(text)} for number in range(1, len(best) + 1))
    return set(best) if marked >= len(best) * LEAST_MARKED else set()


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
                ahead = next((n for n in (1, 2) if position + n < len(wanted) and _mark_in(holder, tail, wanted[position + n][0])), 0)
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
        holder.addnext(link)
        link.tail = text[match.end() :]
    else:
        holder.text = text[: match.start()]
        holder.insert(0, link)
    return link


__all__ = ["Note", "append", "find_notes", "make_note", "read_note", "tie_notes"]
