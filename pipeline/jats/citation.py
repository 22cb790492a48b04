"""A reference as `mixed-citation`: the author's exact string with its parts tagged inside it.

The tags carry everything the reader needs to give the same spans back, so that a citation item
made from `NAME.xml` equals the one made from the string (JATS Publishing 1.3, `mixed-citation`).
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.article import Element, Reference, Span
from pipeline.elements import append, make

GROUPS = ("date", "pages")


@cache
def tables() -> Mapping[str, Any]:
    """`data/citation.json`: how labels and CSL types are written in JATS."""
    data: Mapping[str, Any] = json.loads((Path(__file__).parent / "data" / "citation.json").read_text("utf-8"))
    return data


def write_reference(reference: Reference) -> Element:
    """`ref` with its label and its citation."""
    citation = reference.citation if reference.citation is not None else write_citation(reference)
    return make("ref", make("label", reference.label) if reference.label else None, citation, id=reference.id)


def write_citation(reference: Reference) -> Element:
    """`mixed-citation`; its string value is exactly `reference.text`."""
    kind = str(reference.item.get("type", "document"))
    publication_type = tables()["publication_types"].get(kind, "other")
    citation = make("mixed-citation", publication_type=publication_type, lang=reference.lang)
    names = _title_names(reference, kind)
    _write_spans(citation, reference.text, reference.spans, 0, len(reference.text), names, reference.item)
    return citation


def _title_names(reference: Reference, kind: str) -> dict[str, str]:
    titles = tables()["titles"]
    contained = any(span.label == "container-title" for span in reference.spans)
    default = titles["contained"] if contained or kind == "article-journal" else titles["alone"]
    return {"title": titles["by_type"].get(kind, default)}


def _write_spans(
    parent: Element, text: str, spans: Iterable[Span], start: int, end: int,
    names: Mapping[str, str], item: Mapping[str, Any],
) -> None:  # fmt: skip
    position = start
    for span in sorted(spans, key=lambda span: span.start):
        append(parent, text[position : span.start])
        element = parent if span.label in GROUPS and span.parts else _open(span, text, names, item)
        _write_spans(element, text, span.parts, span.start, span.end, names, item)
        if element is not parent:
            parent.append(element)
        position = span.end
    append(parent, text[position:end])


def _open(span: Span, text: str, names: Mapping[str, str], item: Mapping[str, Any]) -> Element:
    value = text[span.start : span.end]
    if span.label in names:
        return make(names[span.label])
    if span.label == "url":
        return make("uri", href=value)
    if span.label == "date":
        return make("year", iso_8601_date=_iso(item.get("issued")))
    if span.label == "pages":
        return make("elocation-id" if value[:1].isalpha() and value[1:].isdigit() else "fpage")
    if span.label in tables()["typed"]:
        tag, attribute, kind = tables()["typed"][span.label]
        iso = _iso(item.get("accessed")) if span.label == "accessed" else None
        return make(tag, iso_8601_date=iso, **{attribute: kind})
    if span.label in tables()["elements"]:
        return make(
            tables()["elements"][span.label], iso_8601_date=_iso(item.get("issued")) if span.label == "year" else None
        )
    return make("named-content", content_type=span.label)


def _iso(date: Any) -> str | None:
    """ISO 8601 of a CSL date that has one start, empty for anything else."""
    parts = (date or {}).get("date-parts") or []
    if len(parts) != 1 or not all(isinstance(part, int) for part in parts[0]) or not 0 < parts[0][0] <= 9999:
        return None
    year, *rest = parts[0]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])
