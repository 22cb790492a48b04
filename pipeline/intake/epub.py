"""EPUB: what pandoc takes for furniture of a book and drops is part of an article."""

import re

from pipeline.archives import pack
from pipeline.intake.archive import Archive

PAGES = (".xhtml", ".html", ".htm")
TYPES = re.compile(rb"""\sepub:type\s*=\s*(?:"([^"<>]{0,200})"|'([^'<>]{0,200})')""")
NOTES = (b"noteref", b"note", b"toc")
NAVIGATION = re.compile(rb"<nav\b", re.IGNORECASE)


def shown_whole(archive: Archive) -> bytes:
    """The EPUB without the types of its parts (a title page, an index), but for those of notes and of the contents."""
    if not any(TYPES.search(archive.read(name)) for name in archive.names if name.endswith(PAGES)):
        return archive.data
    files = {name: archive.read(name) for name in archive.names}
    return pack({
        name: TYPES.sub(_type, data) if name.endswith(PAGES) else data for name, data in files.items()
    })  # fmt: skip


def _type(match: re.Match[bytes]) -> bytes:
    return match[0] if any(kind in (match[1] or match[2] or b"") for kind in NOTES) else b""


def pages(archive: Archive) -> list[str]:
    """The pages of the book but for its contents."""
    found = (archive.read(name) for name in archive.names if name.endswith(PAGES))
    return [page.decode("utf-8", "replace") for page in found if page.strip() and not NAVIGATION.search(page)]
