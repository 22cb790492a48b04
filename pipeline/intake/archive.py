"""A ZIP container opened with care: its sizes are known before anything is unpacked."""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from pipeline.article import Element
from pipeline.errors import SourceError

MOST_FILES = 5_000
MOST_BYTES = 300_000_000
LARGEST_XML = 120_000_000
MOST_RATIO = 400
SMALL = 1_000_000
CODE = ("w:instrText", "w:fldData")
TEXTS = ("/document.xml", "/footnotes.xml", "/endnotes.xml", "content.xml", ".xhtml", ".html", ".htm")


@dataclass(slots=True)
class Archive:
    """The files of a container by name; each is unpacked when it is asked for.

    Raises SourceError, in one line: no archive, encrypted, or larger unpacked than any article.
    """

    name: str
    data: bytes
    zip: zipfile.ZipFile = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(self.data))
            entries = self.zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            raise SourceError(f"{self.name}: damaged or incomplete; ask the author for the file again") from None
        if any(entry.flag_bits & 1 for entry in entries):
            raise SourceError(f"{self.name}: protected by a password; save it without one")
        total = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > MOST_FILES or total > MOST_BYTES or (total > SMALL and total > packed * MOST_RATIO):
            raise SourceError(f"{self.name}: unpacks to {total:,} bytes in {len(entries):,} files; refused as a bomb")

    @property
    def names(self) -> Collection[str]:
        return self.zip.NameToInfo.keys()

    def read(self, name: str) -> bytes:
        """The bytes of a file, empty where there is none."""
        if name not in self.names:
            return b""
        try:
            with self.zip.open(name) as file:
                size = self.zip.getinfo(name).file_size
                data = file.read(size + 1)
        except Exception as error:  # of zipfile, zlib, lzma and bz2, without a common base
            raise SourceError(f"{self.name}: damaged at {name} ({error}); ask the author for the file again") from None
        if len(data) > size:
            raise SourceError(f"{self.name}: {name} is larger than the archive says; refused as a bomb")
        return data

    def characters(self) -> int:
        """How long its texts are: what stands between the tags of its parts that hold any, but for code of fields."""
        parts = (self.read(name).decode("utf-8", "replace") for name in self.names if name.endswith(TEXTS))
        pieces = (piece for part in parts for piece in part.split("<") if not piece.startswith(CODE))
        return sum(len(piece.partition(">")[2]) for piece in pieces)

    def xml(self, name: str) -> Element | None:
        """The root of an XML part, None where there is none. A document type is refused: it may name entities."""
        data = self.read(name)
        if not data.strip():
            return None
        if len(data) > LARGEST_XML:
            raise SourceError(f"{self.name}: {name} has {len(data):,} bytes, more than any article's")
        return parse_part(data, f"{self.name}: {name}")


def parse_part(data: bytes, name: str) -> Element:
    """An XML part parsed without entities, network or document type."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or "<!DOCTYPE".encode("utf-16-le") in data[:4000]:
        raise SourceError(f"{name} declares a document type, which may name entities; refused")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name} is no well-formed XML ({str(error).splitlines()[0]})") from None
