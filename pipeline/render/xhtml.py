"""The HTML page as an XHTML content document of EPUB 3: no script, nothing that only a browser can do."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.elements import LANG, MML
from pipeline.errors import UsageError

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
SVG = "http://www.w3.org/2000/svg"
EPUB_TYPE = f"{{{OPS}}}type"
ISLANDS = {"math": MML, "svg": SVG}
DROPPED = frozenset({"nav", "button", "script"})
DROPPED_CLASSES = frozenset({"skip", "export"})
OF_BROWSERS = frozenset({"popover", "interestfor", "tabindex"})
TYPES = {"doc-noteref": "noteref", "doc-biblioref": "biblioref", "doc-bibliography": "bibliography"}
REFERENCES = ("aria-labelledby", "aria-describedby")
NOT_OF_NAMES = re.compile(r"[^\w.-]")


def content_document(page: str, stylesheet: str) -> tuple[Element, dict[str, str]]:
    """The `html` element, its style sheet linked, and the id in it of each id of the page.

    Raises UsageError: the house's `article.html` is not well formed.
    """
    try:
        root = etree.fromstring(page.encode())
    except etree.XMLSyntaxError as error:
        raise UsageError(f"article.html of the house style is not well-formed XML, as EPUB needs it: {error}") from None
    title = root.findtext("head/title", "")
    for element in [each for each in root.iter(etree.Element) if _is_dropped(each)]:
        _drop(element)
    for element in root.iter(etree.Element):
        _adapt(element)
    names = _name_ids(root)
    made = _qualified(root)
    head = made.find(f"{{{XHTML}}}head")
    if head is not None:
        head[:] = [_element("title", title), _element("link", rel="stylesheet", type="text/css", href=stylesheet)]
    return made, names


def spaces(default: str, **prefixed: str) -> Any:
    """A namespace map of lxml, whose types know no default namespace."""
    return {None: default} | prefixed


def _element(name: str, text: str = "", **attributes: str) -> Element:
    made = etree.Element(f"{{{XHTML}}}{name}", attributes)
    made.text = text or None
    return made


def _is_dropped(element: Element) -> bool:
    return element.tag in DROPPED or not DROPPED_CLASSES.isdisjoint((element.get("class") or "").split())


def _drop(element: Element) -> None:
    """Take an element away, its tail left where it was."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _adapt(element: Element) -> None:
    for name in OF_BROWSERS & set(element.attrib):
        del element.attrib[name]
    role = element.get("role", "")
    if role in TYPES:
        element.set(EPUB_TYPE, TYPES[role])
    elif role == "doc-endnotes":  # notes that a reader shows where they are called
        element.set(EPUB_TYPE, "footnotes")
        del element.attrib["role"]
    if "note" in (element.get("class") or "").split():
        element.tag = "aside"
        element.set(EPUB_TYPE, "footnote")
        element.set("role", "doc-footnote")
    if lang := element.get("lang"):
        element.set(LANG, lang)


def _name_ids(root: Element) -> dict[str, str]:
    """Every id a name of XML without a colon, and what refers to it likewise."""
    taken = {element.get("id", "") for element in root.iter(etree.Element)}
    names: dict[str, str] = {}
    for identifier in sorted(taken - {""}):
        name = NOT_OF_NAMES.sub("_", identifier)
        name = name if name[0].isalpha() or name[0] == "_" else f"_{name}"
        while name != identifier and name in taken:
            name += "_"
        taken.add(name)
        names[identifier] = name
    for element in root.iter(etree.Element):
        own = element.get("id")
        if own:
            element.set("id", names[own])
        href = element.get("href", "")
        if href.startswith("#"):
            element.set("href", f"#{names.get(href[1:], href[1:])}")
        for reference in REFERENCES:
            if value := element.get(reference):
                element.set(reference, " ".join(names.get(each, each) for each in value.split()))
    return names


def _qualified(root: Element) -> Element:
    """A copy in the namespaces of XHTML, MathML and SVG."""

    def copy(source: Element, namespace: str) -> Element:
        name = etree.QName(source).localname
        namespace = ISLANDS.get(name, namespace)
        attributes = {str(key): str(value) for key, value in source.attrib.items()}
        made = etree.Element(f"{{{namespace}}}{name}", attributes, spaces(namespace, epub=OPS))
        made.text = source.text
        for child in _elements(source):
            copied = copy(child, namespace)
            copied.tail = child.tail
            made.append(copied)
        return made

    made = copy(root, XHTML)
    etree.cleanup_namespaces(made, keep_ns_prefixes=["epub"])
    return made


def _elements(source: Element) -> Iterator[Element]:
    return (child for child in source if isinstance(child.tag, str))
