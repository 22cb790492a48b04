"""Names of OpenDocument (OASIS, version 1.3, Part 3) and the few operations every module here needs."""

from lxml import etree

from pipeline.article import Element

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
HREF = "{http://www.w3.org/1999/xlink}href"


def office(name: str) -> str:
    return f"{{{OFFICE}}}{name}"


def text(name: str) -> str:
    return f"{{{TEXT}}}{name}"


def draw(name: str) -> str:
    return f"{{{DRAW}}}{name}"


def style(name: str) -> str:
    return f"{{{STYLE}}}{name}"


SPACES = (text("s"), text("tab"), text("line-break"))
PARAGRAPHS = (text("p"), text("h"))


def text_of(element: Element) -> str:
    """What an element says: tabs, breaks and paragraphs within it parted by white space."""
    pieces: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if each.tag in PARAGRAPHS and each is not element:
            pieces.append("\n")
        if event == "start":
            pieces.append(" " if each.tag in SPACES else each.text or "")
        elif each is not element:
            pieces.append(each.tail or "")
    return "".join(pieces)
