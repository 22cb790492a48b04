"""JATS elements: namespaces and the few operations every room needs on them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.article import Element

XML = "http://www.w3.org/XML/1998/namespace"
XLINK = "http://www.w3.org/1999/xlink"
ALI = "http://www.niso.org/schemas/ali/1.0/"
MML = "http://www.w3.org/1998/Math/MathML"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
CLUSTER = "citation-cluster"
"""What holds the citations that a source states by key, as `cite` elements, on the way to JATS."""
EMPTY = frozenset({"xref", "graphic", "inline-graphic", "break", "target"})
PREFIXES = {"xlink": XLINK, "ali": ALI, "mml": MML}
LANG = f"{{{XML}}}lang"
HREF = f"{{{XLINK}}}href"
NAMES = {"lang": LANG, "href": HREF}

Content = str | Element | None | Iterable["Content"]


def make(tag: str, *content: Content, **attributes: str | None) -> Element:
    """An element of `tag` (Clark notation or plain) with strings and elements appended in order.

    Attribute names take `_` for `-`; `lang` is `xml:lang`, `href` is `xlink:href`; empty ones are left out.
    """
    element = etree.Element(tag)
    for name, value in attributes.items():
        if value:
            element.set(NAMES.get(name) or name.replace("_", "-"), value)
    for item in content:
        if item.__class__ is str and not len(element):
            element.text = (element.text or "") + item
        elif item is not None:
            append(element, item)
    return element


def append(element: Element, *content: Content) -> None:
    """Append strings and elements (nested iterables and None allowed) after what `element` holds."""
    for item in content:
        if item is None:
            continue
        if isinstance(item, str):
            append_text(element, item)
        elif isinstance(item, etree._Element):
            element.append(item)
        else:
            append(element, *item)


def append_text(element: Element, text: str) -> None:
    """Append a string after what `element` holds."""
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def insert_after(element: Element, new: Element) -> None:
    """Put `new`, with its tail, behind `element` and its tail."""
    following = element.getnext()
    if following is not None:
        following.addprevious(new)
    else:
        element.getparent().append(new)  # type: ignore[union-attr]


def put_in_order(parent: Element, new: Element, order: Sequence[str]) -> None:
    """Put `new` behind all of `parent` that comes before it in `order` or is of its kind."""
    before = order[: order.index(new.tag) + 1]
    place = max((number for number, each in enumerate(parent, start=1) if each.tag in before), default=0)
    parent.insert(place, new)


Pieces = Iterable["str | Element"]


def rewrite(element: Element, pieces: Callable[[str, Element], Pieces], opaque: Collection[str]) -> None:
    """Put what `pieces(text, parent)` gives in the place of each string of `element` and its descendants, in order.

    Elements named in `opaque` are left as they are. Strings that come back as they were cost nothing.
    """
    children = list(element)
    _put(element, None, list(pieces(element.text or "", element)))
    for child in children:
        if child.tag not in opaque:
            rewrite(child, pieces, opaque)
        if child.tail:
            _put(element, child, list(pieces(child.tail, element)))


def _put(parent: Element, before: Element | None, pieces: list[Any]) -> None:
    """Replace the tail of `before`, or the beginning of `parent`, by strings and new elements."""
    if all(isinstance(piece, str) for piece in pieces):
        return
    last = before
    lead = ""
    for piece in pieces:
        if not isinstance(piece, str):
            _close(parent, last, lead)
            if last is None:
                parent.insert(0, piece)
            else:
                insert_after(last, piece)
            last, lead = piece, ""
        else:
            lead += piece
    _close(parent, last, lead)


def _close(parent: Element, last: Element | None, text: str) -> None:
    if last is None:
        parent.text = text
    else:
        last.tail = text


def text_of(element: Element | None) -> str:
    """The characters of an element, comments and processing instructions left out."""
    if element is None:
        return ""
    return "".join(map(str, element.itertext(etree.Element)))


BLOCKS = frozenset(
    "p title sec list list-item def-item disp-quote boxed-text fig table-wrap caption td th inline-formula".split()
)
"""What parts words even where text stands around it."""
INLINE = frozenset("bold italic sc sub sup underline monospace roman sans-serif strike overline styled-content".split())


def running(element: Element, hidden: Collection[str] = ()) -> str:
    """The text of `element` as it runs: what is marked up within a word does not part it, a block does.

    Of an affiliation that is given as printed and in parts as well, only the printed form.
    """
    pieces: list[str] = []
    _run(element, hidden, pieces)
    return "".join(pieces)


def _run(element: Element, hidden: Collection[str], pieces: list[str]) -> None:
    text, children = element.text, list(element)
    if text:
        pieces.append(text)
    tails = [child.tail for child in children]
    mixed = element.tag in INLINE or any(string and not string.isspace() for string in (text, *tails))
    printed = element.find("institution[@content-type='original']") if element.tag == "aff" else None
    for child, tail in zip(children, tails, strict=True):
        tag = child.tag
        if tag == "break":
            pieces.append(" ")
        elif isinstance(tag, str) and tag not in hidden and printed in (None, child):
            is_mark = tag == "xref" and child.get("ref-type") == "fn"
            parted = tag in BLOCKS or is_mark or (not mixed and tag not in INLINE)
            if parted:
                pieces.append(" ")
            if len(child):
                _run(child, hidden, pieces)
            else:
                pieces.append(child.text or "")
            if parted:
                pieces.append(" ")
        if tail:
            pieces.append(tail)


def line_of(element: Element) -> int | None:
    """The line of the file it was read from."""
    line: Any = element.sourceline
    return int(line) if line else None


def rename(element: Element, tag: str) -> Element:
    """A copy of `element`, without its tail, under another name."""
    copy = etree.Element(tag, {str(name): str(value) for name, value in element.attrib.items()})
    copy.text = element.text
    copy.extend([deepcopy(child) for child in element])
    return copy


def without_start(element: Element, length: int) -> Element:
    """A copy of `element`, without its tail, that lacks the first `length` characters of its text."""
    copy = deepcopy(element)
    copy.tail = None
    _drop(copy, length)
    return copy


def _drop(element: Element, length: int) -> int:
    """Take `length` characters away from the beginning; how many are still to be taken."""
    text = element.text or ""
    element.text, length = text[length:], max(0, length - len(text))
    for child in list(element):
        if not length:
            break
        length = _drop(child, length)
        tail = child.tail or ""
        if length or tail:
            child.tail, length = tail[length:], max(0, length - len(tail))
        if not text_of(child) and not len(child) and child.tag not in EMPTY:
            remove_keeping_tail(element, child)
    return length


def unwrap(element: Element) -> None:
    """Put the content of `element` in its place."""
    parent = element.getparent()
    if parent is None:
        return
    holder = make("holder", element.text or "", list(element), element.tail or "")
    before, place = element.getprevious(), parent.index(element)
    element.tail = None
    parent.remove(element)
    if before is not None:
        before.tail = (before.tail or "") + (holder.text or "")
    else:
        parent.text = (parent.text or "") + (holder.text or "")
    for offset, child in enumerate(list(holder)):
        parent.insert(place + offset, child)


def without_end(element: Element, length: int) -> Element:
    """A copy of `element`, without its tail, of the first `length` characters of its text, no space at the end."""
    copy = deepcopy(element)
    copy.tail = None
    _keep(copy, length)
    last = copy[-1] if len(copy) else None
    if last is not None:
        last.tail = (last.tail or "").rstrip() or None
    else:
        copy.text = (copy.text or "").rstrip() or None
    return copy


def _keep(element: Element, length: int) -> int:
    """Keep `length` characters from the beginning; how many are still to be kept."""
    text = element.text or ""
    element.text, length = text[:length], max(0, length - len(text))
    for child in list(element):
        if not length and text_of(child):
            element.remove(child)
            continue
        length = _keep(child, length)
        tail = child.tail or ""
        child.tail, length = tail[:length], max(0, length - len(tail))
    return length


def remove_keeping_tail(parent: Element, child: Element) -> None:
    """Take `child` out of `parent`; its tail stays."""
    before = child.getprevious()
    tail = child.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(child)
