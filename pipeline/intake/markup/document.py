"""A whole document in pandoc's model as blocks: one a heading, paragraph, list, table or figure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.article import Block, Element, Hints
from pipeline.elements import make, rename, text_of
from pipeline.errors import SourceError
from pipeline.findings import Severity
from pipeline.intake.markup import formulas
from pipeline.intake.markup.blocks import say_language, without_breaks
from pipeline.intake.markup.layout_tables import without_layout_tables
from pipeline.intake.markup.mapper import Mapper, TooDeep, is_empty, trimmed
from pipeline.intake.markup.nodes import Node, Nodes, attributes

LONGEST_LINE, MOST_BOLD = 300, 200
STYLE_CLASSES = {"abstract", "refs", "references", "keywords"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in the source, what the source says of it (see `Hints`), and names that lead to it."""

    line: int
    hints: Hints = field(default_factory=Hints)
    names: tuple[str, ...] = ()


Locate = Callable[[Node], "Place | None"]


@dataclass(slots=True)
class Document:
    """The blocks of a document, the metadata it states, and what was met on the way (see `Mapper`)."""

    blocks: list[Block]
    meta: dict[str, Any]
    mapper: Mapper


def read_document(tree: Mapping[str, Any], mapper: Mapper, locate: Locate, name: str) -> Document:
    """The blocks of pandoc's `tree`; `locate` finds the place of a paragraph.

    Raises SourceError: lists or quotations are nested too deeply.
    """
    try:
        nodes = without_layout_tables(tree["blocks"])
        blocks = [block for block in _read(nodes, mapper, locate) if _is_worth(block)]
    except (TooDeep, RecursionError):
        raise SourceError(f"{name}: lists, tables or quotations are nested too deeply to be an article's") from None
    if not any(block.hints.level for block in blocks):
        for block in blocks:
            block.hints.bold = block.hints.bold or _is_bold(block.content)
    _settle_names([*(block.content for block in blocks), *mapper.notes], mapper)
    unread = formulas.fill(mapper.formulas)
    if unread:
        message = f"{len(unread)} formulas are kept as TeX alone, such as {unread[0][:60]!r}"
        mapper.note("formula-without-mathml", message, Severity.INFO)
    return Document(blocks, dict(tree.get("meta", {})), mapper)


def _settle_names(roots: Sequence[Element], mapper: Mapper) -> None:
    """Each link leads to the one id of what it names; ids that no link leads to are taken away."""
    used = set()
    for link in [link for root in roots for link in root.iter("xref")]:
        link.set("rid", mapper.aliases.get(link.get("rid", ""), link.get("rid", "")))
        used.add(link.get("rid"))
    for element in [element for root in roots for element in root.iter("*")]:
        if element.tag != "fn" and element.get("id") and element.get("id") not in used:
            del element.attrib["id"]


def _is_worth(block: Block) -> bool:
    return not (block.content.tag == "p" and is_empty(block.content))


def _read(nodes: Nodes, mapper: Mapper, locate: Locate, style: str | None = None) -> Iterator[Block]:
    for node in nodes:
        if node["t"] == "Div":
            yield from _division(node, mapper, locate, style)
            continue
        place = locate(node) or Place(mapper.line or 1)
        mapper.line = place.line
        hints = replace(place.hints, style=place.hints.style or style)
        if node["t"] == "Header":
            yield _heading(node, mapper, place, hints)
        else:
            for number, element in enumerate(_elements(node, mapper)):
                if not number:
                    mapper.call(element, place.names)
                yield Block(element, place.line, place.line, replace(hints))


def _is_bold(element: Element) -> bool:
    """A short paragraph all of whose letters are bold."""
    inner = [child for child in element if child.tag != "xref"]
    bold = element.tag == "p" and bool(inner) and all(child.tag == "bold" for child in inner)
    return bold and not any(map(str.isalpha, _outside(element))) and len(text_of(element)) <= MOST_BOLD


def _outside(element: Element) -> str:
    """The text of an element that is not within its children."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _division(node: Node, mapper: Mapper, locate: Locate, style: str | None) -> Iterator[Block]:
    (identifier, classes, _), content = node["c"]
    known = attributes(node["c"][0]).get("custom-style") or next(
        (name.lower() for name in (identifier, *classes) if name.lower() in STYLE_CLASSES), style
    )
    blocks = list(_read(content, mapper, locate, known))
    say_language([block.content for block in blocks if block.hints.level is None], node["c"][0])
    if identifier and blocks and not blocks[0].content.get("id"):
        mapper.name(blocks[0].content, identifier)
    yield from blocks


def _heading(node: Node, mapper: Mapper, place: Place, hints: Hints) -> Block:
    level, (identifier, _, _), content = node["c"]
    element = mapper.paragraph(content)
    without_breaks(element)
    mapper.name(element, identifier)
    mapper.call(element, place.names)
    hints.level = level
    return Block(element, place.line, place.line, hints)


def _elements(node: Node, mapper: Mapper) -> list[Element]:
    """Short lines that the author parted by line breaks are paragraphs of their own, as in a block of authors."""
    if node["t"] not in ("Para", "Plain") or not any(inline["t"] == "LineBreak" for inline in node["c"]):
        return mapper.blocks([node])
    parts = [trimmed(part) for part in _split(mapper.paragraph(node["c"]))]
    for part in parts:
        without_breaks(part)
    if all(len(text_of(part)) <= LONGEST_LINE for part in parts):
        return [_figure_if_alone(part) for part in parts if not is_empty(part)]
    return mapper.blocks([node])


def _figure_if_alone(part: Element) -> Element:
    """A picture on a line of its own above or below its caption is a figure."""
    if not len(part) or _outside(part).strip() or any(child.tag != "inline-graphic" for child in part):
        return part
    return make("fig", [rename(child, "graphic") for child in part])


def _split(element: Element) -> list[Element]:
    parts = [make("p", element.text or "")]
    for child in list(element):
        if child.tag == "break":
            parts.append(make("p", child.tail or ""))
        else:
            parts[-1].append(child)
    return parts
