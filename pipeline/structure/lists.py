"""Lists: neighbouring paragraphs with bullets, or with numbers or letters that go on."""

import re
from collections.abc import Sequence
from statistics import mean

from pipeline.article import Block, Element
from pipeline.elements import make

ORDERED = re.compile(r"(?:(?P<open>\()?(?P<mark>\d{1,2}|[a-z]|[ivx]{1,5})(?(open)\)|[.)]))\s+(?=\S)")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
TYPES = {"order": "order", "alpha-lower": "alpha-lower", "roman-lower": "roman-lower"}
FIRSTS = ("1", "a", "i")
LONGEST_ITEM = 120


def read_list(blocks: Sequence[Block], place: int, headings: set[int]) -> tuple[Element, int] | None:
    """The `list` that begins at `place` and where the text goes on."""
    if blocks[place].hints.marker is not None:
        return _bulleted(blocks, place, headings)
    return _ordered(blocks, place, headings)


def _bulleted(blocks: Sequence[Block], place: int, headings: set[int]) -> tuple[Element, int]:
    end = place
    while end < len(blocks) and blocks[end].hints.marker is not None and end not in headings:
        end += 1
    return _nested(blocks[place:end]), end


def _nested(blocks: Sequence[Block]) -> Element:
    """A bullet of another kind opens a list within the item before, the first kind closes it."""
    markers = [block.hints.marker or "" for block in blocks]
    outer = make("list", list_type="bullet")
    position = 0
    while position < len(blocks):
        item = make("list-item", make("p", blocks[position].text))
        outer.append(item)
        position += 1
        inner = position
        while inner < len(blocks) and markers[inner] != markers[0]:
            inner += 1
        if inner > position:
            item.append(_nested(blocks[position:inner]))
            position = inner
    return outer


def _value(mark: str) -> tuple[str, int]:
    if mark.isdecimal():
        return "order", int(mark)
    return "alpha-lower", ord(mark[0]) - ord("a") + 1


def _ordered(blocks: Sequence[Block], place: int, headings: set[int]) -> tuple[Element, int] | None:
    """Items whose marks go on; those of another kind between two of them are a list within the first."""
    first = ORDERED.match(blocks[place].text)
    if first is None or first["mark"] not in FIRSTS:
        return None
    kind = "roman-lower" if first["mark"] == "i" else _value(first["mark"])[0]
    items: list[Element] = []
    lengths: list[int] = []
    end = place
    while end < len(blocks) and end not in headings:
        match = ORDERED.match(blocks[end].text)
        if match is None or match["mark"] != _mark(kind, len(items) + 1):
            inner = _inner(blocks, end, headings, match, first["mark"]) if items else None
            if inner is None:
                break
            items[-1].append(inner[0])
            end = inner[1]
            continue
        text = blocks[end].text[match.end() :]
        items.append(make("list-item", make("label", match.group().strip()), make("p", text)))
        lengths.append(len(text))
        end += 1
    if len(items) < 2 or mean(lengths) > LONGEST_ITEM:
        return None
    return make("list", items, list_type=kind), end


def _inner(
    blocks: Sequence[Block], place: int, headings: set[int], match: re.Match[str] | None, outer: str
) -> tuple[Element, int] | None:
    if match is None or match["mark"] not in FIRSTS or match["mark"] == outer:
        return None
    return _ordered(blocks, place, headings)


def _mark(kind: str, number: int) -> str:
    if kind == "order":
        return str(number)
    if kind == "roman-lower":
        return ROMAN[number - 1] if number <= len(ROMAN) else ""
    return chr(ord("a") + number - 1) if number <= 26 else ""
