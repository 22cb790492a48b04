"""A citation element of any publisher as a `Reference`: its string, its labelled spans, its CSL item."""

from copy import deepcopy
from functools import cache
from typing import Any

from lxml import etree

from pipeline import references
from pipeline.article import Element, Reference, Span
from pipeline.elements import HREF, LANG, line_of, text_of
from pipeline.jats.citation import tables

CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
SEPARATED = ("element-citation", "nlm-citation", "person-group", "name", "string-name", "date")
TRANSPARENT = {
    "date",
    "citation-alternatives",
    "name-alternatives",
    "collab-alternatives",
    "bold",
    "italic",
    "sup",
    "sub",
}
PERSONS = {"name": "person", "string-name": "person"}
MEMBERS = {
    "date": ("year", "month", "day", "season"),
    "pages": ("first", "last", "e-locator"),
    "author": ("person", "collab", "etal"),
}
TITLES = ("article-title", "chapter-title", "data-title", "part-title")


def read_reference(ref: Element, number: int) -> Reference:
    """`ref` as a reference; its text is kept unread where it has no citation element, or one for each of several works.

    Where a publisher gives the printed string and the structured parts side by side, the string is the text
    and the parts are the item.
    """
    citations = list(ref.iter(*CITATIONS))
    identifier, label = ref.get("id") or f"ref{number}", text_of(ref.find("label"))
    tags = [child.tag for child in ref if child.tag in CITATIONS]
    several = len(set(tags)) < len(tags)
    if not citations or several:
        said = citations if several else [child for child in ref if child.tag != "label"]
        text = " ".join(" ".join(text_of(part).split()) for part in said)
        return Reference(text=text, id=identifier, label=label, line=line_of(ref), element=deepcopy(ref))
    printed, structured = citations[0], max(citations, key=_tagged)
    text, spans = read_citation(printed)
    if structured is not printed:
        parts_text, parts = read_citation(structured)
        item, spans = _item(structured, parts_text, parts), ()
    else:
        item = _item(structured, text, spans)
    return Reference(
        text=text, spans=spans, item=item | {"id": identifier}, id=identifier, label=label,
        lang=printed.get(LANG), line=line_of(ref), element=deepcopy(ref),
    )  # fmt: skip


def _tagged(citation: Element) -> int:
    """How many elements a citation has."""
    return sum(1 for _ in citation.iterdescendants())


def _item(citation: Element, text: str, spans: tuple[Span, ...]) -> dict[str, Any]:
    kind = csl_type(citation)
    return references.build_item(text, spans, kind) if spans else {"type": kind or "document"}


def read_citation(citation: Element) -> tuple[str, tuple[Span, ...]]:
    """The string of a citation, and the spans its tags stand for."""
    reader = _Reader()
    spans = reader.read(citation, citation.tag)
    text = "".join(reader.pieces)
    end = len(text.rstrip())
    return text[:end], _grouped([clipped for span in spans if (clipped := _clip(span, end)).start < clipped.end])


def _clip(span: Span, end: int) -> Span:
    """`span` without what lies behind `end`."""
    parts = tuple(clipped for part in span.parts if (clipped := _clip(part, end)).start < clipped.end)
    return span._replace(start=min(span.start, end), end=min(span.end, end), parts=parts)


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def write(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)

    def read(self, element: Element, name: str) -> list[Span]:
        """Spans of the children of `element`; in element-only content a space stands between them."""
        separated = name in SEPARATED and all(map(_is_indentation, (element.text, *(child.tail for child in element))))
        spans: list[Span] = []
        self.write(None if separated else element.text)
        for child in element:
            if isinstance(child.tag, str):
                if separated and child is not element[0] and self.pieces and not self.pieces[-1][-1].isspace():
                    self.write("–" if child.tag == "lpage" else " ")
                spans += self.child(child)
            self.write(None if separated else child.tail)
        return spans

    def child(self, child: Element) -> list[Span]:
        name = etree.QName(child).localname
        start = self.length
        inner = self.read(child, name)
        label = _label(child, name)
        if label is None or self.length == start or (label == "note" and inner):
            return inner
        return [Span(label, start, self.length, parts=tuple(inner))]


def _is_indentation(text: str | None) -> bool:
    return not text or (text.isspace() and "\n" in text)


def _label(element: Element, name: str) -> str | None:
    if name in TRANSPARENT:
        return None
    if name in PERSONS:
        return PERSONS[name]
    if name in TITLES:
        return "title"
    if name in ("uri", "ext-link"):
        return "url" if "://" in text_of(element) or element.get(HREF) else None
    if name == "source":
        siblings = element.getparent()
        contained = siblings is not None and any(siblings.find(f".//{title}") is not None for title in TITLES)
        journal = siblings is not None and siblings.get("publication-type") == "journal"
        return "container-title" if contained or journal else "title"
    if name == "named-content":
        return element.get("content-type")
    for label, (tag, attribute, kind) in tables()["typed"].items():
        if tag == name and element.get(attribute) == kind:
            return str(label)
    return "note" if name == "comment" else _labels().get(name)


@cache
def _labels() -> dict[str, str]:
    named = {element: label for label, element in tables()["elements"].items()}
    return named | {
        "page-range": "pages",
        "person-group": "author",
        "date-in-citation": "accessed",
        "string-date": "date",
        "conf-name": "container-title",
    }


def _grouped(spans: list[Span]) -> tuple[Span, ...]:
    """Parts of dates, pages and person groups that stand side by side, gathered under one span each."""
    for label, members in MEMBERS.items():
        found = [span for span in spans if span.label in members]
        if not found or any(span.label == label for span in spans):
            continue
        between = [span for span in spans if found[0].start <= span.start < found[-1].end and span not in found]
        runs = [[span] for span in found] if between else [found]
        spans = [span for span in spans if span.label not in members]
        spans += [Span(label, run[0].start, run[-1].end, parts=tuple(run)) for run in runs]
    return tuple(sorted(spans, key=lambda span: span.start))


def csl_type(citation: Element) -> str | None:
    """The CSL type that a citation's `publication-type` stands for."""
    written = citation.get("publication-type") or citation.get("citation-type") or ""
    if written == "book" and citation.find(".//chapter-title") is not None:
        return "chapter"
    for csl, jats in tables()["publication_types"].items():
        if jats == written:
            return str(csl)
    found = tables()["other_names"].get(written)
    return str(found) if found else None
