"""Tables: rows whose cells are parted by tabs, bars or wide gaps."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Block, Element
from pipeline.elements import make
from pipeline.structure.captions import Caption, is_note, make_float, read_caption

ROW = "row"
GAP = re.compile(r" {3,}| {2,}(?=[\d(<>−–*-])")
RULE = re.compile(r"[\s|:+=–-]*")
NUMERIC = re.compile(r"[\s(<>≤≥=~±−–+-]*\d[\d.,\s%()±/–−*-]*[a-z*†%]{0,3}")
TERM = 20
FOOT = re.compile(
    r"(?:Notes?|Sources?|Notas?|Fontes?|Fuentes?|Quelle|Sumber|Anmerkung|Источник|Примечание)\s?[.:]"
    r"|(?:Data|Values) (?:are|were)\b",
    re.IGNORECASE,
)
MOST_HEAD_ROWS = 3
LONGEST_CAPTION = 500


def is_row(block: Block) -> bool:
    return block.hints.style == ROW


def cells(text: str) -> list[str]:
    """The cells of a row."""
    if "\t" in text:
        parts = text.split("\t")
    elif text.lstrip().startswith("|"):
        parts = text.strip().strip("|").split("|")
    else:
        parts = GAP.split(text.strip())
    return [" ".join(part.split()) for part in parts]


def read_table(
    blocks: Sequence[Block], place: int, previous: Element | None, headings: set[int]
) -> tuple[Element, int] | None:
    """The `table-wrap` at `place` and where the text goes on; None where none begins.

    `previous` is a paragraph before the rows that may be their caption without a label; it is then emptied.
    """
    caption = read_caption(blocks[place].text) if not is_row(blocks[place]) else None
    start = place + 1 if caption is not None and caption.kind == "table-wrap" else place
    if caption is not None and start > place and _is_title(blocks, start, caption):
        caption = replace(caption, text=blocks[start].text)
        start += 1
    if start >= len(blocks) or not (is_row(blocks[start]) or start > place):
        return None
    end = start
    while end < len(blocks) and _is_in_table(blocks, end, start):
        end += 1
    rows = [blocks[n] for n in range(start, end)]
    if not rows and caption is None:
        return None
    wrap = make_float(caption, blocks[place].content) if caption is not None and start > place else make("table-wrap")
    if caption is None and previous is not None:
        wrap.append(make("caption", make("p", previous.text or "")))
    if rows:
        wrap.append(_table(rows))
    notes_end = end
    spaced = _is_spaced(blocks)
    while rows and notes_end < len(blocks) and notes_end not in headings and _is_foot(blocks[notes_end], spaced):
        notes_end += 1
    if notes_end > end:
        wrap.append(make("table-wrap-foot", [make("p", blocks[n].text) for n in range(end, notes_end)]))
    return wrap, notes_end


def _is_title(blocks: Sequence[Block], place: int, caption: Caption) -> bool:
    """Between a label that stands alone and the rows: the title of the table."""
    return (
        not caption.text
        and place + 1 < len(blocks)
        and not is_row(blocks[place])
        and is_row(blocks[place + 1])
        and len(blocks[place].text) <= LONGEST_CAPTION
    )


def _is_in_table(blocks: Sequence[Block], place: int, start: int) -> bool:
    """A row, or a short line between rows that heads some of them."""
    block = blocks[place]
    if is_row(block):
        return True
    within = place > start and place + 1 < len(blocks) and is_row(blocks[place + 1])
    return (
        within
        and not block.hints.blank_lines_before
        and not blocks[place + 1].hints.blank_lines_before
        and len(block.text) < 80
        and read_caption(block.text) is None
    )


def _is_spaced(blocks: Sequence[Block]) -> bool:
    """Blank lines stand between paragraphs."""
    return sum(block.hints.blank_lines_before > 0 for block in blocks if not is_row(block)) * 2 > len(blocks)


def _is_foot(block: Block, spaced: bool) -> bool:
    """A note, or what follows without a blank line where paragraphs have one before them."""
    if is_row(block) or read_caption(block.text) is not None:
        return False
    if spaced and block.hints.blank_lines_before:
        return bool(FOOT.match(block.text))
    return (
        spaced
        or is_note(block)
        or bool(FOOT.match(block.text))
        or (len(block.text) < 300 and _is_list_of_terms(block.text))
    )


def _is_list_of_terms(text: str) -> bool:
    return text.find(" = ", 0, TERM) >= 0 or text.count(";") >= 2


def _table(rows: Sequence[Block]) -> Element:
    grid = [cells(row.text) for row in rows if not RULE.fullmatch(row.text)]
    width = max((len(row) for row in grid), default=1)
    head = _head_rows(grid)
    return make(
        "table",
        make("thead", [_row(row, width, "th") for row in grid[:head]]) if head else None,
        make("tbody", [_row(row, width, "td") for row in grid[head:]])
        if grid[head:]
        else make("tbody", make("tr", make("td"))),
    )


def _head_rows(grid: Sequence[list[str]]) -> int:
    """The first row, and those after it up to the first that has numbers."""
    if len(grid) < 2:
        return 0
    numeric = next((n for n, row in enumerate(grid) if n and any(map(NUMERIC.fullmatch, row))), 1)
    return numeric if numeric <= MOST_HEAD_ROWS else 1


def _row(row: Sequence[str], width: int, tag: str) -> Element:
    if len(row) == 1 and width > 1:
        return make("tr", make(tag, row[0], colspan=str(width)))
    return make("tr", [make(tag, cell) for cell in [*row, *[""] * (width - len(row))]])
