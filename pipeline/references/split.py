"""A reference section to entries, in whatever layout it is set.

Every word of the blocks is in the text or the label of an entry: a heading or an annotation inside the list
becomes an entry of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.article import Block, Reference

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
_PARTICLES = r"(?:(?:van|von|der|den|de|del|della|di|da|dos|la|le|les|el|al|bin|ten|ter|du|d['’]|O['’])\s?)*"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"{_PARTICLES}{_CAPITAL}[\w'’‐-]++(?:[\s‐-]{_CAPITAL}[\w'’‐-]++){{0,2}}"
_STARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME},\s?(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w-]+(?:\s[^\W\d_a-z]\.?)*[,.;(])",
        rf"{_NAME}\s[^\W\d_a-z]{{1,3}}(?:-[A-Z])?[,.;:]?(?:\s|$)",
        rf"(?:[^\W\d_a-z]\.[\s-]?){{1,4}}\s?{_NAME}",
        r"[^.]{3,120}\.?\s\((?:\d{4}[a-z]?|n\.d\.|in press|forthcoming)[^)]{0,20}\)",
        r"[^\W\d_][^.]{3,80}\.\s(?:1[5-9]|20)\d\d[a-z]?\.",
        r"(?:[_—–―-]\s?){2,}|[—―]\s?[.,]",
        r"[\u3040-\u9fff\uac00-\ud7af]{2,}",
    )
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\bn\.\s?d\b|forthcoming|in press", re.IGNORECASE)
_TAIL = 80
_HANGS = re.compile(
    r"(?:[,;:&–—(]|\b(?:and|und|et|y|e|of|the|in|for|pp?\.|vol\.|no\.|eds?\.,|edited by|by|de|der|la))\s*$",
    re.IGNORECASE,
)
_RUN_ON = re.compile(
    rf"(?<=[.\d/)\]])\s+(?={_NAME},\s(?:[^\W\d_a-z]\.[\s-]?)+[^()]{{0,200}}?\((?:\d{{4}}[a-z]?|n\.d\.)[^)]{{0,20}}\))"
)
# Entries that begin alike: "Webb CF, Smith J. Title" and "Smith, John. Title".
_ORDERS = (
    re.compile(rf"{_NAME}\s[^\W\d_a-z]{{1,3}}(?:,\s|\.\s{_CAPITAL})"),
    re.compile(rf"{_NAME},\s{_CAPITAL}\w+(?:\s{_CAPITAL}\.)?(?:\.\s{_CAPITAL}|,\s(?:and|&)\s)"),
)
_REACH = 100
_ENDED = re.compile(r"(?<=\d)\)?\.\s+")


@dataclass(slots=True)
class _Line:
    text: str
    line: int
    label: str
    blank: bool
    heading: bool
    indented: bool
    gap: str = " "

    @property
    def number(self) -> int | None:
        found = _NUMBER.search(self.label.translate(_RAISED))
        return int(found.group()) if found else None

    @property
    def starts(self) -> bool:
        """Whether it begins as an entry begins."""
        return any(pattern.match(self.text[:400]) for pattern in _STARTS)


def split(blocks: Sequence[Block]) -> list[Reference]:
    """The entries of a reference section; `text`, `label` and `line` (1-based) are set.

    Lines of one entry are joined by a space, a word broken at the end of a line is made whole.
    """
    lines = _with_lone_numbers([line for block in blocks for line in _lines(block)])
    lines = lines if _numbered(lines) else [_unlabelled(line) for line in lines]
    entries: list[list[_Line]] = []
    closed = True
    for line, begins in zip(lines, _beginnings(lines), strict=True):
        if begins or closed:
            entries.append([line])
        else:
            entries[-1].append(line)
        closed = line.heading
    whole = [Reference(text=_joined(entry), label=entry[0].label, line=entry[0].line) for entry in entries]
    return [entry for entry in whole if entry.text or entry.label]


def _joined(lines: Sequence[_Line]) -> str:
    pieces = [lines[0].text]
    for line in lines[1:]:
        pieces[-1], between = _seam(pieces[-1], line.text)
        pieces.append(between + line.text)
    return "".join(pieces)


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
    label, gap, text = _labelled(block, text)
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
    """Entries in one line: cut where the next number of the list stands, or where a new `Family, G. (Year)` begins."""
    number = _NUMBER.search(label)
    if number:
        expected, kind = int(number.group()) + 1, "square" if "[" in label else "round" if "(" in label else "plain"
        start = 0
        for match in _INLINE.finditer(text):
            if match[kind] and int(match[kind]) == expected and _YEAR.search(text[start : match.start()]):
                yield label, text[start : match.start()].rstrip()
                label, start, expected = match.group().strip(), match.end(), expected + 1
        yield label, text[start:]
        return
    start = 0
    for cut in [*_run_on(text), len(text)]:
        piece = text[start:cut]
        if cut == len(text) or (_YEAR.search(piece) and not _HANGS.search(piece)):
            yield label, piece.rstrip()
            label, start = "", cut


def _run_on(text: str) -> list[int]:
    """Where in a long line another entry may begin: as the first one does, behind a page, a year or a bracket."""
    if len(text) < 150:
        return []
    cuts = {match.end() for match in _RUN_ON.finditer(text) if len(text) > 250}
    for order in _ORDERS:
        if order.match(text, 0, _REACH):
            ends = (match.end() for match in _ENDED.finditer(text))
            cuts |= {end for end in ends if order.match(text, end, end + _REACH)}
    return sorted(cuts)


def _is_heading(text: str, label: str) -> bool:
    """A short line without a year, a stop or a name: "Primary sources"."""
    plain = len(text) < 60 and not _YEAR.search(text) and len(text.split()) <= 6 and text[-1:] not in ".,;)/-"
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
    line.text = f"{line.label}{line.gap}{line.text}".strip()
    line.label = ""
    return line


def _beginnings(lines: Sequence[_Line]) -> list[bool]:
    """For each line, whether an entry begins with it."""
    if sum(1 for line in lines if line.label) > 1:
        return _by_label(lines)
    unblank = [line for line in lines[1:] if not line.blank]
    blanks = len(lines) - 1 - len(unblank)
    wrapped = bool(unblank) and blanks > 0 and sum(line.starts for line in unblank) < 0.5 * len(unblank)
    hanging = any(line.indented for line in lines) and not all(line.indented for line in lines[1:])
    begins: list[bool] = []
    before = _Before()
    for line in lines:
        begin = not before.end or line.heading or _begins(line, before, wrapped, hanging)
        before = before.followed(line, begin)
        begins.append(begin)
    return begins


@dataclass(frozen=True, slots=True)
class _Before:
    """What counts of the entry so far: its last words, its length, whether it has a year."""

    end: str = ""
    length: int = 0
    year: bool = False

    def followed(self, line: _Line, begin: bool) -> "_Before":
        year = _YEAR.search(line.text) is not None
        if begin:
            return _Before(line.text[-_TAIL:], len(line.text), year)
        return _Before(line.text[-_TAIL:], self.length + len(line.text) + 1, self.year or year)


def _by_label(lines: Sequence[_Line]) -> list[bool]:
    begins: list[bool] = []
    last = None
    for line in lines:
        number = line.number
        in_order = bool(line.label) and (number is None or last is None or number > last)
        if line.label and not in_order:
            _unlabelled(line)
        if in_order and number is not None:
            last = number
        annotation = line.blank and not line.label and line.text[:1].isupper() and last is not None
        begins.append(in_order or line.heading or annotation)
    return begins


def _begins(line: _Line, before: _Before, wrapped: bool, hanging: bool) -> bool:
    """Whether an entry begins with `line`."""
    end = before.end
    first = line.text[:1]
    broken = _HANGS.search(end) is not None and not end.lower().endswith(("from", "from:"))
    if hanging and not line.blank:
        return not line.indented
    if broken or first in ")&,;" or (first.islower() and not line.starts):
        return False
    if wrapped:
        return line.blank
    if line.starts:
        return True
    complete = (before.year and before.length > 40 and end[-1:] in '.)]/”"»') or end[-1:].isdigit()
    return line.blank or (complete and _YEAR.search(line.text) is not None and len(line.text) > 40)
