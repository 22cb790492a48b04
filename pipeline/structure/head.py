"""The lines before the abstract: what is the title, who are the authors, and what the site or the journal prints."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pipeline import language
from pipeline.article import Block, Title
from pipeline.elements import make, without_end
from pipeline.structure.affiliations import EMAIL, country, looks_like_affiliation, split_label
from pipeline.structure.author_lines import CITY, ORCID, is_correspondence, is_inline
from pipeline.structure.authors import parse_authors
from pipeline.structure.cited_people import begins_with_cited
from pipeline.structure.content import rest_of
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.licenses import AROUND
from pipeline.structure.mastheads import after_breadcrumb, after_journal, after_kind, after_menu, read_fact
from pipeline.structure.title_page import without_fields
from pipeline.structure.titles import begins_with_authors, find_title, read_titles
from pipeline.structure.vocabulary import alternatives, load, word_set
from pipeline.structure.zones import BODY

LONGEST_NAME = 4
LEAST_WORDS = 3


def read_head(draft: Draft) -> None:
    """Sort the lines of the head: title and authors go into the article, facts are read, the rest is set aside."""
    found = [block for zone in draft.take("head") for block in zone.blocks]
    floats = [block for block in found if block.content.tag != "p"]
    if floats:
        draft.zones.insert(0, Zone(BODY, blocks=floats))
        found = [block for block in found if block.content.tag == "p"]
    found = without_fields(draft, found)
    blocks = [part for block, after in pairwise([*found, None]) if block for part in _unjoined(block, after)]
    blocks = after_journal(draft, after_breadcrumb(draft, [_without_byline(draft, block) for block in _whole(blocks)]))
    left = [block for block in after_kind(draft, after_menu(draft, blocks)) if not read_fact(draft, block)]
    title = None if draft.is_stated else find_title(draft, left)
    if title is None:
        people = [block for block in left if not _is_around(draft, block)]
        draft.drop([block for block in left if _is_around(draft, block)], AROUND)
    else:
        before = left[:title] if begins_with_authors(left) and title else []
        draft.drop(left[len(before) : title], AROUND)
        people = [*before, *read_titles(draft, left, title)]
    draft.zones.insert(0, Zone("authors", blocks=people))


def _whole(blocks: list[Block]) -> list[Block]:
    """A line that ends in a word such as `of` and the next, which it was parted from, are one."""
    whole: list[Block] = []
    for block in blocks:
        before = whole[-1] if whole else None
        if before is not None and not block.hints.blank_lines_before and _hangs(before, block):
            content = make("p", f"{before.text} {block.text}")
            whole[-1] = replace(before, content=content, last_line=block.last_line)
        else:
            whole.append(block)
    return whole


def _hangs(before: Block, block: Block) -> bool:
    plain = before.content.tag == block.content.tag == "p" and not len(before.content) and not len(block.content)
    words = before.text.split()
    if _are_names(block.text) or looks_like_affiliation(block.text):
        return False
    return plain and len(words) >= LEAST_WORDS and words[-1] in word_set("facts", "hanging") and "," not in before.text


def _are_names(text: str) -> bool:
    """Names of authors, which hold no small word but particles and those for `and`."""
    small = {word for word in text.split() if word in word_set("facts", "hanging") and len(word) == 1}
    return bool(parse_authors(text)) and not small - {"y", "e", "i", "и", "і"}


def _without_byline(draft: Draft, block: Block) -> Block:
    """`by Anna Berg and Jonas Lind` without its first word."""
    if block.text.startswith("©") and parse_authors(bare := block.text[1:].strip()):
        draft.drop_rest(block.line, "©", [], "label of the page")
        return replace(block, content=make("p", bare))
    word = _byline().match(block.text)
    if word is None:
        return block
    names, comma, place = block.text.rpartition(", ")
    place = place if comma and CITY.fullmatch(place) and not parse_authors(block.text[word.end() :]) else ""
    rest = rest_of(block.content, word.end())
    if not parse_authors((names if place else block.text)[word.end() :]):
        return block
    draft.drop_rest(block.line, f"{word.group()} {place}", [], "label of the page")
    return replace(block, content=without_end(rest, len(names) - word.end()) if place else rest)


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('people')['bylines'])})\s+(?=\S)", re.IGNORECASE)


def read_other_heads(draft: Draft) -> None:
    """Title, authors and affiliations once more, before an abstract in another language: the title is kept as such."""
    for zone in draft.take("other_head"):
        for block in zone.blocks:
            text = block.text
            named = parse_authors(text) or is_inline(text) or split_label(text)[0] or "@" in text
            if named or (looks_like_affiliation(text) and "," in text) or read_fact(draft, block):
                draft.drop(
                    [block] if named or looks_like_affiliation(text) else [], "authors once more, in another language"
                )
            else:
                tag = language.detect(text) or language.script_language(text)
                draft.article.translated_titles.append(Title(make("trans-title", text), lang=tag))


def _unjoined(block: Block, following: Block | None) -> list[Block]:
    """A title or an affiliation whose last line was as long as the page is wide, and authors: two blocks joined."""
    for offset in block.hints.breaks:
        one, other = block.text[:offset].rstrip(), block.text[offset:].strip()
        authors = parse_authors(other)
        after_title = not (split_label(one)[0] or looks_like_affiliation(one))
        has_marks = any(author.marks for author in authors)
        marked = has_marks or (after_title and (len(authors) > 1 or is_inline(other)))
        named = len(authors) == 1 and following is not None and _is_of_author(following.text)
        marked = marked or (named and len(other.split()) <= LONGEST_NAME and not _is_of_place(one, other))
        are_authors = marked and not parse_authors(block.text) and not is_inline(block.text)
        if are_authors or (parse_authors(one) and split_label(other)[0] and looks_like_affiliation(other)):
            later = tuple(each - offset for each in block.hints.breaks if each > offset)
            first = replace(block, content=make("p", one), hints=replace(block.hints, breaks=()))
            second = replace(
                block, content=make("p", other), hints=replace(block.hints, breaks=later, blank_lines_before=0)
            )
            return [first, *_unjoined(second, following)]
    return [block]


def _is_of_place(one: str, other: str) -> bool:
    """`… United` and `Arab Emirates`: the end of an affiliation."""
    return one.endswith(",") or bool(country(other) or country(f"{one} {other}".rpartition(",")[2]))


def _is_of_author(text: str) -> bool:
    """What stands after an author who has a line alone: an affiliation without a mark, or another author."""
    place = looks_like_affiliation(text) and not split_label(text)[0]
    return place or (len(parse_authors(text)) == 1 and len(text.split()) <= LONGEST_NAME)


def _is_around(draft: Draft, block: Block) -> bool:
    """A line without a name, an affiliation or an address, on a page without a title before its authors."""
    text = block.text
    return not (
        block.hints.marker
        or looks_like_affiliation(text)
        or parse_authors(text)
        or EMAIL.search(text)
        or ORCID.search(text)
        or begins_with_cited(draft, text)
        or is_correspondence(text)
    )
