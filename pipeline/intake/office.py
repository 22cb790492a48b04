"""OpenDocument text, RTF and EPUB."""

import posixpath
from pathlib import Path
from typing import Any

from pipeline.article import Article
from pipeline.intake.archive import Archive
from pipeline.intake.assemble import assemble, tree_of
from pipeline.intake.dialects.page import settle_title
from pipeline.intake.epub import pages, shown_whole
from pipeline.intake.formats import READERS, Format
from pipeline.intake.markup.document import Place
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.markup.nodes import Node
from pipeline.intake.metadata.properties import of_part, properties_of
from pipeline.intake.metadata.values import as_list, as_text, first, plain
from pipeline.intake.pictures import Pictures
from pipeline.intake.prose import html
from pipeline.intake.prose.account import unread
from pipeline.intake.source import Source


class Counted:
    """The place of a paragraph is its number."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, node: Node) -> Place | None:
        self.number += 1
        return Place(self.number)


def read_office(data: bytes, form: Format, path: Path) -> Source:
    """The content of a document; pictures are taken from its container."""
    archive = form.archive
    if archive is not None:
        for name in archive.names:
            if name.endswith((".xml", ".opf", ".ncx", ".xhtml", ".html", ".htm")):
                _refuse_entities(archive, name)
    pictures = Pictures(path.stem, lambda address: _picture(archive, address))
    if archive is not None and form.name == "epub":
        data = shown_whole(archive)
    tree = tree_of(data, READERS[form.name], str(path))
    properties = (
        _properties(tree["meta"]) if archive is None or form.name == "epub" else of_part(archive.xml("meta.xml"))
    )
    source = assemble(tree, Mapper(picture=pictures), Counted(), pictures, path)
    source.properties = properties
    if archive is not None and form.name == "epub":
        source.set_aside += settle_title(source.blocks)
        source.dropped = unread("\n".join(map(html.prose, pages(archive))), f"{source.accounted} {_titles(properties)}")
    return source


def _titles(properties: Article | None) -> str:
    return properties.title.text if properties and properties.title else ""


def _properties(meta: dict[str, Any]) -> Article | None:
    """Those of an EPUB, which are taken out of pandoc's metadata; the last of its authors stands first there."""
    values = {name: plain(meta.pop(name)) for name in ("title", "creator", "author", "subject") if name in meta}
    creators = [each for each in as_list(values.get("creator") or values.get("author")) if each]
    names = [as_text(first(each, "text", "name")) if isinstance(each, dict) else as_text(each) for each in creators]
    return properties_of(as_text(values.get("title")), names[::-1], as_text(values.get("subject")))


def _refuse_entities(archive: Archive, name: str) -> None:
    if b"<!ENTITY" in archive.read(name):
        from pipeline.errors import SourceError

        raise SourceError(f"{archive.name}: {name} declares entities; refused")


def _picture(archive: Archive | None, address: str) -> bytes:
    """A picture by its name in the container, or where only the end of the name is the same."""
    if archive is None:
        return b""
    name = posixpath.normpath(address.lstrip("/"))
    if name in archive.names:
        return archive.read(name)
    same = [each for each in archive.names if each.endswith("/" + name)]
    return archive.read(same[0]) if len(same) == 1 else b""
