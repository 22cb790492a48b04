"""Addresses of mail and ORCID within affiliations: whose they are."""

import re
from collections.abc import Callable, Sequence

from pipeline.article import Contributor
from pipeline.structure.affiliations import EMAIL
from pipeline.structure.author_lines import ORCID, without_part
from pipeline.structure.names import folded

SHORTEST = 3
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
MOST_INITIALS = 6
WORD = re.compile(r"[^\W\d_]+")
STRAY = " ,;:|+−•·("


def give_addresses(
    owners: Sequence[Contributor], text: str, drop: Callable[[str, list[str]], None], is_said_apart: bool
) -> str:
    """Give the addresses of an affiliation to those of its `owners` whose names are in them, or to the only one.

    The affiliation without them, where each has found its owner; `drop` is told what else stood with them.
    `is_said_apart`: what the owners have already was said elsewhere, once more.
    """
    emails, orcids = [email.rstrip(".") for email in EMAIL.findall(text)], ORCID.findall(text)
    alone = len(emails) == 1 == len(owners)
    meant = [owners[0] if alone else _owner(owners, email) for email in emails]
    new = []
    for person, email in zip(meant, emails, strict=True):
        if person is not None and not person.email:
            person.email = email
            new.append(email)
    if len(owners) == 1 == len(orcids):
        owners[0].orcid = owners[0].orcid or orcids[0].upper()
    if not emails or [person.email for person in meant if person is not None] != emails:
        return text
    bare = _without(text)
    drop(text, [bare, *(new if is_said_apart else emails)])
    return bare


def _owner(persons: Sequence[Contributor], email: str) -> Contributor | None:
    """The person whose family name an address holds, else the only one whose given name it does."""
    local = folded(email.partition("@")[0])
    named = [(person, person.name) for person in persons if person.name]
    of_family = [person for person, name in named if _holds(local, name.family)]
    of_given = [person for person, name in named if _holds(local, name.given)]
    return of_family[0] if of_family else of_given[0] if len(of_given) == 1 else None


def _holds(local: str, name: str) -> bool:
    """Whether an address has a word of a name, its umlauts perhaps as two letters."""
    words = [word.casefold() for word in name.replace("-", " ").split() if len(word) >= SHORTEST]
    return any(folded(form) in local for word in words for form in (word, word.translate(UMLAUTS)))


def _without(text: str) -> str:
    """An affiliation without the addresses at its end; one that has words behind them stays."""
    first = EMAIL.search(text)
    if first is None or any(len(word) > MOST_INITIALS for word in WORD.findall(EMAIL.sub("", text[first.start() :]))):
        return text
    return without_part(text[: first.end()], first.start(), first.end(), "email").strip(STRAY)
