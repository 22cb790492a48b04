"""Citations by name and year: `Silva and Costa (2020)`, `(Silva et al., 2019a, b; see also WHO, 2021)`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.article import Reference
from pipeline.citations.index import PARTICLES, YEAR, Index, core, folded
from pipeline.citations.words import alternatives, load

ET_AL = re.compile(rf"(?:(?<![,\s])[,\s]++|(?![\x00-\u303f]))(?:{alternatives(load()['et_al'])})\s*$", re.IGNORECASE)
JOINT = alternatives(load()["and"])
AND = re.compile(rf"\s*(?:,\s*(?:{JOINT})?|\s(?:{JOINT})|[;/&·・]|和|与|と|및|와|과)\s*$", re.IGNORECASE)
NAME = re.compile(
    r"(?:(?<![\w’'-])(?:[^\W\d_][\w’'‐-]*\.?|[\u3400-\u9fff\uac00-\ud7af]{1,5})"
    r"|(?<=[\u3040-\u30ff])[\u3400-\u9fff]{2,4})$"
)
HAN = re.compile(r"[\u3400-\u9fff]{2,60}$")
POSSESSIVE = re.compile(r"['’](?:s|n?[ıiuü]n|[yn]?[aeıiuü]|[dt][ae]n?)?$")
INITIALS = re.compile(r"(?<![\w’'-])(?:[^\W\d_]\.[\s-]?){0,3}(?:[^\W\d_]\.|[A-ZÀ-ÞА-Я])$")
CLOSERS = frozenset(",.:")
SEE = re.compile(rf"\s*(?:(?:{alternatives(load()['see'])})[,:\s]\s*){{0,3}}", re.IGNORECASE)
LETTERS = re.compile(r"\s*(?:,|and|&|y|e|und|–|-)\s*(?P<suffix>[a-z])(?![\w.])")
BETWEEN = re.compile(r"[\s,;&/]*(?:(?:and|y|e|et|und|&)\s)?(?:pp?\.\s?[\d–-]+[,;\s]*)?")
# Punctuation of Chinese, Japanese and Arabic, one character for another.
NARROW = str.maketrans("（）［］，；：、،؛", "()[],;:,,;")
WORD = re.compile(r"(?<![\w’'-])[^\W\d_][\w’'.‐-]*\s+$")
CLOSED = re.compile(r",\s*$|\bal\.?\s*$")
TAIL = 40
REACH = 160
MOST_NAMES = 8
# Of the name of a body: `Ministry of Health and Care Services`.
MOST_WORDS, LONGEST_JOINT = 6, 3


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names works; `works` are, for each, the references it may mean."""

    start: int
    end: int
    works: tuple[tuple[Reference, ...], ...]


@dataclass(frozen=True, slots=True)
class _Names:
    start: int
    names: tuple[str, ...]
    et_al: bool


def find_mentions(text: str, index: Index) -> Iterator[Mention]:
    """The citations of `text` in order, without overlap."""
    text = text.translate(NARROW)
    before: _Names | None = None
    end = 0
    for match in YEAR.finditer(text):
        if match.start() < end:
            continue
        year = match["year"] + (match["suffix"] or "")
        names, start = _names_of(text, match.start(), end, before, index)
        works = index.find(names.names, names.et_al, year) if names else []
        if not works and (chunk := _chunk(text, match.start(), end)) is not None:
            works = index.find_beginning(folded(text[chunk : match.start()]), year)
            start = chunk if works else start
            names = _Names(chunk, (folded(text[chunk : match.start()]),), False) if works and not names else names
        before = names if works or names else None
        if not works and not (names and _is_cited(text, match, names)):
            continue
        end = match.end()
        yield Mention(start, end, (tuple(works),))
        if match["suffix"] and names:
            for mention in _letters(text, end, match["year"], names, index):
                yield mention
                end = mention.end


def _letters(text: str, position: int, year: str, names: _Names, index: Index) -> Iterator[Mention]:
    """`2020a, b`."""
    while letter := LETTERS.match(text, position):
        works = index.find(names.names, names.et_al, year + letter["suffix"])
        if len(works) != 1:
            return
        yield Mention(letter.start("suffix"), letter.end(), (tuple(works),))
        position = letter.end()


def _names_of(text: str, position: int, end: int, before: _Names | None, index: Index) -> tuple[_Names | None, int]:
    """The names that a year at `position` belongs to, and where the citation begins."""
    if before is not None and BETWEEN.fullmatch(text, end, position):
        return before, position
    found = _read_names(text, position, max(end, position - REACH), index)
    return found, found.start if found else position


def _unclosed(text: str) -> str:
    """`text` without the bracket, points and spaces that stand between a name and its year."""
    end = len(text.rstrip())
    if text[:end].endswith(("(", "[")):
        end -= 1
    while end and (text[end - 1] in CLOSERS or text[end - 1].isspace()):
        end -= 1
    return text[:end]


def _read_names(text: str, position: int, floor: int, index: Index) -> _Names | None:
    """Names right before `position`, the last first; those that no reference has end the list."""
    left = text[floor:position]
    left = _unclosed(left)
    shortened = _at_end(ET_AL, left)
    if shortened:
        left = left[: shortened.start()]
    names: list[tuple[str, int]] = []
    while len(names) < MOST_NAMES:
        found = _last_name(left, index)
        if found is None:
            break
        names.insert(0, found)
        left = left[: found[1]].rstrip()
        if initials := _at_end(INITIALS, left):
            left = left[: initials.start()]
        joint = _at_end(AND, left)
        if joint is None:
            break
        left = left[: joint.start()]
    if not names:
        return None
    known = (place for place, (name, _) in enumerate(names) if name in index.names)
    names = names[next(known, 0) :]
    return _Names(floor + names[0][1], tuple(name for name, _ in names), shortened is not None)


def _at_end(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match at the end of `text`, not longer than `TAIL`."""
    return pattern.search(text, len(text) - TAIL)


def _last_name(left: str, index: Index) -> tuple[str, int] | None:
    """The folded family name at the end of `left`, as long as that of one of the references, and where it begins."""
    bare = POSSESSIVE.sub("", left.rstrip())
    initials = _at_end(INITIALS, bare)
    head = bare[: initials.start()].rstrip(" ,") if initials else ""
    if head[-1:].isalpha():
        bare = head
    if (unspaced := _unspaced_name(bare, index)) is not None:
        return unspaced
    match = NAME.search(bare)
    if match is None or not _is_capital(match.group()):
        return None
    start = match.start()
    best = (core(bare[start:]), start)
    position = start
    for _ in range(MOST_WORDS):
        previous = _at_end(WORD, bare[:position])
        if previous is None:
            break
        word = previous.group().strip()
        if not (_is_capital(word) or word.casefold() in PARTICLES or len(word) <= LONGEST_JOINT):
            break
        position -= len(previous.group())
        name = core(bare[position:])
        if name in index.names or (word.casefold() in PARTICLES and best[0] == name):
            best = (name, position)
    return best


def _unspaced_name(left: str, index: Index) -> tuple[str, int] | None:
    """The whole name, as a reference has it, with which a run of Chinese characters ends: `正如王小明`."""
    run = HAN.search(left)
    places = range(run.start(), run.end() - 1) if run else ()
    return next(((folded(left[place:]), place) for place in places if folded(left[place:]) in index.names), None)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word[0].lower() == word[0].upper()


def _chunk(text: str, position: int, floor: int) -> int | None:
    """Where the part of a parenthesis that ends at `position` begins."""
    start = max(text.rfind("(", floor, position), text.rfind(";", floor, position), text.rfind("[", floor, position))
    if start < 0 or position - start > REACH:
        return None
    if text[start] == ";" and text.rfind("(", max(0, start - 600), start) < text.rfind(")", max(0, start - 600), start):
        return None
    match = SEE.match(text, start + 1)
    return match.end() if match else start + 1


def _is_cited(text: str, match: re.Match[str], names: _Names) -> bool:
    """A name and a year that look like a citation: in parentheses together, or the year alone in them."""
    opened = text.rfind("(", max(0, match.start() - REACH), match.start())
    closed = text.rfind(")", max(0, match.start() - REACH), match.start())
    if opened <= closed:
        return False
    directly = text[opened + 1 : match.start()].strip() == ""
    comma = _at_end(CLOSED, text[opened : match.start()]) is not None
    closed_after = text[match.end() : match.end() + 1] in ("", ")", ",", ";", ":")
    return (directly and closed_after) or (comma and names.start > opened)
