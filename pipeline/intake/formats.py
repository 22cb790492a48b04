"""Which format a source is in: its first bytes decide, then what a container holds, then its ending."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.intake.archive import Archive

TEXT, PDF, DOCX = "text", "pdf", "docx"
ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".qmd": "markdown", ".rmd": "markdown", ".myst": "markdown",
    ".tex": "latex", ".latex": "latex", ".ltx": "latex", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".org": "org", ".rst": "rst", ".typ": "typst", ".docx": DOCX, ".docm": DOCX, ".odt": "odt", ".rtf": "rtf",
    ".epub": "epub", ".pdf": PDF, ".txt": TEXT, ".text": TEXT,
}  # fmt: skip
READERS = {
    "markdown": "markdown+autolink_bare_uris", "latex": "latex", "html": "html+epub_html_exts", "org": "org",
    "rst": "rst", "typst": "typst", "odt": "odt", "rtf": "rtf", "epub": "epub", DOCX: "docx",
}  # fmt: skip
CONTAINERS = {DOCX: "a Word document", "odt": "an OpenDocument text", "epub": "an EPUB"}
NAMES = CONTAINERS | {PDF: "a PDF", "rtf": "an RTF document"}
OTHER = {"xl/workbook.xml": "a spreadsheet", "ppt/presentation.xml": "a presentation"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
LATEX = re.compile(rb"(?:\s|%[^\n]{0,500}\n){0,200}\\documentclass\b")
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Format:
    """`archive` is the opened container of a format that is one."""

    name: str
    archive: Archive | None = None


def detect(data: bytes, path: Path) -> Format:
    """The format of a source.

    Raises SourceError, in one line: the file is not what its ending says, or nothing that can be read.
    """
    named = ENDINGS.get(path.suffix.lower(), TEXT)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise SourceError(f"{path}: protected by a password; save it without one")
        raise SourceError(f"{path}: an old Word document; save it as DOCX")
    if data.startswith(b"PK\x03\x04") and named != TEXT:
        return _container(data, path, named)
    found = _by_content(data, named)
    if found != named and named in NAMES:
        raise SourceError(
            f"{path}: is called {path.suffix} but is not {NAMES[named]}; ask the author for the file again"
        )
    return Format(found)


def _by_content(data: bytes, named: str) -> str:
    start = data[:4000].removeprefix(BOM)
    if start.startswith(b"%PDF-") and named != TEXT:
        return PDF
    if start.startswith(b"{\\rtf") and named != TEXT:
        return "rtf"
    if named in (TEXT, "html", "latex") and LATEX.match(start):
        return "latex"
    if named in NAMES:
        return TEXT
    return "html" if named != "html" and named != TEXT and HTML.match(start) else named


def _container(data: bytes, path: Path, named: str) -> Format:
    archive = Archive(str(path), data)
    kind = archive.read("mimetype")[:80].decode("ascii", "replace").strip()
    if "word/document.xml" in archive.names or _main_part(archive):
        found = DOCX
    elif kind.startswith("application/vnd.oasis.opendocument.text"):
        found = "odt"
    elif kind == "application/epub+zip":
        found = "epub"
    else:
        other = next(
            (words for name, words in OTHER.items() if name in archive.names), "a ZIP container of another kind"
        )
        raise SourceError(f"{path}: {other}; give the article as DOCX, ODT or EPUB")
    if named in NAMES and named != found:
        raise SourceError(f"{path}: is called {path.suffix} but is {NAMES[found]}; rename it")
    return Format(found, archive)


def _main_part(archive: Archive) -> bool:
    return b"wordprocessingml.document.main" in archive.read("[Content_Types].xml")
