"""The readable text of a galley, so that its words can be counted against those of the article."""

import re
from itertools import count
from typing import Any

from lxml import etree, html

from pipeline.archives import unpack
from pipeline.render.opc import M, W

SILENT = ("script", "style", "nav", "template", "annotation", "button")
GUIDES = frozenset({"skip", "ways-back", "cite-as", "export"})
BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|head"
    r"|header|hr|li|m[inos]|main|math|mtext|ol|p|pre|section|summary|table|t[bdhr]|tbody|tfoot|thead|title|ul"
)
PARTED = re.compile(r"(?<!\w)(\w++)(?:[\x02\u00ad\ufffe]\n*|-\n+)(\w+)")
WORD = re.compile(r"\w+")
MATH_TEXT = f"{{{M}}}t"
DOCX_BREAKS = {"p": "\n", "tab": "\t", "br": "\n"}
DOCX_NAMES = ("t", "tab", "br", "p", "footnoteReference", "footnoteRef")
DOCX_ELEMENTS = (*(f"{{{W}}}{name}" for name in DOCX_NAMES), MATH_TEXT, "{*}docPr")
DOCX_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d+)\.xml")


def of_html(data: bytes) -> str:
    """The text of the body, navigation left out; blocks end with a line feed."""
    return _text(html.document_fromstring(data.decode()).find("body"))


def of_epub(data: bytes) -> str:
    """The text of the content documents, as that of a page."""
    parts = [part for name, part in unpack(data).items() if name.endswith(".xhtml")]
    return "\n".join(_text(etree.fromstring(part).find("{*}body")) for part in parts)


def _text(body: etree._Element | None) -> str:
    pieces: list[str] = []

    def collect(element: etree._Element) -> None:
        if isinstance(element.tag, str) and not _is_guide(element):
            is_block = BLOCK.fullmatch(_name(element))
            pieces.append("\n" if is_block else "")
            pieces.append(
                element.get("alt") or (element.get("role") == "img" and element.get("aria-label")) or element.text or ""
            )
            for child in element:
                collect(child)
            pieces.append("\n" if is_block else "")
        pieces.append(element.tail or "")

    if body is not None:
        collect(body)
    return "".join(pieces)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_guide(element: etree._Element) -> bool:
    """Whether an element is there to find one's way, and holds no words of the article."""
    classes = (element.get("class") or "").split()
    return _name(element) in SILENT or element.get("role") == "doc-backlink" or not GUIDES.isdisjoint(classes)


def of_docx(data: bytes) -> str:
    """Document, header, notes with their numbers, and what stands for pictures."""
    pieces: list[str] = []
    for name, part in unpack(data).items():
        if DOCX_PARTS.fullmatch(name):
            numbers = count(1)
            for element in etree.fromstring(part).iter(*DOCX_ELEMENTS):
                tag = etree.QName(element).localname
                if tag in DOCX_BREAKS:
                    pieces.append(DOCX_BREAKS[tag])
                elif tag in ("footnoteReference", "footnoteRef"):
                    pieces.append(f" {next(numbers)} ")
                elif tag == "docPr":
                    pieces.append(f"\n{element.get('descr', '')}\n")
                else:
                    pieces.append(f" {element.text} " if element.tag == MATH_TEXT else element.text or "")
    return "".join(pieces)


def of_pdf(data: bytes) -> str:
    """The text of all pages in their order, running heads and feet left out; a parted word is one word again."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = [_body_of(page) for page in document]
    finally:
        document.close()
    return _mended("\n".join(pages).replace("\r\n", "\n"))


def _mended(text: str) -> str:
    """Words parted at line ends, whole. The hyphen is the author's own where only the halves stand elsewhere."""
    known = set(WORD.findall(PARTED.sub(" ", text)))

    def mend(match: re.Match[str]) -> str:
        first, second = match.groups()
        own = first + second not in known and first in known and second in known
        return f"{first}-{second}" if own else first + second

    return PARTED.sub(mend, text)


def _body_of(page: Any) -> str:
    """The text between what the PDF marks as head and foot of a page."""
    height = page.get_height()
    bottom, top = 0.0, height
    for item in page.get_objects():
        if _is_pagination(item):
            _, low, _, high = item.get_bounds()
            if low > height / 2:
                top = min(top, low)
            else:
                bottom = max(bottom, high)
    text: str = page.get_textpage().get_text_bounded(bottom=bottom, top=top)
    return "\n".join([text.strip(), *_alternatives(page)])


def _alternatives(page: Any) -> list[str]:
    """What stands for pictures and formulas in the structure tree of a page."""
    from ctypes import c_ushort

    from pypdfium2 import raw

    found: list[str] = []

    def visit(element: Any) -> None:
        length = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if length > 2:
            buffer = (c_ushort * (length // 2))()
            raw.FPDF_StructElement_GetAltText(element, buffer, length)
            found.append(bytes(buffer).decode("utf-16-le").rstrip("\0"))
        for number in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
            if child:
                visit(child)

    tree = raw.FPDF_StructTree_GetForPage(page)
    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        child = raw.FPDF_StructTree_GetChildAtIndex(tree, number)
        if child:
            visit(child)
    raw.FPDF_StructTree_Close(tree)
    return found


def _is_pagination(item: Any) -> bool:
    """Whether an object is marked as an artifact with a subtype (ISO 32000-1, 14.8.2.2.2): a head or a foot."""
    from ctypes import byref, c_ulong, c_ushort

    from pypdfium2 import raw

    buffer, length = (c_ushort * 32)(), c_ulong()
    for number in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, number)
        for key in range(raw.FPDFPageObjMark_CountParams(mark)):
            raw.FPDFPageObjMark_GetParamKey(mark, key, buffer, 64, byref(length))
            if "".join(map(chr, buffer[: length.value // 2])).rstrip("\0") == "Subtype":
                return True
    return False


READERS = {"html": of_html, "docx": of_docx, "pdf": of_pdf, "epub": of_epub}
