"""How names are parted where people work: two family names, particles that belong to them."""

import re
from collections.abc import Sequence

from pipeline.article import Article, Contributor
from pipeline.structure.affiliations import country
from pipeline.structure.names import split_name
from pipeline.structure.vocabulary import load

BRACKETS = re.compile(r"\(([^()]{3,40})\)\W*$")


def _bracketed(place: str, lang: str) -> str:
    """The country of `Universität Kassel (Alemania)`."""
    match = BRACKETS.search(place)
    return country(match[1], lang) if match else ""


def settle_names(persons: Sequence[tuple[Contributor, str]], article: Article) -> None:
    """Part the names anew, as they were written, of those all of whose affiliations are in such countries."""
    countries = {each.id: each.country_code or _bracketed(each.text, article.lang) for each in article.affiliations}
    doubled, with_particles = (set(load("people")[f"{name}_countries"]) for name in ("double_surname", "particle"))
    for person, written in persons:
        where = {countries.get(identifier, "") for identifier in person.affiliations} - {""}
        if person.name is None or not written:
            continue
        if (where or article.lang == "es") and where <= doubled:
            person.name = split_name(written, article.lang, doubled=True)
        elif where and where <= with_particles and "," not in written:
            person.name = split_name(written, "nl")
