"""Footnotes on the names of authors that say where they work: an affiliation, an address, an ORCID."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.article import Block, Element
from pipeline.elements import text_of
from pipeline.structure.affiliations import EMAIL, looks_like_affiliation
from pipeline.structure.author_lines import ORCID, is_correspondence, is_equal, without_part
from pipeline.structure.draft import Draft
from pipeline.structure.people import STRAY, Person

MOST_WORDS = 40
SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.;]\s+(?=[^\W\d_a-z][^\W\d_]*\s+[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, and what stands before its mark in the line of the authors."""

    note: Element
    before: str
    line: int


def find_noted(draft: Draft, blocks: Sequence[Block]) -> list[Noted]:
    """The real footnotes whose marks stand in the lines of the authors, in order."""
    notes = {str(note.get("id")): note for note in draft.footnotes}
    return [
        Noted(note, "".join(map(str, mark.xpath("preceding::text()"))), block.line)  # type: ignore[arg-type]
        for block in (blocks if notes else ())
        for mark in block.content.iter("xref")
        if mark.get("ref-type") == "fn" and (note := notes.get(mark.get("rid", ""))) is not None
    ]


def read_noted(draft: Draft, persons: Sequence[Person], noted: Sequence[Noted]) -> None:
    """Give each person what their note says; a note that is no more than that is taken, others stay notes."""
    taken = [each.note for each in noted if (person := _meant(persons, each)) and _read(draft, person, each)]
    draft.footnotes = [note for note in draft.footnotes if not any(note is each for each in taken)]


def _meant(persons: Sequence[Person], noted: Noted) -> Person | None:
    """The person whose name stands nearest before the mark."""
    placed = [(noted.before.rfind(person.written), person) for person in persons if person.written]
    place, person = max(placed, key=lambda each: each[0], default=(-1, None))
    return person if place >= 0 else None


def _read(draft: Draft, person: Person, noted: Noted) -> bool:
    text = whole = " ".join(" ".join(text_of(part) for part in noted.note).split())
    contributor = person.contributor
    emails, orcids = EMAIL.findall(whole), ORCID.findall(whole)
    if is_equal(whole) or len(emails) > 1 or len(orcids) > 1:
        return False
    contributor.corresponding = contributor.corresponding or is_correspondence(whole)
    contributor.email = contributor.email or (emails[0].rstrip(".") if emails else "")
    contributor.orcid = contributor.orcid or (orcids[0].upper() if orcids else "")
    for pattern, label in ((ORCID, "orcid"), (EMAIL, "email")):
        if match := pattern.search(text):
            text = without_part(text, match.start(), match.end(), label)
    text = text.strip(STRAY).rstrip(".")
    if text and (not looks_like_affiliation(text) or len(text.split()) > MOST_WORDS or SENTENCE.search(text)):
        return False
    if text:
        person.affiliations.append((text, noted.line))
    kept = [text, contributor.email, contributor.orcid]
    draft.drop_rest(noted.line, whole, kept, "labels in a note on an author")
    return True
