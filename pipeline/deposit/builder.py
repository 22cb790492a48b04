"""XML of any vocabulary, made of elements in one namespace and read back without white space."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.article import Date, Element
from pipeline.elements import Content, append, remove_keeping_tail, text_of


class Maker:
    """`Maker(namespace)("tag", content…, attributes={…})`: empty attributes and None are left out."""

    def __init__(self, namespace: str = "") -> None:
        self.namespace = namespace

    def name(self, tag: str) -> str:
        return f"{{{self.namespace}}}{tag}" if self.namespace else tag

    def __call__(self, tag: str, *content: Content, attributes: Mapping[str, str | None] | None = None) -> Element:
        given = {name: value for name, value in (attributes or {}).items() if value}
        element = etree.Element(self.name(tag), given)
        append(element, *content)
        return element

    def maybe(self, tag: str, *content: Content, attributes: Mapping[str, str | None] | None = None) -> Element | None:
        """The element, or None where it would be empty."""
        element = self(tag, *content, attributes=attributes)
        return element if len(element) or (element.text or "").strip() else None


def date_elements(make: Maker, date: Date, names: Sequence[str]) -> list[Element]:
    """Elements of the parts that `date` has, in the order of `names` (year, month, day in any case), zero-padded."""
    values = {"year": f"{date.year:04}", "month": date.month, "day": date.day}
    given = {name: value for name in names if (value := values[name.lower()])}
    return [make(name, value if isinstance(value, str) else f"{value:02}") for name, value in given.items()]


def root_with(root: Element, prefixes: Mapping[str | None, str]) -> Element:
    """A copy of `root` that declares `prefixes`."""
    declared: Any = dict(prefixes)
    copy = etree.Element(root.tag, {str(name): str(value) for name, value in root.attrib.items()}, declared)
    copy.text = root.text
    copy.extend(list(root))
    etree.cleanup_namespaces(copy, top_nsmap=declared)
    return copy


def serialize(root: Element, doctype: str | None = None, *, indented: bool = True) -> bytes:
    """The file: UTF-8, `indented` where that adds no white space to text."""
    start = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    return start.encode() + bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=indented))


def line(element: Element | None) -> str:
    """The text of an element without its notes and their marks, white space folded."""
    if element is not None and any(map(_is_note, element.iter("fn", "xref"))):
        element = deepcopy(element)
        for note in filter(_is_note, list(element.iter("fn", "xref"))):
            if (parent := note.getparent()) is not None:
                remove_keeping_tail(parent, note)
    return " ".join(text_of(element).split())


def _is_note(element: Element) -> bool:
    return element.tag == "fn" or element.get("ref-type") == "fn"


def paragraphs(element: Element) -> list[str]:
    """The text of each `p` and `title` of an abstract in order."""
    found = [text for each in element.iter("p", "title") if (text := line(each))]
    return found or ([line(element)] if line(element) else [])
