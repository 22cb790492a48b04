"""The article's own citation on a page where no label announces it: it repeats the title, or names the authors."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline.article import Block
from pipeline.structure import headings, issues, labels
from pipeline.structure.names import folded
from pipeline.structure.shapes import YEAR, looks_like_abstract, looks_like_reference
from pipeline.words import words

SHORTEST, LONGEST = 40, 1500
LONGEST_LINE = 400
LEAST_TITLE = 4
MOST_NAMES = 3
NAME_WORDS = 4
SHORT = 2
PEOPLE = 40
TOP = 15
NEAR = 4
LOCATED = re.compile(
    r"\b10\.\d{4,9}/|https?://|\bvol\.|\bv\.\s\d|\d\s?\(\d[^()]{0,10}\)|\d{4};\s?\d|\bpp?\.\s|[:,.]\s?\d{1,5}[-–]\d+|\[S\.\s?l",
    re.IGNORECASE,
)


def find_citation(blocks: Sequence[Block]) -> int | None:
    """The place of the article's own citation on a page of a site; None in a whole article or where a label tells."""
    if any(map(_is_label, blocks)) or any(headings.is_body_start(block) or _begins_label(block) for block in blocks):
        return None
    blocks = blocks[: next((place for place, block in enumerate(blocks) if _is_of_others(block)), len(blocks))]
    early = [block for place, block in enumerate(blocks) if _could_be_of_head(block.text, place)]
    spoken = Counter(word for block in early for word in set(map(folded, block.text.split())) if len(word) > 1)
    candidates = [(place, block.text) for place, block in enumerate(blocks) if _could_be_citation(block.text)]
    possible = [" ".join(words(text)) for _, text in candidates]
    titles = [title for block in early if len(title := words(block.text)) >= LEAST_TITLE and _is_once(title, possible)]
    named = [block.text for block in early if block.hints.marker is not None]
    for place, text in candidates:
        own = set(map(folded, text.split())) if blocks[place] in early else ()
        if _repeats(text, titles, spoken - Counter(own)) or _names(
            text, named, blocks[:place], _is_set_off(blocks, place)
        ):
            return place
    return None


def _is_label(block: Block) -> bool:
    label = labels.whole_line(block.text)
    return label is not None and label.role == "how_to_cite"


def _begins_label(block: Block) -> bool:
    start = labels.at_start(block.text)
    return start is not None and start[0].role == "how_to_cite"


def _is_of_others(block: Block) -> bool:
    """Where the page goes on with other articles."""
    label = labels.whole_line(block.text)
    return label is not None and label.role in ("similar", "refbacks")


def _is_once(title: Sequence[str], texts: Sequence[str]) -> bool:
    """Not the name of the journal, which its other articles have too."""
    whole = " ".join(title)
    return sum(whole in text and whole != text for text in texts) == 1


def _could_be_of_head(text: str, place: int) -> bool:
    """A short line; a title with years looks like a reference, but stands at the top."""
    short = len(text) <= LONGEST_LINE and not looks_like_abstract(text)
    return short and (place < TOP or not looks_like_reference(text))


def _could_be_citation(text: str) -> bool:
    dated = SHORTEST <= len(text) <= LONGEST and YEAR.search(text) is not None and LOCATED.search(text) is not None
    return dated and not issues.is_breadcrumb(text)


def _repeats(text: str, titles: Iterable[Sequence[str]], spoken: Mapping[str, int]) -> bool:
    """Whether a title stands in `text` behind a name that the page has elsewhere, and something after it."""
    first = folded(text.split()[0])
    unspaced = first[:1] > "\u2e80" and any(word.startswith(first) for word in spoken)
    if not unspaced and not any(folded(word) in spoken for word in text[:PEOPLE].split()[:2]):
        return False
    whole = f" {' '.join(words(text))} "
    return any(0 < whole.find(f" {' '.join(title)} ") < len(whole) * 0.8 for title in titles if _is_title(title, whole))


def _is_title(title: Sequence[str], whole: str) -> bool:
    return len(title) * 8 > len(whole.split()) - 60 and len(" ".join(title)) + 25 < len(whole)


def _is_set_off(blocks: Sequence[Block], place: int) -> bool:
    """The last block, further from the one before than any two of the list are."""
    gaps = [block.hints.blank_lines_before for block in blocks[max(1, place - NEAR) : place]]
    return place + 1 == len(blocks) and blocks[place].hints.blank_lines_before > max(gaps, default=0)


def _names(text: str, people: Sequence[str], before: Sequence[Block], set_off: bool) -> bool:
    """Whether `text`, apart from the references, begins with the names of the bulleted authors."""
    if not people or not before or (looks_like_reference(before[-1].text) and not set_off):
        return False
    for count, person in enumerate(people[:MOST_NAMES], 1):
        name = [word for word in map(folded, person.split()[:NAME_WORDS]) if len(word) > 1]
        tokens = {word for word in name if len(word) > SHORT} or set(name)
        if not tokens & {folded(word) for word in re.split(r"[\s,.;]+", text[: PEOPLE * count])}:
            return False
    return not issues.is_breadcrumb(text)
