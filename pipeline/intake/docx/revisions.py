"""Tracked changes are accepted; comments, and headers and footers of pages, are set aside."""

from collections.abc import Mapping

from pipeline.article import Element, SetAside
from pipeline.findings import Finding, Severity
from pipeline.intake.docx.names import remove, text_of, unwrap, value, w

ADDED = ("ins", "moveTo")
GONE = ("del", "moveFrom")
SHOWN = 8
COMMENT = "comment beside the text"


def accept(root: Element, numbers: Mapping[Element, int]) -> tuple[list[SetAside], list[int]]:
    """Accept the changes of a part: what was deleted, and the number of the paragraph of each change (0 in notes)."""
    deleted: list[SetAside] = []
    places: list[int] = []
    for name in GONE:
        for change in list(root.iter(w(name))):
            if change.getparent() is None:
                continue
            places.append(_place(change, numbers))
            text = "".join(piece.text or "" for piece in change.iter(w("delText"), w("t")))
            if text.strip():
                deleted.append(SetAside(places[-1], text.strip(), "deleted by a tracked change"))
            if change.getparent().tag != w("rPr"):  # type: ignore[union-attr]
                remove(change)
    for name in ADDED:
        for change in list(root.iter(w(name))):
            places.append(_place(change, numbers))
            if change.getparent() is not None and change.getparent().tag not in (w("rPr"), w("trPr")):  # type: ignore[union-attr]
                unwrap(change)
    return deleted, places


def _place(element: Element, numbers: Mapping[Element, int]) -> int:
    """The number of the paragraph around an element, or of the first within it."""
    around = element if element.tag == w("p") else next(element.iterancestors(w("p")), None)
    inner = around if around is not None else next(element.iter(w("p")), None)
    return numbers.get(inner, 0) if inner is not None else 0


def say_changes(places: list[int]) -> list[Finding]:
    found = sorted({place for place in places if place})
    where = f" in paragraphs {', '.join(map(str, found[:SHOWN]))}{' …' if len(found) > SHOWN else ''}" if found else ""
    message = f"{len(places)} tracked changes were accepted{where}; look if the author meant to keep any open"
    return [Finding("tracked-changes", Severity.WARNING, message, line=found[0] if found else None)] if places else []


def comment_places(root: Element, numbers: Mapping[Element, int]) -> dict[str, int]:
    """The paragraph that each comment, by its id, stands beside."""
    marks = root.iter(w("commentRangeStart"), w("commentReference"))
    places: dict[str, int] = {}
    for mark in marks:
        places.setdefault(value(mark, "id"), _place(mark, numbers))
    return places


def read_comments(root: Element | None, anchors: Mapping[str, int]) -> tuple[list[SetAside], list[Finding]]:
    """The comments with the paragraphs they stand beside."""
    found = root.iter(w("comment")) if root is not None else ()
    texts = [(anchors.get(value(each, "id"), 0), " ".join(text_of(each).split())) for each in found]
    kept = [SetAside(place, text, COMMENT) for place, text in texts if text]
    first = next((item.line for item in kept if item.line), None)
    message = f"{len(kept)} comments stand beside the text; they are in the report, not in the article"
    return kept, [Finding("comments", Severity.WARNING, message, line=first)] if kept else []


def read_margins(parts: list[Element]) -> list[SetAside]:
    """Headers and footers, each text once."""
    texts = dict.fromkeys(" ".join(text_of(part).split()) for part in parts)
    return [SetAside(0, text, "header or footer of the pages") for text in texts]
