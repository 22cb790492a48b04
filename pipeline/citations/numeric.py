"""Citations by number: `[1–3, 7]`, `(4)`, and numbers set high, glued to words: `shown before.12,13`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.citations.author_date import Mention
from pipeline.citations.index import Index
from pipeline.citations.words import alternatives, load, word_set

LIST = r"\d{1,3}(?:\s?[,;،，、；–—‐-]\s?\d{1,3})*"
WORDS = alternatives(load()["locators"])
LOCATOR = rf",\s?(?:{WORDS}|§)\.?\s?(?:\d{{1,4}}+(?:\.\d{{1,3}}){{0,3}}|[IVXLC]{{1,6}})(?:\s?[–-]\s?\d{{1,4}})?+"
LOCATORS = re.compile(LOCATOR, re.IGNORECASE)
BRACKET = re.compile(
    rf"\[\s?(?P<list>(?>{LIST})(?:{LOCATOR})?+(?:\s?;\s?(?>{LIST})(?:{LOCATOR})?+)*+)\s?\]", re.IGNORECASE
)
ROUND = re.compile(rf"(?<=[\s.,\w)])\((?P<list>{LIST})\)")
HIGH = re.compile(r"(?P<list>[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,;⁻–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)")
GLUED = re.compile(
    r"(?P<word>(?<![^\W\d_])[^\W\d_]{2,40}|[”\"’»)%\]])(?P<stop>[.,;:]?)(?P<list>\d{1,3}(?:[,–-]\d{1,3})*)(?![\w%/])(?![.,]\d)"
)
SPACED = re.compile(
    r"(?P<word>(?<![^\W\d_])[^\W\d_]{3,40}|[”\"’»)%])(?P<stop>\.?)\s(?P<list>\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)(?=\s?[.,;:)](?:\s|$)|$)"
)
NUMBER = re.compile(r"(?P<first>\d{1,3})(?:\s?[–—‐-]\s?(?P<last>\d{1,3}))?")
NORMAL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
DASH = re.compile(r"\s?[–—‐-]\s?")
COVERED = 0.5
AHEAD = 8
LONGEST_RANGE = 40
NEAR = 80
LEAST_COUNTED = 3


@dataclass(frozen=True, slots=True)
class Style:
    """How a text cites by number; None of the patterns where it does not."""

    patterns: tuple[re.Pattern[str], ...] = ()
    is_high: bool = False

    @property
    def is_bracketed(self) -> bool:
        """`[3]` is a citation in a table, too; `(3)` and a number set high are values there."""
        return self.patterns == (BRACKET,)


def find_style(texts: Sequence[str], index: Index, author_date: int) -> Style:
    """The way in which most references are cited by number, if there is one."""
    size = len(index.by_number)
    if not size or (author_date > size * COVERED and not index.is_numbered):
        return Style()
    if _covers(texts, (BRACKET,), index):
        return Style((BRACKET,))
    if author_date > size * COVERED:
        return Style()
    if _covers(texts, (HIGH,), index, in_order=True):
        return Style((HIGH,), is_high=True)
    if _covers(texts, (ROUND,), index) and index.is_numbered:
        return Style((ROUND,))
    for patterns in ((GLUED,), (GLUED, SPACED), (SPACED,)):
        if _covers(texts, patterns, index, in_order=True):
            return Style(patterns, is_high=True)
    return Style()


def _covers(texts: Sequence[str], patterns: Sequence[re.Pattern[str]], index: Index, in_order: bool = False) -> bool:
    """Whether citations of this form name at least half of the references."""
    seen: set[int] = set()
    highest = 0
    for text in texts:
        for match in _matches(text, patterns):
            numbers = _numbers(match["list"])
            if in_order and not _is_next(numbers, highest):
                continue
            if numbers and all(number in index.by_number for number in numbers):
                seen.update(numbers)
                highest = max(highest, *numbers)
    return len(seen) >= max(2, len(index.by_number) * COVERED)


def find_mentions(text: str, index: Index, style: Style, highest: int) -> Iterator[Mention]:
    """Citations in `text`, in order. Numbers set high must go on from `highest`, the highest number cited before."""
    matches = _matches(text, style.patterns)
    before: re.Match[str] | None = None
    counted = _counted(matches, highest) if style.patterns == (ROUND,) else set()
    for match in matches:
        numbers = _numbers(match["list"])
        if match.start() in counted or not numbers or (style.is_high and not _is_next(numbers, highest)):
            continue
        if not all(number in index.by_number for number in numbers):
            continue
        highest = max(highest, *numbers)
        parts = list(_parts(match, index))
        if before is not None and _spans(text, before, match):
            first, last = _numbers(before["list"])[-1], numbers[0]
            between = tuple(
                (index.by_number[number],) for number in range(first + 1, last) if number in index.by_number
            )
            parts[0] = replace(parts[0], works=between + parts[0].works)
        before = match
        yield from parts


def _spans(text: str, before: re.Match[str], match: re.Match[str]) -> bool:
    """`[3]–[5]`: a range of references between two brackets."""
    first, last = _numbers(before["list"])[-1:], _numbers(match["list"])[:1]
    dash = match.re is BRACKET and DASH.fullmatch(text, before.end(), match.start()) is not None
    return dash and bool(first and last) and first[0] < last[0] <= first[0] + LONGEST_RANGE


def _counted(matches: Sequence[re.Match[str]], highest: int) -> set[int]:
    """Where `never (0), rarely (1), often (2), always (3)` counts: near numbers that go on by one, cited before."""
    found: set[int] = set()
    for run in _runs(matches):
        if len(run) >= LEAST_COUNTED and int(run[-1]["list"]) <= highest:
            found |= {match.start() for match in run}
        highest = max([highest, *(number for match in run for number in _numbers(match["list"]))])
    return found


def _runs(matches: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Single numbers that go on by one, each near the one before; any other match is a run of its own."""
    runs: list[list[re.Match[str]]] = []
    for match in matches:
        before = runs[-1][-1] if runs else None
        if (
            before is not None
            and before["list"].isdecimal()
            and match["list"].isdecimal()
            and int(match["list"]) == int(before["list"]) + 1
            and match.start() - before.end() <= NEAR
        ):
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _matches(text: str, patterns: Sequence[re.Pattern[str]]) -> list[re.Match[str]]:
    """Matches of all patterns in order, without overlap and without what is a unit, a power or a name's number."""
    found = [match for pattern in patterns for match in pattern.finditer(text) if _is_likely(text, match)]
    found.sort(key=lambda match: match.start("list"))
    kept: list[re.Match[str]] = []
    for match in found:
        if not kept or match.start("list") >= kept[-1].end():
            kept.append(match)
    return kept


def _is_likely(text: str, match: re.Match[str]) -> bool:
    groups = match.groupdict()
    word = groups.get("word")
    if word is None:
        return True
    before = re.search(r"[\w.-]*$", text[max(0, match.start("word") - 20) : match.end("word")])
    token = before.group() if before else word
    if word.casefold() in word_set("with_numbers") or (
        not groups["stop"] and (any(char.isdigit() for char in token) or _is_symbol(token))
    ):
        return False
    if match.re is SPACED:
        return word.casefold() not in word_set("before_numbers")
    return True


def _is_symbol(token: str) -> bool:
    """`CO`, `mRNA-`, `TSHβ`: a name that may end in a number of its own."""
    letters = [char for char in token if char.isalpha()]
    return (len(letters) < 3 and bool(letters)) or (sum(char.isupper() for char in letters) > 1 and len(letters) <= 6)


def _is_next(numbers: Sequence[int], highest: int) -> bool:
    return bool(numbers) and min(numbers) <= highest + AHEAD and numbers == sorted(numbers)


def _plain(text: str) -> str:
    """Numbers set high as plain digits, and blanks for the pages after a number; all in its place."""
    return LOCATORS.sub(lambda match: " " * len(match.group()), text).translate(NORMAL)


def _numbers(text: str) -> list[int]:
    """`1–3, 7` gives 1, 2, 3, 7; nothing where a range runs backwards or too far."""
    found: list[int] = []
    for match in NUMBER.finditer(_plain(text)):
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if not first or not first <= last <= first + LONGEST_RANGE:
            return []
        found += range(first, last + 1)
    return found


def _parts(match: re.Match[str], index: Index) -> Iterator[Mention]:
    """A mention for each number or range of a list."""
    for part in NUMBER.finditer(_plain(match["list"])):
        first, last = int(part["first"]), int(part["last"] or part["first"])
        works = tuple((index.by_number[number],) for number in range(first, last + 1))
        start = match.start("list")
        yield Mention(start + part.start(), start + part.end(), works)
