"""Pandoc's metadata as plain values, and the few conversions that readers of it share."""

import re
from collections.abc import Iterable
from typing import Any

from pipeline.intake.markup.nodes import text_of

DOI = re.compile(r"10\.\d{4,9}/\S+")
ORCID = re.compile(r"(?<![\dX])(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])(?![\dX])")
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?(?:[T ][\d:.Z+-]{1,20})?",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?P<month>[A-Z][a-z]{2,8})\.?,? (?P<year>\d{4})",
        r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
        r"(?P<month>[A-Z][a-z]{2,8})(?P<day>) (?P<year>\d{4})",
    )
)
TRUE = {"true", "yes", "1", "y", "on"}


def plain(value: Any) -> Any:
    """Dicts, lists, strings and booleans of a metadata value."""
    match value:
        case {"t": "MetaMap", "c": dict(content)}:
            return {key: plain(inner) for key, inner in content.items()}
        case {"t": "MetaList", "c": list(content)}:
            return [plain(inner) for inner in content]
        case {"t": "MetaBool", "c": content}:
            return bool(content)
        case {"t": "MetaString", "c": content}:
            return str(content)
        case {"t": "MetaInlines", "c": content}:
            return " ".join(text_of(content).split())
        case {"t": "MetaBlocks", "c": list(content)}:
            return " ".join(" ".join(map(text_of, content)).split())
    return ""


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]


def as_text(value: Any) -> str:
    match value:
        case bool():
            return ""
        case list():
            return ", ".join(text for each in value if (text := as_text(each)))
        case dict():
            return ""
    return " ".join(str(value).split()) if value is not None else ""


def as_bool(value: Any) -> bool:
    return value is True or str(value).strip().casefold() in TRUE


def first(mapping: dict[str, Any], *keys: str) -> Any:
    """The value of the first key that has one; `-` and `_` and case do not count."""
    found = {folded(key): value for key, value in mapping.items()}
    return next((found[folded(key)] for key in keys if found.get(folded(key)) not in (None, "", [], {})), None)


def folded(key: str) -> str:
    return re.sub(r"[-_\s]+", "", key).casefold()


def orcid_in(value: Any) -> str:
    match = ORCID.search(as_text(value).replace("–", "-"))
    return match[1].upper() if match else ""


def strings(value: Any) -> Iterable[str]:
    """Every string within a value."""
    match value:
        case dict():
            for inner in value.values():
                yield from strings(inner)
        case list():
            for inner in value:
                yield from strings(inner)
        case str() if value:
            yield value


def date_in(text: str) -> tuple[int, ...] | None:
    """Year, month and day of a date as `2021-05-31`, `31 May 2021` or `May 31, 2021`; None for other text."""
    for pattern in DATES:
        match = pattern.fullmatch(text.strip())
        if match is None:
            continue
        month = match["month"]
        number = int(month) if month.isdigit() else MONTHS.get(month[:3].casefold(), 0)
        if 1 <= number <= 12:
            return tuple(int(part) for part in (match["year"], str(number), match["day"]) if part)
    return None
