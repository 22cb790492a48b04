"""Which lines head a section, and at what level."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.article import Block
from pipeline.structure.captions import is_note, read_caption
from pipeline.structure.equations import read_equation
from pipeline.structure.vocabulary import folded, roles

NUMBER = re.compile(
    r"(?P<number>(?:\d{1,2}(?:\.\d{1,2}){0,4}|(?:[IVX]{1,5}|[Ⅰ-Ⅻ])(?:\.\d{1,2}){0,3}|[A-H](?:\.\d{1,2}){0,3}))(?P<stop>[.)]?)\s+(?=\S)"
)
# `一、` numbers a section, `（一）` one within it.
HAN = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章節节]\s*|(?P<inner>[（(][一二三四五六七八九十]{1,3}[）)]\s*))(?=\S)"
)
# What an article of several experiments has once, for all of them.
WHOLE = {"discussion", "conclusion", "theory"}
PROVED = " □∎■◻"
CONTAINER = re.compile(r"(?P<word>[^\W\d_]{4,14})\s(?P<number>\d{1,2}|[IVX]{1,4})\b")
ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s")
RUN_IN = re.compile(r"(?P<label>[^:：]{2,60})[:：]\s*(?=\S)")
TERMINAL = tuple(".,;:。；，")
SENTENCE_END = (".", "!", "?", "。")
FEW_WORDS = 8
NOTE_MARK = re.compile(r"(?<=[.!?…,;:”»)])(?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})$")
LONGEST = 190
MOST_WORDS = 26
LONG_TITLE = 110
PARAGRAPH = 250
LEAST_CAPITALS = 2
LEAST_MARKED = 2
ROW = "row"
MARKUP, NUMBERED, CAPITALS, PLAIN = "markup", "numbered", "capitals", "plain"


@dataclass(slots=True)
class Heading:
    """`number` is as written; `style` is how the line shows that it is a heading; `role` what it announces."""

    text: str
    style: str
    level: int
    number: str = ""
    role: str = ""
    kind: str = ""

    @property
    def label(self) -> str:
        """The number as written, with what closes it."""
        match = NUMBER.match(self.text) if self.number else None
        return match.group().strip() if match else ""


@cache
def _known() -> dict[str, tuple[str, str]]:
    body = {name: (role, "body") for name, role in roles("headings", "body").items()}
    return body | {name: (role, "back") for name, role in roles("headings", "back").items()}


def known(text: str) -> tuple[str, str]:
    """Role and table (`body`, `back`) of a heading, number or none before it; empty where it is unknown."""
    if len(text) > LONGEST:
        return "", ""
    entry = _known().get(folded(text))
    if entry is None and (match := NUMBER.match(text) or HAN.match(text)):
        entry = _known().get(folded(text[match.end() :]))
    if entry is None and (match := re.match(r"[^\W\d_]+(?=\s(?:[A-Z]|\d{1,2}|[IVX]{1,4})(?:[.:\s]|$))", text)):
        entry = _known().get(folded(match.group()))
        entry = entry if entry and entry[0] == "appendix" else None
    return entry or ("", "")


def is_body_start(block: Block) -> bool:
    """A heading with which a body begins."""
    role, kind = known(block.text)
    return kind == "body" or (role != "" and block.hints.level is not None)


def find_headings(blocks: Sequence[Block]) -> dict[int, Heading]:
    """Headings among `blocks` by their place, with levels that never skip one."""
    marked = sum(block.hints.level is not None for block in blocks) >= LEAST_MARKED
    found = {} if marked else _numbered(blocks)
    in_bold = sum(_is_bold_heading(blocks, place) for place in range(len(blocks)))
    bold = marked or (not found and in_bold >= LEAST_MARKED)
    for place in range(len(blocks)):
        if bold and blocks[place].hints.level is None and not _is_bold_heading(blocks, place):
            continue
        if place not in found and (heading := _unnumbered(blocks, place)):
            found[place] = heading
    found = dict(sorted(found.items()))
    _set_levels(found)
    return found


def _could_head(blocks: Sequence[Block], place: int) -> bool:
    """Short, begun with a capital or a number, not ended like a sentence, and followed by text."""
    block = blocks[place]
    text = block.text
    if (
        block.content.tag != "p"
        or block.hints.style == ROW
        or block.hints.marker
        or len(text) > LONGEST
        or len(text.split()) > MOST_WORDS
    ):
        return False
    if read_caption(text) is not None or "@" in text or "://" in text:
        return False
    if not any(char.isalpha() for char in text) or (
        NOTE_MARK.sub("", text.rstrip(PROVED)).endswith(TERMINAL) and not known(text)[0]
    ):
        return False
    return place + 1 < len(blocks) and blocks[place + 1].hints.style != ROW


def _is_bold_heading(blocks: Sequence[Block], place: int) -> bool:
    return blocks[place].hints.bold and _could_head(blocks, place)


def _numbered(blocks: Sequence[Block]) -> dict[int, Heading]:
    """Lines whose numbers go on from heading to heading; neighbours that do so are a list."""
    candidates: dict[int, str] = {}
    for place, block in enumerate(blocks):
        match = NUMBER.match(block.text) if _could_head(blocks, place) else None
        if match and _titled(block.text[match.end() :]):
            candidates[place] = match["number"]
    kept: dict[int, Heading] = {}
    reader = Numbering()
    for place, number in candidates.items():
        if _is_listed(candidates, place) and not known(blocks[place].text)[0]:
            continue
        level = reader.level(number)
        if level:
            role, kind = known(blocks[place].text)
            kept[place] = Heading(blocks[place].text, NUMBERED, level, number, role, kind)
    firsts = [heading for heading in kept.values() if heading.level == 1]
    return kept if len(firsts) >= 2 or any(heading.role for heading in kept.values()) else {}


def _is_listed(candidates: dict[int, str], place: int) -> bool:
    """A neighbour has the number before or after, of the same kind and depth."""
    own = dict(_readings(candidates[place]))
    for ahead in (-1, 1):
        for kind, value in _readings(candidates.get(place + ahead, "")):
            if kind in own and value == (*own[kind][:-1], own[kind][-1] + ahead):
                return True
    return False


class Numbering:
    """Numbers of headings as they go on: digits, Roman numerals and letters, one within another."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.last: dict[str, tuple[int, ...]] = {}

    def level(self, number: str) -> int:
        """The level of a heading with this number; 0 where it does not go on from those before."""
        for kind, value in _readings(number):
            before = self.last.get(kind, ())
            if not _follows(before, value):
                continue
            if kind not in self.kinds:
                self.kinds.append(kind)
            depth = self.kinds.index(kind)
            self.last[kind] = value
            for inner in self.kinds[depth + 1 :]:
                self.last.pop(inner, None)
            return depth + len(value)
        return 0


def _readings(number: str) -> list[tuple[str, tuple[int, ...]]]:
    """What a number may be: `I` is a Roman numeral or a letter."""
    if not number:
        return []
    first, *rest = number.split(".")
    inner = tuple(int(part) for part in rest)
    if first.isdigit():
        return [("digits", (int(first), *inner))]
    first = unicodedata.normalize("NFKC", first)
    found = [("roman", (_roman(first), *inner))] if set(first) <= set("IVX") else []
    return [*found, ("letters", (ord(first) - ord("A") + 1, *inner))] if len(first) == 1 else found


def _titled(rest: str) -> bool:
    return rest[:1].isupper() or (rest[:1].isalpha() and not rest[:1].islower()) or rest[:1] in "“\"«¿'‘"


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[char] for char in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _follows(before: tuple[int, ...], value: tuple[int, ...]) -> bool:
    """`2.1` goes on from `2` or `1.3`, `2.2` from `2.1.4`; a number may be missed out."""
    if not before:
        return value[0] <= 2
    if len(value) > len(before):
        return value[: len(before)] == before and all(part <= 2 for part in value[len(before) :])
    head = len(value) - 1
    return (value[:head] == before[:head] and before[head] < value[head] <= before[head] + 2) or (
        value[:1] > before[:1] and (value[0] <= before[0] + 2 and all(part <= 1 for part in value[1:]))
    )


def _unnumbered(blocks: Sequence[Block], place: int) -> Heading | None:
    block = blocks[place]
    role, kind = known(block.text)
    if block.hints.level is not None:
        return Heading(block.text, MARKUP, block.hints.level, _number(block.text), role, kind)
    last = place + 1 == len(blocks)
    if not _could_head(blocks, place) and not (role and last):
        return None
    letters = [char for char in block.text if char.isalpha()]
    cased = [char for char in letters if char.isupper() or char.islower()]
    if cased and all(char.isupper() for char in cased) and len(cased) > 2:
        return Heading(block.text, CAPITALS, 1, role=role, kind=kind)
    if role or block.hints.bold or _looks_plain(blocks, place):
        return Heading(block.text, PLAIN, 1, role=role, kind=kind)
    return None


def _number(text: str) -> str:
    """The number that a marked heading begins with."""
    match = NUMBER.match(text)
    if match is None or not _titled(text[match.end() :]):
        return ""
    return match["number"] if match["number"][0].isdigit() or match["stop"] else ""


def _looks_plain(blocks: Sequence[Block], place: int) -> bool:
    """A line that stands apart before longer text."""
    block, after = blocks[place], blocks[place + 1]
    text = block.text
    first = text.split()[0]
    if first[0].islower() and not any(char.isupper() for char in first):
        return False
    if len(text) > LONG_TITLE and len(after.text) < PARAGRAPH:
        return False
    if not block.hints.blank_lines_before and (is_note(block) or (place and blocks[place - 1].hints.style == ROW)):
        return False
    run_in = RUN_IN.match(text)
    if ITEM.match(text) or (run_in and known(run_in["label"])[1] == "back"):
        return False
    if place and blocks[place - 1].text.endswith((":", ",", "：")):
        return False
    if "=" in text or ";" in text or after.hints.marker or read_equation(after) is not None:
        return False
    longer = len(after.text) > len(text) or (
        len(text.split()) <= FEW_WORDS
        and len(after.text) * 2 > len(text)
        and after.text.endswith(SENTENCE_END)
        and (not place or blocks[place - 1].text.endswith(SENTENCE_END))
    )
    return longer or after.hints.level is not None or _could_head(blocks, place + 1)


def _set_levels(headings: dict[int, Heading]) -> None:
    """Levels by number, mark, capitals and what is known of the titles; then none is skipped."""
    ordered = list(headings.values())
    styles = Counter(heading.style for heading in ordered)
    containers = _containers(ordered)
    repeated = {role for role, count in Counter(heading.role for heading in ordered).items() if count > 1}
    divided = {heading.role for heading in ordered} & {"methods", "results"}
    least = min((heading.level for heading in ordered if heading.style == MARKUP), default=1)
    depth = 1
    under = False
    for heading in ordered:
        if heading.style == MARKUP:
            heading.level = heading.level - least + 1
        elif heading.style == NUMBERED:
            depth = heading.level
        elif heading.style == PLAIN:
            heading.level = _plain_level(heading, styles, containers, bool(divided), depth)
            if containers and heading.role in WHOLE - repeated:
                heading.level = 1
            if styles[CAPITALS] >= LEAST_CAPITALS and heading.kind != "back":
                under = under or heading.role != ""
                heading.level = 3 if under and not heading.role else 2
        elif heading.style == CAPITALS:
            depth, under = 1, False
    _name_appendices(headings)
    before = 0
    for heading in ordered:
        heading.level = before = min(heading.level, before + 1)


def _name_appendices(headings: dict[int, Heading]) -> None:
    """The line after `Appendix A` is its name."""
    for place, heading in headings.items():
        before = headings.get(place - 1)
        if before is not None and before.role == "appendix" and before.text != heading.text and heading.kind != "back":
            heading.level = before.level + 1


def _plain_level(heading: Heading, styles: Counter[str], containers: set[str], divided: bool, depth: int) -> int:
    if heading.kind == "back":
        return 1
    if numbered := HAN.match(heading.text):
        return 2 if numbered["inner"] else 1
    if containers:
        return 1 if heading.text in containers or heading.role == "introduction" else 2 if heading.role else 3
    if heading.role:
        return 1
    if styles[NUMBERED] >= 2:
        return depth + 1
    return 2 if divided else 1


def _containers(headings: Sequence[Heading]) -> set[str]:
    """`Experiment 1`, `Experiment 2`: parts of an article that have methods and results of their own."""
    found: dict[str, list[str]] = {}
    for heading in headings:
        match = CONTAINER.match(heading.text) if heading.style == PLAIN else None
        if match:
            found.setdefault(match["word"].casefold(), []).append(heading.text)
    repeated = Counter(heading.role for heading in headings if heading.role)
    texts = {text for group in found.values() if len(group) >= 2 for text in group}
    return texts if repeated["methods"] >= 2 or repeated["results"] >= 2 else set()
