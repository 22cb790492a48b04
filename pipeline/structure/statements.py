"""Statements that close an article without a heading of their own: `Funding: …`, `We thank …`.

They are notes without a mark, as publishers tag them (JATS `fn` in the back matter).
"""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.article import Block, Element
from pipeline.elements import make
from pipeline.structure.headings import known
from pipeline.structure.vocabulary import alternatives, load

LABEL = re.compile(r"(?P<label>[^\W\d_][^:：.—–]{2,80}?)(?:\s?[:：]\s*|\.\s+(?:[–—-]\s)?|\s?[–—]\s)(?=[^\W_])")
FN_TYPES = {
    "acknowledgements": "other",
    "funding": "financial-disclosure",
    "conflicts": "coi-statement",
    "contributions": "con",
    "data_availability": "other",
    "ethics": "other",
    "supplementary": "other",
}
LONGEST = 1500


@cache
def _begins() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?P<{role}>{alternatives(words)})" for role, words in load("statements").items()))


def role_of(block: Block) -> str:
    """What a paragraph states, by the label or the words that it begins with; empty for other text."""
    if block.hints.marker is not None or len(block.text) > LONGEST:
        return ""
    match = LABEL.match(block.text)
    role = known(match["label"])[0] if match else ""
    if role in FN_TYPES:
        return role
    begins = _begins().match(block.text)
    return (begins.lastgroup or "") if begins else ""


def find_statements(blocks: Sequence[Block], headings: set[int]) -> dict[int, str]:
    """Places and roles of the statements, which stand together after the last paragraph of the body.

    Appendices and the like may follow them.
    """
    return _before(blocks, headings, len(blocks)) | _before(blocks, headings, _tail(blocks, headings))


def _tail(blocks: Sequence[Block], headings: set[int]) -> int:
    """Where the last sections begin that close an article."""
    start = len(blocks)
    for place in sorted(headings, reverse=True):
        if place < len(blocks) and known(blocks[place].text)[1] == "back":
            start = place
        elif place < len(blocks):
            break
    return start


def _before(blocks: Sequence[Block], headings: set[int], end: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for place in range(end - 1, 0, -1):
        role = "" if place in headings else role_of(blocks[place])
        if not role:
            if place in headings and known(blocks[place].text)[1] == "back":
                continue
            break
        if place - 1 not in headings:
            found[place] = role
    return found


def make_statement(block: Block, role: str) -> Element:
    return make("fn", make("p", block.text), fn_type=FN_TYPES[role])
