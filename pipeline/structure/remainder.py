"""The last look: words that no rule found a place for are set aside, each with its line, and said."""

from collections.abc import Iterator

from pipeline.article import Affiliation, Article, Contributor, Element, SetAside
from pipeline.elements import running, text_of
from pipeline.structure.draft import Draft
from pipeline.words import count, words

REASON = "no place was found for it in the article"


def account(draft: Draft) -> None:
    """Compare the words of the blocks with those of the article, the references and what was set aside."""
    references = {id(block) for block in draft.references}
    blocks = [block for block in draft.blocks if id(block) not in references]
    own = {id(block) for block in draft.blocks}
    parts = [running(block.content) for block in draft.references if id(block) not in own]
    said = {id(block): running(block.content) for block in blocks}
    left = count(*said.values()) - count(*_strings(draft), *parts)
    if not left:
        return
    for block in blocks:
        taken = count(said[id(block)]) & left
        if taken:
            left -= taken
            text = " ".join(word for word in words(said[id(block)]) if word in taken)
            draft.set_aside.append(SetAside(block.line, text, REASON))
            draft.note("words-without-place", f"set aside, as no place was found for it: {text[:80]}", block.line)
        if not left:
            return


def _strings(draft: Draft) -> Iterator[str]:
    article = draft.article
    yield from (item.text for item in draft.set_aside)
    yield from _of_front(article)
    for person in article.contributors:
        yield from _of_person(person)
    yield from (_of_affiliation(each) for each in article.affiliations)
    elements: list[Element] = [*article.meta, *article.body, *article.back]
    for title in (article.title, *article.translated_titles):
        if title is not None:
            elements += [title.content] if title.subtitle is None else [title.content, title.subtitle]
    for abstract in article.abstracts:
        yield abstract.title
        elements += abstract.content
    for keywords in article.keywords:
        yield keywords.title
        elements += keywords.words
    for element in elements:
        yield running(element)


def _of_front(article: Article) -> Iterator[str]:
    journal, permissions = article.journal, article.permissions
    yield from (
        journal.title,
        journal.abbreviation,
        journal.publisher,
        *journal.issns.values(),
        article.references_title,
    )
    yield from (article.volume, article.issue, article.fpage, article.lpage, article.elocation_id)
    yield from (*article.ids.values(), *article.subjects)
    for date in article.dates:
        yield " ".join(str(part) for part in (date.year, date.month, date.day) if part)
    yield from (
        permissions.statement,
        permissions.holder,
        permissions.year,
        permissions.license_url,
        permissions.license_text,
    )


def _of_person(person: Contributor) -> Iterator[str]:
    if person.name is not None:
        yield from (person.name.given, person.name.family, person.name.prefix, person.name.suffix)
    yield from (person.collab, person.email, person.orcid, *map(text_of, person.biography))


def _of_affiliation(affiliation: Affiliation) -> str:
    return f"{affiliation.label} {affiliation.text}"
