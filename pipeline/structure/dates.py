"""Dates in running text, in the forms and languages of journals."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.structure.vocabulary import SIGNS, names_of

YEAR = r"(?:1[6-9]|20)\d\d"
ISO = re.compile(rf"(?<!\d)(?P<year>{YEAR})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)")
CJK = re.compile(
    rf"(?<!\d)(?P<year>{YEAR})\s?[年년][\s.]?(?P<month>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日일])?"
)
KOREAN = re.compile(rf"(?<!\d)(?P<year>{YEAR})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<day>\d{{1,2}})\.?(?!\d)")
NUMERIC = re.compile(rf"(?<!\d)(?P<one>\d{{1,2}})[-/.]\s?(?P<two>\d{{1,2}})[-/.]\s?(?P<year>{YEAR})(?!\d)")
MONTH = rf"(?<![^\W\d_])(?P<month>(?:tháng|thg)\s\d{{1,2}}|(?:[^\W\d_]|[{SIGNS}]){{3,12}})(?![^\W\d_])\.?"
OF = r"(?:\s|\s?(?:del|de|do|di|of|năm|,)\s?)"
OFS = r"(?:\s|del|de|do|di|năm|,)++"
WORDED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?{OF}{MONTH}{OFS}(?P<year>{YEAR})(?!\d)",
        rf"{MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>{YEAR})(?!\d)",
        rf"(?<!\d)(?P<year>{YEAR})(?:\.\s|\(?e?\)?ko\s|[,\s-]{{1,2}}){MONTH}(?:[\s-](?P<day>\d{{1,2}}))?(?!\d)",
        rf"{MONTH}(?:{OFS}|[-/])(?P<year>{YEAR})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})[-/]{MONTH}[-/](?P<year>{YEAR})(?!\d)",
    )
)
ZONE = re.compile(r"[\s.,]*(?:[A-Z]{3,4}|\d{1,2}:\d\d.{0,12})?[\s.]*")
LONGEST_DATE = 50
BARE_YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR})(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """`text[start:end]` is a date; month and day where it says them, and surely."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None


def find_dates(text: str, lang: str = "") -> Iterator[FoundDate]:
    """The dates of `text` in order, without overlap; a year alone is one.

    `03/04/2021` is read day first, but month first where `lang` is `en` and only that is possible.
    """
    plain = text
    if not text.isascii():
        plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    found = sorted(_candidates(plain), key=lambda date: (date.start, -(date.end - date.start)))
    end = 0
    for date in found:
        if date.start >= end:
            yield date
            end = date.end


def only_date(text: str) -> FoundDate | None:
    """The day that a line is and nothing else, but for the time of a zone (`November 20, 2022 EDT`)."""
    if len(text) > LONGEST_DATE:
        return None
    date = next(find_dates(text), None)
    alone = date is not None and ZONE.fullmatch(text[: date.start] + text[date.end :]) is not None
    return date if date is not None and date.month and alone else None


def _candidates(text: str) -> Iterator[FoundDate]:
    for pattern in (ISO, CJK, KOREAN, *WORDED):
        for match in pattern.finditer(text):
            yield from _checked(match, match["month"], match.groupdict().get("day"))
    for match in NUMERIC.finditer(text):
        one, two = match["one"], match["two"]
        yield from _checked(match, one, two) if int(two) > 12 else _checked(match, two, one)
    for match in BARE_YEAR.finditer(text):
        yield FoundDate(match.start(), match.end(), int(match["year"]))


def _checked(match: re.Match[str], month: str, day: str | None) -> Iterator[FoundDate]:
    number = int(month if month.isdecimal() else names_of("months").get(month.casefold(), "0"))
    if 1 <= number <= 12 and (day is None or 1 <= int(day) <= 31):
        yield FoundDate(match.start(), match.end(), int(match["year"]), number, int(day) if day else None)
