"""Which line is the title of an article, and which are its subtitle and its titles in other languages."""

import re
from collections.abc import Sequence

from pipeline import language
from pipeline.article import Block, Title
from pipeline.elements import rename
from pipeline.structure import headings
from pipeline.structure.affiliations import EMAIL, looks_like_affiliation, split_label
from pipeline.structure.author_lines import (
    IDENTIFIER,
    ORCID,
    inverted_name,
    is_correspondence,
    is_inline,
    split_pairs,
)
from pipeline.structure.authors import are_degrees, parse_authors
from pipeline.structure.cited_people import begins_with_cited
from pipeline.structure.content import raised, without_layout
from pipeline.structure.draft import Draft
from pipeline.structure.licenses import AROUND
from pipeline.structure.names import folded
from pipeline.structure.shapes import DENSE
from pipeline.words import words

INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_a-z]\.")
# `발행기관 : 한국구비문학회`, a line of a catalogue.
FIELD = re.compile(r"\S{1,10}(?:\s\S{1,10})?\s:\s.{1,40}")
LONGEST_TITLE = 400
TITLE, SUBTITLE, PEOPLE = "title", "subtitle", ("author", "affiliation")
SAME_WORDS = 6
LEAST_QUOTED = 4
LONGEST_NAME = 4
HEAD = 8
MOST_WORDS = 8
NEAR = 6


def find_title(draft: Draft, blocks: Sequence[Block]) -> int | None:
    """The place of the title: the line the citation repeats, else the first line that could be one."""
    styled = next((place for place, block in enumerate(blocks) if block.hints.style == TITLE), None)
    if styled is not None:
        return styled
    cited = words(draft.cited_title())
    if cited:
        same = [
            place
            for place, block in enumerate(blocks)
            if _same_title(words(block.text), cited)
            or (place + 1 < len(blocks) and is_cited_title(draft, f"{block.text} {blocks[place + 1].text}"))
        ]
        return same[0] if same else _quoted(draft, blocks)
    possible = [place for place, block in enumerate(blocks) if _could_be_title(block)]
    possible = [place for place in possible if not FIELD.fullmatch(blocks[place].text)] or possible
    if possible[:1] == [0] and begins_with_authors(blocks):
        after = [place for place in possible if is_apart(blocks[place])]
        longest = max(possible[1:], key=lambda place: len(blocks[place].text), default=0)
        named = begins_with_authors(blocks) and len(blocks[longest].text.split()) >= LEAST_QUOTED
        return after[0] if after else longest if named else 0
    return possible[0] if possible else None


def begins_with_authors(blocks: Sequence[Block]) -> bool:
    """Whether the first line of a head names its authors."""
    return are_authors(blocks[:1]) or _is_alone(blocks)


def _is_alone(blocks: Sequence[Block]) -> bool:
    """A first line that is one name, where no other line of the head has names, and the next could be no name."""
    first = blocks[0].text if len(blocks) > 1 else ""
    if len(parse_authors(first)) != 1 or len(first.split()) > LONGEST_NAME or first.upper() == first.lower():
        return False
    return not any(parse_authors(block.text) or is_inline(block.text) for block in blocks[1:HEAD])


def _could_be_title(block: Block) -> bool:
    """A paragraph of some length that is not marked as the heading of a known section."""
    if block.content.tag != "p" or (block.hints.level is not None and headings.known(block.text)[0]):
        return False
    return block.hints.marker is None and 3 <= len(block.text) <= LONGEST_TITLE and "@" not in block.text


def are_authors(blocks: Sequence[Block]) -> bool:
    """A first line of names that are surely names: with initials or marks, in capitals, or parted by slashes."""
    authors = parse_authors(blocks[0].text) if blocks else []
    return bool(authors) and (
        all(author.marks or INITIAL.search(author.text) or _has_capitals(author.text) for author in authors)
        or " / " in blocks[0].text
    )


def _has_capitals(name: str) -> bool:
    """`Marie L'HERMITTE`: the family name, and it alone, in capitals."""
    words = name.split()
    return words[-1].isupper() and not words[0].isupper()


def is_apart(block: Block) -> bool:
    """What is neither names nor an affiliation nor an address, and of some words."""
    text = block.text
    return (
        len(text.split()) + len(DENSE.findall(text)) // 2 >= LEAST_QUOTED
        and not parse_authors(text)
        and not are_degrees(text)
        and not split_label(text)[0]
        and not is_correspondence(text)
        and not (looks_like_affiliation(text) and text.count(",") > 0)
    )


def _quoted(draft: Draft, blocks: Sequence[Block]) -> int | None:
    """The longest line that the citation has word for word, where its title was read otherwise."""
    whole = f" {' '.join(words(draft.citation.text))} " if draft.citation else ""
    found = [
        (len(block.text), -place)
        for place, block in enumerate(blocks)
        if len(words(block.text)) >= LEAST_QUOTED
        and f" {' '.join(words(block.text))} " in whole
        and not parse_authors(block.text)
    ]
    return -max(found)[1] if found else None


def is_cited_title(draft: Draft, text: str) -> bool:
    """Whether the citation's title begins with the words of `text`."""
    mine, cited = words(text), words(draft.cited_title())
    return bool(mine) and cited[: len(mine)] == mine


def _same_title(mine: Sequence[str], cited: Sequence[str]) -> bool:
    """The same words, or their beginning: a subtitle may stand on the next line."""
    return bool(mine) and (
        mine[:SAME_WORDS] == cited[:SAME_WORDS]
        if len(mine) >= SAME_WORDS
        else mine == cited[: len(mine)] and len(mine) * 3 >= len(cited)
    )


def read_titles(draft: Draft, blocks: Sequence[Block], place: int) -> list[Block]:
    """Read title, subtitle and titles in other languages; the blocks of the authors are left."""
    title = blocks[place]
    draft.article.title = Title(without_layout(rename(title.content, "article-title")))
    named = place > 0 and begins_with_authors(blocks)
    after = place + 1
    while (
        after < len(blocks)
        and not (named and _is_affiliation(blocks[after]))
        and (
            is_cited_title(draft, f"{title.text} {blocks[after].text}")
            or not _is_of_people(draft, blocks[after], blocks[after + 1 : after + 1 + NEAR])
        )
    ):
        block = blocks[after]
        if words(block.text) == words(title.text):
            draft.drop([block], "the title once more")
        elif _is_subtitle(draft, title, block):
            draft.article.title.subtitle = without_layout(rename(block.content, "subtitle"))
        elif len(block.text) > LONGEST_TITLE or (
            draft.is_page and len(block.text) < 25 and not _is_translation(draft, block)
        ):
            draft.drop([block], AROUND)
        else:
            tag = language.detect(block.text) or language.script_language(block.text)
            draft.article.translated_titles.append(
                Title(without_layout(rename(block.content, "trans-title")), lang=tag if tag != draft.lang else None)
            )
        after += 1
    people = []
    for block in blocks[after:]:
        if words(block.text) == words(title.text):
            draft.drop([block], "the title once more")
        else:
            people.append(block)
    return people


def _is_of_people(draft: Draft, block: Block, after: Sequence[Block]) -> bool:
    text = raised(block).text
    if block.hints.style in (SUBTITLE, *PEOPLE):
        return block.hints.style in PEOPLE
    if (
        block.hints.marker is not None
        or begins_with_cited(draft, text)
        or EMAIL.search(text)
        or ORCID.search(text)
        or is_correspondence(text)
    ):
        return True
    if is_inline(text) or split_pairs(text):
        return True
    if inverted_name(text) and any(inverted_name(raised(each).text) for each in after[:4]):
        return True
    if len(parse_authors(IDENTIFIER.sub("", text))) > 1:
        return True
    if parse_authors(text.strip(" +−"), letters=any(split_label(each.text)[0] == "a" for each in after[:6])):
        return True
    if not looks_like_affiliation(text):
        return False
    return split_label(text)[0] != "" or (len(text.split(",")) > 2 and not _more_authors(after))


def _is_affiliation(block: Block) -> bool:
    """A short line that names an institution, where the authors stand before the title."""
    return looks_like_affiliation(block.text) and len(block.text.split()) <= MOST_WORDS


def _more_authors(after: Sequence[Block]) -> bool:
    return any(parse_authors(block.text) for block in after[:3])


def _is_subtitle(draft: Draft, title: Block, block: Block) -> bool:
    cited = draft.cited_title()
    if draft.article.title is None or draft.article.title.subtitle is not None:
        return False
    mine, its = language.detect(title.text), language.detect(block.text)
    styled = block.hints.style == SUBTITLE and (mine is None or its is None or mine == its)
    if styled or (cited and words(f"{title.text} {block.text}") == words(cited)):
        return True
    if title.text.rstrip().endswith(":"):
        return True
    if cited and words(cited) == words(title.text):
        return (
            draft.is_page
            and not _is_translation(draft, block)
            and len(block.text) > 12
            and folded(block.text) not in folded(cited)
        )
    tag = language.detect(block.text)
    return tag is not None and tag == language.detect(title.text, draft.lang) and not block.hints.blank_lines_before


def _is_translation(draft: Draft, block: Block) -> bool:
    tag = language.detect(block.text) or language.script_language(block.text) or language.likeliest(block.text)
    return tag is not None and tag != draft.lang
