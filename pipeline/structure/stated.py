"""What a source format states of its article, made whole: names split, affiliations parted."""

import re

from pipeline.article import Affiliation, Article, Contributor
from pipeline.elements import make
from pipeline.structure.affiliations import read_affiliation
from pipeline.structure.authors import Author
from pipeline.structure.draft import Draft
from pipeline.structure.licenses import license_address
from pipeline.structure.names import split_name

OWN_SCRIPT = re.compile(r"(?<=[A-Za-z])\s*[(（]\s*[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^()（）]{0,12}[)）]$")


def take_stated(draft: Draft) -> None:
    """Complete what `draft.article` holds from the start."""
    article = draft.article
    for person in article.contributors:
        _split(draft, person, article)
    article.affiliations = [_parted(each, article.lang) for each in article.affiliations]
    for abstract in article.abstracts:
        abstract.content = [each if each.tag in ("p", "sec") else make("p", each) for each in abstract.content]
    if article.permissions.license_text and not article.permissions.license_url:
        article.permissions.license_url = license_address(article.permissions.license_text)


def _split(draft: Draft, person: Contributor, article: Article) -> None:
    if person.name is not None or not person.written:
        return
    if match := OWN_SCRIPT.search(person.written):
        draft.set_aside_line(match.group().strip(), "name of an author in its own script")
        person.written = person.written[: match.start()]
    if Author(person.written).is_group:
        person.collab = person.written
    else:
        person.name = split_name(person.written, article.lang)


def _parted(stated: Affiliation, lang: str) -> Affiliation:
    made = read_affiliation(stated.id, stated.text, lang)
    made.ror = stated.ror
    return made
