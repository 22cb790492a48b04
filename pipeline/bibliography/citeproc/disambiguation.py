"""Telling cites apart (CSL 1.0.2, Disambiguation): names, given names, the condition, year suffixes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from pipeline.bibliography.citeproc.context import Distinction
from pipeline.bibliography.citeproc.items import Item
from pipeline.bibliography.citeproc.name_list import initials
from pipeline.bibliography.citeproc.people import Person
from pipeline.bibliography.citeproc.style import Style

Printer = Callable[[Item, Distinction], str]
Names = Callable[[Item], Sequence[Person]]


class Disambiguator:
    """`print_cite` gives an item's cite under a distinction; `names` the people its cite may show."""

    def __init__(self, style: Style, print_cite: Printer, names: Names) -> None:
        get = style.citation.get
        self.style, self.names = style, names
        self.print_anew, self.printed = print_cite, dict[tuple[object, ...], str]()
        self.add_names = get("disambiguate-add-names") == "true"
        self.add_given = get("disambiguate-add-givenname") == "true"
        self.by_cite = self.add_given and style.given_rule == "by-cite"
        self.add_suffix = get("disambiguate-add-year-suffix") == "true"

    @property
    def needed(self) -> bool:
        return self.add_names or self.add_given or self.add_suffix or self.style.distinguishes

    def run(self, items: Sequence[Item]) -> dict[str, Distinction]:
        """Distinctions by id; `items` in the order in which year suffixes are given."""
        found = {item.id: Distinction() for item in items}
        if self.add_names or self.by_cite:
            for pool in self._pools(items, found):
                self._by_names(pool, found)
        if self.style.distinguishes:
            for pool in self._pools(items, found):
                self._by_condition(pool, found)
        if self.add_suffix:
            for pool in self._pools(items, found):
                for index, item in enumerate(pool):
                    found[item.id].year_suffix = letters(index)
        return found

    def print_cite(self, item: Item, distinction: Distinction) -> str:
        key = (item.id, distinction.names, tuple(sorted(distinction.given.items())), distinction.condition)
        if key not in self.printed:
            self.printed[key] = self.print_anew(item, distinction)
        return self.printed[key]

    def _pools(self, items: Iterable[Item], found: dict[str, Distinction]) -> list[list[Item]]:
        """Items whose cites look the same, two or more."""
        pools: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            text = self.print_cite(item, found[item.id])
            if text:
                pools[text].append(item)
        return [pool for pool in pools.values() if len(pool) > 1]

    def _by_names(self, pool: list[Item], found: dict[str, Distinction]) -> None:
        """Adds names and given names, place by place, as far as they part the pool."""
        best = Distinction()
        parted = 1
        for place in range(max(len(self.names(item)) for item in pool)):
            for level in (0, 1, 2) if self.by_cite else (0,):
                trial = best.copy()
                if self.add_names:
                    trial.names = place + 1
                if level:
                    trial.given[place] = level
                now = len(self._split(pool, trial))
                if now > parted:
                    parted, best = now, trial
            if parted == len(pool):
                break
        if parted > 1:
            self._assign(pool, best, found)

    def _assign(self, pool: list[Item], best: Distinction, found: dict[str, Distinction]) -> None:
        """To each item no more names than tell it from the rest of its pool."""
        waiting = {item.id for item in pool}
        for item in pool:
            found[item.id] = best.copy()
        for names in range(best.names):
            fewer = Distinction(names, {place: best.given[place] for place in best.given if place < max(names, 1)})
            for part in self._split(pool, fewer):
                if len(part) == 1 and part[0].id in waiting:
                    waiting.remove(part[0].id)
                    found[part[0].id] = fewer.copy()

    def _split(self, pool: list[Item], distinction: Distinction) -> list[list[Item]]:
        parts: dict[str, list[Item]] = defaultdict(list)
        for item in pool:
            parts[self.print_cite(item, distinction)].append(item)
        return list(parts.values())

    def _by_condition(self, pool: list[Item], found: dict[str, Distinction]) -> None:
        for item in pool:
            found[item.id].condition = True
        if len({self.print_cite(item, found[item.id]) for item in pool}) == 1:
            for item in pool:
                found[item.id].condition = False


def _letters_of(given: str) -> str:
    return "".join(char for char in given if char.isalnum() or char == "-").casefold()


def letters(index: int) -> str:
    """a, b … z, aa, ab …"""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(97 + rest) + text
    return text


def given_levels(style: Style, people: Iterable[Person]) -> dict[tuple[str, str], int]:
    """How much of a given name tells a person from others of the same family name, everywhere in the article."""
    rule = style.given_rule
    families: dict[str, set[Person]] = defaultdict(set)
    for person in people:
        if not person.literal:
            families[f"{person.non_dropping} {person.family}".strip()].add(person)
    levels: dict[tuple[str, str], int] = {}
    for namesakes in families.values():
        givens = {_letters_of(person.given) for person in namesakes}
        if len(givens) < 2:
            continue
        by_initials: dict[str, set[str]] = defaultdict(set)
        for given in {person.given for person in namesakes}:
            by_initials[initials(given, ".", True)].add(given)
        for person in namesakes:
            alike = by_initials[initials(person.given, ".", True)]
            full = len(alike) > 1 and not rule.endswith("with-initials")
            if len(alike) > 1 and rule.endswith("with-initials") and len(by_initials) == 1:
                continue
            levels[person.family, person.given] = 2 if full else 1
    return levels
