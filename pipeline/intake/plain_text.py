"""Plain text as blocks: one a paragraph, a short line or a table row."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.article import Block, Hints, SetAside
from pipeline.elements import make
from pipeline.intake.columns import read_columns
from pipeline.intake.furniture import find_furniture
from pipeline.intake.hyphens import Vocabulary
from pipeline.intake.indents import find_indented
from pipeline.intake.line_numbers import find_line_numbers
from pipeline.intake.lines import Line, split_lines, without
from pipeline.intake.markdown import is_markdown, read_heading, without_marks
from pipeline.intake.numbered import find_starts
from pipeline.intake.wrapping import Wrapping

MARKER = re.compile(r"[•◦‣▪●○·*–-](?=\s)\s+")
ADDRESS = re.compile(r"(?:e-?mail:?\s?)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.IGNORECASE)
DASHES = "–-*·"
LOOSE_END = tuple(".!?:;。！？؟…")
ROW = "row"
INDENTED = "indented"
LEAST_INDENT = 3
LEAST_PAGES = 3
SHORT = 30


@dataclass(slots=True)
class Read:
    """The blocks of a text, and what was no part of its content."""

    blocks: list[Block] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)


def read_text(text: str) -> Read:
    """The paragraphs of `text` (see `decode.clean`): page furniture set aside, broken lines and words joined.

    No letter or digit is lost: each is in a block or set aside. A bullet is kept as a hint, and so is the level
    of a Markdown heading; the row of a table has the style `row` and its tabs.
    """
    read = Read()
    lines = split_lines(text)
    lines = _without_line_numbers(lines, read)
    lines = read_columns(_without_furniture(lines, read))
    markdown = is_markdown(lines)
    wrapping, vocabulary = Wrapping(lines), Vocabulary([line.words for line in lines])
    margin = _margin(lines)
    for paragraph in _paragraphs(lines, wrapping):
        lines_of = [line.words for line in paragraph] if len(paragraph) > 1 else [paragraph[0].text.strip(" ")]
        joined, breaks = vocabulary.join(lines_of)
        _add(read, paragraph, joined, breaks, markdown)
        if (
            read.blocks
            and all(_indent(line) - margin >= LEAST_INDENT for line in paragraph)
            and not paragraph[0].is_row
        ):
            read.blocks[-1].hints.style = INDENTED
    return read


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" "))


def _margin(lines: list[Line]) -> int:
    """How far most lines of text are indented."""
    return Counter(map(_indent, lines)).most_common(1)[0][0] if lines else 0


def _without_line_numbers(lines: list[Line], read: Read) -> list[Line]:
    ends = find_line_numbers(lines)
    if not ends:
        return lines
    numbers = [line.text[: ends[line.number]].strip() for line in lines if line.number in ends]
    read.set_aside.append(SetAside(min(ends), " ".join(numbers), "line numbers"))
    shown = [replace(line, text=line.text[ends.get(line.number, 0) :]) for line in lines]
    left: list[Line] = []
    blank = 0
    for line in shown:
        if line.text.strip():
            line.gap, blank = line.gap + blank, 0
            left.append(line)
        else:
            blank += line.gap + 1
    return left


def _without_furniture(lines: list[Line], read: Read) -> list[Line]:
    """Without page furniture: a line after it is as far from the one before as paragraphs of the page are."""
    kinds = find_furniture(lines)
    if not kinds:
        return lines
    read.set_aside += [SetAside(line.number, line.words, kinds[line.number]) for line in lines if line.number in kinds]
    left = without(lines, set(kinds))
    after = [(before, line) for before, line in pairwise(left) if line.page_break]
    least = min((line.gap for _, line in after), default=0)
    for before, line in after:
        if len(after) >= LEAST_PAGES or not before.text.endswith(LOOSE_END[:3]):
            line.gap -= least
    return left


def _paragraphs(lines: list[Line], wrapping: Wrapping) -> list[list[Line]]:
    paragraphs: list[list[Line]] = []
    starts = find_starts(lines, wrapping.width)
    indented, inner = find_indented(lines) if wrapping.width else (set(), set())
    for line in lines:
        before = paragraphs[-1][-1] if paragraphs else None
        if (
            before is None
            or line.number in starts
            or line.number in indented
            or _is_item(before, line, wrapping)
            or not (line.number in inner or _goes_on(before, line, wrapping))
        ):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _is_item(before: Line, line: Line, wrapping: Wrapping) -> bool:
    """A bullet begins an item; it may part the words of a line, and a dash may stand where a line was broken."""
    marker = MARKER.match(line.words)
    if marker is None or f" {marker[0][0]} " in before.words[2:]:
        return False
    return marker[0][0] not in DASHES or not wrapping.continues(before, line) or before.text.endswith((":", ";", "."))


def _goes_on(before: Line, line: Line, wrapping: Wrapping) -> bool:
    if ADDRESS.fullmatch(line.words):
        return False
    if line.gap:
        if not wrapping.width or not line.page_break:
            return False
        return _is_open(before, line, wrapping.width // 2) or _is_cut(before, line, wrapping)
    if line.page_break and not wrapping.width:
        return _is_open(before, line, SHORT)
    return wrapping.continues(before, line) or _is_quoted_on(before, line)


def _is_quoted_on(before: Line, line: Line) -> bool:
    """Two lines moved in alike, the first of which closes no sentence: a quotation in an unwrapped text."""
    if before.is_row or line.is_row or not LEAST_INDENT <= _indent(before) == _indent(line):
        return False
    return len(before.words) > SHORT and not before.text.endswith(LOOSE_END) and not MARKER.match(line.words)


def _is_cut(before: Line, line: Line, wrapping: Wrapping) -> bool:
    """A page ends in a full line that closes no sentence."""
    return (
        line.gap <= 1
        and not before.text.endswith((*LOOSE_END, ")", "”", "»", '"'))
        and wrapping.continues(before, line)
    )


def _is_open(before: Line, line: Line, least: int) -> bool:
    """A page ends amid a sentence, in a line of some length: the next one begins in lower case."""
    whole = before.is_row or line.is_row or before.text.endswith(LOOSE_END) or len(before.words) < least
    return not whole and line.words[:1].islower()


def _add(read: Read, paragraph: list[Line], joined: str, breaks: tuple[int, ...], markdown: bool) -> None:
    first, last = paragraph[0], paragraph[-1]
    hints = Hints(blank_lines_before=first.gap, breaks=breaks)
    if first.is_row:
        hints.style = ROW
        read.blocks.append(Block(make("p", first.text.strip(" ")), first.number, last.number, hints))
        return
    joined = joined.rstrip("\xad")
    bullet = MARKER.match(joined)
    if bullet:
        hints.marker, joined = joined[0], joined[bullet.end() :]
        hints.breaks = tuple(offset - bullet.end() for offset in breaks)
    if markdown:
        hints.level, joined = read_heading(joined)
        joined, addresses = without_marks(joined)
        read.set_aside += [SetAside(first.number, address, "address of a link") for address in addresses]
    joined = " ".join(joined.split())
    if joined:
        read.blocks.append(Block(make("p", joined), first.number, last.number, hints))
