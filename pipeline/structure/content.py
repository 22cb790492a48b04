"""The content of blocks as it goes into the article: what is marked up within a paragraph stays so."""

import re
from copy import deepcopy
from dataclasses import replace

from pipeline.article import Block, Element
from pipeline.elements import make, rename, unwrap, without_end, without_start

LAYOUT = ("bold", "underline")
HIGH = str.maketrans("0123456789abcdefghijIVX", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᴵⱽˣ")
ONE = r"(?:\d{1,2}|[a-j]|[IVX]{1,4}|[*†‡§¶#])"
MARKS = re.compile(rf"\s*{ONE}(?:[\s,;]*{ONE}){{0,12}}[\s,;]*")


def paragraph(block: Block) -> Element:
    """The `p` of a block, white space as one space each."""
    content = block.content
    if not len(content):
        return make("p", " ".join((content.text or "").split()), id=content.get("id"))
    return rename(content, "p")


def raised(block: Block) -> Block:
    """A block with the marks of authors and affiliations that are set high as characters that are so themselves."""
    marks = [each for each in block.content.iter("sup") if MARKS.fullmatch("".join(map(str, each.itertext())))]
    if block.content.tag != "p" or not marks:
        return block
    content = deepcopy(block.content)
    for each in list(content.iter("sup")):
        text = "".join(map(str, each.itertext()))
        if MARKS.fullmatch(text):
            each[:] = []
            each.text = text.translate(HIGH)
            unwrap(each)
    return replace(block, content=content)


def rest_of(content: Element, start: int) -> Element:
    """The `p` of what follows the first `start` characters of a paragraph."""
    if not len(content):
        return make("p", (content.text or "")[start:])
    made = rename(without_start(content, start), "p")
    return _without_id(made)


def _without_id(element: Element) -> Element:
    if element.get("id") is not None:
        del element.attrib["id"]
    return element


def between(content: Element, start: int, end: int) -> Element:
    """The `p` of what stands from `start` to `end`, without white space at its ends."""
    if not len(content):
        return make("p", (content.text or "")[start:end].strip())
    return rename(without_end(without_start(content, start), end - start), "p")


def title_of(content: Element, start: int) -> Element:
    """The `title` of a heading whose label takes the first `start` characters; bold throughout is how headings look."""
    made = rename(without_start(content, start), "title")
    _without_id(made)
    without_layout(made)
    made.text = (made.text or "").lstrip() or None
    if not len(made):
        made.text = (made.text or "").strip()
    return made


def without_layout(element: Element) -> Element:
    """Take away bold and underlines around the whole of a title, and italics with them: that is how headings look."""
    around: list[Element] = []
    inner = _whole(element)
    while inner is not None and inner.tag in (*LAYOUT, "italic"):
        around.append(inner)
        inner = _whole(inner)
    if any(each.tag in LAYOUT for each in around):
        for each in around:
            unwrap(each)
    return element


def _whole(element: Element) -> Element | None:
    """The one child that holds all the text."""
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return None
    return element[0]
