"""An OpenDocument container to a `Source`."""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from pipeline.archives import pack
from pipeline.article import Element, Hints, SetAside
from pipeline.errors import SourceError
from pipeline.intake.archive import Archive
from pipeline.intake.assemble import assemble, tree_of
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.metadata.properties import of_part
from pipeline.intake.odf.names import PARAGRAPHS, office, style, text, text_of
from pipeline.intake.odf.prepare import Prepared, names_of, prepare, shown_name, unwrap_fields
from pipeline.intake.paragraphs import Paragraphs, Style
from pipeline.intake.pictures import Pictures
from pipeline.intake.prose.account import unread
from pipeline.intake.prose.office import paragraphs_of_odf
from pipeline.intake.source import Source

CONTENT, STYLES = "content.xml", "styles.xml"


def read_odt(archive: Archive, path: Path) -> Source:
    """The content of an OpenDocument text.

    Raises SourceError: a part is missing, damaged, or declares entities.
    """
    root, styles = archive.xml(CONTENT), archive.xml(STYLES)
    body = root.find(f"{office('body')}/{office('text')}") if root is not None else None
    if body is None:
        raise SourceError(f"{path}: has no text in it; ask the author for the file again")
    prose = paragraphs_of_odf(body)
    paragraphs = Paragraphs(read_styles(root, styles))
    prepared = prepare(body)
    _mark(paragraphs, body, prepared)
    files = {name: archive.read(name) for name in archive.names}
    files[CONTENT] = etree.tostring(body.getroottree(), xml_declaration=True, encoding="UTF-8")
    pictures = Pictures(path.stem, lambda address: archive.read(posixpath.normpath(address.lstrip("/"))))
    tree = tree_of(pack(files), "odt", str(path))
    source = assemble(tree, Mapper(picture=pictures, clusters=prepared.citations.clusters), paragraphs, pictures, path)
    source.properties = of_part(archive.xml("meta.xml"))
    source.items |= prepared.citations.items
    source.set_aside += [*prepared.set_aside, *_margins(styles)]
    source.findings = prepared.findings + source.findings
    source.text = "\n".join([source.text, *(item.text for item in source.set_aside)])
    source.dropped = unread(prose, source.accounted)
    return source


def _mark(paragraphs: Paragraphs, body: Element, prepared: Prepared) -> None:
    for paragraph in body.iter(*PARAGRAPHS):
        if not text_of(paragraph).strip():
            continue
        names = names_of(paragraph)
        unwrap_fields(paragraph)
        named = paragraphs.styles.get(paragraph.get(text("style-name")) or "", Style())
        role = "references" if paragraph in prepared.listed else named.role
        sign = paragraphs.add(prepared.numbers.get(paragraph, 0), Hints(style=role, bold=named.bold), names)
        paragraph.text = f"{sign}{paragraph.text or ''}"


def read_styles(*parts: Element | None) -> dict[str, Style]:
    """The paragraph styles by name."""
    styles = [each for part in parts if part is not None for each in part.iter(style("style"))]
    found = {each.get(style("name")) or "": each for each in styles}
    chains = {name: list(_chain(each, found)) for name, each in found.items()}
    return {
        name: Style(shown_name(chain[0]), False, tuple(map(shown_name, chain[1:]))) for name, chain in chains.items()
    }


def _chain(each: Element, known: Mapping[str, Element]) -> Iterator[Element]:
    """A style and those it is based on."""
    seen: set[int] = set()
    current: Element | None = each
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = known.get(current.get(style("parent-style-name")) or "")


def _margins(styles: Element | None) -> list[SetAside]:
    """Headers and footers of the pages, each text once."""
    parts = styles.iter(style("header"), style("footer")) if styles is not None else ()
    texts = dict.fromkeys(" ".join(text_of(part).split()) for part in parts)
    return [SetAside(0, said, "header or footer of the pages") for said in texts if said]
