"""The codes that GB/T 7714-2015 sets behind a title, `[J]` or `[EB/OL]`, and the day of access behind them."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.article import Span
from pipeline.references.dates import date_parts

_ACCESSED = re.compile(r"[\[［](\d{4}-\d{1,2}-\d{1,2})[\]］]")
_BLANK = " \t\u00a0\u3000"


@dataclass(frozen=True, slots=True)
class _Codes:
    """`data/codes.toml`, ready for use."""

    pattern: re.Pattern[str]
    types: dict[str, str]


@cache
def _codes() -> _Codes:
    data = tomllib.loads((files(__package__) / "data" / "codes.toml").read_text("utf-8"))
    carriers = "|".join(data["carriers"].split())
    codes = "|".join(sorted(data["types"], key=len, reverse=True))
    code = rf"(?<=\S)\s?[\[［](?P<code>{codes})(?:/(?:{carriers}))?[\]］](?=\s?[.．,，:：/(（]|\s*$)"
    return _Codes(re.compile(code), data["types"])


def find_code(text: str) -> re.Match[str] | None:
    """The first code of `text`, brackets and all, as the match of a pattern with the group `code`."""
    return _codes().pattern.search(text) if "[" in text or "［" in text else None


def type_of(code: re.Match[str] | None) -> str | None:
    """The CSL type that a code says."""
    return _codes().types[code["code"]] if code else None


def with_code(text: str, spans: Sequence[Span]) -> list[Span]:
    """`spans` with the code as `type`, out of the title it stands behind, and the day of access as `accessed`."""
    code = find_code(text)
    if code is None:
        return list(spans)
    marks = [Span("type", code.start("code"), code.end() - 1)]
    if day := _ACCESSED.search(text, code.end()):
        marks.append(Span("accessed", *day.span(1), parts=date_parts(text, *day.span(1))))
    kept = list(spans)
    for mark in marks:
        kept = [left for span in kept for left in _without(text, span, mark)] + [mark]
    return kept


def _without(text: str, span: Span, mark: Span) -> list[Span]:
    """What is left of a span before and after a mark and its brackets."""
    if span.end <= mark.start or mark.end <= span.start:
        return [span]
    before, after = mark.start - 1, mark.end + 1
    while before > span.start and text[before - 1] in _BLANK:
        before -= 1
    while after < span.end and text[after] in "./,;．，" + _BLANK:
        after += 1
    pieces = [span._replace(end=before), span._replace(start=after)]
    return [piece for piece in pieces if piece.end > piece.start]
