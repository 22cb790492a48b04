"""An affiliation's string parted into department, institution, city and country, its characters kept."""

import re
from functools import cache, lru_cache

from pipeline.article import Affiliation, Span
from pipeline.structure.vocabulary import cased, load, names_of

PART = re.compile(r"[^,;]+")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
LABEL = re.compile(
    r"(?:\(\s?(?P<round>\d{1,2}|[a-z])\s?\)|\[(?P<square>\d{1,2})\]|(?P<number>\d{1,2})[.)）]?|(?P<letter>[a-z])[.)]?(?=\s)|(?P<symbol>[*†‡§¶#∗]{1,3}))\s*(?=[^\W\d_]|[“\"'(])"
)
NEXT = re.compile(
    r"(?<=[\s;.,；，])(?:([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|\(\s?(\d{1,2}|[a-z])\s?\)|\[(\d{1,2})\]|(\d{1,2}|[a-z])[.)）]?)\s*(?=[^\W\d_a-z])"
)
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff]")
BRACKETS, CLOSING = ("(", "（"), (")", "）")
HIGH_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍ", "0123456789abcdefg")
HIGH = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍ]+|[ᴵⱽˣ]+)")


@cache
def institution_words() -> dict[str, str]:
    """Case-folded word to the label (`institution`, `department`) of a part in which it stands."""
    data = load("institutions")
    return {word: label for label in ("department", "institution") for word in data[label]}


@lru_cache(maxsize=4096)
def is_institution(word: str) -> bool:
    """Whether a case-folded word names an institution: as it is, after a hyphen, or as the end of a compound."""
    return word in institution_words() or word.rpartition("-")[2] in institution_words() or word.endswith(_endings())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(load("institutions")["endings"])


def looks_like_affiliation(text: str, lang: str | None = None) -> bool:
    """Words of an institution with a comma or a label before them, or a country at the end."""
    if not 4 <= len(text) <= 900:
        return False
    words = {cased(word.strip(".,;:()“”\"'-–")) for word in text.split()}
    named = any(map(is_institution, words)) or any(name in text.casefold() for name in unspaced_words())
    if named:
        return True
    return "," in text and has_country(text, lang) and len(text.split()) <= 40


def has_country(text: str, lang: str | None = None) -> bool:
    """Whether the last part of an affiliation is the name of a country."""
    return bool(country(re.split(r"[,.–-]\s", text.rstrip(".; "))[-1], lang))


def is_place(text: str, lang: str | None = None) -> bool:
    """A city and a country, and no institution."""
    words = {word.strip(".,;:()").casefold() for word in text.split()}
    return "," in text and len(words) <= 6 and has_country(text, lang) and not any(map(is_institution, words))


@cache
def unspaced_words() -> tuple[str, ...]:
    """Words of institutions in scripts without spaces."""
    return tuple(word for word in institution_words() if len(word) >= 2 and UNSPACED.match(word))


def split_label(text: str) -> tuple[str, str]:
    """The mark before an affiliation, and the affiliation."""
    high = HIGH.match(text)
    if high:
        return high.group(), text[high.end() :].strip()
    match = LABEL.match(text)
    if match is None or (match["letter"] == "a" and text[1:3] == " " + text[2:3].lower() and not text[2:3].isupper()):
        return "", text
    return next(value for value in match.groups() if value), text[match.end() :].strip()


def split_affiliations(text: str, marks: set[str]) -> list[tuple[str, str]]:
    """The labelled affiliations of one line, each with its mark; a line with none is one without a mark.

    `marks` are those that stand beside the authors.
    """
    if text.startswith(BRACKETS) and text.endswith(CLOSING):
        text = text[1:-1].strip()
    label, rest = split_label(text)
    if not label:
        return [("", text)]
    label = label.translate(HIGH_DIGITS)
    found = []
    expected = _after(label)
    position = 0
    for match in NEXT.finditer(rest):
        mark = next(value for value in match.groups() if value).translate(HIGH_DIGITS)
        if mark == expected and mark in marks:
            found.append((label, rest[position : match.start()].strip(" ;,；，").rstrip(".")))
            label, expected, position = mark, _after(mark), match.end()
    last = rest[position:].strip(" ;")
    return [*found, (label, last.rstrip(".") if found else last)]


def _after(mark: str) -> str:
    return str(int(mark) + 1) if mark.isdecimal() else chr(ord(mark[0]) + 1)


def read_affiliation(identifier: str, text: str, lang: str | None = None) -> Affiliation:
    """The comma-separated parts of `text` as labelled spans; a part that says nothing stays unlabelled.

    The last part is the country where it is the name of one (in English or the article's language).
    """
    text = text.strip()
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
    found = {institution_words().get(word.strip(".()")) for word in cased(part).split()}
    if "institution" in found:
        return "institution"
    return "department" if "department" in found else ""


def country(name: str, lang: str | None = None) -> str:
    """The ISO 3166-1 code of a country's name, empty where it is none."""
    known = _countries(lang or "en")
    plain = name.strip().rstrip(". ").casefold()
    return known.get(plain, "") or known.get(plain.removeprefix("the "), "")


@cache
def _countries(lang: str) -> dict[str, str]:
    """Names in English, by which most journals go, and in `lang`."""
    if lang == "en":
        return names_of("countries")
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(lang, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return names_of("countries")
    local = {name.casefold(): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    return local | names_of("countries")
