"""A DOCX with real styles, footnotes, equations, header and footer, and the properties of the document."""

import re
import tempfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline import pandoc
from pipeline.archives import unpack
from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography
from pipeline.render import docx_markup, opc, reference_docx
from pipeline.render import house as houses
from pipeline.render import pandoc_ast as ast
from pipeline.render.document import Document
from pipeline.render.house import House
from pipeline.render.metadata import keyword_list

REFERENCE = "reference.docx"
STYLES = "docx.toml"
DOCUMENT_PART = "word/document.xml"
SETTINGS_PART = "word/settings.xml"
DATA_NAME = re.compile(rb'descr="data:[^"]*"')  # pandoc repeats a picture's whole address here
CORE_PART = "docProps/core.xml"


def write(article: Article, document: Document, bibliography: FormattedBibliography, house: House) -> bytes:
    blocks = docx_markup.adapt(document, house.logo)
    meta = {"lang": ast.meta_string(article.lang)}
    if document.front["dir"] == "rtl":
        meta["dir"] = ast.meta_string("rtl")
    with tempfile.TemporaryDirectory(prefix="galley-") as folder:
        path = Path(folder) / REFERENCE
        path.write_bytes(reference(document, house))
        options = [f"--reference-doc={path}", "--syntax-highlighting=none"]
        written = pandoc.run(ast.document(blocks, meta), "json", "docx", options)
    document.findings += pandoc.findings_of(written.warnings)
    parts = _parts_of(written.data)
    parts[CORE_PART] = core_properties(article, document)
    parts[SETTINGS_PART] = reference_docx.settings_part(article.lang)
    parts[DOCUMENT_PART] = DATA_NAME.sub(b'descr=""', parts[DOCUMENT_PART])
    return opc.package(parts)


def _parts_of(written: bytes) -> dict[str, bytes]:
    try:
        parts = unpack(written)
    except zipfile.BadZipFile:
        parts = {}
    if DOCUMENT_PART not in parts:
        raise pandoc.rubbish("no DOCX")
    return parts


def reference(document: Document, house: House) -> bytes:
    """The house's own reference document, made in Word, or the one its `docx.toml` describes."""
    own = house.folders[0] / REFERENCE
    if own.is_file():
        return own.read_bytes()
    facts: dict[str, Any] = {}
    for folder in reversed(house.folders):
        if (folder / STYLES).is_file():
            facts = houses.merged(facts, tomllib.loads((folder / STYLES).read_text(encoding="utf-8")))
    return reference_docx.build(house.settings, facts, document.front)


def core_properties(article: Article, document: Document) -> bytes:
    """`docProps/core.xml` (ECMA-376 part 2, §11): dates are SOURCE_DATE_EPOCH."""
    namespaces = {"cp": opc.CORE, "dc": opc.DC, "dcterms": opc.DCTERMS, "xsi": opc.XSI}
    root = etree.Element(f"{{{opc.CORE}}}coreProperties", nsmap=namespaces)
    front = document.front
    values = [
        (opc.DC, "title", front["title"]),
        (opc.DC, "creator", "; ".join(person["name"] for person in front["authors"])),
        (opc.CORE, "keywords", "; ".join(keyword_list(article))),
        (opc.DC, "subject", ", ".join(filter(None, (front["journal"]["title"], front["issue_line"])))),
        (opc.DC, "identifier", front["doi_url"]),
        (opc.DC, "language", article.lang),
    ]
    for namespace, name, value in values:
        if value:
            etree.SubElement(root, f"{{{namespace}}}{name}").text = " ".join(value.split())
    date = datetime.fromtimestamp(opc.epoch(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name in ("created", "modified"):
        made = etree.SubElement(root, f"{{{opc.DCTERMS}}}{name}", {f"{{{opc.XSI}}}type": "dcterms:W3CDTF"})
        made.text = date
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
