"""Citations that are marked up: numbers set high as `sup`, `et al.` in italics."""

import re
from collections.abc import Iterable, Iterator

from pipeline.article import Element
from pipeline.citations.words import alternatives, load
from pipeline.elements import make, rewrite, unwrap

HIGH = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
NUMBERS = re.compile(r"\s*\d{1,3}(?:\s?[,;–—‐-]\s?\d{1,3}){0,40}\s*")
POWER = re.compile(r"(?:\d|(?<![^\W\d_])[^\W\d_]{1,2}|[)\]=])$")
ET_AL = re.compile(rf"(?<!\w)(?:{alternatives(load()['et_al'])})(?!\w)", re.IGNORECASE)


def shown(text: str, parent: Element) -> str:
    """`text` with digits that are set high as such characters, one for one; not those of a power or a unit."""
    if parent.tag != "sup" or not NUMBERS.fullmatch(text) or POWER.search(_before(parent)[-3:]):
        return text
    return text.translate(HIGH)


def _before(element: Element) -> str:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or ""
    return (parent.text or "") if parent is not None else ""


def join_et_al(elements: Iterable[Element]) -> list[Element]:
    """Take the italics of `et al.` away, so that a citation is one string; the elements that had it."""
    holders: list[Element] = []
    for italic in [each for element in elements for each in element.iter("italic")]:
        parent = italic.getparent()
        if parent is not None and not len(italic) and ET_AL.fullmatch((italic.text or "").strip(" ,")):
            unwrap(italic)
            holders.append(parent)
    return list(dict.fromkeys(holders))


def restore_et_al(holders: Iterable[Element]) -> None:
    """Set `et al.` in italics again wherever such an element has it."""
    for holder in holders:
        rewrite(holder, _in_italics, {"italic"})


def _in_italics(text: str, parent: Element) -> Iterator[str | Element]:
    position = 0
    for match in ET_AL.finditer(text):
        yield text[position : match.start()]
        yield make("italic", match.group())
        position = match.end()
    yield text[position:]
