"""Office Open XML packages (ECMA-376 part 2): names, elements, and zip files that are the same every time."""

import io
import os
import time
import zipfile
from collections.abc import Mapping

from lxml import etree

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
ZIP_START = (1980, 1, 1, 0, 0, 0)


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
    date = max(time.gmtime(epoch())[:6], ZIP_START)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, date)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
