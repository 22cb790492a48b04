"""Page numbers and running heads: what a page prints around its text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from pipeline.intake.lines import Line

PAGE_NUMBER = re.compile(
    r"(?P<before>[\W_]{0,4}(?:page|pág\.?|página|p\.|s\.|seite|стр\.|стр|halaman)?[\W_]{0,3})(?P<number>\d{1,5})(?P<after>(?:\s*(?:/|of|de|von|из|dari)\s*\d{1,5})?[\W_]{0,4})",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+")
EDGE_NUMBER = re.compile(r"(?:^\W*(\d{1,5})\b(?=\s))|(?:(?<=\s)(\d{1,5})\W*$)")
LONGEST = 120
NEAREST = 4
NEIGHBOURS = 2
SHORT = 30
HEAD = 10
LEAST_OF_HEAD, LEAST_OF_TITLE = 3, 4
TITLE = 3
MOST_NAMES = 3
WORD = re.compile(r"[^\W\d_⁰¹²³⁴-⁹]{2,}")
ET_AL = {"et", "al"}
LEAST_PAGE, MOST_PAGE = 15, 120
SMALLEST, LARGEST = 10, 10000
# Of the pages, how many have a running head at least: those of left and right pages may differ, first ones have none.
LEAST_SHARE = 0.25
TERMINAL = tuple(".!?:;。！？؟…")


def find_furniture(lines: list[Line]) -> dict[int, str]:
    """Numbers of the lines that are page furniture, and what each is."""
    head = _Head(lines)
    found = dict.fromkeys(_page_numbers(lines) | _lone_numbers(lines, head), "page number")
    found |= dict.fromkeys(_numbered_heads(lines, head), "running head")
    found |= dict.fromkeys(_capital_heads(lines), "running head")
    found |= dict.fromkeys(_running_heads(lines, set(found), head), "running head")
    return found


def _page_numbers(lines: list[Line]) -> set[int]:
    """Lines that hold a number alone, which rises by one from page to page."""
    forms: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for place, line in enumerate(lines):
        match = PAGE_NUMBER.fullmatch(line.words)
        if match and not line.is_row:
            form = match["before"].strip().casefold(), NUMBER.sub("#", match["after"].strip())
            forms[form].append((place, line.number, int(match["number"])))
    return {number for candidates in forms.values() for number in _rising(candidates)}


def _rising(candidates: list[tuple[int, int, int]]) -> set[int]:
    """The longest run of (place, line, value) whose values rise by one or two, some lines apart; of two at least."""
    best: list[int] = []
    runs: dict[int, tuple[int, list[int]]] = {}
    for place, line, value in candidates:
        earlier = [runs[value - back] for back in (1, 2) if value - back in runs]
        before = max((lines for last, lines in earlier if place - last >= NEAREST), key=len, default=[])
        run = [*before, line]
        if value not in runs or len(run) > len(runs[value][1]):
            runs[value] = (place, run)
        best = max(best, run, key=len)
    return set(best) if len(best) >= 2 else set()


def _numbered_heads(lines: list[Line], head: "_Head") -> set[int]:
    """Lines of the same words with a rising number at an edge: `140  Author`, `Journal 45 (2022) 141`."""
    forms: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for place, line in enumerate(lines):
        text = line.words
        if len(text) > LONGEST or (line.is_row and len(text.split()) > 12):
            continue
        for match in EDGE_NUMBER.finditer(text):
            value = int(match[1] or match[2])
            form = (text[: match.start()] + "#" + text[match.end() :]).strip()
            if any(char.isalpha() for char in form):
                forms[form].append((place, line.number, value))
    found: set[int] = set()
    for form, candidates in forms.items():
        run = _every_other(candidates)
        if head.has(form):
            found |= run or {line for place, line, _ in candidates if _is_apart(lines, place)}
            continue
        if head.is_line(form) and "://" not in form:
            found |= {line for place, line, value in candidates if place >= HEAD and value >= SMALLEST}
            continue
        if sum(_interrupts(lines, place) for place, line, _ in candidates if line in run) * 3 >= len(run):
            found |= run
    return found | _facing(lines, forms, found)


def _capital_heads(lines: list[Line]) -> set[int]:
    """Lines in capitals that end or begin with the numbers of pages that follow one another, whatever their words."""
    numbered = []
    for place, line in enumerate(lines):
        match = EDGE_NUMBER.search(line.words) if len(line.words) <= LONGEST and not line.is_row else None
        if match and int(match[1] or match[2]) >= SMALLEST and line.words.isupper() and place >= HEAD:
            numbered.append((place, line.number, int(match[1] or match[2])))
    pairs = [(one, other) for one, other in pairwise(numbered) if other[2] - one[2] == 1]
    return {line for pair in pairs if LEAST_PAGE <= pair[1][0] - pair[0][0] <= MOST_PAGE for _, line, _ in pair}


def _facing(lines: list[Line], forms: dict[str, list[tuple[int, int, int]]], found: set[int]) -> set[int]:
    """Heads that come once, a page before or after one that is known, their number at the same edge."""
    known = [(place, value) for heads in forms.values() for place, line, value in heads if line in found]
    single = ((form, *heads[0]) for form, heads in forms.items() if len(heads) == 1 and heads[0][1] not in found)
    return {
        line
        for form, place, line, value in single
        if value >= SMALLEST
        and not form.endswith(TERMINAL)
        and any(abs(value - other) == 1 and (value - other) * (place - near) >= NEAREST for near, other in known)
    }


class _Head:
    """The first lines of a text: its title and its authors."""

    def __init__(self, lines: list[Line]) -> None:
        self.words = {word for line in lines[:HEAD] for word in WORD.findall(line.words.casefold())} | ET_AL
        self.lines = {tuple(WORD.findall(line.words.casefold())) for line in lines[:HEAD]}
        self.title = WORD.findall(" ".join(line.words for line in lines[:TITLE]).casefold())

    def is_line(self, text: str) -> bool:
        """Whether `text` is one of the first lines word for word, of two words at least."""
        words = tuple(WORD.findall(text.casefold()))
        return len(words) > 1 and words in self.lines

    def has(self, text: str) -> bool:
        """Whether `text` is the beginning of the title, or most of it or of the journal's line, perhaps abbreviated.

        `Doyle et al.` may stand before it.
        """
        words = WORD.findall(text.casefold())
        names = words.index("et") if words[1:-1].count("et") and words[words.index("et") + 1] == "al" else 0
        named = 0 < names <= MOST_NAMES and self.words.issuperset(words[:names])
        rest = words[names + 2 :] if named else words
        begins = self.title[: len(rest)] == rest and (named or len(rest) >= LEAST_OF_HEAD)
        return begins or (len(rest) >= LEAST_OF_TITLE and self._has_in_order(rest))

    def _has_in_order(self, words: list[str]) -> bool:
        title = iter(self.title)
        return all(any(whole.startswith(word) for whole in title) for word in words)


def _is_apart(lines: list[Line], place: int) -> bool:
    """A line between blank ones, with a wide gap beside its number."""
    after = lines[place + 1] if place + 1 < len(lines) else None
    return (
        place >= HEAD
        and lines[place].gap > 0
        and (after is None or after.gap > 0)
        and "  " in lines[place].text.strip()
    )


def _lone_numbers(lines: list[Line], head: "_Head") -> set[int]:
    """Numbers alone between blank lines, too large for those of sections: a page break of a short text."""
    found = set()
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if not line.words.isdecimal() or not SMALLEST <= int(line.words[:5]) < LARGEST or line.number <= HEAD:
            continue
        alone = after.gap and not (before.is_row or line.is_row or after.is_row)
        if alone and (line.gap or head.has(before.words)):
            found.add(line.number)
    return found


def _interrupts(lines: list[Line], place: int) -> bool:
    """A line that stands amid a sentence, or where a page breaks; a heading does not."""
    if lines[place].page_break or (place + 1 < len(lines) and lines[place + 1].page_break):
        return True
    before = next((line for line in reversed(lines[max(0, place - NEIGHBOURS) : place]) if not _is_number(line)), None)
    after = next((line for line in lines[place + 1 : place + 1 + NEIGHBOURS] if not _is_number(line)), None)
    cut_before = before is not None and not before.text.endswith(TERMINAL) and len(before.words) > SHORT
    return cut_before or (after is not None and after.words[:1].islower())


def _is_number(line: Line) -> bool:
    return PAGE_NUMBER.fullmatch(line.words) is not None


def _every_other(candidates: list[tuple[int, int, int]]) -> set[int]:
    """Heads of the same words whose numbers rise with the place, as those of left or right pages do."""
    kept: list[tuple[int, int, int]] = []
    for place, line, value in candidates:
        if not kept or (place - kept[-1][0] >= NEAREST and 0 < value - kept[-1][2] <= 4):
            kept.append((place, line, value))
    return {line for _, line, _ in kept} if len(kept) >= max(2, len(candidates) * 0.6) else set()


def _running_heads(lines: list[Line], known: set[int], head: "_Head") -> set[int]:
    """Lines that come back beside page numbers, page breaks or other heads."""
    beside = {
        lines[near].number
        for place, line in enumerate(lines)
        if line.number in known or line.page_break
        for near in range(max(0, place - NEIGHBOURS), min(len(lines), place + NEIGHBOURS + 1))
    }
    forms: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        if len(line.words) <= LONGEST and line.number not in known:
            forms[_form(line.words)].append(line.number)
    pages = sum(line.number in known or line.page_break for line in lines)
    least = max(2, pages * LEAST_SHARE)
    return {
        number
        for form, numbers in forms.items()
        for number in numbers
        if number in beside
        and ((len(numbers) >= least and _mostly(numbers, beside)) or (number > HEAD and head.has(form)))
    }


def _form(text: str) -> str:
    """A line without its numbers; the digits within an address are its own."""
    return (EDGE_NUMBER if "://" in text else NUMBER).sub("#", text).casefold()


def _mostly(numbers: Iterable[int], beside: set[int]) -> bool:
    counts = Counter(number in beside for number in numbers)
    return counts[True] >= 2 and counts[True] >= counts[False]
