"""Blocks become an article: every block ends up in it, in the reference list, or set aside with a reason."""

from collections.abc import Callable, Sequence
from itertools import islice

from pipeline import language
from pipeline.article import Article, Block, Element
from pipeline.structure import (
    abstracts,
    body,
    contributors,
    front_zones,
    head,
    history,
    issns,
    keywords,
    licenses,
    links,
    notes,
    numbering,
    own_citation,
    remainder,
    site,
    stated,
    zones,
)
from pipeline.structure.draft import Draft, ReadCitation, Zone
from pipeline.structure.floats import join_labels
from pipeline.structure.properties import fill_from_properties, into_text, take_title
from pipeline.structure.references import read_references
from pipeline.structure.run_in import part_run_in_headings
from pipeline.structure.shapes import looks_like_abstract, looks_like_reference
from pipeline.structure.unlabelled_citation import find_citation

PARAGRAPHS = 40
LEAST_WORDS = 25

RECOGNISERS: tuple[Callable[[Draft], None], ...] = (
    stated.take_stated,
    own_citation.read_citation,
    front_zones.settle_zones,
    site.drop_furniture,
    site.read_doi,
    history.read_zones,
    site.read_issue_zones,
    site.read_sections,
    site.read_funding_data,
    head.read_head,
    head.read_other_heads,
    licenses.read_licenses,
    contributors.read_people,
    abstracts.read_abstracts,
    keywords.read_keywords,
    read_references,
    contributors.read_biographies,
    own_citation.fill_from_citation,
    fill_from_properties,
    body.read_body,
    issns.read_issns,
    numbering.number_floats,
    links.settle_links,
    notes.place_notes,
    remainder.account,
)


def read(
    blocks: Sequence[Block],
    read_citation: ReadCitation,
    lang: str | None = None,
    front: Article | None = None,
    footnotes: Sequence[Element] = (),
    is_numbered: bool = False,
    properties: Article | None = None,
) -> Draft:
    """The article of `blocks`; its references are still blocks, in `Draft.references`.

    `read_citation` reads one citation string (the references room's work, handed in so that this
    room need not know it). `lang` is the language to assume where the text does not tell. `front` is what
    the source format states beside the text: it wins. `footnotes` are its real ones, marked in the blocks;
    `is_numbered`: its own program numbers floats and equations. `properties` are weaker than the text.
    """
    blocks, twice = into_text(front, properties, part_run_in_headings(join_labels(blocks)))
    blocks, others = zones.first_article(blocks)
    citation = find_citation(blocks) if front is None else None
    cut = zones.cut(blocks, citation)
    article = front or Article(lang="")
    article.lang = article.lang or _language(cut, lang or "en")
    draft = Draft(cut, article, read_citation, blocks=blocks, footnotes=footnotes, is_numbered=is_numbered)
    draft.properties = properties
    draft.set_aside += twice
    draft.is_stated = article.title is not None
    take_title(draft)
    draft.is_page = citation is not None or zones.is_page(blocks)
    if others:
        message = "a second article begins here and is set aside; give each its own file"
        draft.note("second-article", message, others[0].line)
        draft.drop(others, "a second article")
    for recognise in RECOGNISERS:
        recognise(draft)
    return draft


def _of_abstracts(cut: Sequence[Zone]) -> str | None:
    """The language of the abstract; of several, that of the title as it is cited, else of the first."""
    texts = [" ".join(block.text for block in zone.blocks) for zone in cut if zone.role == "abstract" and zone.blocks]
    tags = [language.detect(text) or language.likeliest(text) for text in texts]
    if len(set(tags)) < 2:
        return tags[0] if tags else None
    cited = next((zone.blocks[0].text for zone in cut if zone.role == "how_to_cite" and zone.blocks), "")
    tag = language.likeliest(cited)
    return tag if tag in tags else tags[0]


def _language(cut: Sequence[Zone], default: str) -> str:
    """The language of the body, or, where there is hardly any, of the longest paragraphs, as the abstract is."""
    body = [block.text for zone in cut if zone.role == zones.BODY for block in zone.blocks]
    if sum(len(text.split()) for text in body) >= LEAST_WORDS and (tag := language.detect(" ".join(body))):
        return tag
    if (tag := _of_abstracts(cut)) is not None:
        return tag
    blocks = [block for zone in cut if zone.role not in (zones.REFERENCES, "how_to_cite") for block in zone.blocks]
    longest = sorted((block.text for block in blocks), key=len, reverse=True)[:PARAGRAPHS]
    own = (text for text in longest if not looks_like_reference(text))
    prose = list(islice(filter(looks_like_abstract, own), 3))
    if not prose:
        prose = [text for text in longest if not looks_like_reference(text)] or longest
    return language.detect(" ".join(prose[:3]), default) or default
