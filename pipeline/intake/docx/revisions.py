"""Tracked changes are accepted; comments, and headers and footers of pages, are set aside."""

from pipeline.article import Element, SetAside
from pipeline.findings import Finding, Severity
from pipeline.intake.docx.names import remove, text_of, unwrap, w

ADDED = ("ins", "moveTo")
GONE = ("del", "moveFrom")
COMMENT = "comment beside the text"


def accept(root: Element) -> tuple[list[SetAside], int]:
    """Accept the changes of a part: what was deleted, and how many changes there were."""
    deleted: list[SetAside] = []
    count = 0
    for name in GONE:
        for change in list(root.iter(w(name))):
            if change.getparent() is None:
                continue
            count += 1
            text = "".join(piece.text or "" for piece in change.iter(w("delText"), w("t")))
            if text.strip():
                deleted.append(SetAside(0, text.strip(), "deleted by a tracked change"))
            if change.getparent().tag != w("rPr"):  # type: ignore[union-attr]
                remove(change)
    for name in ADDED:
        for change in list(root.iter(w(name))):
            count += 1
            if change.getparent() is not None and change.getparent().tag not in (w("rPr"), w("trPr")):  # type: ignore[union-attr]
                unwrap(change)
    return deleted, count


def say_changes(count: int) -> list[Finding]:
    message = f"{count} tracked changes were accepted; look through them if the author meant to keep any open"
    return [Finding("tracked-changes", Severity.WARNING, message)] if count else []


def read_comments(root: Element | None) -> tuple[list[SetAside], list[Finding]]:
    texts = [" ".join(text_of(each).split()) for each in root.iter(w("comment"))] if root is not None else []
    kept = [SetAside(0, text, COMMENT) for text in texts if text]
    message = f"{len(kept)} comments stand beside the text; they are in the report, not in the article"
    return kept, [Finding("comments", Severity.WARNING, message)] if kept else []


def read_margins(parts: list[Element]) -> list[SetAside]:
    """Headers and footers, each text once."""
    texts = dict.fromkeys(" ".join(text_of(part).split()) for part in parts)
    return [SetAside(0, text, "header or footer of the pages") for text in texts if text]
