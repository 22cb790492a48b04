"""Whether a line of a page names the authors that the article's own citation has, or others."""

import re
from collections.abc import Sequence

from pipeline.article import Block
from pipeline.structure.affiliations import looks_like_affiliation
from pipeline.structure.authors import parse_authors
from pipeline.structure.draft import Draft
from pipeline.structure.licenses import AROUND
from pipeline.structure.names import CJK, folded, match_name

NAME_WORDS = 4
NAME_TOKENS = 12
REACH = 2000
ET_AL = re.compile(
    r"\bet\s(?:al|autres|coll)\b|…|\.\.\.|و\s?آخرون|و\s?همکاران|\b(?:и\sдр|и\sдругие|та\sін|и\sсур)|等|\bu\.\s?a\.|\bm\.?\s?fl\b"
    r"|\b(?:dkk|vd|ve\sdiğ|ve\sark|i\sin|i\swsp|a\skol|e\saltri|e\soutros|y\sotros|y\scols|ym|e\.\s?a|és\smtsai?)\b|\bcộng\ssự",
    re.IGNORECASE,
)


def begins_with_cited(draft: Draft, text: str) -> bool:
    tokens = [token.strip(",;") for token in text.split()[:NAME_TOKENS]]
    return any(match_name(tokens, name) for name in draft.cited_names())


def is_cited(draft: Draft, text: str) -> bool:
    """A line that begins with an author of the citation, or with a word that stands there before the title."""
    if draft.citation is None:
        return False
    people = draft.citation.text.partition(draft.cited_title() or "(")[0]
    cited = {folded(word) for word in people.split()}
    first = [folded(word) for word in text.split()[:NAME_WORDS]]
    named = any(word in cited or (CJK.fullmatch(word) and word in people) for word in first if len(word) > 1)
    return named or begins_with_cited(draft, text)


def names_others(draft: Draft, block: Block) -> bool:
    """Names alone, none of them of the authors that the citation names in full."""
    if draft.citation is None or block.hints.marker is not None or ET_AL.search(draft.citation.text[:REACH]):
        return False
    return not is_cited(draft, block.text) and bool(parse_authors(block.text))


def without_others(draft: Draft, blocks: list[Block]) -> list[Block]:
    """The lines of the authors of a page: names of others are words of the site, as is all before the first.

    Where letters have no case, any words look like names: those after an author may be where that author works, and
    so may be a name right after one (`KU Leuven`), where others have such a line, or all have one.
    """
    places = [n for n, block in enumerate(blocks) if is_cited(draft, block.text)] if draft.is_page else []
    if not places:
        return blocks
    around = [block for n, block in enumerate(blocks) if n not in places and _is_around(draft, blocks, n, places[0])]
    draft.drop(around, AROUND)
    return [block for block in blocks if not any(block is each for each in around)]


def _is_around(draft: Draft, blocks: Sequence[Block], place: int, first: int) -> bool:
    text = blocks[place].text
    if place < first or text.upper() == text.lower() or not names_others(draft, blocks[place]):
        return place < first
    cited = [n for n in range(place) if is_cited(draft, blocks[n].text)]
    after = [blocks[n + 1] for n in range(len(blocks) - 1) if is_cited(draft, blocks[n].text)]
    places = any(looks_like_affiliation(block.text) for block in after)
    in_turn = len(after) > 1 and not any(is_cited(draft, block.text) for block in after)
    return not (cited[-1:] == [place - 1] and (places or in_turn))
