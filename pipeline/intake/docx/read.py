"""A DOCX container to a `Source`."""

import posixpath
from pathlib import Path

from lxml import etree

from pipeline.archives import pack
from pipeline.article import Element
from pipeline.errors import SourceError
from pipeline.intake.archive import Archive
from pipeline.intake.assemble import assemble, tree_of
from pipeline.intake.docx.names import RELATIONSHIPS, STRICT, text_of, w
from pipeline.intake.docx.paragraphs import mark, read_styles
from pipeline.intake.docx.prepare import prepare
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.metadata.properties import of_part
from pipeline.intake.paragraphs import MARK, Paragraphs
from pipeline.intake.pictures import Pictures
from pipeline.intake.prose.account import unread
from pipeline.intake.prose.office import paragraphs_of_word
from pipeline.intake.source import Source

OFFICE_DOCUMENT = "/officeDocument"
NOTES = ("footnotes.xml", "endnotes.xml")
KEPT = (".xml", ".rels")
UNREAD = ("customXml/", "docProps/")


def read_docx(archive: Archive, path: Path) -> Source:
    """The content of a Word document.

    Raises SourceError: a part is missing, damaged, or declares entities.
    """
    package = Package(archive)
    body = package.document.find(w("body"))
    if body is None or not text_of(body).strip():
        raise SourceError(f"{path}: the document holds no text")
    paragraphs = Paragraphs(read_styles(package.part("styles.xml")))
    prose = "\n".join(map(paragraphs_of_word, [body, *package.notes()]))
    prepared = prepare(package)
    mark(paragraphs, body, prepared.listed, prepared.numbers)
    said = "\n".join(text_of(part) for part in [body, *package.notes()])
    pictures = Pictures(path.stem, package.picture)
    tree = tree_of(package.packed(), "docx", str(path))
    mapper = Mapper(picture=pictures, clusters=prepared.citations.clusters)
    source = assemble(tree, mapper, paragraphs, pictures, path)
    source.properties = of_part(archive.xml("docProps/core.xml"))
    source.items |= prepared.citations.items
    source.set_aside += prepared.set_aside
    source.findings = prepared.findings + source.findings
    source.text = "\n".join([MARK.sub("", said), *(item.text for item in source.set_aside)])
    source.dropped = unread(prose, source.text)
    return source


class Package:
    """The parts of a Word document: `document` is the main one, which may be changed before it is packed again."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = self._main()
        root = archive.xml(self.main)
        if root is None:
            raise SourceError(f"{archive.name}: has no document in it; ask the author for the file again")
        self.document = self._transitional(root)
        self.folder = posixpath.dirname(self.main)
        self.changed: dict[str, Element] = {self.main: self.document}

    def _main(self) -> str:
        relations = self.archive.xml("_rels/.rels")
        for each in relations.iter(f"{{{RELATIONSHIPS}}}Relationship") if relations is not None else ():
            if (each.get("Type") or "").endswith(OFFICE_DOCUMENT):
                return posixpath.normpath((each.get("Target") or "").lstrip("/"))
        return "word/document.xml"

    def _transitional(self, root: Element) -> Element:
        """Strict documents have other namespaces for the same names."""
        if not any(uri in STRICT for uri in root.nsmap.values()):
            return root
        text = etree.tostring(root, encoding="unicode")
        for strict, plain in STRICT.items():
            text = text.replace(f'"{strict}"', f'"{plain}"')
        return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))

    def part(self, name: str) -> Element | None:
        """A part beside the main one, parsed once."""
        whole = posixpath.join(self.folder, name)
        if whole not in self.changed:
            root = self.archive.xml(whole)
            if root is None:
                return None
            self.changed[whole] = self._transitional(root)
        return self.changed[whole]

    def notes(self) -> list[Element]:
        return [part for name in NOTES if (part := self.part(name)) is not None]

    def picture(self, address: str) -> bytes:
        """The bytes of a picture at its address within the document."""
        name = posixpath.normpath(posixpath.join(self.folder, address))
        return self.archive.read(name) or self.archive.read(posixpath.normpath(address.lstrip("/")))

    def packed(self) -> bytes:
        """The document as pandoc is to read it: without macros and what is said beside it, pictures empty."""
        files: dict[str, bytes] = {}
        for name in self.archive.names:
            if name in self.changed:
                files[name] = etree.tostring(self.changed[name], xml_declaration=True, encoding="UTF-8")
            elif name.endswith(KEPT) and not name.startswith(UNREAD):
                self.archive.xml(name)
                files[name] = self.archive.read(name)
            else:
                files[name] = b""
        return pack(files)
