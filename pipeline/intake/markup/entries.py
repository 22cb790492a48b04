"""An entry of a list of references, from pandoc's blocks."""

from pipeline.article import Reference
from pipeline.elements import text_of
from pipeline.faces import marked_up
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.markup.nodes import Nodes, inlines_of, source_text


def entry_of(key: str, blocks: Nodes, line: int | None = None) -> Reference:
    """The entry that is cited by `key`: its exact string, and that with its italics where they have the same words."""
    text = " ".join(source_text(blocks).split())
    marked = marked_up(Mapper().paragraph(inlines_of(blocks)))
    return Reference(text, id=key, line=line, marked=marked if marked is not None and text_of(marked) == text else None)
