"""Abstracts: their parts, their languages, their kinds."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline import language
from pipeline.article import Abstract, Block, Element
from pipeline.elements import make
from pipeline.structure.content import between, paragraph, rest_of, title_of
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.vocabulary import all_folded, folded, load

PART = re.compile(r"(?P<name>[^\W\d_][^:：.—–|]{1,60}?)\s*(?P<stop>[:：]|\s?[—–]\s|\.\s)\s*(?=\S)")
LEAST_PARTS = 2
MOST_BLOCKS = 8
MOST_WORDS = 700
LONG = 200


@cache
def _parts() -> frozenset[str]:
    return frozenset(all_folded(load("headings")["abstract"]["part"]))


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
        return _structured_length(blocks, closed)
    words = sum(len(block.text.split()) for block in blocks)
    if closed and len(blocks) <= MOST_BLOCKS and words <= MOST_WORDS:
        return len(blocks)
    if closed and blocks and len(blocks) > MOST_BLOCKS:
        return next((n for n, block in enumerate(blocks) if n and len(block.text) < LONG), len(blocks)) or 1
    return min(1, len(blocks))


def _structured_length(blocks: Sequence[Block], closed: bool) -> int:
    """Up to the last part; where nothing `closed` follows, to the first paragraph that is none."""
    last = (
        max((n for n, block in enumerate(blocks[:MOST_BLOCKS]) if part_label(block.text)), default=0) if closed else 0
    )
    length = 0
    alone = False
    for block in blocks:
        label = part_label(block.text)
        if not label and not alone and length >= last:
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
        text = " ".join(block.text for block in kept)
        tag = language.detect(text) or (language.likeliest(text) if made else None) or draft.lang
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
            before.content = _in_order([*before.content, *abstract.content])
        else:
            joined.append(abstract)
    return joined


def _content(blocks: Sequence[Block]) -> list[Element]:
    """Paragraphs; where they have labels, sections with titles."""
    if any(block.hints.level is not None for block in blocks):
        return _marked_sections(blocks)
    if len(blocks) > 1 and all(block.hints.marker is not None for block in blocks):
        items = [make("list-item", make("p", block.text)) for block in blocks]
        return [make("p", make("list", items, list_type="bullet"))]
    inner = [part for block in blocks for part in _parts_of(block)]
    if len(inner) > max(LEAST_PARTS, len(blocks)) and all(label for label, _ in inner):
        return [_section(label, content) for label, content in inner]
    if not is_structured(blocks):
        return [_flow(block) for block in blocks]
    content: list[Element] = []
    for block in blocks:
        label = part_label(block.text)
        if label and label == block.text.strip():
            content.append(make("sec", make("title", _bare(label))))
        elif label:
            content.append(_section(label, rest_of(block.content, _after(block.text, len(label)))))
        elif content and content[-1].tag == "sec":
            content[-1].append(_flow(block))
        else:
            content.append(_flow(block))
    return _in_order(content)


def _marked_sections(blocks: Sequence[Block]) -> list[Element]:
    """Parts whose headings the source marks as headings."""
    content: list[Element] = []
    for block in blocks:
        if block.hints.level is not None:
            content.append(make("sec", title_of(block.content, 0)))
        elif content and content[-1].tag == "sec":
            content[-1].append(_flow(block))
        else:
            content.append(_flow(block))
    return content


def _flow(block: Block) -> Element:
    """JATS has paragraphs and sections in an abstract: a list stands in a paragraph."""
    return paragraph(block) if block.content.tag == "p" else make("p", block.content)


def _after(text: str, position: int) -> int:
    """Where what follows `position` begins, white space skipped."""
    return len(text) - len(text[position:].lstrip())


def _inner_parts(text: str) -> list[tuple[str, int, int]]:
    """The parts of an abstract in one paragraph, `Background: … Methods: …`: label, and where its text stands."""
    starts = [0] if part_label(text) else []
    starts += [
        match.end()
        for match in re.finditer(r"[.!?。)]\s+(?=[^\W\d_])", text)
        if part_label(text[match.end() : match.end() + 80])
    ]
    if not starts or starts[0] != 0:
        return []
    ends = [*starts[1:], len(text)]
    labels = [part_label(text[start:end].strip()) for start, end in zip(starts, ends, strict=True)]
    if any(label.rstrip()[-1:] not in (":", "：") for label in labels):
        return []
    return [
        (label, _after(text, start + len(label)), end) for label, start, end in zip(labels, starts, ends, strict=True)
    ]


def _parts_of(block: Block) -> list[tuple[str, Element]]:
    """The labelled parts that a paragraph holds, else the whole of it without a label."""
    found = _inner_parts(block.text) if block.content.tag == "p" else []
    parts = [(label, between(block.content, start, end)) for label, start, end in found]
    return parts or [("", block.content)]


def _section(label: str, content: Element) -> Element:
    return make("sec", make("title", _bare(label)), content if len(content) or content.text else None)


def _bare(label: str) -> str:
    return label.rstrip(" .:：—–|")


def _in_order(content: list[Element]) -> list[Element]:
    """JATS wants paragraphs before sections: one that follows a section goes into it."""
    ordered: list[Element] = []
    for element in content:
        if element.tag != "sec" and ordered and ordered[-1].tag == "sec":
            ordered[-1].append(element)
        else:
            ordered.append(element)
    return ordered
