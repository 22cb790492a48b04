"""A reference as `mixed-citation`: the author's exact string with its parts tagged inside it.

The tags carry everything the reader needs to give the same spans back, so that a citation item
made from `NAME.xml` equals the one made from the string (JATS Publishing 1.3, `mixed-citation`).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.article import Element, Reference, Span
from pipeline.elements import HREF, XLINK, append, append_text, make, text_of
from pipeline.jats.element_citation import write_item

GROUPS = ("date", "pages")
TITLE = f"{{{XLINK}}}title"
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
PLAIN = {
    "year", "month", "day", "season", "volume", "issue", "fpage", "lpage", "elocation-id", "pub-id", "isbn", "issn",
    "surname", "given-names", "prefix", "suffix", "uri", "etal", "person-group", "string-name",
    "publisher-name", "publisher-loc", "edition", "version", "string-date", "date-in-citation",
}  # fmt: skip


@cache
def tables() -> Mapping[str, Any]:
    """`data/citation.json`: how labels and CSL types are written in JATS."""
    data: Mapping[str, Any] = json.loads((Path(__file__).parent / "data" / "citation.json").read_text("utf-8"))
    return data


def write_reference(reference: Reference) -> Element:
    """`ref` with its label and its citation."""
    if reference.element is not None:
        return deepcopy(reference.element)
    label = make("label", reference.label) if reference.label else None
    return make("ref", label, _citation(reference), id=reference.id)


def _citation(reference: Reference) -> Element:
    """A known item is written from its data, beside the author's string where there is one."""
    if reference.spans or not reference.is_known:
        return write_citation(reference, reference.marked)
    structured = write_item(reference.item, _publication_type(reference))
    if not reference.text:
        return structured
    return make("citation-alternatives", write_citation(reference, reference.marked), structured)


def _publication_type(reference: Reference) -> str:
    kind = str(reference.item.get("type", "document"))
    return str(tables()["publication_types"].get(kind, "other"))


def write_list(references: Iterable[Reference]) -> str:
    """`ref-list`, a line for each `ref`."""
    rows = [etree.tostring(write_reference(reference), encoding="unicode") for reference in references]
    return "\n".join([f'<ref-list xmlns:xlink="{XLINK}">', *rows, "</ref-list>"]) + "\n"


def write_citation(reference: Reference, marked: Element | None = None) -> Element:
    """`mixed-citation`; its string value is exactly `reference.text`.

    `marked` is an element with the same string, whose inline markup is kept around the tagged parts and within
    them where they can hold it.
    """
    kind = str(reference.item.get("type", "document"))
    citation = make("mixed-citation", publication_type=_publication_type(reference), lang=reference.lang)
    issued, accessed = (_iso(reference.item.get(name)) for name in ("issued", "accessed"))
    name = " ".join(str(reference.item.get("title") or "").split())
    context = _Context(reference.text, _title_element(reference, kind), issued, accessed, name, marked)
    _write_spans(citation, reference.spans, 0, len(reference.text), context)
    return citation


def _title_element(reference: Reference, kind: str) -> str:
    titles = tables()["titles"]
    contained = any(span.label == "container-title" for span in reference.spans)
    default = titles["contained"] if contained or kind == "article-journal" else titles["alone"]
    return str(titles["by_type"].get(kind, default))


def _write_spans(parent: Element, spans: Sequence[Span], start: int, end: int, context: "_Context") -> None:
    """Append `text[start:end]` to `parent`, with an element for each span; dates and pages have one for each part.

    Of two spans that overlap the first counts, so that the string value stays that of the text.
    """
    if not spans and context.marked is None:
        parent.text = context.text[start:end]
        return
    position = start
    for span in sorted(spans, key=attrgetter("start")) if len(spans) > 1 else spans:
        if span.start < position:
            continue
        if span.start > position:
            context.add(position, span.start, parent)
        element = parent if span.label in GROUPS and span.parts else _open(span, parent, context)
        _write_spans(element, span.parts, span.start, span.end, context)
        position = span.end
    if position < end:
        context.add(position, end, parent)


def cut(element: Element, start: int, end: int) -> list[str | Element]:
    """The content of `element` between two offsets of its string; markup that reaches over one is parted there."""
    pieces: list[str | Element] = [(element.text or "")[start:end]]
    position = len(element.text or "")
    for child in element:
        length, tail = len(text_of(child)) if isinstance(child.tag, str) else 0, child.tail or ""
        if (position < end and position + length > start) or (start <= position < end and not length):
            pieces.append(_part_of(child, max(start - position, 0), min(end - position, length), length))
        position += length
        pieces.append(tail[max(start - position, 0) : max(end - position, 0)])
        position += len(tail)
    return pieces


def _part_of(child: Element, start: int, end: int, length: int) -> Element:
    if (start, end) == (0, length):
        copy = deepcopy(child)
        copy.tail = None
        return copy
    part = make(child.tag)
    part.attrib.update({name: value for name, value in child.attrib.items() if name != "id" or not start})
    append(part, cut(child, start, end))
    return part


@dataclass(frozen=True, slots=True)
class _Context:
    """What the tags depend on besides their own characters; `name` is the title of the work."""

    text: str
    title: str
    issued: str | None
    accessed: str | None
    name: str
    marked: Element | None = None

    def add(self, start: int, end: int, parent: Element) -> None:
        """Append the characters from `start` to `end` to `parent`, with their markup where it can hold it."""
        if self.marked is None or parent.tag in PLAIN:
            append_text(parent, self.text[start:end])
        else:
            append(parent, cut(self.marked, start, end))


def _open(span: Span, parent: Element, context: _Context) -> Element:
    """A new last child of `parent` for `span`."""
    tag, attributes = _tag(span, parent, context)
    element = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if value:
            element.set(name, value)
    return element


def _tag(span: Span, parent: Element, context: _Context) -> tuple[str, dict[str, str | None]]:
    """The element that stands for `span` in `parent`, and its attributes."""
    value = context.text[span.start : span.end]
    if span.label == "title":
        return context.title, {}
    if span.label == "url":
        return "uri", {HREF: value, TITLE: context.name}
    if span.label in ("date", "year") and not YEAR.search(value):
        return "string-date", {}
    if span.label in ("date", "year"):
        return "year", {"iso-8601-date": context.issued if parent.tag == "mixed-citation" else None}
    if span.label == "pages":
        return ("elocation-id" if value[:1].isalpha() and value[1:].isdigit() else "fpage"), {}
    if span.label in tables()["typed"]:
        tag, attribute, kind = tables()["typed"][span.label]
        return tag, {"iso-8601-date": context.accessed if span.label == "accessed" else None, attribute: kind}
    if span.label == "version":
        return "version", {"designator": value}
    if span.label in tables()["elements"]:
        return tables()["elements"][span.label], {}
    return "named-content", {"content-type": span.label}


def _iso(date: Any) -> str | None:
    """ISO 8601 of a CSL date that has one start, empty for anything else."""
    parts = (date or {}).get("date-parts") or []
    if len(parts) != 1 or not all(isinstance(part, int) for part in parts[0]) or not 0 < parts[0][0] <= 9999:
        return None
    year, *rest = parts[0]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])
