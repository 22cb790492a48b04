"""A reference section to entries, in whatever layout it is set.

Every word of the blocks is in the text or the label of an entry: a heading or an annotation inside the list
becomes an entry of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from pipeline.article import Block, Reference
from pipeline.references.markup import with_markup
from pipeline.references.starts import CAPITAL, NAME, REACH, TAIL, Habit, dated, ends_strongly, hangs, shape_of, years

_LABEL = re.compile(
    r"\s*(\[[^\[\]\s]{1,12}\]\.?|\(\d{1,3}\)\.?|\d{1,4}[.):]?(?=\s)|\d{1,3}[.)\]](?=[^\W\d_])"
    r"|[⁰¹²³⁴-⁹]{1,3}|\d{1,3}(?=[^\W\d_a-z][\w'’.]))\s*"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LONE_NUMBER = re.compile(r"\[?\d{1,3}[\].)]{0,2}")
_INLINE = re.compile(
    r"(?<=[\s.])(?:\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\)|(?P<plain>\d{1,3})\.)\s+(?=[^\W\d_“\"«'‘])"
)
_NUMBER = re.compile(r"\d+")
# Where another entry may have run on in the same line: behind a year, pages, an address or what closes them.
_RUN_ON = re.compile(
    r"(?:(?<=[.\d/)\]”\"»])|(?:https?://|www\.|\b10\.\d{4,9}/)\S++)\s+(?=[^\W\d_a-z]|[_—–―]|(?:van|von|de|da|del|di)\s)"
)
_RUNS_ON = {"family, initials", "family initials", "initials family", "collaboration", "repeated"}
_IN_FULL = re.compile(rf"{NAME},\s{CAPITAL}\w+(?:\s{CAPITAL}\.)?(?:\.\s{CAPITAL}|,\s(?:and|&)\s)")
_AND_YEAR = re.compile(
    rf"{NAME}(?:,\s(?:[^\W\d_a-z]\.[\s-]?)+|\s{CAPITAL}{{1,3}}(?=[\s,]))[^()]{{0,200}}?"
    r"\((?:\d{4}[a-z]?|n\.d\.)[^)]{0,20}\)"
)
_LOUD = re.compile(rf"{CAPITAL}{{3,}}(?:[\s‐-]{CAPITAL}{{2,}}){{0,2}},\s{CAPITAL}[\w'’]+[^.;:]{{0,60}}[.;]")
_LEAST_RUN_ON = 150
_LEAST_ENTRY = 30
_LONGEST_ENTRY = 2_000
_LINES_ENDED = 0.8
_NAMED = 0.7
_SEPARATED = 0.8
_CLOSING = frozenset('.)]/”"»0123456789')
_UNLIKE_AUTHORS = {"", "body. title", "given family"}


@dataclass(slots=True)
class _Line:
    text: str
    line: int
    label: str
    blank: bool
    heading: bool
    indented: bool
    gap: str = " "
    breaks: tuple[int, ...] = ()

    @property
    def number(self) -> int | None:
        """The number of a label that is one; a key such as `[Zho11]` is none."""
        number = self.label.translate(_RAISED).strip("[]().:")
        return int(number) if number.isdecimal() else None

    @property
    def form(self) -> str:
        """The marks of a label beside its number."""
        return _NUMBER.sub("", self.label.translate(_RAISED))

    @property
    def starts(self) -> bool:
        """Whether it begins as an entry begins."""
        return shape_of(self.text) not in _UNLIKE_AUTHORS


def _is_ended(text: str) -> bool:
    """Whether it ends as an entry does."""
    return text[-1:] in _CLOSING or "://" in text.rsplit(None, 1)[-1]


def split(blocks: Sequence[Block]) -> list[Reference]:
    """The entries of a reference section; `text`, `label` and `line` (1-based) are set.

    Lines of one entry are joined by a space, a word broken at the end of a line is made whole. Where no number tells,
    entries that ran together are parted where one begins as the others of the list do.
    """
    lines = _with_lone_numbers([line for block in blocks for line in _lines(block)])
    numbered = _numbered(lines)
    lines = lines if numbered else [_unlabelled(line) for line in lines]
    entries: list[list[_Line]] = []
    closed = True
    for line, begins in zip(lines, _beginnings(lines), strict=True):
        if begins or closed:
            entries.append([line])
        else:
            entries[-1].append(line)
        closed = line.heading
    found = [(_joined(entry), entry[0]) for entry in entries]
    if not any(line.label for line in lines):
        found = _parted(found)
    whole = [Reference(text=joined.text, label=first.label, line=first.line) for joined, first in found]
    return with_markup([entry for entry in whole if entry.text or entry.label], blocks)


class _Joined(NamedTuple):
    """The text of an entry, and the offsets at which lines of the source begin in it."""

    text: str
    breaks: tuple[int, ...]


def _joined(lines: Sequence[_Line]) -> _Joined:
    pieces, breaks = [lines[0].text], list(lines[0].breaks)
    length = len(lines[0].text)
    for line in lines[1:]:
        kept, between = _seam(pieces[-1], line.text)
        length += len(kept) - len(pieces[-1]) + len(between)
        pieces[-1] = kept
        pieces.append(between + line.text)
        breaks += [length, *(length + offset for offset in line.breaks)]
        length += len(line.text)
    return _Joined("".join(pieces), tuple(breaks))


def _parted(entries: Sequence[tuple[_Joined, _Line]]) -> list[tuple[_Joined, _Line]]:
    """Entries cut where another one begins within them, as the entries of this list begin."""
    starts = [joined.text for joined, line in entries if not line.heading]
    habit = Habit([*starts, *(after for text in starts for after in _clear_starts(text))])
    separated = _share(line.blank for _, line in entries[1:]) >= _SEPARATED
    parted: list[tuple[_Joined, _Line]] = []
    after = [*(joined.text for joined, _ in islice(entries, 1, None)), ""]
    for (joined, line), following in zip(entries, after, strict=False):
        start = 0
        for cut in [*_cuts(joined, habit, following, separated), len(joined.text)]:
            parted.append((_Joined(joined.text[start:cut].strip(), ()), line))
            start = cut
    return parted


def _cuts(joined: _Joined, habit: Habit, following: str, separated: bool) -> Iterator[int]:
    """Offsets at which another entry begins: where a line does, unless blank ones part the entries, or amid one."""
    text = joined.text
    if len(text) < 2 * _LEAST_ENTRY:
        return
    lines = set() if separated else set(joined.breaks)
    start = 0
    for place in sorted(lines.union(_inner(text))):
        before, after = _shortened(text, start, place), text[place : place + REACH]
        if len(after) < _LEAST_ENTRY or (place not in lines and not _runs_on(before, after)):
            continue
        if not habit.begins(before, after, following):
            continue
        yield place
        start = place


def _inner(text: str) -> list[int]:
    """Offsets amid a line at which another entry may begin."""
    several = len(text) >= _LEAST_RUN_ON and years(text) > 1
    return [match.end() for match in _RUN_ON.finditer(text)] if several else []


def _clear_starts(text: str) -> Iterator[str]:
    """How entries begin that clearly run on in `text`, where it is too long for one or two."""
    for place in _inner(text) if len(text) > 2 * REACH else ():
        before, after = _shortened(text, 0, place), text[place : place + REACH]
        if _runs_on(before, after):
            yield after


def _shortened(text: str, start: int, end: int) -> str:
    """`text[start:end]` without the middle of what is longer than any entry."""
    if end - start <= _LONGEST_ENTRY:
        return text[start:end].rstrip()
    return text[start : start + REACH] + text[end - REACH : end].rstrip()


def _runs_on(before: str, after: str) -> bool:
    """Amid a line the end of an entry and the beginning of the next have to be clear."""
    if not dated(before) or not dated(after[:REACH]):
        return False
    named = shape_of(after) in _RUNS_ON or _IN_FULL.match(after, 0, REACH) is not None
    clear = _AND_YEAR.match(after, 0, REACH) is not None or _LOUD.match(after, 0, REACH) is not None
    return clear or (ends_strongly(before) and named)


def join(head: str, tail: str) -> str:
    """Two lines as one: a broken word, a range or an address is made whole, else a space stands between."""
    head, between = _seam(head, tail)
    return head + between + tail


def _seam(head: str, tail: str) -> tuple[str, str]:
    """The first of two lines without a hyphen that only breaks a word, and what stands between the two."""
    if not head or not tail:
        return head, ""
    last = head.rsplit(None, 1)[-1]
    address = last.lower().startswith(("http", "www.", "doi:", "10."))
    if address and (last[-1] in "/_-=&?.%" or tail[0] in "/_=&?%") and not tail[0].isupper():
        return head, ""
    if head[-1] in "-\u2010\u00ad" and head[-2:-1].isalnum():
        broken = head[-1] == "\u00ad" or (tail[0].islower() and head[-2].islower())
        return head[:-1] if broken else head, ""
    if head[-1] == "–" and head[-2:-1].isdigit() and tail[0].isdigit():
        return head, ""
    return head, " "


def _lines(block: Block) -> Iterator[_Line]:
    """The line of a block, or several where entries have run together in it."""
    raw = block.text
    text = " ".join(raw.split())
    marker = block.hints.marker or ""
    breaks = block.hints.breaks if text == raw else ()
    label, gap, rest = _labelled(block, text)
    cut = len(text) - len(rest)
    text = rest
    if not label and any(char.isdigit() for char in marker):
        label = marker
    if not text and not label:
        return
    first = True
    for piece_label, piece in _pieces(label, text):
        yield _Line(
            piece, block.line, piece_label, block.hints.blank_lines_before > 0 if first else True,
            block.hints.level is not None or (first and _is_heading(piece, piece_label)),
            first and raw[:1].isspace() and bool(raw.strip()), gap if first else " ",
            tuple(offset - cut for offset in breaks if offset > cut) if first else (),
        )  # fmt: skip
        first = False


def _with_lone_numbers(lines: list[_Line]) -> list[_Line]:
    """Lines that are a list number and nothing else, given to the line below as its label."""
    lone = [i for i, line in enumerate(lines[:-1]) if not line.label and _LONE_NUMBER.fullmatch(line.text)]
    lone = [i for i in lone if not lines[i + 1].label and i + 1 not in lone]
    if len(lone) < 2:
        return lines
    for i in lone:
        lines[i + 1].label, lines[i + 1].heading = lines[i].text, False
    return [line for i, line in enumerate(lines) if i not in set(lone)]


def _labelled(block: Block, text: str) -> tuple[str, str, str]:
    """List number, what stands behind it, and the rest; a superscript number stands without a space."""
    child = block.content[0] if len(block.content) else None
    if child is not None and child.tag == "sup" and not (block.content.text or "").strip():
        number = "".join(str(piece) for piece in child.itertext()).strip()
        if number.strip("[]().").isdecimal() and text.startswith(number):
            return number, " ", text[len(number) :].lstrip()
    match = _LABEL.match(text)
    if match and (match.end() < len(text) or not match.group(1).isdecimal()) and not _is_year(match.group(1)):
        return match.group(1), text[match.end(1) : match.end()], text[match.end() :]
    return "", "", text


def _is_year(label: str) -> bool:
    return label.strip("[]().:").isdecimal() and 1500 <= int(label.strip("[]().:")) <= 2100


def _pieces(label: str, text: str) -> Iterator[tuple[str, str]]:
    """Entries in one line: cut where the next number of the list stands."""
    number = _NUMBER.search(label)
    if number:
        expected, kind = int(number.group()) + 1, "square" if "[" in label else "round" if "(" in label else "plain"
        start = 0
        for match in _INLINE.finditer(text):
            before = text[start : match.start()].rstrip()
            if match[kind] and int(match[kind]) == expected and dated(before) and not hangs(before):
                yield label, before
                label, start, expected = match.group().strip(), match.end(), expected + 1
        yield label, text[start:]
        return
    yield label, text


def _is_heading(text: str, label: str) -> bool:
    """A short line without a year, a stop or a name: "Primary sources"."""
    plain = len(text) < 60 and not dated(text) and len(text.split()) <= 6 and text[-1:] not in ".,;)/-"
    return plain and not label and text[:1].isupper() and "," not in text and "http" not in text


def _numbered(lines: Sequence[_Line]) -> bool:
    """Whether the labels of the list count upwards, so that they are list numbers."""
    numbers = [line.number for line in lines if line.number is not None]
    keyed = [line for line in lines if (line.label and line.number is None) or line.label.startswith("[")]
    if len(lines) == 1 or len(keyed) > 1:
        return bool(numbers or keyed) and bool(lines[0].gap or keyed)
    rising = sum(1 for a, b in pairwise(numbers) if 0 < b - a <= 2)
    return len(numbers) > 1 and rising >= 0.6 * (len(numbers) - 1)


def _unlabelled(line: _Line) -> _Line:
    before = f"{line.label}{line.gap}".lstrip()
    line.breaks = tuple(offset + len(before) for offset in line.breaks)
    line.text, line.label = f"{before}{line.text}".rstrip(), ""
    return line


def _beginnings(lines: Sequence[_Line]) -> list[bool]:
    """For each line, whether an entry begins with it."""
    if sum(1 for line in lines if line.label) > 1:
        return _by_label(lines)
    layout = _Layout.of(lines)
    begins: list[bool] = []
    before = _Before()
    for line in lines:
        line.heading = line.heading and (line.blank or not before.end or _is_ended(before.end))
        begin = not before.end or line.heading or _begins(line, before, layout)
        before = before.followed(line, begin)
        begins.append(begin)
    return begins


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a list without numbers is set: `wrapped` lines with blank ones between the entries; `hanging`: entries
    begin at the margin; `apart`: a line is an entry; `named`: nearly all that blank lines part begin with a name.
    """

    wrapped: bool
    hanging: bool
    apart: bool
    named: bool

    @classmethod
    def of(cls, lines: Sequence[_Line]) -> "_Layout":
        blank, unblank = [line for line in lines[1:] if line.blank], [line for line in lines[1:] if not line.blank]
        return cls(
            bool(blank) and 2 * len(unblank) > len(blank) and _share(line.starts for line in unblank) < 0.5,
            any(line.indented for line in lines) and not all(line.indented for line in lines[1:]),
            not any(line.breaks for line in lines) and _share(_is_ended(line.text) for line in lines) >= _LINES_ENDED,
            _share(line.starts for line in blank) >= _NAMED,
        )


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0


@dataclass(frozen=True, slots=True)
class _Before:
    """What counts of the entry so far: its last words, its length, whether it has a year."""

    end: str = ""
    length: int = 0
    year: bool = False

    def followed(self, line: _Line, begin: bool) -> "_Before":
        year = dated(line.text)
        if begin:
            return _Before(line.text[-TAIL:], len(line.text), year)
        return _Before(line.text[-TAIL:], self.length + len(line.text) + 1, self.year or year)


def _by_label(lines: Sequence[_Line]) -> list[bool]:
    """A number that is not next is of the list where the next one, in the form of most, is not still to come."""
    begins: list[bool] = []
    last = None
    labelled = [line for line in lines if line.label]
    later = Counter((line.form, line.number) for line in labelled)
    usual = Counter(line.form for line in labelled).most_common(1)[0][0]
    for line in lines:
        number = line.number
        if line.label:
            later[line.form, number] -= 1
        in_order = bool(line.label) and (
            number is None
            or last is None
            or (number > last and ((line.form, number) == (usual, last + 1) or not later[usual, last + 1]))
        )
        if line.label and not in_order:
            _unlabelled(line)
        if in_order and number is not None:
            last = number
        annotation = line.blank and not line.label and line.text[:1].isupper() and last is not None
        begins.append(in_order or line.heading or annotation)
    return begins


def _begins(line: _Line, before: _Before, layout: _Layout) -> bool:
    """Whether an entry begins with `line`."""
    end = before.end
    first = line.text[:1]
    broken = hangs(end) and not end.lower().endswith(("from", "from:"))
    if layout.hanging and not line.blank:
        return not line.indented
    if broken or first in ")&,;" or (first.islower() and not line.starts):
        return False
    if layout.wrapped:
        return line.blank
    if line.starts or (layout.apart and before.length > _LEAST_ENTRY < len(line.text)):
        return True
    undated = not dated(line.text) and not ends_strongly(end)
    if line.blank and layout.named and undated and (ends_strongly(line.text) or end[-1:] != "."):
        return False
    complete = (before.year and before.length > 40 and end[-1:] in '.)]/”"»') or end[-1:].isdigit()
    return line.blank or (complete and dated(line.text) and len(line.text) > 40)
