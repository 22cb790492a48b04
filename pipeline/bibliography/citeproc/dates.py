"""Dates of CSL-JSON: parts, ranges, raw strings, EDTF."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}


@dataclass(frozen=True, slots=True)
class Day:
    """A year (negative: before Christ), perhaps with a month (1–12), a day, or a season (1–4); 0 where unknown."""

    year: int
    month: int = 0
    day: int = 0
    season: int = 0

    @property
    def sort_key(self) -> str:
        month = self.month or (self.season * 3 - 2 if self.season else 0)
        return f"{self.year + 100000:06}{month:02}{self.day:02}"


@dataclass(frozen=True, slots=True)
class Date:
    """A day, a range (`end`; `open_end` where it goes on), or words."""

    begin: Day | None = None
    end: Day | None = None
    open_end: bool = False
    circa: bool = False
    literal: str = ""
    season: str = ""


def read_date(value: Any) -> Date | None:
    """A CSL-JSON date: `date-parts`, `raw`, `literal`, or a string in EDTF or English; None where it says nothing."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return None
    circa = value.get("circa") not in (None, False, 0, "0", "", "false")
    season = value.get("season")
    parts = value.get("date-parts")
    if isinstance(parts, list):
        days = [_day(part, season) for part in parts if isinstance(part, list)]
        begin = days[0] if days else None
        if begin is not None:
            end = days[1] if len(days) > 1 else None
            words = str(season) if season and not _season(season) else ""
            return Date(begin, end, len(days) > 1 and end is None, circa, season=words)
    if value.get("literal"):
        return Date(literal=str(value["literal"]), circa=circa)
    if value.get("raw"):
        read = read_raw(str(value["raw"]))
        return Date(read.begin, read.end, read.open_end, read.circa or circa, read.literal, read.season)
    if value.get("edtf"):
        return read_raw(str(value["edtf"]))
    return Date(season=str(season), circa=circa) if season else None


def _day(parts: list[Any], season: Any = None) -> Day | None:
    numbers = []
    for part in parts[:3]:
        try:
            numbers.append(int(str(part).strip()))
        except ValueError:
            break
    if not numbers or (numbers[0] == 0 and len(numbers) == 1):
        return None
    year, month, day = (*numbers, 0, 0)[:3]
    if month > 12:
        return Day(year, season=(month - 13) % 4 + 1 if month <= 20 else (month - 21) % 4 + 1)
    return Day(year, max(month, 0), max(day, 0), 0 if month else _season(season))


def _season(season: Any) -> int:
    text = str(season or "").strip().lower()
    if text.isdigit():
        return (int(text) - 1) % 4 + 1 if 1 <= int(text) <= 24 else 0
    return 0


YEAR = r"(?P<y>-?\d{1,4}|[Yy]-?\d+)"
ISO = re.compile(rf"^{YEAR}(?:[-/](?P<m>\d{{1,2}})(?:[-/](?P<d>\d{{1,2}})(?:T.*)?)?)?$")
AMERICAN = re.compile(r"^(?P<m>\d{1,2})[-/](?P<d>\d{1,2})[-/](?P<y>\d{4})$")
MONTH_YEAR = re.compile(r"^(?P<m>\d{1,2})[-/](?P<y>\d{3,4})$")
WORD = r"(?P<word>[A-Za-z]+)\.?"
ENGLISH = (
    re.compile(rf"^{WORD}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y>-?\d{{1,4}})$"),
    re.compile(rf"^(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{WORD},?\s+(?P<y>-?\d{{1,4}})$"),
    re.compile(rf"^{WORD},?\s+(?P<y>-?\d{{1,4}})$"),
    re.compile(rf"^(?P<y>-?\d{{1,4}})\s+{WORD}(?:\s+(?P<d>\d{{1,2}}))?$"),
    re.compile(rf"^(?P<d>\d{{1,2}})-{WORD}-(?P<y>\d{{4}})$"),
)
ERA = re.compile(r"^(?P<y>\d+)\s*(?P<era>B\.?C\.?(?:E\.?)?|A\.?D\.?|C\.?E\.?)$", re.I)


def read_raw(text: str) -> Date:
    """A date in words or digits; what cannot be read is kept as words."""
    stripped = text.strip()
    plain = re.sub(r"^(?:circa|ca?\.?|about)\s+|[?~%]+", "", stripped, flags=re.I).strip()
    circa = plain != stripped
    for begin, end in _ranges(plain):
        first = _one(begin)
        last = _one(end) if end else None
        if first and (last or end in ("", "..")):
            return Date(first, last, not last, circa)
    day = _one(plain)
    return Date(day, circa=circa) if day else Date(literal=text, circa=circa)


def _ranges(text: str) -> list[tuple[str, str]]:
    """The ways to cut a range in two."""
    ways = []
    if ISO.match(text) and not re.match(r"^\d{3,4}[-/]\d{3,4}$", text):
        return []
    for separator in ("/", " – ", " - ", "--", "–", "-", " to "):
        if text.count(separator) == 1:
            begin, end = text.split(separator)
            ways.append((begin.strip(), end.strip()))
    middle = re.match(r"^(\d{4}-\d\d(?:-\d\d)?)-(\d{4}-\d\d(?:-\d\d)?)$", text)
    return [*ways, (middle[1], middle[2])] if middle else ways


def _one(text: str) -> Day | None:
    text = text.strip()
    era = ERA.match(text)
    if era:
        year = int(era["y"])
        return Day(-year if era["era"][0] in "Bb" else year)
    for pattern in (ISO, AMERICAN, MONTH_YEAR):
        match = pattern.match(text)
        if match:
            found = match.groupdict()
            parts = [found["y"].lstrip("Yy"), found["m"] or 0, found.get("d") or 0]
            month, day = int(parts[1]), int(parts[2])
            if pattern is AMERICAN and month > 12 >= day:
                month, day = day, month
            return _day([parts[0], month, day]) if month <= 32 and day <= 31 else None
    for pattern in ENGLISH:
        match = pattern.match(text)
        if match:
            word = match["word"].lower()
            day = int(match.groupdict().get("d") or 0)
            if word in MONTHS:
                return Day(int(match["y"]), MONTHS[word], day)
            if word in SEASONS and not day:
                return Day(int(match["y"]), season=SEASONS[word])
    return None
