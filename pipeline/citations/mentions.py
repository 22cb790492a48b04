"""Citations in running text: where they stand, and what each names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
NAME = r"(?:(?:van|von|de|da|do|dos|del|della|di|du|la|le|der|den|el|al|bin)\s+){0,3}[A-ZÀ-ÖØ-ÞĀ-ŽА-Я][\w'’-]+"
JOINED = rf"{NAME}(?:(?:,\s*|,?\s+(?:and|&|y|e|et|und|dan)\s+){NAME}){{0,5}}(?:,?\s+(?:et\s+al\.?|and\s+others))?"
NARRATIVE = re.compile(rf"(?P<names>{JOINED})(?:['’]s)?\s+\((?P<year>{YEAR})(?:,\s*pp?\.\s*[\d–-]+)?\)")
PARENTHESIS = re.compile(r"\(([^()]{4,300})\)")
CITE = re.compile(rf"(?P<names>{JOINED}),?\s+(?P<year>{YEAR})")
MORE_YEARS = re.compile(rf",\s*(?P<year>{YEAR})")
BRACKET = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
NUMBER = re.compile(r"(?P<first>\d{1,3})(?:\s*[–-]\s*(?P<last>\d{1,3}))?")
ET_AL = re.compile(r",?\s+(?:et\s+al\.?|and\s+others)")
AND = re.compile(r",\s*|,?\s+(?:and|&|y|e|et|und|dan)\s+")


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names works: by family names and a year, or by numbers of the list."""

    start: int
    end: int
    families: tuple[str, ...] = ()
    year: str = ""
    numbers: tuple[int, ...] = ()
    et_al: bool = False


def find_mentions(text: str) -> Iterator[Mention]:
    """The citations of `text` in order, without overlap."""
    found = [*_narrative(text), *_parenthetical(text), *_numeric(text)]
    end = 0
    for mention in sorted(found, key=lambda mention: mention.start):
        if mention.start >= end:
            end = mention.end
            yield mention


def _narrative(text: str) -> Iterator[Mention]:
    for match in NARRATIVE.finditer(text):
        yield _mention(match, match.start(), match.end())


def _parenthetical(text: str) -> Iterator[Mention]:
    for outer in PARENTHESIS.finditer(text):
        for match in CITE.finditer(text, *outer.span(1)):
            yield _mention(match, *match.span())
            end = match.end()
            while more := MORE_YEARS.match(text, end, outer.end(1)):
                first = _mention(match, *more.span("year"))
                yield Mention(first.start, first.end, first.families, more.group("year"), et_al=first.et_al)
                end = more.end()


def _mention(match: re.Match[str], start: int, end: int) -> Mention:
    names, *others = ET_AL.split(match.group("names"))
    return Mention(start, end, tuple(AND.split(names)), match.group("year"), et_al=bool(others))


def _numeric(text: str) -> Iterator[Mention]:
    for outer in BRACKET.finditer(text):
        for match in NUMBER.finditer(text, *outer.span(1)):
            first, last = int(match.group("first")), int(match.group("last") or match.group("first"))
            if first <= last < first + 50:
                yield Mention(*match.span(), numbers=tuple(range(first, last + 1)))
