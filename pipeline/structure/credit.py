"""Contributor roles (CRediT) in a statement of contributions."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.article import Contributor
from pipeline.structure.names import folded
from pipeline.structure.vocabulary import load

# A clause ends in a semicolon or a stop; the stop of an initial ends none.
CLAUSE = re.compile(r"[;\n]|(?<=[^\W\d_]{2})\.\s+(?=[^\W\d_])")


INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_a-zß-ÿа-яё]\.?\s?-?){2,5}(?!\w)")


@cache
def _known() -> dict[str, str]:
    return {folded(form): term for term, forms in load("credit").items() for form in (term, *forms)}


def find_roles(people: Sequence[Contributor], text: str) -> Iterator[tuple[Contributor, list[str]]]:
    """Roles of people, where a clause has both: `Name: role, role` or `role, Name and Name`."""
    for clause in CLAUSE.split(text):
        roles = [term for form, term in _known().items() if form in folded(clause)]
        if roles:
            for person in people:
                if person.name is not None and _is_in(person, clause):
                    yield person, list(dict.fromkeys(roles))


def _is_in(person: Contributor, clause: str) -> bool:
    if person.name is None:
        return False
    if folded(person.name.family) and re.search(rf"(?<!\w){re.escape(person.name.family)}(?!\w)", clause):
        return True
    words = re.split(r"[\s.-]+", f"{person.name.given} {person.name.family}")
    initials = "".join(word[0] for word in words if word and not word[0].islower())
    return any(folded(each) == folded(initials) for each in INITIALS.findall(clause))
