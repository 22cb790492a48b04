"""What is still not valid after everything has its name and place: parts in a wrong order, too many, or missing.

The content model itself says the order: what it asks is taken from the children in turn; one that comes too often goes
behind the first of its kind, or its words are set aside; one that is missing is made where it may be empty.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.elements import line_of, make, text_of
from pipeline.schema_files import dtd
from pipeline.upgrade.conform import conform
from pipeline.upgrade.constructs import Change, has_text
from pipeline.upgrade.models import content_of, key, model
from pipeline.validation.dtd import load
from pipeline.words import words

ROUNDS = 8
MANY = ("mult", "plus")
NEEDED = ("once", "plus")
NAME = re.compile(r"[^\W\d][\w.-]*")
KEPT = frozenset({"article", "front", "article-meta", "journal-meta", "title-group", "body", "back", "ref-list", "ref"})
"""Parts that never give way to their content."""


def repair(root: Element) -> list[Change]:
    """Bring each element of `root` that the DTD refuses into a form that it allows; what was done."""
    changes: list[Change] = []
    for number in range(ROUNDS):
        found = list(_refused(root))
        if not found:
            break
        for element in reversed(found):
            if element is root or element.getparent() is not None:
                changes += _repair(element, is_last=number > ROUNDS // 2)
    return changes


def _refused(root: Element) -> Iterator[Element]:
    """The elements that the DTD refuses, each once; those of MathML are left as they are."""
    official: Any = load(dtd())
    official.validate(root)
    seen: set[Any] = set()
    for path in dict.fromkeys(error.path for error in official.error_log if error.path):
        found: Any = etree.ETXPath(path)(root) if ":" not in path else ()
        for element in found:
            if element not in seen:
                seen.add(element)
                yield element


def _repair(element: Element, is_last: bool) -> list[Change]:
    own = model(key(element))
    name, line = key(element), line_of(element)
    named = _with_name(element)
    if own is None or own.has_text:
        return [*named, *conform(element)]
    if not own.children:
        return _emptied(element)
    if is_last and name not in KEPT:
        return [_given_way(element)]
    arranged = _arrange(element)
    changes = named
    there = [child for child in arranged.ordered if child.getparent() is element]
    if there != [child for child in element if isinstance(child.tag, str)]:
        changes.append(Change(f"the parts of {name} put in order", line))
    changes += [Change(f"{each} of {name} was missing; an empty one stands for it", line) for each in arranged.missing]
    if loose := " ".join(filter(None, (text.strip() for text in (element.text or "", *_tails(element))))):
        changes.append(Change(f"text in {name}, for which there is no place", line, loose))
        element.text = None
    _set_children(element, arranged.ordered)
    changes += [_place_extra(element, extra) for extra in arranged.left]
    return changes


@dataclass(slots=True)
class Arranged:
    """Children in the order of the content model, those it has no place for, and names that it lacks."""

    ordered: list[Element] = field(default_factory=list)
    left: list[Element] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class _Pool:
    """Children by name, each with its place."""

    def __init__(self, children: list[Element]) -> None:
        self.held: dict[str, deque[tuple[int, Element]]] = {}
        for place, child in enumerate(children):
            self.held.setdefault(key(child), deque()).append((place, child))

    def first(self, names: frozenset[str]) -> int | None:
        places = [self.held[name][0][0] for name in names if self.held.get(name)]
        return min(places, default=None)

    def one(self, name: str) -> list[Element]:
        return [self.held[name].popleft()[1]] if self.held.get(name) else []

    def every(self, names: frozenset[str]) -> list[Element]:
        found = [each for name in names for each in self.held.pop(name, ())]
        return [child for _, child in sorted(found, key=lambda each: each[0])]

    def rest(self) -> list[Element]:
        return self.every(frozenset(self.held))


def _arrange(element: Element) -> Arranged:
    pool = _Pool([child for child in element if isinstance(child.tag, str)])
    made = Arranged()
    _take(content_of(key(element)), pool, made)
    made.left = pool.rest()
    return made


def _take(content: Any, pool: _Pool, made: Arranged) -> None:
    """What a part of a content model asks, from the pool."""
    if content is None:
        return
    if content.type == "element":
        found = pool.every(frozenset({content.name})) if content.occur in MANY else pool.one(content.name)
        if not found and content.occur in NEEDED and _may_be_empty(content.name):
            found = [make(content.name)]
            made.missing.append(content.name)
        made.ordered += found
        return
    names = _names(content)
    if content.type == "or" and content.occur in MANY and all(part.type == "element" for part in _parts(content)):
        made.ordered += pool.every(names)
        return
    while True:
        first = pool.first(names)
        if first is None and content.occur not in NEEDED:
            return
        _take_once(content, pool, made, first)
        if content.occur not in MANY or pool.first(names) is None or pool.first(names) == first:
            return


def _take_once(content: Any, pool: _Pool, made: Arranged, first: int | None) -> None:
    parts = _parts(content)
    if content.type == "seq":
        for part in parts:
            _take(part, pool, made)
        return
    if first is None:
        fitting = [part for part in parts if part.type == "element" and _may_be_empty(part.name)]
    else:
        fitting = [part for part in parts if pool.first(_names(part)) == first]
    complete = (part for part in fitting if all(pool.held.get(name) for name in _needed(part)))
    _take(next(complete, fitting[0] if fitting else None), pool, made)


def _parts(content: Any) -> list[Any]:
    """The members of a sequence or of a choice, which the declarations hold two by two."""
    made, rest = [], content
    while rest is not None and rest.type == content.type and (rest is content or rest.occur == "once"):
        made.append(rest.left)
        rest = rest.right
    return [part for part in [*made, rest] if part is not None]


def _names(content: Any) -> frozenset[str]:
    if content is None:
        return frozenset()
    if content.type == "element":
        return frozenset({content.name})
    return _names(content.left) | _names(content.right)


def _needed(content: Any) -> frozenset[str]:
    """The names that a part of a content model cannot do without."""
    if content is None or content.occur not in NEEDED or content.type == "or":
        return frozenset()
    return _names(content) if content.type == "element" else _needed(content.left) | _needed(content.right)


def _may_be_empty(name: str) -> bool:
    known = model(name)
    return known is not None and known.has_text


def _tails(element: Element) -> Iterator[str]:
    return (child.tail or "" for child in element)


def _set_children(element: Element, ordered: list[Element]) -> None:
    for child in list(element):
        if isinstance(child.tag, str):
            element.remove(child)
    for child in ordered:
        child.tail = None
        element.append(child)


def _place_extra(element: Element, extra: Element) -> Change:
    """One part too many: its content goes to the first of its kind where that can hold it, else its words aside."""
    name, line = key(extra), line_of(extra) or line_of(element)
    same = next((child for child in element if child.tag == extra.tag), None)
    text = text_of(extra)
    if not words(text):
        return Change(f"a further {name} in {key(element)} without words left out", line)
    if same is not None and words(text_of(same)) == words(text):
        return Change(f"{name} stands twice in {key(element)}; once is enough", line, text)
    if same is not None and not has_text(extra) and len(extra):
        same.extend(list(extra))
        return Change(f"a further {name} in {key(element)} put into the first", line)
    holder = next((child for child in reversed(element) if _may_hold(child, name)), None)
    if holder is not None:
        holder.append(extra)
        return Change(f"{name} in {key(element)} put into its {key(holder)}", line)
    known = model(name)
    if same is not None and known is not None and known.has_text and not len(extra):
        _append_words(same, text)
        return Change(f"a further {name} in {key(element)} put into the first", line)
    return Change(f"a further {name} in {key(element)}, for which there is no place", line, text)


def _may_hold(element: Element, name: str) -> bool:
    known = model(key(element)) if isinstance(element.tag, str) else None
    return known is not None and name in known.children


def _append_words(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''} {text}"
    else:
        element.text = f"{element.text or ''} {text}".strip()


def _emptied(element: Element) -> list[Change]:
    """An element that holds nothing, without what it holds."""
    text = text_of(element)
    for child in list(element):
        element.remove(child)
    element.text = None
    return [Change(f"what stood in {key(element)}, which holds nothing", line_of(element), text)]


def _given_way(element: Element) -> Change:
    """The element goes; its words stand in its place where text may stand, else they are set aside."""
    parent, text, name = element.getparent(), " ".join(text_of(element).split()), key(element)
    line = line_of(element)
    if parent is None:
        return Change(f"{name} could not be put in order", line)
    known = model(key(parent))
    tail, before = element.tail or "", element.getprevious()
    parent.remove(element)
    if known is not None and known.has_text:
        said = f" {text} {tail}" if text else tail
        if before is not None:
            before.tail = (before.tail or "") + said
        else:
            parent.text = (parent.text or "") + said
        return Change(f"{name} in {key(parent)} replaced by its words", line)
    if known is not None and "p" in known.children and text:
        block = make("p", text)
        if before is not None:
            before.addnext(block)
        else:
            parent.insert(0, block)
        return Change(f"{name} in {key(parent)} made a paragraph of its words", line)
    return Change(f"{name} in {key(parent)}, for which there is no place", line, text)


def _with_name(element: Element) -> list[Change]:
    """An `id` that is no name goes, as nothing can lead to it."""
    if NAME.fullmatch(element.get("id", "a")):
        return []
    del element.attrib["id"]
    return [Change(f"id of {key(element)} left out: it is no name", line_of(element))]
