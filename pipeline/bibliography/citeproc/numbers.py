"""Numbers: what counts as numeric, ordinals, Roman numerals, ranges of pages, and the `number` node."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.bibliography.citeproc.context import Context
    from pipeline.bibliography.citeproc.locale import Locale

PAGES = frozenset(("page",))
VARIABLES = frozenset(
    (
        "chapter-number collection-number edition issue number number-of-pages number-of-volumes volume "
        "part-number printing-number supplement-number section version"
    ).split()
)
PLAIN = re.compile(r"[A-Za-z]*\d+[A-Za-z]*\.?")
NUMERIC = re.compile(
    rf"^\s*(?:{PLAIN.pattern}|[ivxlcdmIVXLCDM]+(?=\s*[-–]))(?:\s*(?:,|;|&|-|–|/|and)\s*[A-Za-z]*\d+[A-Za-z]*)*\s*$"
)
PIECE = re.compile(r"(\s*(?:,|&|-|–|/)\s*)")
MULTIPLE = re.compile(
    r"\d\s*(?:[-–—,;&]|\b(?:and|et|und|y|e|en|og|och)\b)+[\s,]*(?:(?:and|et|und|&)\s+)?[A-Za-z]{0,3}\d"
    r"|^[ivxlcdm]+\s*[-–]\s*[ivxlcdm]+$",
    re.I,
)


def is_numeric(text: str) -> bool:
    """CSL 1.0.2: numbers, with affixes of letters, in lists and ranges."""
    return bool(NUMERIC.match(text))


def is_plural(variable: str, text: str) -> bool:
    if variable in ("number-of-pages", "number-of-volumes"):
        return (text.isdigit() and int(text) != 1) or bool(MULTIPLE.search(text))
    if variable in ("page", "locator") and re.search(r"\\-", text):
        return False
    return bool(MULTIPLE.search(text)) and (variable in ("page", "locator") or is_numeric(text))


def ranged(text: str, context: "Context") -> str:
    """A numeric string with lists and ranges set as such; other strings as they are."""
    if not is_numeric(text) or text.isdigit():
        return text.replace("\\-", "-")
    return "".join(_separator(part) if index % 2 else part for index, part in enumerate(PIECE.split(text.strip())))


def _separator(text: str) -> str:
    mark = text.strip()
    return {",": ", ", "&": " & ", "-": "–", "–": "–", "/": "/"}[mark]


def locator(text: str, label: str, context: "Context") -> str:
    if label == "page":
        return pages(text, context)
    if re.search(r"\d\s*-\s*\w*\d", text) and "\\-" not in text:
        return re.sub(r"\s*-\s*", "–", text)
    return text.replace("\\-", "-")


RANGE = re.compile(r"^((?:\d*[A-Za-z]+)?)(\d+)\s*[-–]+\s*((?:\d*[A-Za-z]+)?)(\d+)$")
RANGE_LIKE = re.compile(r"^(?:[ivxlcdm]+|(?=[^\W\d]*\d)\w++)[-–]+(?:[ivxlcdm]+|(?=[^\W\d]*\d)\w++)$", re.I)


def pages(text: str, context: "Context") -> str:
    """Pages with ranges in the style's `page-range-format`, joined by the locale's range delimiter."""
    text = text.strip()
    if not re.search("[-–,&]", text):
        return text
    if "\\-" in text:
        return text.replace("\\-", "-")
    delimiter = context.locale.term("page-range-delimiter") or "–"
    return "".join(
        _listed(part) if index % 2 else _pages(part, context.style.page_range_format, delimiter)
        for index, part in enumerate(re.split(r"(\s*[,;&]\s*)", text))
    )


def _listed(separator: str) -> str:
    mark = separator.strip()
    return f" {mark} " if mark == "&" else f"{mark} "


def _pages(text: str, form: str, delimiter: str) -> str:
    text = re.sub(r"\s*(-+|–)\s*", lambda match: "–" if len(match[1]) > 1 else match[1], text)
    match = RANGE.match(text)
    if not match:
        single = RANGE_LIKE.match(text) is not None
        return re.sub("[-–]+", delimiter, text) if single and (not form or not text[0].isdigit()) else text
    before, first, before_last, last = match.groups()
    if not form:
        return f"{before}{first}{delimiter}{before_last}{last}"
    if before_last != before:
        return text
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{before}{first}{delimiter}{_shortened(before, first, last, form)}"


def _shortened(before: str, first: str, last: str, form: str) -> str:
    """The last page as a format prints it (CSL 1.0.2, Appendix V)."""
    if form == "expanded" or len(first) != len(last):
        return before + last
    same = next((index for index, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    if form == "minimal":
        return last[min(same, len(last) - 1) :]
    if form == "minimal-two":
        return last[min(same, max(len(last) - 2, 0)) :]
    if form in ("chicago", "chicago-15"):
        return _chicago(before, first, last, same, form)
    if form == "chicago-16":
        return _chicago(before, first, last, same, form)
    return before + last


def _chicago(before: str, first: str, last: str, same: int, form: str) -> str:
    number = int(first)
    if number < 100 or number % 100 == 0:
        return before + last
    if number % 100 < 10:
        return last[same:]
    if form != "chicago-16" and len(first) == 4 and len(last) - same >= 3:
        return before + last
    return last[min(same, len(last) - 2) :]


def roman(number: int) -> str:
    from citeproc.model import romanize

    return str(romanize(number)).lower()


def ordinal(number: int, locale: "Locale", gender: str = "") -> str:
    """A number with its ordinal ending, which the locale gives by the last two digits, last digit or whole number."""
    for name, fits in (
        (f"ordinal-{number % 100:02}", "last-two-digits"),
        (f"ordinal-{number % 10:02}", "last-digit"),
    ):
        term = locale.find(name, gender=gender)
        if term is None:
            continue
        match = term.match or ("last-digit" if int(name[-2:]) < 10 else "last-two-digits")
        if match == "whole-number" and number != int(name[-2:]):
            continue
        if match == "last-two-digits" and fits == "last-digit" and number % 100 != int(name[-2:]):
            continue
        return f"{number}{term.single}"
    return f"{number}{locale.term('ordinal', gender=gender)}"


def long_ordinal(number: int, locale: "Locale", gender: str = "") -> str:
    term = locale.term(f"long-ordinal-{number:02}", gender=gender) if 1 <= number <= 10 else ""
    return term or ordinal(number, locale, gender)


def shaped(text: str, form: str, locale: "Locale", gender: str = "") -> str:
    """Every number of a numeric string in a `form` of the `number` element."""

    def one(part: str) -> str:
        if not part.isdigit() or int(part) > 10_000:
            return part
        number = int(part)
        if form == "ordinal":
            return ordinal(number, locale, gender)
        if form == "long-ordinal":
            return long_ordinal(number, locale, gender)
        return roman(number) if form == "roman" and 0 < number < 5000 else part

    return "".join(_separator(part) if index % 2 else one(part) for index, part in enumerate(PIECE.split(text.strip())))
