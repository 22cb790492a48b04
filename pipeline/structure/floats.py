"""Pictures and tables that stand by themselves, brought together with the paragraphs that are their captions."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

from pipeline.article import Block, Element
from pipeline.elements import make, remove_keeping_tail, rename, text_of
from pipeline.structure.captions import Caption, read_caption, said_in
from pipeline.structure.content import rest_of

KINDS = ("fig", "table-wrap")
LONGEST_TITLE = 300


def pair_captions(blocks: Sequence[Block]) -> list[Block]:
    """Each float with its label and caption: from its own caption, else from the paragraph before or after it.

    Captions of tables stand before them more often than not, those of figures after.
    """
    made: list[Block] = []
    taken: set[int] = set()
    for place, block in enumerate(blocks):
        if place in taken:
            continue
        block = _with_own_picture(block)
        if block.content.tag in KINDS:
            _label(block.content)
            if block.content.find("label") is None and block.content.find("caption") is None:
                made, block = _with_caption(blocks, place, made, taken)
        made.append(block)
    return made


def join_labels(blocks: Sequence[Block]) -> list[Block]:
    """`Table 1` on a line of its own, the line with its title, and the table: label and title are one caption."""
    made: list[Block] = []
    for place, block in enumerate(blocks):
        before = made[-1] if made else None
        after = blocks[place + 1].content.tag if place + 1 < len(blocks) else ""
        found = _caption(before, str(after)) if after in KINDS and block.content.tag == "p" else None
        if before is None or found is None or found.text or _is_other(block):
            made.append(block)
            continue
        content = make("p", before.text.strip(), " ", block.content.text or "", list(deepcopy(block.content)))
        made[-1] = replace(before, content=content, hints=replace(before.hints, breaks=(), bold=False))
    return made


def _is_other(block: Block) -> bool:
    """A paragraph of text, a heading or a caption of its own."""
    return len(block.text) > LONGEST_TITLE or block.hints.level is not None or read_caption(block.text) is not None


def _with_own_picture(block: Block) -> Block:
    """A caption and its picture in one paragraph are a figure."""
    content = block.content
    if content.tag != "p" or content.find(".//inline-graphic") is None or read_caption(block.text) is None:
        return block
    caption = deepcopy(content)
    pictures = list(caption.iter("inline-graphic"))
    for each in pictures:
        parent = each.getparent()
        if parent is not None:
            remove_keeping_tail(parent, each)
    graphics = [rename(each, "graphic") for each in pictures]
    figure = make("fig", make("caption", rest_of(caption, 0)), graphics, id=content.get("id"))
    return replace(block, content=figure)


def _label(element: Element) -> None:
    """`Table 1: …` in a caption is the label and the caption."""
    first = element.find("caption/p")
    if element.find("label") is not None or first is None:
        return
    found = read_caption(text_of(first))
    if found is None:
        return
    element.insert(0, make("label", found.label))
    holder = first.getparent()
    if holder is not None:
        if found.text:
            holder.replace(first, said_in(found, first))
        else:
            holder.remove(first)
        if not len(holder):
            element.remove(holder)


def _with_caption(blocks: Sequence[Block], place: int, made: list[Block], taken: set[int]) -> tuple[list[Block], Block]:
    block = blocks[place]
    kind = str(block.content.tag)
    before = made[-1] if made else None
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    caption_before = _caption(before, kind)
    caption_after = _caption(after, kind) if place + 1 not in taken else None
    follows_other = place + 2 < len(blocks) and blocks[place + 2].content.tag == kind
    if caption_after and not (caption_before and (kind == "table-wrap" or follows_other)):
        taken.add(place + 1)
        return made, replace(block, content=_joined(block.content, caption_after, after))
    if caption_before:
        return made[:-1], replace(block, content=_joined(block.content, caption_before, before), line=made[-1].line)
    return made, block


def _caption(block: Block | None, kind: str) -> Caption | None:
    if block is None or block.content.tag != "p" or block.hints.level is not None:
        return None
    found = read_caption(block.text)
    return found if found is not None and found.kind == kind else None


def _joined(element: Element, caption: Caption, block: Block | None) -> Element:
    if block is None:
        return element
    element = deepcopy(element)
    if caption.text:
        element.insert(0, make("caption", said_in(caption, block.content)))
    element.insert(0, make("label", caption.label))
    if block.content.get("id") and not element.get("id"):
        element.set("id", block.content.get("id", ""))
    return element
