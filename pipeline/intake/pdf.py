"""The text layer of a PDF as plain text: lines in the order of reading, pages parted by form feeds."""

from pipeline.errors import SourceError


def text_layer(data: bytes, name: str) -> str:
    """The lines of all pages.

    Raises SourceError: damaged, protected, or without text (a scan).
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as error:
        reason = "protected by a password" if "assword" in str(error) else "damaged"
        raise SourceError(f"{name}: the PDF is {reason}; ask the author for the file again") from None
    text = "\n\f".join(page.replace("\r\n", "\n") for page in pages)
    if not text.strip():
        raise SourceError(f"{name}: the PDF has no text in it (a scan); have its text recognised first")
    return text
