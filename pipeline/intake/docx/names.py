"""Names of WordprocessingML (ECMA-376, Part 1) and the few operations every module here needs."""

from collections.abc import Iterator

from lxml import etree

from pipeline.article import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    "http://purl.oclc.org/ooxml/officeDocument/math": M,
}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """`name` in the namespace of WordprocessingML."""
    return f"{{{W}}}{name}"


def value(element: Element | None, name: str = "val") -> str:
    return (element.get(w(name)) or "") if element is not None else ""


def is_on(element: Element | None) -> bool:
    """A toggle such as `w:b`: there, and not said to be off."""
    return element is not None and value(element).lower() not in ("0", "false", "off", "none")


def text_of(element: Element) -> str:
    """What a paragraph or a run says, tabs and breaks as spaces, instructions of fields and deleted text left out."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element.iter(w("t"), w("tab"), w("br"), w("cr"), w("noBreakHyphen"), w("p"), f"{{{M}}}t"):
        if child.tag == w("noBreakHyphen"):
            yield "-"
        elif child.tag == w("t"):
            yield child.text or ""
        elif child.tag == f"{{{M}}}t":
            yield f" {child.text or ''} "
        elif child.tag != w("p"):
            if child.getparent() is None or child.getparent().tag != w("tabs"):  # type: ignore[union-attr]
                yield " "
        elif child is not element:
            yield "\n"


def run(text: str) -> Element:
    """A run of plain text."""
    made = etree.Element(w("r"))
    inner = etree.SubElement(made, w("t"))
    inner.text = text
    inner.set(SPACE, "preserve")
    return made


def remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put the children of `element` in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)
