"""EPUB: what pandoc takes for furniture of a book and drops is part of an article."""

import posixpath
import re
from pathlib import Path
from typing import Any

from pipeline.archives import pack
from pipeline.article import Article
from pipeline.errors import SourceError
from pipeline.intake.archive import Archive
from pipeline.intake.assemble import assemble, tree_of
from pipeline.intake.dialects.page import settle_title
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.metadata.properties import properties_of
from pipeline.intake.metadata.values import as_list, as_text, first, plain
from pipeline.intake.pictures import Pictures
from pipeline.intake.places import Counted
from pipeline.intake.prose import html
from pipeline.intake.prose.account import unread
from pipeline.intake.source import Source

PARTS = (".xml", ".opf", ".ncx", ".xhtml", ".html", ".htm")
PAGES = (".xhtml", ".html", ".htm")
TYPES = re.compile(rb"""\sepub:type\s*=\s*(?:"([^"<>]{0,200})"|'([^'<>]{0,200})')""")
NOTES = (b"noteref", b"note", b"toc")
NAVIGATION = re.compile(rb"<nav\b", re.IGNORECASE)


def read_epub(archive: Archive, path: Path) -> Source:
    """The content of an EPUB; pictures are taken from its container.

    Raises SourceError: a part declares entities.
    """
    for name in archive.names:
        if name.endswith(PARTS) and b"<!ENTITY" in archive.read(name):
            raise SourceError(f"{archive.name}: {name} declares entities; refused")
    pictures = Pictures(path.stem, lambda address: _picture(archive, address))
    tree = tree_of(shown_whole(archive), "epub", str(path))
    properties = _properties(tree["meta"])
    source = assemble(tree, Mapper(picture=pictures), Counted(), pictures, path)
    source.properties = properties
    source.set_aside += settle_title(source.blocks)
    title = properties.title.text if properties and properties.title else ""
    source.dropped = unread("\n".join(map(html.prose, pages(archive))), f"{source.accounted} {title}")
    return source


def _properties(meta: dict[str, Any]) -> Article | None:
    """Those of an EPUB, which are taken out of pandoc's metadata; the last of its authors stands first there."""
    values = {name: plain(meta.pop(name)) for name in ("title", "creator", "author", "subject") if name in meta}
    creators = [each for each in as_list(values.get("creator") or values.get("author")) if each]
    names = [as_text(first(each, "text", "name")) if isinstance(each, dict) else as_text(each) for each in creators]
    return properties_of(as_text(values.get("title")), names[::-1], as_text(values.get("subject")))


def _picture(archive: Archive, address: str) -> bytes:
    """A picture by its name in the container, or where only the end of the name is the same."""
    name = posixpath.normpath(address.lstrip("/"))
    if name in archive.names:
        return archive.read(name)
    same = [each for each in archive.names if each.endswith("/" + name)]
    return archive.read(same[0]) if len(same) == 1 else b""


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
