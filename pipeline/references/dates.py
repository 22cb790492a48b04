"""Dates as they are written: their parts by offsets, and as a CSL date."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.article import Span

_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?:\s?[a-z]\b)?(?!\d)")
_DAY = re.compile(r"(?<!\d)([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|º|ª|일|日)?(?!\d)")
_WORD = re.compile(r"\d{1,2}\s?[월月]|[^\W\d_]+")
_CIRCA = re.compile(r"(?:\b(?:ca?|circa|um|vers)\.?|~)\s*$")
_NUMERIC = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?|(?P<d2>\d{1,2})[-./](?P<m2>\d{1,2})[-./](?P<y2>\d{4}))(?!\d)"
)


@cache
def tables() -> dict[str, dict[str, Any]]:
    """`data/dates.toml`: `months` and `seasons` as word to number, `words` as lists."""
    data = tomllib.loads((files(__package__) / "data" / "dates.toml").read_text("utf-8"))
    numbered = {
        kind: {word: int(number) for number, words in data[kind].items() for word in words.split()}
        for kind in ("months", "seasons")
    }
    return numbered | {"words": data["words"]}


def date_parts(text: str, start: int, end: int) -> tuple[Span, ...]:
    """`year` (with its letter, as in 2020a), `month`, `day`, `season` spans of `text[start:end]`, in order."""
    if _YEAR.fullmatch(text, start, end):
        return (Span("year", start, end),)
    numeric = _NUMERIC.search(text, start, end)
    if numeric:
        return _numeric_parts(numeric)
    years = list(_YEAR.finditer(text, start, end))
    parts = [Span("year", year.start(), year.end()) for year in years[:2]]
    months, seasons = tables()["months"], tables()["seasons"]
    for word in _WORD.finditer(text, start, end):
        lower = word.group().lower().replace(" ", "")
        if lower in months:
            parts.append(Span("month", word.start(), word.end()))
        elif lower in seasons:
            parts.append(Span("season", word.start(), word.end()))
    if any(part.label == "month" for part in parts):
        taken = [(part.start, part.end) for part in parts]
        parts += [
            Span("day", day.start(1), day.end(1)) for day in _DAY.finditer(text, start, end)
            if all(day.end() <= a or day.start() >= b for a, b in taken)
        ][:2]  # fmt: skip
    return tuple(sorted(parts, key=lambda part: part.start))


def _numeric_parts(match: re.Match[str]) -> tuple[Span, ...]:
    """Of 2020-04-22 and 22.04.2020; where day and month cannot be told apart (04/05/2020) the day is first."""
    names = {"y": "year", "y2": "year", "m": "month", "m2": "month", "d": "day", "d2": "day"}
    found = {name: match.span(group) for group, name in names.items() if match.group(group)}
    if int(match.group("m") or match.group("m2")) > 12:
        found["month"], found["day"] = found.get("day", found["month"]), found["month"]
    parts = [Span(name, *place) for name, place in found.items()]
    return tuple(sorted(parts, key=lambda part: part.start))


def csl_date(text: str, parts: Iterable[Span]) -> dict[str, Any] | None:
    """The CSL date of `parts` (offsets in `text`): `date-parts`, `season`, `circa`; None where there is no year.

    Two years or two months make a range. CSL 1.0.2, "Date fields".
    """
    listed = list(parts)
    years = [
        int(text[p.start : p.start + 4]) for p in listed if p.label == "year" and text[p.start : p.start + 4].isdigit()
    ]
    if not years:
        return None
    if len(listed) == 1:
        return _with_circa({"date-parts": [years]}, text, listed[0].start)
    months = [number for p in listed if p.label == "month" and (number := _month(text[p.start : p.end]))]
    days = [int(digits.group()) for p in listed if p.label == "day" and (digits := re.match(r"\d+", text[p.start :]))]
    ends = max(len(years), len(months), len(days)) if len(years) > 1 or months else 1
    dates = []
    for i in range(min(ends, 2)):
        date = [years[min(i, len(years) - 1)]]
        if months:
            date.append(months[min(i, len(months) - 1)])
            if days:
                date.append(days[min(i, len(days) - 1)])
        if date not in dates:
            dates.append(date)
    value: dict[str, Any] = {"date-parts": sorted(dates)}
    seasons = [p for p in listed if p.label == "season"]
    if seasons and not months:
        value["season"] = tables()["seasons"].get(text[seasons[0].start : seasons[0].end].lower(), 1)
    return _with_circa(value, text, min(part.start for part in listed))


def _with_circa(date: dict[str, Any], text: str, start: int) -> dict[str, Any]:
    return date | {"circa": True} if _CIRCA.search(text[max(0, start - 10) : start]) else date


def _month(written: str) -> int | None:
    lower = written.lower().strip(". ").replace(" ", "")
    number = tables()["months"].get(lower)
    if number is None and lower.isdigit():
        number = int(lower)
    return number if number and number <= 12 else None


def literal_date(written: str) -> dict[str, Any] | None:
    """`n.d.` gives None (no date); "in press" and anything else that is no date is kept as it stands."""
    lower = written.lower().strip(" ()[].,")
    undated = {form.strip(".") for form in tables()["words"]["undated"]}
    return None if not lower or lower in undated else {"literal": written.strip(" ()[],")}
