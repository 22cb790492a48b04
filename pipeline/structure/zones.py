"""Blocks cut into zones: by the labels of a page, or by front, body and references of a whole article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.article import Block
from pipeline.elements import make, rename, without_end, without_start
from pipeline.structure import headings, history, issues, labels
from pipeline.structure.draft import Zone
from pipeline.structure.licenses import is_license
from pipeline.structure.shapes import looks_like_reference
from pipeline.structure.vocabulary import folded

LOOSE, BODY, REFERENCES = "loose", "body", "references"
ONE_VALUE = {"doi", "published", "issue", "section", "how_to_cite", "received", "accepted", "revised", "keywords"}
FURNITURE, CAPTION = "furniture", "caption"
SITE = {"how_to_cite", "published", "issue", "section", "license", "downloads", "citation_formats", "download_citation",
        "navigation", "similar", "refbacks", "additional_files", "theme", "versions", "no_data"}  # fmt: skip
OTHER_ABSTRACTS = {"key-points", "plain-language-summary", "graphical"}
SITE_LABELS = 2
FRONT = {"abstract", "keywords", "authors", "doi", "received", "accepted", "revised", "published", "how_to_cite"}
MOST_LINES = 4
TOP = 12
LICENSE_START = 60
LONGEST_KEYWORD = 60
CITATION_END = re.compile(r"(?:[\d.]|://\S+)$")
STYLES = {"abstract": "abstract", "keywords": "keywords", "references": REFERENCES}
SUMMARIES = {"summary", "zusammenfassung", "sommario", "samenvatting"}


def is_page(blocks: Sequence[Block]) -> bool:
    """Whether the text is a page of a journal's site: its labels stand alone, or how to cite it and no body."""
    found = {label.role for block in blocks if (label := labels.whole_line(block.text)) is not None}
    if len(found & SITE) >= SITE_LABELS or "how_to_cite" in found:
        return True
    if any(issues.is_breadcrumb(block.text) for block in blocks[:TOP]):
        return True
    cited = any((start := labels.at_start(block.text)) and start[0].role == "how_to_cite" for block in blocks)
    return cited and not any(headings.is_body_start(block) for block in blocks)


def first_article(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The blocks of the first article, and those of further ones.

    Another article begins after a list of references where an abstract, a body and a list of references follow.
    """
    lists = [place for place, block in enumerate(blocks) if _is_reference_label(block)]
    for first, second in pairwise(lists):
        between = range(first + 1, second)
        abstract = next((n for n in between if _announces(blocks[n], "abstract")), None)
        if abstract is None or not any(headings.is_body_start(blocks[n]) for n in range(abstract + 1, second)):
            continue
        start = abstract
        while start > first + 1 and _is_no_reference(blocks[start - 1]):
            start -= 1
        return blocks[:start], blocks[start:]
    return blocks, ()


def _is_no_reference(block: Block) -> bool:
    return not looks_like_reference(block.text) or issues.read_issue(block.text) is not None


def _announces(block: Block, role: str) -> bool:
    label, start = labels.whole_line(block.text), labels.at_start(block.text)
    return (label is not None and label.role == role) or (start is not None and start[0].role == role)


def cut(blocks: Sequence[Block], citation: int | None = None) -> list[Zone]:
    """Zones in order; every block, or part of a block, is in exactly one of them.

    `citation`: the place of the article's own citation on a page where no label announces it.
    """
    zones = _cut_page(blocks, citation) if citation is not None or is_page(blocks) else _cut_article(blocks)
    return [zone for zone in zones if zone.blocks or zone.label]


def _cut_page(blocks: Sequence[Block], citation: int | None) -> list[Zone]:
    zones = [Zone(LOOSE)]
    alone = {label.role for block in blocks if (label := labels.whole_line(block.text)) is not None}
    for place, block in enumerate(blocks):
        if place == citation:
            zones += [Zone("how_to_cite", blocks=[block]), Zone(LOOSE)]
            continue
        for piece in _pieces(block, cited="how_to_cite" in alone):
            if isinstance(piece, Zone):
                zones.append(piece)
                if piece.role == CAPTION:
                    zones.append(Zone(LOOSE))
            elif issues.is_statistics(piece.text):
                zones += [Zone(FURNITURE, blocks=[piece]), Zone(LOOSE)]
            elif _ends(zones[-1], piece):
                zones.append(Zone(LOOSE, blocks=[piece]))
            else:
                zones[-1].blocks.append(piece)
    return zones


def _ends(zone: Zone, block: Block) -> bool:
    """Menus end at the first line that is none, a value where it is complete."""
    if labels.begins_menu(zone.label):
        return not issues.is_navigation(block.text)
    return zone.role in ONE_VALUE and bool(zone.blocks) and not _continues(zone, block)


def _continues(zone: Zone, block: Block) -> bool:
    """A bulleted list of keywords goes on, and a citation up to its end; any other value is one block."""
    if zone.role == "how_to_cite":
        last = zone.blocks[-1].text
        return len(zone.blocks) < MOST_LINES and (last.rstrip(".").isdecimal() or not CITATION_END.search(last))
    if zone.role != "keywords":
        return False
    if block.hints.marker is not None and zone.blocks[-1].hints.marker is not None:
        return True
    alone = zone.blocks[0].line != zone.label_line
    return alone and all(_is_keyword(each) and not _is_fact(each.text) for each in (*zone.blocks, block))


def _is_fact(text: str) -> bool:
    return issues.is_navigation(text) or issues.read_issue(text) is not None or history.is_history(text)


def _cut_article(blocks: Sequence[Block]) -> list[Zone]:
    """Front matter by its labels up to where the body begins; then body and references."""
    zones = [Zone(LOOSE)]
    for place, block in enumerate(blocks):
        role = zones[-1].role
        styled = _styled(blocks, place)
        if styled and (role != BODY or styled == REFERENCES):
            _add_styled(zones, block, styled)
        elif _is_reference_label(block):
            marked = block.hints.level is not None
            zones.append(Zone(REFERENCES, block.text, block.line, is_section=marked))
        elif role == REFERENCES:
            zones += _after_references(zones[-1], blocks, place)
        elif role == BODY:
            _add_to_body(zones, blocks, place)
        elif _begins_body(block, zones):
            zones.append(Zone(BODY, blocks=[block]))
        else:
            _add_to_front(zones, block)
    return zones


def _begins_body(block: Block, zones: Sequence[Zone]) -> bool:
    """A heading that a body begins with; where headings are marked, any behind the head that is no label of it."""
    if block.content.tag == "p" and block.hints.level is not None and labels.whole_line(block.text) is None:
        if headings.known(block.text)[0] or any(each.hints.level is None for zone in zones for each in zone.blocks):
            return not _is_part_of_abstract(zones[-1], block) and not _is_part_of_section(zones[-1], block)
        return False
    starts = headings.is_body_start(block) or _is_summary_section(block, zones)
    return starts and any(zone.blocks for zone in zones) and not _is_part_of_abstract(zones[-1], block)


def _is_part_of_section(zone: Zone, block: Block) -> bool:
    """A heading of a lower level than the abstract's own."""
    return zone.is_section and zone.role == "abstract" and (block.hints.level or 0) > zone.level


def _styled(blocks: Sequence[Block], place: int) -> str:
    """The role that the style of a paragraph, or of the one under a heading, gives; not that of a label."""
    block = blocks[place]
    if labels.whole_line(block.text) is not None:
        return ""
    if block.hints.level is not None and place + 1 < len(blocks) and blocks[place + 1].hints.style == "abstract":
        return "abstract"
    return STYLES.get(block.hints.style or "", "")


def _add_styled(zones: list[Zone], block: Block, role: str) -> None:
    """A paragraph whose style says what it is."""
    if zones[-1].role == role:
        zones[-1].blocks.append(block)
        return
    start = labels.at_start(block.text)
    if start is not None and start[0].role == role:
        zones.append(Zone(role, start[0].text, block.line, [_part(block, start[1])]))
    else:
        zones.append(Zone(role, blocks=[block]))


def _is_summary_section(block: Block, zones: Sequence[Zone]) -> bool:
    """`## Summary` after the keywords is the first section, not the abstract."""
    return (
        block.hints.level is not None
        and folded(block.text) in SUMMARIES
        and any(zone.role == "keywords" for zone in zones)
    )


def _is_reference_label(block: Block) -> bool:
    text = block.text
    if (match := headings.NUMBER.match(text)) and len(text) < labels.LONGEST:
        text = text[match.end() :]
    label = labels.whole_line(text)
    return label is not None and label.role == REFERENCES


def _is_part_of_abstract(zone: Zone, block: Block) -> bool:
    """`Methods` on a line of its own, in an abstract whose first line is `Objective`; no part comes twice."""
    level = block.hints.level
    if zone.role != "abstract" or (level is not None and zone.is_section) or headings.NUMBER.match(block.text):
        return False
    parts = [role for each in zone.blocks if (role := headings.known(each.text)[0])]
    role = headings.known(block.text)[0]
    if not zone.blocks:
        return level is None or role != "introduction"
    first = headings.known(zone.blocks[0].text)[0]
    same = level is None or zone.blocks[0].hints.level == level
    return same and first != "" and role not in (*parts, "introduction")


def _add_to_front(zones: list[Zone], block: Block) -> None:
    for piece in (each for part in _parted_at_labels(block) for each in _pieces(part, FRONT)):
        if isinstance(piece, Zone):
            zones.append(piece)
        elif _is_full(zones[-1], piece):
            zones.append(Zone(LOOSE, blocks=[piece]))
        else:
            zones[-1].blocks.append(piece)


def _parted_at_labels(block: Block) -> list[Block]:
    """A block whose lines were joined as the one before was full: one part a line with a label."""
    text = block.text
    for offset in block.hints.breaks:
        start = labels.at_start(text[offset:].lstrip())
        if start is not None and start[0].role in ("abstract", "keywords") and start[0].text[-1:] in ":：.":
            first = replace(_part(block, text[:offset].rstrip()), hints=replace(block.hints, breaks=()))
            later = tuple(each - offset for each in block.hints.breaks if each > offset)
            hints = replace(block.hints, breaks=later, blank_lines_before=0)
            return [first, *_parted_at_labels(replace(_part(block, text[offset:].lstrip()), hints=hints))]
    return [block]


def _is_full(zone: Zone, block: Block) -> bool:
    """One value has been read; keywords under a label that stands alone may have a line each."""
    if zone.role not in ONE_VALUE or not zone.blocks:
        return False
    if zone.role != "keywords" or zone.blocks[0].line == zone.label_line:
        return True
    single = all(_is_keyword(each) for each in (*zone.blocks, block)) and not _is_fact(block.text)
    return not single or headings.known(block.text)[0] != "" or headings.NUMBER.match(block.text) is not None


def _is_keyword(block: Block) -> bool:
    """A few words alone on a line."""
    text = block.text.rstrip(",;，；")
    return (
        len(text) <= LONGEST_KEYWORD
        and not any(char in text for char in ",;:.·•|")
        and not block.hints.blank_lines_before
    )


def _add_to_body(zones: list[Zone], blocks: Sequence[Block], place: int) -> None:
    """A body goes on; an abstract in another language or the article's own citation may stand after it."""
    block = blocks[place]
    label = labels.whole_line(block.text)
    start = labels.at_start(block.text)
    late = label if label is not None else start[0] if start else None
    if (
        late is not None
        and late.role in ("abstract", "keywords", "how_to_cite")
        and _is_late(late, block, blocks, place)
    ):
        zones.append(Zone(late.role, late.text, block.line, [] if start is None or label else [_part(block, start[1])]))
        if zones[-1].blocks:
            zones.append(Zone(BODY))
    else:
        zones[-1].blocks.append(block)


def _is_late(label: labels.Label, block: Block, blocks: Sequence[Block], place: int) -> bool:
    """Not `Summary` or `Zusammenfassung` as the heading of a last section."""
    if label.kind in OTHER_ABSTRACTS:
        return True
    if label.role != "abstract" or block.text != label.text:
        return len(block.text) > len(label.text)
    return block.hints.level is None and label.text.casefold() in ("abstract", "resumen", "resumo", "résumé", "abstrak")


def _after_references(zone: Zone, blocks: Sequence[Block], place: int) -> list[Zone]:
    """The list of references ends where another section begins."""
    block = blocks[place]
    label = labels.whole_line(block.text)
    _, kind = headings.known(block.text)
    ends = (
        kind == "back"
        or any(each.hints.style == headings.ROW for each in blocks[place : place + 2])
        or (label is not None and (label.role in FRONT | {"license", "biographies"} or label.kind == FURNITURE))
    )
    if is_license(block.text) and not looks_like_reference(block.text[:LICENSE_START]):
        return [Zone("license", blocks=[block])]
    dated = labels.at_start(block.text)
    if dated is not None and dated[0].role in ("received", "accepted", "revised"):
        return [Zone(dated[0].role, dated[0].text, block.line, [_part(block, dated[1])]), Zone(BODY)]
    if ends and not looks_like_reference(block.text):
        if label is not None and kind != "back":
            return [_open(label, block.line)]
        return [Zone(BODY, blocks=[block])]
    zone.blocks.append(block)
    return []


def _pieces(block: Block, wanted: set[str] | None = None, cited: bool = False) -> Iterator[Zone | Block]:
    """A block as labels (each a new, empty zone) and the content between them.

    `cited`: the article's own citation has a label that stands alone, so that `Citation: …` is part of a reference.
    """
    text = block.text
    label = labels.whole_line(text, page=wanted is None)
    if label is not None and (wanted is None or label.role in wanted):
        yield replace(_open(label, block.line), is_section=block.hints.level is not None, level=block.hints.level or 0)
        return
    start = labels.at_start(text)
    if (
        start is not None
        and not (cited and start[0].role == "how_to_cite")
        and (wanted is None or start[0].role in wanted)
    ):
        label, text = start
        yield _open(label, block.line)
        block = _part(block, text)
    end = labels.at_end(text) if wanted is None else None
    if end is None:
        yield block
        return
    yield from _pieces(_part(block, end[0]))
    yield _open(end[1], block.line)


def _part(block: Block, text: str) -> Block:
    """The end or the beginning of a block that `text` is."""
    if not len(block.content):
        return replace(block, content=make("p", text))
    if block.text.endswith(text):
        return replace(block, content=rename(without_start(block.content, len(block.text) - len(text)), "p"))
    if block.text.startswith(text):
        return replace(block, content=rename(without_end(block.content, len(text)), "p"))
    return replace(block, content=make("p", text))


def _open(label: labels.Label, line: int) -> Zone:
    role = label.kind if label.kind in (FURNITURE, CAPTION) else label.role
    return Zone(role, label.text, line)
