"""Office Open XML packages (ECMA-376 part 2): names, elements, and zip files that are the same every time."""

import os
import time
from collections.abc import Mapping

from lxml import etree

from pipeline.archives import pack
from pipeline.article import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
OFFICE = R
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {"w": W, "r": R, "m": M}


def qualified(name: str) -> str:
    """`w:p` in Clark notation."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """A WordprocessingML element; attributes stand in its namespace."""
    made = etree.Element(
        qualified(tag), {qualified(f"w:{key}"): value for key, value in attributes.items()}, NAMESPACES
    )
    made.extend(children)
    return made


def epoch() -> int:
    """SOURCE_DATE_EPOCH in seconds since 1970; 0 where it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(value) if value.isdecimal() else 0


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in their order, every one dated SOURCE_DATE_EPOCH."""
    return pack(parts, time.gmtime(epoch())[:6])
