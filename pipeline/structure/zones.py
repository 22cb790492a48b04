"""Blocks cut into zones: by labels where they stand, by shape where they are missing."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.article import Block
from pipeline.elements import make
from pipeline.structure import labels
from pipeline.structure.draft import Zone
from pipeline.structure.shapes import (
    looks_like_abstract,
    looks_like_keywords,
    looks_like_reference,
    looks_like_title,
)

LOOSE = "loose"
ONE_VALUE = {"doi", "published", "issue", "section", "how_to_cite", "received", "accepted", "keywords"}
FURNITURE = "furniture"
CAPTION = "caption"


def cut(blocks: Iterable[Block]) -> list[Zone]:
    """Zones in order; every block, or part of a block, is in exactly one of them."""
    zones = [Zone(LOOSE)]
    for block in blocks:
        for piece in _pieces(block):
            if isinstance(piece, Zone):
                zones.append(piece)
                if piece.role == CAPTION:
                    zones.append(Zone(LOOSE))
            elif zones[-1].role in ONE_VALUE and zones[-1].blocks and not _continues(zones[-1], piece):
                zones.append(Zone(LOOSE, blocks=[piece]))
            else:
                zones[-1].blocks.append(piece)
    return [shaped for zone in zones for shaped in (_by_shape(zone) if zone.role == LOOSE else [zone]) if _holds(shaped)]


def _holds(zone: Zone) -> bool:
    return bool(zone.blocks or zone.label)


def _continues(zone: Zone, block: Block) -> bool:
    """A bulleted list of keywords goes on; any other single value is one block."""
    return zone.role == "keywords" and block.hints.marker is not None and zone.blocks[-1].hints.marker is not None


def _pieces(block: Block) -> Iterator[Zone | Block]:
    """A block as labels (each a new, empty zone) and the content between them."""
    text = block.text
    label = labels.whole_line(text)
    if label is not None:
        yield _open(label, block.line)
        return
    start = labels.at_start(text)
    if start is not None:
        label, text = start
        yield _open(label, block.line)
        block = _part(block, text)
    end = labels.at_end(text)
    if end is None:
        yield block
        return
    yield from _pieces(_part(block, end[0]))
    yield _open(end[1], block.line)


def _part(block: Block, text: str) -> Block:
    return replace(block, content=make("p", text))


def _open(label: labels.Label, line: int) -> Zone:
    role = label.kind if label.kind in (FURNITURE, CAPTION) else label.role
    return Zone(role, label.text, line)


def _by_shape(zone: Zone) -> list[Zone]:
    """Blocks without a label, told apart by their look; what has none stays loose."""
    zones: list[Zone] = []
    in_references = False
    for position, block in enumerate(zone.blocks):
        in_references = in_references or _references_begin(zone.blocks[position:])
        role = "references" if in_references else _role(block)
        if zones and zones[-1].role == role and role != "title":
            zones[-1].blocks.append(block)
        else:
            zones.append(Zone(role, blocks=[block]))
    return zones


def _references_begin(blocks: list[Block]) -> bool:
    """A reference, and mostly references after it."""
    ahead = [looks_like_reference(block.text) for block in blocks[:10]]
    return ahead[0] and sum(ahead) >= max(2, 0.6 * len(ahead))


def _role(block: Block) -> str:
    if block.hints.marker is not None:
        return "authors"
    if looks_like_abstract(block.text):
        return "abstract"
    if looks_like_keywords(block.text):
        return "keywords"
    return "title" if looks_like_title(block) else LOOSE
