"""The strings of a reference list to structured references."""

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pipeline import language
from pipeline.article import Reference, Span
from pipeline.findings import Finding, Severity
from pipeline.references.corrections import correct
from pipeline.references.items import item_of
from pipeline.references.refine import phrases, refine
from pipeline.references.tagger import tag

DOUBTFUL = 0.65
_WEIGHTY = frozenset({"author", "title", "date", "container-title", "publisher", "editor"})
_WORK = frozenset({"author", "title", "editor", "container-title"})
_PAIRS = ({"author", "title"}, {"title", "note"})
_EVIDENCE = frozenset(
    {"date", "container-title", "publisher", "location", "doi", "url", "pages", "volume", "arxiv", "pmid", "isbn"}
)
_WHO_AND_WHEN = frozenset({"label", "author", "date", "doi", "url", "accessed"})
_PUBLISHED = frozenset({"container-title", "location", "edition", "type", "isbn", "volume"})
_BEFORE_YEAR = re.compile(r"\)?\.?\s?[(\[]")
_REPEATED = re.compile(r"\W{0,3}(?:[_—–―‒-]\s?){2,}|\W{0,3}[—―](?=\s*[.,;(])")

Corrections = Mapping[str, Mapping[str, Any]]


def parse(
    references: Sequence[Reference], lang: str | None = None, corrections: Corrections | None = None
) -> tuple[list[Reference], list[Finding]]:
    """The references with id (`ref1`…), spans, language and CSL item, and what an editor should look at.

    `lang` is the language of the article; a reference carries its own only where it is sure and differs.
    `corrections` maps the number of an entry (from "1") to its right reading (see `corrections`), which wins.
    """
    parsed: list[Reference] = []
    findings: list[Finding] = []
    with collector_at_rest():
        for number, reference in enumerate(references, 1):
            done = replace(reference, id=reference.id or f"ref{number}")
            if not done.is_known:
                _read(done)
                done = repeat_authors(done, parsed[-1] if parsed else None)
            given = (corrections or {}).get(str(number))
            if given:
                done, found = correct(done, number, given)
                findings += found
            done.lang = reference.lang or _other_language(done, lang)
            parsed.append(done)
            findings += [] if done.is_known else _findings(done, number)
    return parsed, findings


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Each reference makes a thousand short lists and no cycle; to look for cycles would cost a fifth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def parse_one(reference: Reference) -> Reference:
    """One reference read, alone."""
    done = replace(reference)
    _read(done)
    return done


def _read(reference: Reference) -> None:
    """Give `reference` the spans and the item that its string says."""
    text = reference.text
    spans = _with_site(refine(text, _with_title(_with_editor(text, _with_author(text, tag(text))))))
    reference.item = {"id": reference.id}
    if is_reference(spans):
        reference.spans = spans
        reference.item |= item_of(text, spans)
    else:
        reference.spans = ()
        reference.item["type"] = "document"


def repeat_authors(reference: Reference, before: Reference | None) -> Reference:
    """`reference` with the authors of the entry above it where a dash or a line stands for them."""
    if before and _REPEATED.match(reference.text) and "author" in before.item:
        authors = before.item["author"] + reference.item.get("author", [])
        return replace(reference, item=reference.item | {"author": authors})
    return reference


def _with_author(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """What stands before a year in brackets and begins as a publisher is a body that is the author."""
    place = next((i for i, span in enumerate(spans) if span.label == "date"), 0)
    head = [span for span in spans[:place] if span.label != "label"]
    if not head or head[0].label != "publisher" or not _BEFORE_YEAR.fullmatch(text, head[-1].end, spans[place].start):
        return spans
    end = head[-1].end + text[head[-1].end : spans[place].start].startswith(")")
    author = Span("author", head[0].start, end, min(span.confidence for span in head))
    return (*(span for span in spans[:place] if span.label == "label"), author, *spans[place:])


def _with_editor(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Names before `(Hrsg.)` are those of editors."""
    editing = phrases()["editing"]
    return tuple(
        span._replace(label="editor") if span.label == "author" and editing.match(text, span.end) else span
        for span in spans
    )


def _with_title(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The one thing said beside an author, a date and where to find it is the title."""
    said = [place for place, span in enumerate(spans) if span.label not in _WHO_AND_WHEN]
    if len(said) != 1 or spans[said[0]].label not in ("publisher", "container-title") or len(spans) < 3:
        return spans
    return (*spans[: said[0]], spans[said[0]]._replace(label="title"), *spans[said[0] + 1 :])


def _with_site(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where a work is dated to the day, what stands behind its title is the site or the newspaper, not a publisher."""
    labels = [span.label for span in spans]
    dated = any(span.label == "date" and any(part.label == "day" for part in span.parts) for span in spans)
    if not dated or "title" not in labels or _PUBLISHED & set(labels):
        return spans
    titles = labels.count("title")
    place = labels.index("publisher") if labels.count("publisher") == 1 else -1
    if place < 0 and titles == 2 and "publisher" not in labels:
        place = len(labels) - 1 - labels[::-1].index("title")
    if place <= labels.index("title"):
        return spans
    return (*spans[:place], spans[place]._replace(label="container-title"), *spans[place + 1 :])


def _other_language(reference: Reference, lang: str | None) -> str | None:
    """The language of a work where its title shows one that is not `lang`."""
    title = str(reference.item.get("title", ""))
    own = language.detect(title) if title else None
    return own if own != lang else None


def is_reference(spans: Sequence[Span]) -> bool:
    """Whether the spans name a work and say where or when it appeared, or surely its author or its number (a note)."""
    labels = {span.label for span in spans}
    sure = {span.label for span in spans if span.confidence >= DOUBTFUL}
    told = len(labels & (_WORK | _EVIDENCE)) > 1 and bool(labels & _WORK and labels & _EVIDENCE)
    return told or any(pair <= sure for pair in _PAIRS)


def _findings(reference: Reference, number: int) -> list[Finding]:
    start = reference.text[:60] + ("…" if len(reference.text) > 60 else "")
    if not reference.spans:
        message = f"reference {number} could not be read and is kept as it is: {start}"
        return [Finding("reference-unread", Severity.WARNING, message, line=reference.line)]
    doubtful = [span for span in reference.spans if span.label in _WEIGHTY and span.confidence < DOUBTFUL]
    if not doubtful:
        return []
    fields = ", ".join(f"{s.label} “{reference.text[s.start : s.end][:40]}” ({s.confidence:.2f})" for s in doubtful)
    message = f"reference {number} may be read wrongly: {fields}"
    return [Finding("reference-doubtful", Severity.WARNING, message, line=reference.line)]
