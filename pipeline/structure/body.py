"""What follows the front: sections, paragraphs, and the references' own blocks."""

import re

from pipeline.article import Block, Element
from pipeline.elements import make
from pipeline.structure.draft import Draft, Zone

NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[^\W\d_])")


def read_references(draft: Draft) -> None:
    """Hand over the blocks of the reference list as they are."""
    for zone in draft.take("references"):
        if zone.label and not draft.article.references_title:
            draft.article.references_title = zone.label
        else:
            draft.drop_label(zone)
        draft.references += zone.blocks


def drop_furniture(draft: Draft) -> None:
    """Set aside what the site prints around an article."""
    for zone in draft.take("furniture", "caption"):
        draft.drop_label(zone)
        draft.drop(zone.blocks, f"page furniture ({zone.label})")


def read_biographies(draft: Draft) -> None:
    for zone in draft.take("biographies"):
        paragraphs = [make("p", block.text) for block in zone.blocks]
        if paragraphs:
            draft.article.back.append(make("notes", make("title", zone.label), paragraphs, notes_type="biography"))
        else:
            draft.drop_label(zone)


def read_body(draft: Draft) -> None:
    """All blocks that nothing else claimed, in order: numbered or short lines head sections."""
    blocks = [block for zone in draft.zones for block in _with_label(zone)]
    draft.zones = []
    open_sections: list[tuple[int, Element]] = []
    for block in blocks:
        level = _heading_level(block)
        if level:
            section = make("sec", make("title", block.text))
            open_sections = open_sections[: level - 1]
            _into(draft, open_sections, section)
            open_sections.append((level, section))
        else:
            _into(draft, open_sections, make("p", block.text))


def _with_label(zone: Zone) -> list[Block]:
    label = [Block(make("p", zone.label), zone.label_line, zone.label_line)] if zone.label else []
    return label + zone.blocks


def _into(draft: Draft, open_sections: list[tuple[int, Element]], element: Element) -> None:
    if open_sections:
        open_sections[-1][1].append(element)
    else:
        draft.article.body.append(element)


def _heading_level(block: Block) -> int:
    text = block.text
    if block.hints.marker is not None or len(text) > 120 or text.endswith((".", ",", ";", ":")):
        return 0
    numbered = NUMBERED.match(text)
    if numbered:
        return numbered.group(1).count(".") + 1
    return 1 if block.hints.blank_lines_before and len(text.split()) <= 10 and text[:1].isupper() else 0
