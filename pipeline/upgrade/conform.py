"""What the DTD of Journal Publishing does not allow is brought into a form that it allows, its words kept in order.

Nothing here knows a version: an element that may not stand where it stands gets the name that is used there, is
wrapped, becomes `named-content`, moves behind its parent, or gives way to its content.
"""

from collections import deque
from itertools import takewhile

from lxml import etree

from pipeline.article import Element
from pipeline.elements import MML, append, insert_after, line_of, make, remove_keeping_tail, text_of
from pipeline.upgrade.constructs import Change, has_text, table
from pipeline.upgrade.models import Model, key, model

CUSTOM = "custom"
GENERATED = "x"
MADE = "journal-id"
"""No words of an article: the pipeline makes it anew."""


def conform(root: Element) -> list[Change]:
    """Bring `root` and all that is in it into the form that the DTD allows, as far as that can be done."""
    changes: list[Change] = []
    _conform(root, changes)
    return changes


def _conform(element: Element, changes: list[Change]) -> None:
    own = model(key(element))
    if own is None or element.tag.startswith(f"{{{MML}}}"):
        return
    _keep_attributes(element, own, changes)
    _settle_strangers(element, own, changes)
    if not own.has_text:
        _place_strings(element, own, changes)
    _sort(element, own, changes)
    for child in _elements(element):
        _conform(child, changes)


def _elements(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _settle_strangers(element: Element, own: Model, changes: list[Change]) -> None:
    """Settle the children that may not be in `element`, and those that come in place of one that gave way."""
    pending = deque(_elements(element))
    if not own.has_text and any(key(child) not in own.children for child in pending) and not has_text(element):
        _space(element)
    while pending:
        child = pending.popleft()
        if child.getparent() is element and key(child) not in own.children:
            inner = _elements(child)
            changes.append(_settle(element, own, child))
            if child.getparent() is None:
                pending.extendleft(reversed(inner))


def _keep_attributes(element: Element, own: Model, changes: list[Change]) -> None:
    """An attribute that is not declared goes; a value that is not listed becomes `custom` where there is one."""
    for name in list(element.attrib):
        local = etree.QName(str(name)).localname
        value = element.attrib[name]
        if local not in own.attributes:
            del element.attrib[name]
            changes.append(Change(f"{local} of {key(element)} left out", line_of(element)))
        elif (listed := own.attributes[local]) and value not in listed:
            if CUSTOM in listed and "custom-type" in own.attributes:
                element.set("custom-type", value)
                element.set(str(name), CUSTOM)
                changes.append(Change(f"{local} of {key(element)} made custom-type", line_of(element)))
            else:
                del element.attrib[name]
                changes.append(Change(f"{local}={value!r} of {key(element)} left out", line_of(element)))


def _settle(parent: Element, own: Model, child: Element) -> Change:
    """Give `child` a form or a place in which it may be."""
    line, name = line_of(child) or line_of(parent), key(child)
    if name == GENERATED and not own.has_text:
        text = text_of(child)
        _unwrap(child, "")
        return Change("punctuation between parts (x) left out", line, text)
    return Change(_fit(parent, own, child, name, key(parent)), line)


def _fit(parent: Element, own: Model, child: Element, name: str, place: str) -> str:
    """Give `child` another name, a wrapper or a place; what was done."""
    for other in table("instead").get(name, ()):
        if other in own.children:
            _part_words(child, other)
            child.tag = other
            return f"{name} in {place} made {other}"
    for wrapper in table("wrappers"):
        if wrapper in own.children and name in _allowed(wrapper):
            _wrap(parent, own, child, wrapper)
            return f"{name} in {place} put into {wrapper}"
    inner = _allowed(name)
    if own.has_text and "named-content" in own.children and (model(name) is None or "named-content" in inner):
        _part_words(child, "named-content")
        child.attrib.clear()
        child.tag = "named-content"
        child.set("content-type", name)
        return f"{name} in {place} made named-content"
    outer = parent.getparent()
    if outer is not None and name in _allowed(key(outer)) and not (own.has_text and child.tail):
        _move_behind(parent, child)
        return f"{name} moved behind {place}"
    if not own.has_text and not has_text(child):
        _space(child)
    _part_words(child, place)
    _unwrap(child, child.text if own.has_text else f" {child.text or ''}")
    return f"{name} in {place} replaced by its content"


def _part_words(element: Element, other: str) -> None:
    """A space between parts that no text parted, where they come to stand in an element that holds text."""
    known = model(other)
    if known is not None and known.has_text and not has_text(element):
        _space(element)


def _space(element: Element) -> None:
    for child in _elements(element):
        child.tail = child.tail or " "


def _allowed(name: str) -> frozenset[str]:
    known = model(name)
    return known.children if known else frozenset()


def _wrap(parent: Element, own: Model, first: Element, wrapper: str) -> None:
    """Put `first`, and what follows it that may not be in `parent` but in `wrapper`, into a `wrapper`."""
    allowed = _allowed(wrapper)
    following = takewhile(lambda each: key(each) in allowed and key(each) not in own.children, first.itersiblings("*"))
    run = [first, *(each for each in following if isinstance(each.tag, str))]
    group = make(wrapper)
    first.addprevious(group)
    group.tail = run[-1].tail
    run[-1].tail = None
    group.extend(run)


def _move_behind(parent: Element, child: Element) -> None:
    tail, child.tail = child.tail, None
    _give_text(child, tail)
    parent.remove(child)
    child.tail, parent.tail = parent.tail, None
    insert_after(parent, child)


def _give_text(element: Element, text: str | None) -> None:
    """Put `text` where `element` stands, before it."""
    if not text or not text.strip():
        return
    before = element.getprevious()
    holder = element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif holder is not None:
        holder.text = (holder.text or "") + text


def _unwrap(child: Element, text: str | None) -> None:
    """Put the content of `child`, which begins with `text`, in its place."""
    parent = child.getparent()
    if parent is None:
        return
    holder = make("holder")
    append(holder, text or "")
    for each in list(child):
        tail, each.tail = each.tail, None
        append(holder, each, tail or "")
    append(holder, child.tail or "")
    previous = child.getprevious()
    child.tail = None
    if previous is not None:
        previous.tail = (previous.tail or "") + (holder.text or "")
    else:
        parent.text = (parent.text or "") + (holder.text or "")
    for each in list(holder):
        child.addprevious(each)
    parent.remove(child)


def _place_strings(element: Element, own: Model, changes: list[Change]) -> None:
    """Text in an element that may hold none: the element gets its name for text, or the text a place beside it."""
    pieces = [text for text in (element.text, *(child.tail for child in element)) if text and text.strip()]
    parent, other = element.getparent(), table("mixed").get(key(element))
    if not pieces:
        return
    changes.append(Change(f"text in {key(element)} given a place", line_of(element)))
    if other and parent is not None and other in _allowed(key(parent)):
        _part_words(element, other)
        element.tag = other
        return
    wrapper = next((name for name in table("strings") if name in own.children), None)
    for child in (None, *list(element)):
        text = element.text if child is None else child.tail
        if not text or not text.strip():
            continue
        _clear(element, child)
        if wrapper:
            block = make(wrapper, text.strip())
            if child is None:
                element.insert(0, block)
            else:
                child.addnext(block)
        else:
            _give(element, child, text.strip())


def _clear(element: Element, child: Element | None) -> None:
    if child is None:
        element.text = None
    else:
        child.tail = None


def _give(element: Element, child: Element | None, text: str) -> None:
    """Put `text`, which stood behind `child`, into the element before or after it, or within that, that may hold it."""
    following = element[0] if child is None and len(element) else child.getnext() if child is not None else None
    before = [each for each in (child.iter("*") if child is not None else ()) if _holds_text(each)]
    behind = [each for each in (following.iter("*") if following is not None else ()) if _holds_text(each)]
    if before:
        append(before[0] if before[0] is child else before[-1], f" {text}")
    elif behind:
        behind[0].text = f"{text} {behind[0].text or ''}"
    elif child is None:
        element.text = text
    else:
        child.tail = text


def _holds_text(element: Element) -> bool:
    known = model(key(element))
    return known is not None and known.has_text and key(element) != MADE


def _sort(element: Element, own: Model, changes: list[Change]) -> None:
    """The order of metadata that the content model asks; comments stay with what follows them."""
    if not own.order:
        return
    if key(element) not in table("metadata"):
        _close_sections(element, own, changes)
        _put_last(element, own, changes)
        return
    last = len(own.order)
    places = [own.order.get(key(child), last) for child in _elements(element)]
    if places == sorted(places):
        return
    runs: list[list[Element]] = [[]]
    for child in element:
        runs[-1].append(child)
        if isinstance(child.tag, str):
            runs.append([])
    runs.sort(key=lambda run: own.order.get(key(run[-1]), last) if run and isinstance(run[-1].tag, str) else last)
    element[:] = [child for run in runs for child in run]
    changes.append(Change(f"the parts of {key(element)} put in order", line_of(element)))


def _put_last(element: Element, own: Model, changes: list[Change]) -> None:
    """What the content model has at the end alone, as notes in a section, goes there."""
    last = max(own.order.values())
    found = [child for child in _elements(element) if own.order.get(key(child)) == last]
    for child in found if _elements(element)[-len(found) :] != found else ():
        remove_keeping_tail(element, child)
        child.tail = None
        element.append(child)
        changes.append(Change(f"{key(child)} in {key(element)} put at its end", line_of(child)))


def _close_sections(element: Element, own: Model, changes: list[Change]) -> None:
    """What stands behind a section and may only stand before one belongs to that section."""
    furthest = 0
    for child in _elements(element):
        place = own.order.get(key(child), furthest)
        before = child.getprevious()
        if place < furthest and before is not None and before.tag == "sec" and key(child) in _allowed("sec"):
            before.tail = None
            before.append(child)
            changes.append(Change(f"{key(child)} behind a section put into it", line_of(child)))
        else:
            furthest = max(furthest, place)
