"""Dates of an article's history: received, revised, accepted, published."""

import re
from collections.abc import Iterable
from functools import cache

from pipeline.article import Block, Date
from pipeline.structure.dates import FoundDate, find_dates
from pipeline.structure.draft import Draft
from pipeline.structure.headings import known
from pipeline.structure.vocabulary import all_folded, alternatives, folded, load

ROLES = {"published": "pub", "received": "received", "accepted": "accepted", "revised": "rev-recd"}
LONGEST = 500
NEAR = 30


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in load("facts")["dates"].items() for word in all_folded(words)}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives(_kinds())})(?![^\W\d_])", re.IGNORECASE)


def is_history(text: str) -> bool:
    """A line of dates with their labels: the first stands at its beginning."""
    if len(text) > LONGEST:
        return False
    label = _pattern().search(text[:40])
    return (
        label is not None
        and (label.start() < 12 or known(text[: label.start()].strip(" :"))[0] == "history")
        and any(date.start - label.end() < NEAR for date in find_dates(text) if date.start >= label.end())
    )


def read_zones(draft: Draft) -> None:
    """The dates under labels of the page; a line may go on with further labels."""
    for zone in draft.take(*ROLES):
        draft.drop_label(zone)
        for place, block in enumerate(zone.blocks):
            taken = _read(draft, block.text, ROLES[zone.role] if place == 0 else "")
            draft.drop_rest(block.line, block.text, taken, f"date of the page ({zone.role})")


def read_lines(draft: Draft, blocks: Iterable[Block]) -> None:
    """Lines such as `Received 3 May 2020; accepted 1 June 2020`."""
    for block in blocks:
        draft.drop_rest(block.line, block.text, _read(draft, block.text), "labels of dates")


def _read(draft: Draft, text: str, first: str = "") -> list[str]:
    """Add the dates of a line by the label before each (`first` before the first one); the words that were taken."""
    labels = [(match.end(), _kinds()[folded(match.group())]) for match in _pattern().finditer(text)]
    taken: list[str] = []
    for place, date in enumerate(find_dates(text, draft.lang)):
        before = [kind for end, kind in labels if end <= date.start]
        kind = before[-1] if before else first if place == 0 else ""
        taken += take(draft, kind, date) if kind else []
    return taken


def take(draft: Draft, kind: str, found: FoundDate) -> list[str]:
    """Give the article a date of this kind where it has none; the words that were taken."""
    if any(known.type == kind for known in draft.article.dates):
        return []
    draft.article.dates.append(Date(kind, found.year, found.month, found.day))
    return [str(part) for part in (found.year, found.month, found.day) if part]
