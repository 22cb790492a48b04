"""Footnotes: set where the text first calls them; those that nothing calls stay where they are."""

from collections.abc import Iterable

from pipeline.article import Element
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import inline
from pipeline.render.jats_ast.blocks import heading
from pipeline.render.jats_ast.mapper import Handler, Mapper, child, children, local_name, plain, with_lead
from pipeline.render.pandoc_ast import Nodes

LABEL = frozenset({"label"})


def notes_by_id(roots: Iterable[Element]) -> dict[str, Element]:
    """The footnotes of text, those of tables aside: they belong under their table."""
    notes: dict[str, Element] = {}
    for root in roots:
        for note in root.iter("{*}fn"):
            inside = any(local_name(parent) == "table-wrap" for parent in note.iterancestors())
            if note.get("id") and not inside:
                notes.setdefault(note.get("id", ""), note)
    return notes


def content_of(mapper: Mapper, note: Element) -> Nodes:
    return mapper.flow(note, LABEL)


def place(mapper: Mapper, note: Element, mark: str) -> Nodes:
    """A pandoc note; its one Div has the id and the mark that the author gave it."""
    identifier = note.get("id", "")
    if identifier:
        mapper.placed_notes.add(identifier)
    return [ast.note([ast.div(content_of(mapper, note), anchor=identifier, classes=["note"], label=mark)])]


def call(mapper: Mapper, element: Element) -> Nodes:
    """`xref`: a note at its first call, a link to it afterwards; any other xref is a plain link."""
    targets = element.get("rid", "").split()
    note = mapper.notes.get(targets[0]) if len(targets) == 1 else None
    if note is None:
        return inline.cross_reference(mapper, element)
    mark = plain(element) or plain(child(note, "label"))
    if targets[0] in mapper.placed_notes:
        return [ast.link(f"#{targets[0]}", [ast.styled("Superscript", [ast.string(mark or "*")])], classes=["fn"])]
    return place(mapper, note, mark)


def note_in_text(mapper: Mapper, element: Element) -> Nodes:
    if element.get("id") in mapper.placed_notes:
        return []
    return place(mapper, element, plain(child(element, "label")))


def note_in_group(mapper: Mapper, element: Element) -> Nodes:
    """A note as a paragraph that begins with its mark."""
    label = mapper.one_line(child(element, "label"))
    lead = [ast.styled("Superscript", label)] if label else []
    return [ast.div(with_lead(lead, content_of(mapper, element)), anchor=element.get("id", ""), classes=["fn"])]


def group(mapper: Mapper, element: Element) -> Nodes:
    notes = [part for part in children(element) if local_name(part) == "fn"]
    left = [note for note in notes if note.get("id", "") not in mapper.placed_notes]
    others = [part for part in children(element) if local_name(part) not in ("fn", "title", "label")]
    if not left and not others:
        return []
    title = heading(mapper, element)
    blocks = [ast.header(mapper.level, title)] if title else []
    for note in left:
        blocks += mapper.with_lang(note, note_in_group(mapper, note))
    return [*blocks, *mapper.elements(others)]


BLOCKS: dict[str, Handler] = {"fn-group": group}
INLINES: dict[str, Handler] = {"xref": call, "fn": note_in_text}
