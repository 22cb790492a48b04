"""Labels of pages in a language that the data files do not have, told by their shape and place."""

import unicodedata
from collections.abc import Sequence

from pipeline.article import Block
from pipeline.structure.abstracts import part_label
from pipeline.structure.affiliations import looks_like_affiliation
from pipeline.structure.cited_people import is_cited
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.shapes import SENTENCE_END, looks_like_abstract

LONGEST_LABEL = 60
MOST_LABEL_WORDS = 6
MOST_WORDS_AFTER = 4


def without_labels(blocks: Sequence[Block]) -> int:
    """How many of the blocks stand before a line that looks like a label, where nothing but short lines follows."""
    start = len(blocks)
    while start > 1 and len(blocks[start - 1].text) <= LONGEST_LABEL:
        start -= 1
    labels = (n for n in range(start, len(blocks)) if _could_be_label(blocks[n].text, blocks[n - 1].text))
    return next(labels, len(blocks))


def _could_be_label(text: str, before: str) -> bool:
    """A few words without an end, after a sentence that has one, and not that of a part of an abstract."""
    ended = before.rstrip().endswith(SENTENCE_END) or looks_like_abstract(before)
    worded = all(char.isalpha() or char in " :-'’" or unicodedata.category(char)[0] == "M" for char in text)
    return ended and worded and len(text.split()) <= MOST_LABEL_WORDS and not part_label(text)


def is_label_alone(text: str) -> bool:
    """A few words without a number or a stop: the label of what follows, in a language unknown."""
    plain = len(text) <= LONGEST_LABEL and len(text.split()) <= MOST_LABEL_WORDS
    return plain and not any(char.isdigit() or char in ".,;!?" for char in text)


def take_label(draft: Draft, zones: Sequence[Zone]) -> Block | None:
    """The last line of the head, taken from it, where it can be the label of what follows: one word, or two of which
    the second has no capital; not an author, not an institution.
    """
    blocks = zones[-1].blocks if zones and zones[-1].role == "head" else []
    headed = len(blocks) > 1 or any(zone.role in ("head", "authors") and zone.blocks for zone in zones[:-1])
    words = blocks[-1].text.split() if blocks and headed and blocks[-1].hints.marker is None else []
    if not 0 < len(words) <= 2 or not is_label_alone(blocks[-1].text) or words[-1][:1].isupper() > (len(words) == 1):
        return None
    if is_cited(draft, blocks[-1].text) or looks_like_affiliation(blocks[-1].text):
        return None
    return blocks.pop()


def is_of_site(draft: Draft, text: str) -> bool:
    """On a page that cites itself, a few words that name no place, behind an author's affiliation."""
    few = len(text.split()) <= MOST_WORDS_AFTER and "," not in text
    return draft.is_page and draft.citation is not None and few and not looks_like_affiliation(text)
