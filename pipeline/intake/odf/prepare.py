"""An OpenDocument text made ready for pandoc: what pandoc drops is put where it keeps it, or is set aside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.article import Element, SetAside
from pipeline.elements import remove_keeping_tail, unwrap
from pipeline.findings import Finding
from pipeline.intake.docx.citations import Citations
from pipeline.intake.docx.revisions import COMMENT, say_changes
from pipeline.intake.odf.names import DRAW, HREF, PARAGRAPHS, TEXT, draw, office, style, text, text_of

REFERENCES = tuple(map(text, ("sequence-ref", "bookmark-ref", "reference-ref", "note-ref")))
NAMED = tuple(map(text, ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start", "sequence")))
INDEXES = tuple(map(text, ("table-of-content", "illustration-index", "table-index", "object-index", "user-index")))
READ = set(map(text, (
    "p h span a s tab line-break note note-citation note-body list list-item list-header bookmark bookmark-start "
    "bookmark-end reference-mark reference-mark-start reference-mark-end soft-page-break section"
).split()))  # fmt: skip
"""What pandoc's reader has a form for; of any other element within a paragraph only the text is left."""
ESCAPE = re.compile(r"_([0-9a-f]{2})_")
CITATIONS = ("ZOTERO_ITEM", "CSL_CITATION")
BIBLIOGRAPHIES = ("ZOTERO_BIBL", "CSL_BIBLIOGRAPHY")


@dataclass(slots=True)
class Prepared:
    """`numbers` are the places of paragraphs, `listed` those of a bibliography that a citation program prints."""

    numbers: Mapping[Element, int]
    citations: Citations = field(default_factory=Citations)
    listed: set[Element] = field(default_factory=set)
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def prepare(body: Element) -> Prepared:
    """Change `body`, the text of a document, in place; what was found on the way."""
    prepared = Prepared({each: number for number, each in enumerate(body.iter(*PARAGRAPHS), 1)})
    _settle_changes(body, prepared)
    _take(body, (office("annotation"),), COMMENT, prepared)
    _take(body, INDEXES, "table of contents", prepared)
    _take(body, (text("sequence-decls"),), "", prepared)
    for each in list(body.iter(text("bibliography"))):
        prepared.listed.update(each.iter(*PARAGRAPHS))
        for inner in list(each.iter(text("index-title"), text("index-body"), text("bibliography-source"))):
            unwrap(inner) if inner.tag != text("bibliography-source") else remove(inner)
        unwrap(each)
    for section in body.iter(text("section")):
        if any(word in (section.get(text("name")) or "") for word in BIBLIOGRAPHIES):
            prepared.listed.update(section.iter(*PARAGRAPHS))
    for each in list(body.iter(*REFERENCES)):
        _link(each)
    _read_citations(body, prepared.citations)
    lift_text_boxes(body)
    return prepared


def remove(element: Element) -> None:
    """Take an element away; what stands behind it stays."""
    parent = element.getparent()
    if parent is not None:
        remove_keeping_tail(parent, element)


def _place(element: Element, prepared: Prepared) -> int:
    around = next(element.iterancestors(*PARAGRAPHS), None)
    inner = around if around is not None else next(element.iter(*PARAGRAPHS), None)
    return prepared.numbers.get(inner, 0) if inner is not None else 0


def _settle_changes(body: Element, prepared: Prepared) -> None:
    regions = list(body.iter(text("changed-region")))
    marks = list(body.iter(text("change"), text("change-start")))
    places = [_place(mark, prepared) for mark in marks]
    for region in regions:
        for deletion in region.iter(text("deletion")):
            said = " ".join(" ".join(text_of(each) for each in deletion.iter(*PARAGRAPHS)).split())
            if said:
                prepared.set_aside.append(SetAside(_place(deletion, prepared), said, "deleted by a tracked change"))
    if regions:
        prepared.findings += say_changes(places or [0])
    _take(body, (text("tracked-changes"),), "", prepared)


def _take(body: Element, tags: tuple[str, ...], reason: str, prepared: Prepared) -> None:
    """Take elements away and, where there is a reason, set their words aside."""
    for each in list(body.iter(*tags)):
        said = " ".join(" ".join(text_of(inner) for inner in each.iter(*PARAGRAPHS)).split())
        if said and reason:
            prepared.set_aside.append(SetAside(_place(each, prepared), said, reason))
        remove(each)


def _link(reference: Element) -> None:
    """A reference to a name in the document, with the text that it shows, as a link."""
    name = reference.get(text("ref-name")) or ""
    reference.tag = text("a")
    reference.attrib.clear()
    reference.set(HREF, f"#{name}")


def _read_citations(body: Element, citations: Citations) -> None:
    """What stands within a mark that a citation program names by its data becomes a link to that citation."""
    for start in list(body.iter(text("reference-mark-start"))):
        name = start.get(text("name")) or ""
        if not any(word in name for word in CITATIONS) or not (anchor := citations.of_json(name)):
            continue
        inner = list(_within(start, name))
        made = etree.Element(text("a"))
        made.set(HREF, f"#{anchor}")
        made.text, start.tail = start.tail, None
        start.addnext(made)
        made.extend(inner)


def _within(start: Element, name: str) -> Iterator[Element]:
    for each in start.itersiblings():
        if each.tag == text("reference-mark-end") and each.get(text("name")) == name:
            return
        yield each


def lift_text_boxes(body: Element) -> None:
    """Put the paragraphs of each text box behind the paragraph that it hangs on."""
    for box in list(body.iter(draw("text-box"))):
        holder = next(box.iterancestors(*PARAGRAPHS), None)
        frame = box.getparent()
        if frame is None:
            continue
        if holder is not None:
            for child in reversed(list(box)):
                child.tail = None
                holder.addnext(child)
            remove(frame)
        else:
            unwrap(box)
            unwrap(frame)


def unwrap_fields(paragraph: Element) -> None:
    """Of fields and other elements that pandoc does not read, their text."""
    for each in list(paragraph.iterdescendants()):
        if isinstance(each.tag, str) and each.tag.startswith(f"{{{TEXT}}}") and each.tag not in READ:
            unwrap(each)


def names_of(paragraph: Element) -> tuple[str, ...]:
    """The names by which references lead to a paragraph."""
    found = (each.get(text("ref-name")) or each.get(text("name")) or "" for each in paragraph.iter(*NAMED))
    return tuple(name for name in found if name and not any(word in name for word in CITATIONS))


def shown_name(each: Element) -> str:
    """The name of a style as the program shows it: `Text_20_body` is `Text body`."""
    name = each.get(style("display-name")) or each.get(style("name")) or ""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), name)


def holds_drawing(paragraph: Element) -> bool:
    return any(str(each.tag).startswith(f"{{{DRAW}}}") for each in paragraph.iter())
