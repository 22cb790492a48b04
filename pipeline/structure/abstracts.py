"""Abstracts: their parts, their languages, their kinds."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline import language
from pipeline.article import Abstract, Block, Element
from pipeline.elements import make
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.vocabulary import folded, load

PART = re.compile(r"(?P<name>[^\W\d_][^:：.—–|]{1,60}?)\s*(?P<stop>[:：]|\s?[—–]\s|\.\s)\s*(?=\S)")
LEAST_PARTS = 2
MOST_BLOCKS = 8
MOST_WORDS = 700
LONG = 200


@cache
def _parts() -> frozenset[str]:
    return frozenset(folded(name) for name in load("headings")["abstract"]["part"])


@cache
def _kinds() -> dict[str, str]:
    kinds = load("headings")["abstract"]
    return {folded(name): kind for kind in kinds if kind != "part" for name in kinds[kind]}


def part_label(text: str) -> str:
    """The label of a part (`Methods:`) with which a paragraph begins, as written; empty where there is none."""
    match = PART.match(text)
    if match is None:
        return text if folded(text) in _parts() else ""
    name = match["name"]
    known = folded(name) in _parts()
    if match["stop"].strip() == "." and not (known and (name.isupper() or name[:1].isupper())):
        return ""
    if known or (name.isupper() and len(name.split()) <= 4 and match["stop"].strip() in (":", "：")):
        return text[: match.end()].rstrip()
    return ""


def is_structured(blocks: Sequence[Block]) -> bool:
    return sum(bool(part_label(block.text)) for block in blocks) >= LEAST_PARTS


def abstract_length(blocks: Sequence[Block], closed: bool) -> int:
    """How many of `blocks`, which begin with an abstract, belong to it.

    `closed`: a label of the front matter follows them, so that all may.
    """
    if blocks and blocks[0].hints.marker is not None:
        return next((n for n, block in enumerate(blocks) if block.hints.marker is None), len(blocks))
    if is_structured(blocks[:MOST_BLOCKS]) and part_label(blocks[0].text):
        return _structured_length(blocks)
    words = sum(len(block.text.split()) for block in blocks)
    if closed and len(blocks) <= MOST_BLOCKS and words <= MOST_WORDS:
        return len(blocks)
    if closed and blocks and len(blocks) > MOST_BLOCKS:
        return next((n for n, block in enumerate(blocks) if n and len(block.text) < LONG), len(blocks)) or 1
    return min(1, len(blocks))


def _structured_length(blocks: Sequence[Block]) -> int:
    length = 0
    alone = False
    for block in blocks:
        label = part_label(block.text)
        if not label and not alone:
            break
        alone = label == block.text
        length += 1
    return length


def read_abstracts(draft: Draft) -> None:
    """Each abstract zone as an `Abstract`; the one in the language of the article comes first."""
    made: list[Abstract] = []
    for zone in draft.take("abstract"):
        kept = [block for block in zone.blocks if any(char.isalnum() for char in block.text)]
        if not kept:
            draft.drop_label(zone)
            continue
        content = _content(kept)
        tag = language.detect(" ".join(block.text for block in kept)) or draft.lang
        made.append(Abstract(content, title=zone.label.rstrip(": ：.—-"), type=_kind(zone), lang=tag))
    draft.article.abstracts += sorted(_one_each(made), key=lambda abstract: bool(abstract.type))


def _kind(zone: Zone) -> str:
    return _kinds().get(folded(zone.label), "")


def _one_each(abstracts: list[Abstract]) -> list[Abstract]:
    """Parts of an abstract that something else parted are one again."""
    joined: list[Abstract] = []
    for abstract in abstracts:
        before = joined[-1] if joined else None
        if before is not None and not abstract.title and not abstract.type and before.lang == abstract.lang:
            before.content += abstract.content
        else:
            joined.append(abstract)
    return joined


def _content(blocks: Sequence[Block]) -> list[Element]:
    """Paragraphs; where they have labels, sections with titles."""
    if len(blocks) > 1 and all(block.hints.marker is not None for block in blocks):
        items = [make("list-item", make("p", block.text)) for block in blocks]
        return [make("p", make("list", items, list_type="bullet"))]
    inner = [part for block in blocks for part in _inner_parts(block.text) or [("", block.text)]]
    if len(inner) > max(LEAST_PARTS, len(blocks)) and all(label for label, _ in inner):
        return [_section(label, text) for label, text in inner]
    if not is_structured(blocks):
        return [make("p", block.text) for block in blocks]
    content: list[Element] = []
    for block in blocks:
        label = part_label(block.text)
        if label and label == block.text.strip():
            content.append(make("sec", make("title", _bare(label))))
        elif label:
            content.append(_section(label, block.text[len(label) :].strip()))
        elif content and content[-1].tag == "sec":
            content[-1].append(make("p", block.text))
        else:
            content.append(make("p", block.text))
    return _in_order(content)


def _inner_parts(text: str) -> list[tuple[str, str]]:
    """The parts of an abstract in one paragraph: `Background: … Methods: … Results: …`."""
    starts = [0] if part_label(text) else []
    starts += [
        match.end()
        for match in re.finditer(r"[.!?。)]\s+(?=[^\W\d_])", text)
        if part_label(text[match.end() : match.end() + 80])
    ]
    if not starts or starts[0] != 0:
        return []
    pieces = [text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    labels = [part_label(piece) for piece in pieces]
    if any(label.rstrip()[-1:] not in (":", "：") for label in labels):
        return []
    return [(label, piece[len(label) :].strip()) for label, piece in zip(labels, pieces, strict=True)]


def _section(label: str, text: str) -> Element:
    return make("sec", make("title", _bare(label)), make("p", text) if text else None)


def _bare(label: str) -> str:
    return label.rstrip(" .:：—–|")


def _in_order(content: list[Element]) -> list[Element]:
    """JATS wants paragraphs before sections."""
    first = next((n for n, element in enumerate(content) if element.tag == "sec"), len(content))
    for element in content[first:]:
        if element.tag != "sec":
            content[first].append(element)
    return [element for n, element in enumerate(content) if n < first or element.tag == "sec"]
