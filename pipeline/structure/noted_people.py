"""Footnotes on the names of authors that say where they work: an affiliation, an address, an ORCID."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from pipeline.article import Block, Element
from pipeline.elements import HREF, make, text_of
from pipeline.structure.affiliations import EMAIL, looks_like_affiliation
from pipeline.structure.author_lines import IDENTIFIER, ORCID, is_correspondence, is_equal, without_part
from pipeline.structure.authors import parse_authors
from pipeline.structure.draft import Draft
from pipeline.structure.person import Person

MOST_WORDS = 40
STRAY = " ,;:|+−•·"
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
    taken = [each.note for each in noted if (person := meant(persons, each.before)) and _read(draft, person, each)]
    draft.footnotes = [note for note in draft.footnotes if not any(note is each for each in taken)]


def meant(persons: Sequence[Person], before: str) -> Person | None:
    """The person whose name stands last in what is before a mark."""
    placed = [(before.rfind(person.written), person) for person in persons if person.written]
    place, person = max(placed, key=lambda each: each[0], default=(-1, None))
    return person if place >= 0 else None


def take_identifiers(draft: Draft, blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[str, str]]]:
    """Lines of several names without the ORCID beside them; each of these with what stands before it."""
    made, found = [], []
    for block in blocks:
        shown = _with_shown_identifiers(block)
        rest = IDENTIFIER.sub("", shown) if ORCID.search(shown) else ""
        if len(parse_authors(rest)) < 2 or block.content.find(".//xref") is not None:
            made.append(block)
            continue
        places = [place for place in IDENTIFIER.finditer(shown) if place["orcid"]]
        found += [(shown[: place.start()], place["orcid"].upper()) for place in places]
        draft.drop_rest(block.line, block.text, [rest, *(place["orcid"] for place in places)], "labels of identifiers")
        made.append(replace(block, content=make("p", rest)))
    return made, found


def _with_shown_identifiers(block: Block) -> str:
    """The text of a line, where a link or an icon leads to an ORCID that with its address."""
    if block.content.find(".//ext-link") is None:
        return block.text
    content = deepcopy(block.content)
    for link in content.iter("ext-link"):
        address = link.get(HREF) or ""
        if ORCID.search(address) and not ORCID.search(text_of(link)):
            link[:] = []
            link.text = f" {address} "
    return text_of(content)


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
