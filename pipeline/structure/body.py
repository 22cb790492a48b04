"""The body: sections, paragraphs, tables, figures, lists, equations, notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.article import Block, Element
from pipeline.elements import make
from pipeline.structure import crossrefs
from pipeline.structure.backmatter import close_article, read_facts
from pipeline.structure.captions import make_float, read_caption
from pipeline.structure.content import paragraph, title_of
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.equations import read_equation
from pipeline.structure.floats import pair_captions
from pipeline.structure.footnotes import find_notes, make_note, read_note, tie_notes
from pipeline.structure.headings import Heading, find_headings
from pipeline.structure.lists import read_list
from pipeline.structure.quotations import is_quotation
from pipeline.structure.statements import find_statements, make_statement
from pipeline.structure.tables import is_row, read_table

LONGEST_TABLE_TITLE = 300


@dataclass(slots=True)
class Sections:
    """Sections as they are opened and closed; what is added goes into the innermost one."""

    top: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    roles: dict[Element, Heading] = field(default_factory=dict)

    def begin(self, heading: Heading, content: Element) -> None:
        label = make("label", heading.label) if heading.label else None
        section = make("sec", label, title_of(content, len(heading.label)), id=content.get("id"))
        self.roles[section] = heading
        del self.open[heading.level - 1 :]
        (self.open[-1] if self.open else self.top).append(section)
        self.open.append(section)

    def add(self, element: Element) -> None:
        (self.open[-1] if self.open else self.top).append(element)

    @property
    def last(self) -> Element | None:
        return next(reversed(self.open[-1] if self.open else self.top), None)

    def drop(self, element: Element) -> None:
        """Take back what was added last."""
        if self.open:
            self.open[-1].remove(element)
        else:
            self.top.remove(element)


def read_body(draft: Draft) -> None:
    """All blocks that nothing else claimed, in order."""
    blocks = pair_captions([block for zone in draft.zones for block in _with_label(zone)])
    draft.zones = []
    headings = find_headings(blocks)
    notes = set() if draft.footnotes else find_notes(blocks, set(headings) - _note_headings(headings))
    statements = find_statements(blocks, set(headings) | notes)
    sections = Sections()
    made_notes = [make_note(note) for place in sorted(notes) if (note := read_note(blocks[place].text))]
    place = 0
    while place < len(blocks):
        if place in notes or place in statements:
            place += 1
        elif place in headings:
            sections.begin(headings[place], blocks[place].content)
            place += 1
        else:
            place = _read_block(blocks, place, sections, set(headings) | notes | set(statements))
    if made_notes:
        tied = tie_notes(sections.top, made_notes)
        untied = [note.findtext("label") or "" for note in made_notes if note.get("id") not in tied]
        if untied:
            draft.note("note-not-tied", f"no mark in the text was found for the notes {', '.join(untied)}", None)
    crossrefs.link_floats(sections.top)
    close_article(draft, sections.top, sections.roles, made_notes)
    if statements:
        made = [make_statement(blocks[place], role) for place, role in sorted(statements.items())]
        draft.article.back.append(make("fn-group", made))
        read_facts(draft, [(statements[place], blocks[place].text) for place in sorted(statements)])


def _note_headings(headings: dict[int, Heading]) -> set[int]:
    return {place for place, heading in headings.items() if heading.role == "notes"}


def _with_label(zone: Zone) -> list[Block]:
    """The blocks of a zone; the label of one that no rule knew is a heading."""
    label = [Block(make("p", zone.label), zone.label_line, zone.label_line)] if zone.label else []
    return label + zone.blocks


def _read_block(blocks: Sequence[Block], place: int, sections: Sections, taken: set[int]) -> int:
    """Add what begins at `place`; where the text goes on."""
    block = blocks[place]
    if block.content.tag != "p":
        sections.add(block.content)
        return place + 1
    title = _title_of_table(blocks, place, sections)
    table = read_table(blocks, place, title, taken)
    if table is not None:
        if title is not None and not read_caption(block.text):
            sections.drop(title)
        sections.add(table[0])
        return table[1]
    caption = read_caption(block.text)
    if caption is not None:
        sections.add(make_float(caption, block.content))
        return place + 1
    found = read_list(blocks, place, taken)
    if found is not None:
        sections.add(found[0])
        return found[1]
    equation = read_equation(block) if not len(block.content) else None
    if equation is not None:
        sections.add(equation)
    elif is_quotation(block, blocks[place - 1] if place else None):
        sections.add(make("disp-quote", paragraph(block)))
    else:
        sections.add(paragraph(block))
    return place + 1


def _title_of_table(blocks: Sequence[Block], place: int, sections: Sections) -> Element | None:
    """The paragraph right before rows that says what they show."""
    last = sections.last
    if (
        not is_row(blocks[place])
        or blocks[place].hints.blank_lines_before
        or last is None
        or last.tag != "p"
        or len(last)
    ):
        return None
    return last if len(last.text or "") <= LONGEST_TABLE_TITLE else None
