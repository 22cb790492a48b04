"""The references as citations name them: by families and year, by acronym, by number."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.article import IDEOGRAPHS, Reference
from pipeline.citations.words import load

PARTICLES = frozenset(
    "van von de da do dos das del della di du la le der den ten ter el al bin ibn d' af av zu".split()
)
ARABIC_AND = re.compile(r"\s*؛\s*|\sو\s?(?=[^،]{2,40}،)")
ACRONYM = re.compile(r"\b[A-Z][A-Z&-]{1,9}\b")
CLOSED = re.compile(r"\s*[).;:]|\s*$")
RANGE = re.compile(r"[-–—/]\s?$")
BEGINNING = 90
# `Крысин Л. П. Русское слово`: the one author of an entry, whatever was read of it.
FIRST = re.compile(r"(?:\W?\d{1,3}\W{1,2}\s)?(?P<family>[^\W\d_]{3,30})\s(?:[^\W\d_a-z]\.\s?){1,3}(?=[^\W\d_]{2})")
LEAST_DECLINED = 4
LONGEST_HEAD = 5
YEAR = re.compile(r"(?<!\d)(?P<year>(?:1[5-9]|20)\d\d)(?P<suffix>[a-z])?(?![\w])")


def folded(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def core(name: str) -> str:
    """A family name without the particles before it."""
    words = name.replace("’", "'").split()
    while len(words) > 1 and words[0].casefold() in PARTICLES:
        words = words[1:]
    return folded(" ".join(words))


@dataclass(slots=True)
class Entry:
    """A reference as it may be cited. `groups` are the folded names and acronyms of a body, `whole` the names of
    people in full where they are written in characters."""

    reference: Reference
    families: list[str]
    whole: list[str]
    groups: frozenset[str]
    years: frozenset[str]
    other_years: frozenset[str]
    is_shortened: bool

    @classmethod
    def of(cls, reference: Reference) -> "Entry":
        people = [
            one for each in reference.item.get("author") or reference.item.get("editor") or [] for one in _each(each)
        ]
        families = [core(str(person.get("family") or person.get("literal") or "")) for person in people]
        literals = [str(person["literal"]) for person in people if person.get("literal")]
        shortened = bool(re.search(r"\bet\s?al\b|\band others\b|\be\.? ?a\.", reference.text[:400]))
        own = _years(reference)
        first = FIRST.match(reference.text)
        return cls(
            reference,
            [name for name in families if name],
            [
                folded(f"{person.get('family', '')}{person.get('given', '')}")
                for person in people
                if _is_eastern(person)
            ],
            (_groups(reference, literals) | ({folded(first["family"])} if first else set())) - set(families),
            own,
            _all_years(reference) - own,
            shortened,
        )


def _each(person: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The people of a string in Arabic script, `Family، Given و Family، Given`, which is read as one body."""
    pieces = [piece.partition("،") for piece in ARABIC_AND.split(str(person.get("literal", ""))) if "،" in piece]
    return [{"family": family.strip(), "given": given.strip()} for family, _, given in pieces] or [person]


def _is_eastern(person: Mapping[str, Any]) -> bool:
    return IDEOGRAPHS.fullmatch(str(person.get("family", ""))) is not None


def _groups(reference: Reference, literals: Sequence[str]) -> frozenset[str]:
    """Names of bodies in full and by their initials, and acronyms with which an entry begins."""
    found = set()
    for literal in literals:
        found.add(folded(literal))
        found.add(folded(re.sub(r"\([^()]*\)|[-–—].*", "", literal)))
        initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", literal) if word[0].isupper())
        if len(initials) >= 2:
            found.add(initials.casefold())
    start = reference.text[:BEGINNING]
    head = re.split(r"[,.(:;]", start)[0]
    if len(head.split()) <= LONGEST_HEAD:
        found.add(folded(head))
    if literals or not reference.item.get("author"):
        found |= {acronym.casefold() for acronym in ACRONYM.findall(start)}
    return frozenset(found)


def _years(reference: Reference) -> frozenset[str]:
    """Years as printed, with their letters."""
    suffix = str(reference.item.get("year-suffix", ""))
    found = set()
    for field in ("issued", "original-date"):
        parts = reference.item.get(field, {}).get("date-parts") or [[]]
        if parts[0]:
            found.add(f"{parts[0][0]}{suffix}")
    lettered = {year for year in _all_years(reference) if len(year) > 4 and (year[:4] in found or not found)}
    return frozenset(lettered or found) or _all_years(reference)


def _all_years(reference: Reference) -> frozenset[str]:
    """Years that close a statement, as that of a translation does; not the ends of ranges."""
    return frozenset(
        match["year"] + (match["suffix"] or "")
        for match in YEAR.finditer(reference.text)
        if CLOSED.match(reference.text, match.end()) and not RANGE.search(reference.text[: match.start()])
    )


class Index:
    """All references of an article."""

    def __init__(self, references: Sequence[Reference], lang: str = "") -> None:
        self.declines = lang.partition("-")[0] in load()["declining"]
        self.entries = [Entry.of(reference) for reference in references]
        self.by_year: dict[str, list[Entry]] = {}
        self.by_other_year: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for year in entry.years:
                self.by_year.setdefault(year, []).append(entry)
            for year in entry.other_years:
                self.by_other_year.setdefault(year, []).append(entry)
        self.names = frozenset(
            name for entry in self.entries for name in (*entry.families, *entry.whole, *entry.groups)
        )
        labels = [re.findall(r"\d+", reference.label) for reference in references]
        self.is_numbered = sum(map(bool, labels)) * 2 > len(references) > 0
        numbers = [
            int(label[0]) if label and self.is_numbered else place for place, label in enumerate(labels, start=1)
        ]
        self.by_number = dict(zip(numbers, references, strict=True))

    def of_year(self, year: str) -> list[Entry]:
        """The entries of a year as it is written: `2020` and `2020a` are two."""
        return self.by_year.get(year, [])

    def find(self, names: Sequence[str], et_al: bool, year: str) -> list[Reference]:
        """The references that people of these (folded) names and this year may mean; the closest reading counts."""
        if not names:
            return []
        for entries in (self.of_year(year), self._lettered(year), self.by_other_year.get(year, [])):
            for agrees in (_agrees, _agrees_loosely):
                found = _unique(entry.reference for entry in entries if _means(entry, names, et_al, agrees))
                if found:
                    return self._by_letter(found, year)
        return self._eastern(names[0], year) or (self._declined(names[0], year) if self.declines else [])

    def _eastern(self, name: str, year: str) -> list[Reference]:
        """`鈴木` for 鈴木健, wherever the two names were parted."""
        named = (entry for entry in self.of_year(year) if entry.whole and len(name) > 1)
        return [entry.reference for entry in named if entry.whole[0].startswith(name)]

    def _declined(self, name: str, year: str) -> list[Reference]:
        """`Kowalczyka (2015)` for Kowalczyk: the family name of a first author with the ending of a case."""
        return [
            entry.reference
            for entry in self.of_year(year)
            if any(_is_case(name, family) for family in {*entry.families[:1], *entry.groups})
        ]

    def _lettered(self, year: str) -> list[Entry]:
        """For `2020` the entries of `2020a`, `2020b`; for `2020a`, where no entry has a letter, those of `2020`."""
        if len(year) > 4:
            return self.by_year.get(year[:4], [])
        return [
            entry
            for other, entries in self.by_year.items()
            if other[:4] == year and len(other) > 4
            for entry in entries
        ]

    def _by_letter(self, found: list[Reference], year: str) -> list[Reference]:
        """`2020b` is the second of a list whose years have no letters."""
        if len(year) == 4 or len(found) < 2 or self.by_year.get(year):
            return found
        place = ord(year[4]) - ord("a")
        return found[place : place + 1] or found

    def find_beginning(self, chunk: str, year: str) -> list[Reference]:
        """The references of this year whose first name the folded `chunk` begins with."""
        found = [
            entry.reference
            for entry in self.of_year(year)
            if any(len(name) > 2 and chunk.startswith(name) for name in (*entry.families[:1], *entry.groups))
        ]
        return _unique(found)


@cache
def _endings() -> frozenset[str]:
    return frozenset(map(folded, load()["endings"]))


def _is_case(name: str, family: str) -> bool:
    """An ending more, or in the place of the last letter."""
    stems = (family, family[:-1]) if len(family) >= LEAST_DECLINED else ()
    return any(name.startswith(stem) and name[len(stem) :] in _endings() for stem in stems)


def _means(
    entry: Entry, names: Sequence[str], et_al: bool, agrees: Callable[[Entry, Sequence[str], bool], bool]
) -> bool:
    return agrees(entry, names, et_al) or folded("".join(names)) in entry.groups


def _agrees(entry: Entry, names: Sequence[str], et_al: bool) -> bool:
    return any(_are_all(families, entry, names, et_al) for families in (entry.families, entry.whole))


def _are_all(families: Sequence[str], entry: Entry, names: Sequence[str], et_al: bool) -> bool:
    if et_al:
        return families[: len(names)] == list(names) and (len(families) > len(names) or entry.is_shortened)
    return families == list(names) and not entry.is_shortened


def _agrees_loosely(entry: Entry, names: Sequence[str], et_al: bool) -> bool:
    """The first author is the same; a citation may leave out others, and so may a list."""
    families = entry.families
    shared = min(len(names), len(families))
    return (
        shared > 0 and families[:shared] == list(names)[:shared] and (len(names) <= len(families) or entry.is_shortened)
    )


def _unique(references: Iterable[Reference]) -> list[Reference]:
    return list({reference.id: reference for reference in references}.values())
