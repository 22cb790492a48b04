"""From flat tags to the spans a reference keeps: exact identifiers, access dates, persons, parts of dates and pages."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from operator import attrgetter

from pipeline.article import Span
from pipeline.references.codes import with_code
from pipeline.references.dates import date_parts
from pipeline.references.identifiers import contains_any, find_identifiers
from pipeline.references.labels import PEOPLE
from pipeline.references.names import split_names
from pipeline.references.numbers import page_parts, split_volume, unglue, with_page
from pipeline.references.tokens import WIDE

_DATE_AFTER = re.compile(
    r"[\s:,(\[]*(?:(?:on|the|le|am|em|el|il|op|at)\s+)?(?P<date>[^;()\[\]]{4,32}?(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
)
_TAIL = re.compile(r",?\s*(?:from|at|von|de|da|desde)\b(?=[\s:]|$)")
_WIDE = re.compile(f"[{WIDE}]")
_LOOSE = frozenset({"date", "note", "url", "type", "accessed"})
_SAYING = re.compile(r"[^\W_]")
_INVERTED = re.compile(r"\.?\s?\((?:\d{4}|n\.\s?d)")


@cache
def phrases() -> dict[str, re.Pattern[str]]:
    """`data/phrases.toml`, compiled."""
    data = tomllib.loads((files(__package__) / "data" / "phrases.toml").read_text("utf-8"))
    return {
        "access": re.compile(rf"(?<!\w)(?:{data['access']})\b", re.IGNORECASE),
        "announcements": re.compile(data["announcements"], re.IGNORECASE),
        "editing": re.compile(rf"[.,]?\s?[(\[](?:{data['editing']})\.?[)\]]", re.IGNORECASE),
        "contained": re.compile(rf"(?<!\w){data['contained']}\s*:?\s*$", re.IGNORECASE),
    }


@cache
def _access_stems() -> frozenset[str]:
    """What each of the phrases before an access date begins with, before its first variable letter."""
    data = tomllib.loads((files(__package__) / "data" / "phrases.toml").read_text("utf-8"))
    beginnings = re.findall(r"(?:^|\|)([\w ]+)(\??)(?![^()]*\))", data["access"])
    return frozenset(stem[:-1] if optional else stem for stem, optional in beginnings)


def refine(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans of `text` with their parts, and with what rules find more exactly than the tagger.

    Spans that already have parts are kept as they are.
    """
    kept = [finer for span in spans for finer in (split_volume(text, span) if span.label == "volume" else (span,))]
    kept = _with_identifiers(text, with_code(text, with_page(text, unglue(text, kept))))
    kept = _with_access_date(text, kept)
    kept = sorted((span for span in kept if _says(text, span)), key=attrgetter("start"))
    return tuple(span if span.parts else _with_parts(text, span) for span in kept)


def _says(text: str, span: Span) -> bool:
    first = text[span.start : span.end][:1]
    return first.isalpha() or _SAYING.search(text, span.start, span.end) is not None


def _with_identifiers(text: str, spans: list[Span]) -> list[Span]:
    """Exact identifiers take the place of looser tags; a tagged address keeps its tag."""
    for found in find_identifiers(text):
        over = [span for span in spans if span.start < found.end and found.start < span.end]
        if any(
            span.label not in ("doi", "url", "note", "pages", "issue", "volume", "type", found.label) for span in over
        ):
            continue
        tagged = any(span.label == "url" and _covers(span, found) for span in over)
        if tagged and found.label in ("doi", "url") and not _WIDE.match(text, found.end):
            continue
        spans = [span for span in spans if span not in over]
        confidence = max((span.confidence for span in over if span.label == found.label), default=1.0)
        spans.append(found._replace(confidence=confidence))
        spans += [left for span in over if span.label == "note" for left in _rest(text, span, found)]
    return spans


def _covers(span: Span, other: Span) -> bool:
    return span.start <= other.start and other.end <= span.end


def _rest(text: str, span: Span, taken: Span) -> Iterable[Span]:
    """What is left of a note before and after `taken`, without boundary punctuation and what only announces it."""
    for start, end in ((span.start, taken.start), (taken.end, span.end)):
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        if end - start > 2 and not phrases()["announcements"].fullmatch(text, start, end):
            yield Span(span.label, start, end, span.confidence)


def _with_access_date(text: str, spans: list[Span]) -> list[Span]:
    """The first "Retrieved September 28, 2020, from" as `accessed`, words included."""
    if not contains_any(text.lower(), _access_stems()):
        return spans
    for phrase in phrases()["access"].finditer(text):
        date = _DATE_AFTER.match(text, phrase.end())
        parts = date_parts(text, *date.span("date")) if date else ()
        if not any(part.label == "year" for part in parts):
            continue
        tail = _TAIL.match(text, parts[-1].end)
        found = Span("accessed", phrase.start(), tail.end() if tail else parts[-1].end, parts=parts)
        over = [span for span in spans if span.start < found.end and found.start < span.end]
        dates = [span for span in spans if span.label == "date"]
        if any(span.label not in _LOOSE for span in over) or (len(parts) == 1 and over == dates):
            continue
        found = found._replace(confidence=max((s.confidence for s in over), default=1.0))
        left = [rest for span in over if span.label == "note" for rest in _rest(text, span, found)]
        return [*(span for span in spans if span not in over), found, *left]
    return spans


def _with_parts(text: str, span: Span) -> Span:
    label, start, end = span.label, span.start, span.end
    if label in PEOPLE:
        inverted = label == "author" and _INVERTED.match(text, end) is not None
        parts = split_names(text, start, end, inverted)
    elif label in ("date", "accessed"):
        parts = date_parts(text, start, end)
    elif label == "pages":
        parts = page_parts(text, start, end)
    else:
        return span
    return Span(label, start, end, span.confidence, parts)
