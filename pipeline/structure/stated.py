"""What a source format states of its article, made whole: names split, affiliations parted."""

import re
from itertools import pairwise

from pipeline.article import Abstract, Affiliation, Article, Block, Contributor, Element, Keywords
from pipeline.elements import make, text_of
from pipeline.structure import labels
from pipeline.structure.addresses import give_addresses
from pipeline.structure.affiliations import read_affiliation
from pipeline.structure.author_lines import is_equal
from pipeline.structure.authors import Author, read_author
from pipeline.structure.content import between
from pipeline.structure.draft import Draft
from pipeline.structure.keywords import split_keywords
from pipeline.structure.licenses import license_address
from pipeline.structure.name_customs import settle_names
from pipeline.structure.names import split_name

LABELS = "labels of addresses"
OWN_SCRIPT = re.compile(r"(?<=[A-Za-z])\s*[(（]\s*[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^()（）]{0,12}[)）]$")


def take_stated(draft: Draft) -> None:
    """Complete what `draft.article` holds from the start."""
    article = draft.article
    for person in article.contributors:
        _split(draft, person, article)
    _take_equal(draft)
    for place in article.affiliations:
        owners = [person for person in article.contributors if place.id in person.affiliations]
        place.text = give_addresses(
            owners, place.text, lambda whole, kept: draft.drop_rest(1, whole, kept, LABELS), True
        )
    article.affiliations = [_parted(each, article.lang) for each in article.affiliations]
    settle_names([(person, person.written) for person in article.contributors], article)
    for abstract in article.abstracts:
        _take_keywords(draft, abstract)
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
        bare = read_author(person.written).text or person.written
        draft.drop_rest(1, person.written, [bare], "titles and degrees of an author")
        person.written = bare
        person.name = split_name(person.written, article.lang)


def _parted(stated: Affiliation, lang: str) -> Affiliation:
    made = read_affiliation(stated.id, stated.text, lang)
    made.ror = stated.ror
    return made


def _take_equal(draft: Draft) -> None:
    """What is marked as an affiliation and says that authors contributed equally is a note."""
    article = draft.article
    for place in [each for each in article.affiliations if is_equal(each.text)]:
        article.affiliations.remove(place)
        draft.notes.append(make("fn", make("p", place.text), fn_type="equal"))
        for person in article.contributors:
            if place.id in person.affiliations:
                person.affiliations.remove(place.id)
                person.equal_contribution = True


def _take_keywords(draft: Draft, abstract: Abstract) -> None:
    """Paragraphs of an abstract that are lists of keywords or codes, where a class has no other place for them."""
    parts = [part for element in abstract.content for part in _at_labels(element)]
    kept = []
    for element in parts:
        found = labels.at_start(text_of(element).strip()) if element.tag == "p" else None
        words = split_keywords(Block(make("p", found[1]), 1, 1)) if found and found[0].role == "keywords" else []
        if found and words and len(parts) > 1:
            group = [make("kwd", word) for word in words]
            draft.article.keywords.append(Keywords(group, title=found[0].text.rstrip(": ：.—-")))
        else:
            kept.append(element)
    abstract.content = kept


def _at_labels(element: Element) -> list[Element]:
    """A paragraph parted before the bold labels of keywords within it."""
    position, ends = len(element.text or ""), []
    for child in element:
        label = labels.at_start(f"{text_of(child).strip()} x") or labels.at_start(f"{text_of(child).strip()}: x")
        if child.tag == "bold" and label and label[0].role == "keywords" and position:
            ends.append(position)
        position += len(text_of(child)) + len(child.tail or "")
    if element.tag != "p" or not ends:
        return [element]
    return [between(element, start, end) for start, end in pairwise([0, *ends, position])]
