"""Read an XML file from a stranger: nothing but that file is opened, no entity is loaded, nothing is fetched."""

from pathlib import Path

from lxml import etree

from pipeline.article import Element
from pipeline.errors import SourceError


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML document.

    Raises SourceError: not well formed (with the line), or declaring entities of its own.
    """
    if b"<!ENTITY" in data:
        raise SourceError(
            f"{name}: declares entities in its document type, which is refused; write the characters instead"
        )
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, dtd_validation=False, huge_tree=False,
        remove_comments=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{name}:{error.lineno or 0}: not well-formed XML: {error.msg}") from None
    return root


def read_article(path: Path, data: bytes) -> Element:
    """The `article` root of a JATS file.

    Raises SourceError where the document is something else.
    """
    root = parse_xml(data, str(path))
    if root.tag != "article":
        raise SourceError(f"{path}: the root element is <{etree.QName(root).localname}>, not a JATS <article>")
    return root
