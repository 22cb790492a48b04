"""Volumes, issues and pages: their parts by offsets, and their CSL values."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.article import Span

_VOLUME_ISSUE = re.compile(r"(\d+[A-Za-z]?|[IVXLC]+)\s?\(\s?([^()]{1,20}?)\s?\)")
_RANGE = re.compile(
    r"([A-Za-z]{0,3}\.?\d+[A-Za-z]?|[ivxlcdm]+)\s?[-‐‑–—−~]{1,2}\s?([A-Za-z]{0,3}\.?\d+[A-Za-z]?|[ivxlcdm]+)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?P<run>\d{4,8})\s?[-‐–—−]\s?(?P<last>\d{1,4})")
_LOCATOR = re.compile(r"(?:e|E|L|R|S|article |Article |art\. )?\d{1,10}[A-Za-z]?")
_COLON = re.compile(r"\s?:\s?")
_SIDE_BY_SIDE = re.compile(r"[A-Za-z]?\d+ +[A-Za-z]?\d+")
_COUNT = re.compile(r"^\s*(?P<n>\d+|[ivxlcIVXLC]+[,+ ]+\d+)\s?(?:pp?|pages?|s|S|Seiten|págs?|стр|с)\b\.?\s*$")


def split_volume(text: str, span: Span) -> Iterator[Span]:
    """`12(3)` as volume and issue; anything else as it is."""
    match = _VOLUME_ISSUE.fullmatch(text, span.start, span.end)
    if match:
        yield Span("volume", *match.span(1), confidence=span.confidence)
        yield Span("issue", *match.span(2), confidence=span.confidence)
    else:
        yield span


def unglue(text: str, spans: Sequence[Span]) -> list[Span]:
    """`277497 -529`, volume and first page run together, parted where that leaves a volume of at most three digits."""
    parted = list(spans)
    for i, (volume, pages) in enumerate(pairwise(spans)):
        if volume.label != "volume" or pages.label != "pages":
            continue
        glued = _GLUED.fullmatch(text, volume.start, pages.end)
        digits = max(3, len(glued["last"])) if glued else 0
        if not glued or not 1 <= len(glued["run"]) - digits <= 3:
            continue
        cut = volume.start + len(glued["run"]) - digits
        first = text[cut : glued.end("run")]
        if first[0] != "0" and (len(first) > len(glued["last"]) or first < glued["last"]):
            parted[i] = volume._replace(end=cut)
            parted[i + 1] = pages._replace(start=cut)
    return parted


def with_page(text: str, spans: list[Span]) -> list[Span]:
    """`215:107832`: what stands behind the volume and a colon is the page, where no other is."""
    if any(span.label == "pages" for span in spans):
        return spans
    return [
        span._replace(label="pages")
        if place and span.label == "issue" and _COLON.fullmatch(text, spans[place - 1].end, span.start)
        and spans[place - 1].label == "volume"
        else span
        for place, span in enumerate(spans)
    ]  # fmt: skip


def page_parts(text: str, start: int, end: int) -> tuple[Span, ...]:
    """`first` and `last` of a range, `first` of a page, `e-locator` of an article number; none of a page count."""
    if _COUNT.match(text[start:end]):
        return ()
    match = _RANGE.search(text, start, end)
    if match:
        return Span("first", *match.span(1)), Span("last", *match.span(2))
    single = _LOCATOR.search(text, start, end)
    if single is None:
        return ()
    located = text[single.start()].isalpha() or single.end() - single.start() > 5
    return (Span("e-locator" if located else "first", *single.span()),)


def page_count(written: str) -> str:
    """The number in `117 p.` or `X, 320 S.`, or nothing where pages are meant, not their number."""
    match = _COUNT.match(written)
    return match["n"] if match else ""


def page_range(written: str) -> str:
    """A CSL `page`: hyphens for any dash, no spaces around them; `fpage` and `lpage` side by side are a range."""
    if _SIDE_BY_SIDE.fullmatch(written.strip()):
        return "-".join(written.split())
    return re.sub(r"\s*[‐‑–—−~]{1,2}\s*|\s*--?\s*", "-", written.strip(" .,;:()")).removeprefix("p.").strip()
