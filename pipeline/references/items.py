"""Labelled spans to a CSL-JSON item (CSL 1.0.2, Appendix III and IV)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.article import Span
from pipeline.references.codes import find_code, type_of
from pipeline.references.dates import csl_date, literal_date
from pipeline.references.identifiers import doi_in
from pipeline.references.kinds import work_type
from pipeline.references.labels import PEOPLE
from pipeline.references.names import words
from pipeline.references.numbers import page_count, page_range
from pipeline.references.refine import phrases, refine

_VARIABLES = {
    "volume": "volume", "issue": "issue", "publisher": "publisher", "location": "publisher-place",
    "series": "collection-title", "doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN", "issn": "ISSN",
    "version": "version", "type": "genre",
}  # fmt: skip
_DATES = {"date": "issued", "accessed": "accessed"}
_TAKEN_APART = frozenset({*PEOPLE, "date", "accessed"})  # read by their parts, not as text
_MARKUP = re.compile(r"</?(?:italic|i|b|em|bold|sup|sub)>")
_ABBREVIATED = re.compile(r"(?:\b\w|\.\w+|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|al|ed|Eds?|etc|Univ|Press|Verl|\w{1,5}))\.$")
_ORDINAL = re.compile(r"(\d+)\s?(?:st|nd|rd|th|e|ª|º|a|\.)?\b")


def build_item(text: str, spans: Iterable[Span], type: str | None = None) -> dict[str, Any]:  # noqa: A002 - CSL's name
    """The CSL-JSON item (without `id`) of a reference string and its spans, with or without parts.

    `type` is the CSL type where it is known; without it the fields decide.
    """
    return item_of(text, refine(text, spans), type)


def item_of(text: str, fine: Sequence[Span], type: str | None = None) -> dict[str, Any]:  # noqa: A002 - CSL's name
    """`build_item` of spans that are refined already."""
    fields: dict[str, list[str]] = {}
    code = find_code(text)
    for span in fine:
        if code and span.start == code.start("code"):
            continue
        value = text[span.start : span.end]
        fields.setdefault(span.label, []).append(value if span.label in _TAKEN_APART else _clean(value))
    item: dict[str, Any] = {"type": type or type_of(code) or work_type(_joined(fields), text, _marks(text, fine))}
    item |= _titles(fields, item["type"])
    for label, variable in _VARIABLES.items():
        if label in fields and variable not in item:
            item[variable] = "; ".join(dict.fromkeys(fields[label])) if label == "location" else fields[label][0]
    for label in PEOPLE:
        names = [name for span in fine if span.label == label for name in csl_names(text, span.parts)]
        if names:
            item[label] = names
    item |= _dates(text, fine) | _locators(text, fields)
    notes = [note for note in fields.get("note", []) if not phrases()["announcements"].fullmatch(note)]
    if notes:
        item["note"] = "; ".join(notes)
    return {variable: value for variable, value in item.items() if value}


def _joined(fields: dict[str, list[str]]) -> dict[str, str]:
    return {label: " ".join(values) for label, values in fields.items()}


def _marks(text: str, spans: Iterable[Span]) -> frozenset[str]:
    marks = set()
    contained = phrases()["contained"]
    for span in spans:
        if span.label in ("container-title", "editor"):
            if contained.search(text[max(0, span.start - 8) : span.start]):
                marks.add("IN")
        elif span.label == "date" and any(part.label == "day" for part in span.parts):
            marks.add("DAY")
    return frozenset(marks)


def _clean(value: str) -> str:
    """A field without markup left in the text, surplus space and boundary punctuation."""
    value = _MARKUP.sub("", value) if "<" in value else value
    value = " ".join(value.split()).strip(' \t,;:|*_"“”«»„')
    if value.endswith(".") and not _ABBREVIATED.search(value):
        value = value[:-1]
    for left, right in ("()", "[]"):
        if left not in value and right not in value:
            continue
        if value.startswith(right) or value.endswith(left) or value.count(left) != value.count(right):
            value = value.strip(left + right)
    return value


def _titles(fields: dict[str, list[str]], kind: str) -> dict[str, str]:
    titles = [title for title in fields.get("title", []) if title]
    containers = [title for title in fields.get("container-title", []) if title]
    found: dict[str, str] = {}
    if titles:
        found["title"] = max(titles, key=len) if containers or len(titles) == 1 else ". ".join(titles)
    elif containers and kind not in ("article-journal",):
        found["title"] = containers.pop(0)
    if containers:
        found["container-title"] = containers[0]
    if len(containers) > 1 and "series" not in fields:
        found["collection-title"] = containers[1]
    return found


def _dates(text: str, spans: Iterable[Span]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for span in spans:
        variable = _DATES.get(span.label)
        if variable is None or "date-parts" in found.get(variable, {}):
            continue
        value = csl_date(text, span.parts) or literal_date(text[span.start : span.end])
        if value:
            found[variable] = value
    return found


def _locators(text: str, fields: dict[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pages in fields.get("pages", []):
        count = page_count(pages)
        found.setdefault("number-of-pages" if count else "page", count or page_range(pages))
    for edition in fields.get("edition", [])[:1]:
        number = _ORDINAL.search(edition)
        found["edition"] = number.group(1) if number else edition
    for url in fields.get("url", [])[:1]:
        address = "".join(url.split())
        doi = doi_in(address)
        if doi and "doi.org" in address:
            found["DOI"] = doi
        else:
            found["URL"] = address if "://" in address else f"http://{address}"
    for preprint in fields.get("arxiv", [])[:1]:
        found["number"] = f"arXiv:{preprint}"
    if "doi" in fields:
        found.pop("DOI", None)
    return found


def csl_names(text: str, parts: Iterable[Span]) -> list[dict[str, str]]:
    """CSL names of `person` and `collab` spans; particles apart from the family name."""
    names: list[dict[str, str]] = []
    for part in parts:
        if part.label == "collab":
            names.append({"literal": " ".join(text[part.start : part.end].split())})
        elif part.label == "person":
            name = {p.label: " ".join(text[p.start : p.end].split()).strip("()") for p in part.parts}
            name.pop("prefix", None)
            names.append(_with_particle(name) if "family" in name else {"literal": text[part.start : part.end]})
    return names


def _with_particle(name: dict[str, str]) -> dict[str, str]:
    tokens = name["family"].split()
    count = 0
    while count < len(tokens) - 1 and tokens[count] in words().particles:
        count += 1
    if count:
        name = name | {"family": " ".join(tokens[count:]), "non-dropping-particle": " ".join(tokens[:count])}
    given = name.get("given", "").split()
    if len(given) > 1 and given[-1] in words().particles and not count:
        name = name | {"given": " ".join(given[:-1]), "dropping-particle": given[-1]}
    return name
