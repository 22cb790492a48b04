"""Read an XML file from a stranger: nothing but that file is opened, no entity is loaded, nothing is fetched."""

import html.entities
import re
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.errors import LimitReached, SourceError

XINCLUDE = "{http://www.w3.org/2001/XInclude}"
REFERENCE = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&([A-Za-z][A-Za-z0-9.]*);", re.DOTALL)
MOST_ATTRIBUTES = 500
NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]")
OF_XML = {b"amp", b"lt", b"gt", b"quot", b"apos"}


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML document. The names of characters that the entity sets of JATS know are those characters.

    Raises SourceError: not well formed (with the line), or declaring entities of its own, naming one that is not
    known, or including another file.
    """
    if b"<!ENTITY" in data:
        raise SourceError(_entities(name))
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, huge_tree=False,
        remove_comments=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(REFERENCE.sub(_character, data) if NAMED.search(data) else data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{name}:{error.lineno or 0}: not well-formed XML: {error.msg}") from None
    _refuse_others(root, name)
    return root


def _character(match: re.Match[bytes]) -> bytes:
    """A named character as its number; what stands in comments and CDATA, and what XML itself names, as it is."""
    entity = match.group(1)
    known = html.entities.html5.get(f"{entity.decode()};") if entity and entity not in OF_XML else None
    return "".join(f"&#{ord(char)};" for char in known).encode() if known else match.group()


def _refuse_others(root: Element, name: str) -> None:
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise SourceError(_entities(name))
    for reference in root.iter(etree.Entity):
        raise SourceError(f"{name}:{reference.sourceline}: {reference.text} is no known character; write the character")
    crowded: Any = root.xpath(f"//*[count(@*) > {MOST_ATTRIBUTES}]")
    for element in crowded:
        raise SourceError(f"{name}:{element.sourceline}: more than {MOST_ATTRIBUTES} attributes; no JATS has as many")
    for element in root.iter(f"{XINCLUDE}include"):
        message = "includes another file (xi:include), which is refused; put its text here"
        raise SourceError(f"{name}:{element.sourceline}: {message}")


def refuse_too_many(root: Element, path: Path, most: int) -> None:
    """Raises LimitReached: `root` holds more elements than an article may have."""
    count = int(root.xpath("count(//*)"))  # type: ignore[arg-type]
    if count > most:
        raise LimitReached(
            f"{path}: {count:,} elements, over the limit of {most:,}; raise limits.elements in journal.toml"
        )


def _entities(name: str) -> str:
    return f"{name}: declares entities in its document type, which is refused; write the characters instead"


def read_article(path: Path, data: bytes) -> Element:
    """The `article` root of a JATS file.

    Raises SourceError where the document is something else.
    """
    root = parse_xml(data, str(path))
    if root.tag != "article":
        raise SourceError(f"{path}: the root element is <{etree.QName(root).localname}>, not a JATS <article>")
    return root
