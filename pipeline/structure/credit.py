"""Contributor roles (CRediT) in a statement of contributions."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.article import Contributor
from pipeline.structure.names import folded

TERMS = (
    "Conceptualization", "Data curation", "Formal analysis", "Funding acquisition", "Investigation", "Methodology",
    "Project administration", "Resources", "Software", "Supervision", "Validation", "Visualization",
    "Writing – original draft", "Writing – review & editing",
)  # fmt: skip
CLAUSE = re.compile(r"[;\n]|\.\s+(?=[^\W\d_])")


@cache
def _known() -> dict[str, str]:
    known = {folded(term): term for term in TERMS}
    return known | {
        folded(form): term
        for form, term in (
            ("Conceptualisation", TERMS[0]), ("Visualisation", TERMS[11]),
            ("Writing original draft preparation", TERMS[12]),
            ("Writing review and editing", TERMS[13]), ("Writing reviewing and editing", TERMS[13]),
        )
    }  # fmt: skip


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
    initials = "".join(word[0] for word in re.split(r"[\s.-]+", f"{person.name.given} {person.name.family}") if word)
    found = re.findall(r"(?<!\w)(?:[^\W\d_]\.?\s?-?){2,4}(?!\w)", clause)
    return any(folded(each).upper() == folded(initials).upper() and each.upper() == each for each in found)
