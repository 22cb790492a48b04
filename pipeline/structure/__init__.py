"""Blocks become an article: every block ends up in it, in the reference list, or set aside with a reason."""

from collections.abc import Callable, Sequence

from pipeline import language
from pipeline.article import Article, Block
from pipeline.structure import body, front, people, zones
from pipeline.structure.draft import Draft, ReadCitation

RECOGNISERS: tuple[Callable[[Draft], None], ...] = (
    front.read_citation,
    body.drop_furniture,
    front.read_doi,
    front.read_dates,
    front.read_issue,
    front.read_section,
    front.read_license,
    front.read_title,
    people.read_people,
    front.read_keywords,
    front.read_abstract,
    body.read_references,
    body.read_biographies,
    front.fill_from_citation,
    body.read_body,
)


def read(blocks: Sequence[Block], read_citation: ReadCitation, lang: str | None = None) -> Draft:
    """The article of `blocks`; its references are still blocks, in `Draft.references`.

    `read_citation` reads one citation string (the references room's work, handed in so that this
    room need not know it). `lang` is the language to assume where the text does not tell.
    """
    draft = Draft(zones.cut(blocks), Article(lang=lang or "en"), read_citation)
    draft.article.lang = _language(blocks, lang or "en")
    for recognise in RECOGNISERS:
        recognise(draft)
    _drop_equal_languages(draft.article)
    return draft


def _language(blocks: Sequence[Block], default: str) -> str:
    """The language of the longest paragraphs, which are the abstract and the body."""
    longest = sorted((block.text for block in blocks), key=len, reverse=True)[:3]
    return language.detect(" ".join(longest), default) or default


def _drop_equal_languages(article: Article) -> None:
    """`xml:lang` is inherited: only what differs says so, but abstracts and keywords always do."""
    for group in (*article.abstracts, *article.keywords):
        group.lang = group.lang or article.lang
