"""The readable text of a galley, so that its words can be counted against those of the article."""

import re

from lxml import etree, html

from pipeline.render.opc import M, W, parts_of

SILENT = ("script", "style", "nav", "template", "annotation")
BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|head"
    r"|header|hr|li|main|math|ol|p|pre|section|summary|table|t[bdhr]|tbody|tfoot|thead|title|ul"
)
LINE_END_HYPHEN = re.compile(r"(?<=\w)(?:[\ufffe\x02](?:\r?\n)*|[\u00ad-](?:\r?\n)+)(?=\w)")
DOCX_ELEMENTS = (f"{{{W}}}t", f"{{{M}}}t", f"{{{W}}}tab", f"{{{W}}}br", f"{{{W}}}p")
DOCX_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")


def of_html(data: bytes) -> str:
    """The text of the body, navigation left out; blocks end with a line feed."""
    root = html.document_fromstring(data.decode())
    pieces: list[str] = []

    def collect(element: etree._Element) -> None:
        tag = element.tag
        if isinstance(tag, str) and tag not in SILENT and "skip" not in (element.get("class") or "").split():
            is_block = BLOCK.fullmatch(tag)
            pieces.append("\n" if is_block else "")
            pieces.append(element.text or "")
            for child in element:
                collect(child)
            pieces.append("\n" if is_block else "")
        pieces.append(element.tail or "")

    body = root.find("body")
    if body is not None:
        collect(body)
    return "".join(pieces)


def of_docx(data: bytes) -> str:
    """Document and notes; paragraphs end with a line feed, header and footer are left out."""
    pieces: list[str] = []
    for name, part in parts_of(data).items():
        if DOCX_PARTS.fullmatch(name):
            for element in etree.fromstring(part).iter(
                f"{{{W}}}t", f"{{{M}}}t", f"{{{W}}}tab", f"{{{W}}}br", f"{{{W}}}p"
            ):
                tag = etree.QName(element).localname
                pieces.append({"p": "\n", "tab": "\t", "br": "\n"}.get(tag) or element.text or "")
    return "".join(pieces)


def of_pdf(data: bytes) -> str:
    """The text of all pages in their order; a word parted at a line end is one word again."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return LINE_END_HYPHEN.sub("", "\n".join(pages).replace("\r\n", "\n"))


READERS = {"html": of_html, "docx": of_docx, "pdf": of_pdf}
