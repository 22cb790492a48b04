"""Figures and tables that a publisher keeps apart (`floats-group`), put where the text first speaks of them."""

from collections.abc import Sequence
from copy import deepcopy

from pipeline.article import Element


def placed(body: Sequence[Element], floats: Sequence[Element]) -> list[Element]:
    """The body with each float after the block that first refers to it; those without a reference end it.

    Nothing of `body` is changed.
    """
    if not floats:
        return list(body)
    content = [deepcopy(element) for element in body]
    after: dict[int, Element] = {}
    left: list[Element] = []
    for each in floats:
        block = _first_mention(content, each.get("id", ""))
        copy = deepcopy(each)
        if block is None:
            left.append(copy)
            continue
        place = after.get(id(block), block)
        parent = place.getparent()
        if parent is None:
            content.insert(content.index(place) + 1, copy)
        else:
            parent.insert(parent.index(place) + 1, copy)
        after[id(block)] = copy
    return content + left


def _first_mention(content: Sequence[Element], identifier: str) -> Element | None:
    """The block, a child of the body or of one of its sections, that holds the first `xref` to `identifier`."""
    for root in content:
        for link in root.iter("{*}xref"):
            if identifier and identifier in link.get("rid", "").split():
                return _block(link)
    return None


def _block(element: Element) -> Element:
    parent = element.getparent()
    while parent is not None and parent.tag != "sec":
        element, parent = parent, parent.getparent()
    return element
