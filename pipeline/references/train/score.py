"""Soft field F1: fields are compared by label and, loosely, by text."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

Field = tuple[str, str]
UNSCORED = frozenset({"note", "other", "label"})
SCORED_ONLY = {"linkedbooks": frozenset({"author", "title", "date", "location", "publisher"})}
ENOUGH = 0.8
_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(slots=True)
class Tally:
    """Hits, fields found and fields that are there, of one label or one source."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(slots=True)
class Score:
    """`soft` counts texts that share four fifths of their words as equal, `strict` the same words only."""

    soft: dict[str, Tally] = field(default_factory=dict)
    strict: dict[str, Tally] = field(default_factory=dict)

    def add(self, gold: Iterable[Field], found: Iterable[Field], source: str) -> None:
        only = next((labels for name, labels in SCORED_ONLY.items() if source.startswith(name)), None)
        kept = [[f for f in fields if (f[0] in only if only else f[0] not in UNSCORED)] for fields in (gold, found)]
        for tallies, enough in ((self.soft, ENOUGH), (self.strict, 1.0)):
            _count(tallies, kept[0], kept[1], enough)

    def total(self, strict: bool = False) -> Tally:
        tallies = (self.strict if strict else self.soft).values()
        return Tally(sum(t.hits for t in tallies), sum(t.found for t in tallies), sum(t.gold for t in tallies))


def _count(tallies: dict[str, Tally], gold: list[Field], found: list[Field], enough: float) -> None:
    for label, _ in found:
        tallies.setdefault(label, Tally()).found += 1
    left = list(found)
    for label, text in gold:
        tally = tallies.setdefault(label, Tally())
        tally.gold += 1
        match = next((f for f in left if f[0] == label and similarity(f[1], text) >= enough), None)
        if match:
            tally.hits += 1
            left.remove(match)


def similarity(one: str, other: str) -> float:
    """Shared words (letters and digits, any case) of two texts, as Dice's coefficient."""
    words = [Counter(_WORD.findall(text.lower())) for text in (one, other)]
    size = words[0].total() + words[1].total()
    return 2 * (words[0] & words[1]).total() / size if size else float(one == other)
