"""The blocks of the reference list, as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.article import Block, Element, Hints
from pipeline.elements import make
from pipeline.structure.captions import is_note, read_caption
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.shapes import looks_like_reference
from pipeline.structure.zones import BODY, REFERENCES

NEAR = 0.7
FLOATS = ("fig", "table-wrap")
LONGEST_HEADING = 3


def read_references(draft: Draft) -> None:
    """Hand the reference blocks over; the label is the title of the list.

    A second list as long as the first is the same in another script or language; it goes to the back as it is.
    """
    zones = draft.take(REFERENCES)
    labelled = [zone for zone in zones if zone.label and zone.blocks]
    if len(labelled) == 2 and _are_alike(*labelled):
        zones.remove(labelled[1])
        draft.article.back.append(_as_printed(labelled[1]))
    floats: list[Block] = []
    for zone in zones:
        zone.blocks, behind = _parted(zone.blocks)
        floats += behind
        if zone.label and (zone.blocks or zone.is_section) and not draft.article.references_title:
            draft.article.references_title = zone.label
        else:
            draft.drop_label(zone)
        draft.references += [part for block in zone.blocks for part in _entries(block)]
    if floats:
        draft.zones.append(Zone(BODY, blocks=floats))


def _parted(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """References, and the tables and figures with their captions that manuscripts have behind them."""
    taken = [block.content.tag in FLOATS or _is_caption(block) for block in blocks]
    for place, block in enumerate(blocks[:-1]):
        heading = len(block.text.split()) <= LONGEST_HEADING and not any(char.isdigit() for char in block.text)
        taken[place] = taken[place] or (heading and taken[place + 1])
    for place, block in enumerate(blocks[1:], 1):
        taken[place] = taken[place] or (taken[place - 1] and is_note(block) and not looks_like_reference(block.text))
    kept = [block for block, is_taken in zip(blocks, taken, strict=True) if not is_taken]
    return kept, [block for block, is_taken in zip(blocks, taken, strict=True) if is_taken]


def _is_caption(block: Block) -> bool:
    return block.content.tag == "p" and block.hints.marker is None and read_caption(block.text) is not None


def _are_alike(one: Zone, other: Zone) -> bool:
    sizes = sorted((len(one.blocks), len(other.blocks)))
    return sizes[0] >= sizes[1] * NEAR and one.label.casefold() != other.label.casefold()


def _as_printed(zone: Zone) -> Element:
    return make("notes", make("title", zone.label), [make("p", block.text) for block in zone.blocks])


def _entries(block: Block) -> Iterator[Block]:
    """A list of references set as a real list: a block an item."""
    if block.content.tag != "list":
        yield block
        return
    for item in block.content.iter("list-item"):
        for paragraph in item.findall("p"):
            yield replace(block, content=paragraph, hints=Hints(marker="•"))
