"""An affiliation's string parted into department, institution, city and country, its characters kept."""

import re
import tomllib
from functools import cache
from pathlib import Path

from pipeline.article import Affiliation, Span

PART = re.compile(r"[^,;]+")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@cache
def institution_words() -> dict[str, str]:
    """Case-folded word to the label (`institution`, `department`) of a part in which it stands."""
    data = tomllib.loads((Path(__file__).parent / "data" / "institutions.toml").read_text("utf-8"))
    return {word: label for label in ("department", "institution") for word in data[label]}


def read_affiliation(identifier: str, text: str, lang: str | None = None) -> Affiliation:
    """The comma-separated parts of `text` as labelled spans; a part that says nothing stays unlabelled.

    The last part is the country where it is the name of one (in English or the article's language).
    """
    parts = [_span(match, _label(match.group())) for match in PART.finditer(text)]
    country_code = ""
    if len(parts) > 1:
        last = parts[-1]
        country_code = country(text[last.start : last.end], lang)
        if country_code:
            parts[-1] = Span("country", last.start, last.end)
            if len(parts) > 2 and not parts[-2].label:
                parts[-2] = Span("city", parts[-2].start, parts[-2].end)
    if len(parts) == 1 and not parts[0].label:
        parts = [Span("institution", parts[0].start, parts[0].end)]
    return Affiliation(identifier, text, tuple(part for part in parts if part.label), country_code=country_code)


def _span(match: re.Match[str], label: str) -> Span:
    value = match.group()
    start = match.start() + len(value) - len(value.lstrip())
    return Span(label, start, start + len(value.strip()))


def _label(part: str) -> str:
    """`institution` wins: `Institute of the Faculty` is one, a bare `School of Law` is a department."""
    found = {institution_words().get(word.strip(".()")) for word in part.casefold().split()}
    if "institution" in found:
        return "institution"
    return "department" if "department" in found else ""


def country(name: str, lang: str | None = None) -> str:
    """The ISO 3166-1 code of a country's name, empty where it is none."""
    return _countries(lang or "en").get(name.strip().rstrip(".").casefold(), "")


@cache
def _countries(lang: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    names: dict[str, str] = {}
    for tag in dict.fromkeys((lang, "en")):
        try:
            territories = Locale.parse(tag, sep="-").territories
        except (UnknownLocaleError, ValueError):
            continue
        names |= {name.casefold(): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    return names | {"usa": "US", "u.s.a.": "US", "uk": "GB", "republic of korea": "KR", "korea": "KR", "viet nam": "VN"}
