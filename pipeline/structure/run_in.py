"""Headings that run into their paragraph: `**Introduction.** In the city …`, where an article has no others."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block
from pipeline.elements import make, text_of
from pipeline.structure import labels
from pipeline.structure.captions import read_caption
from pipeline.structure.content import rest_of
from pipeline.structure.headings import known

CLOSING = ".:—–"
LONGEST = 90
LEAST_KNOWN = 2


def part_run_in_headings(blocks: Sequence[Block]) -> list[Block]:
    """Each such heading as a block of its own, from the introduction on, where a known section follows it.

    Before that, such words are labels of the abstract and its parts.
    """
    leads = [_lead(block) for block in blocks]
    roles = [known(title) for title, _ in leads]
    start = max((place for place, (role, _) in enumerate(roles) if role == "introduction"), default=len(blocks))
    others = any(_is_heading(block) for block in blocks[start:])
    if others or sum(kind == "body" for _, kind in roles[start:]) < LEAST_KNOWN:
        return list(blocks)
    made = list(blocks[:start])
    for block, (title, length) in zip(blocks[start:], leads[start:], strict=True):
        if not title or known(title)[1] == "back":
            made.append(block)
            continue
        made.append(replace(block, content=make("p", title), hints=replace(block.hints, level=1, breaks=())))
        made.append(replace(block, content=rest_of(block.content, length), hints=replace(block.hints, breaks=())))
    return made


def _is_heading(block: Block) -> bool:
    """A heading of its own, but for those that close an article."""
    closes = labels.whole_line(block.text) is not None or known(block.text)[1] == "back"
    return (block.hints.level is not None or block.hints.bold) and not closes and read_caption(block.text) is None


def _lead(block: Block) -> tuple[str, int]:
    """The bold words with which a paragraph begins, closed by a stop, and how many characters they take."""
    content = block.content
    if content.tag != "p" or not len(content) or content[0].tag != "bold" or (content.text or "").strip():
        return "", 0
    text, whole = text_of(content[0]), text_of(content)
    start = len(content.text or "") + len(text)
    after = whole[start:].lstrip()
    title = text.strip()
    closed = title[-1:] in CLOSING or after[:1] in CLOSING
    if not closed or len(title) > LONGEST or not title[:1].isupper():
        return "", 0
    rest = after.lstrip(CLOSING + " ")
    return (title.rstrip(CLOSING + " "), len(whole) - len(rest)) if rest else ("", 0)
