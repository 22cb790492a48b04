"""Fields of a Word document: what each one's instruction says, and the runs or paragraphs of its result.

A citation or a cross-reference becomes a link within the document, which pandoc keeps; the mark-up of all fields is
taken away (ECMA-376, Part 1, 17.16).
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.article import Element
from pipeline.intake.docx.names import remove, unwrap, value, w

REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+\"?(?P<name>[^\s\"\\]+)\"?")
CITATIONS = ("ZOTERO_ITEM", "CSL_CITATION", "EN.CITE", "CITATION ", "Mendeley Citation")
BIBLIOGRAPHIES = ("ZOTERO_BIBL", "CSL_BIBLIOGRAPHY", "EN.REFLIST", "BIBLIOGRAPHY")
CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b")


@dataclass(slots=True)
class Field:
    """`instruction`, the `data` that some programs put beside it, and the elements between its marks."""

    instruction: str = ""
    data: str = ""
    result: list[Element] = field(default_factory=list)
    paragraphs: list[Element] = field(default_factory=list)
    in_result: bool = False

    @property
    def is_citation(self) -> bool:
        return any(word in self.instruction for word in CITATIONS) and not self.is_bibliography

    @property
    def is_bibliography(self) -> bool:
        return any(word in self.instruction for word in BIBLIOGRAPHIES)

    @property
    def is_contents(self) -> bool:
        return CONTENTS.match(self.instruction) is not None

    @property
    def target(self) -> str:
        match = REFERENCE.match(self.instruction)
        return match["name"] if match else ""


def read_fields(root: Element) -> list[Field]:
    """The fields of a part, the inner before the outer; their marks are taken away."""
    for simple in list(root.iter(w("fldSimple"))):
        _spread(simple)
    fields: list[Field] = []
    opened: list[Field] = []
    marks: list[Element] = []
    for paragraph in root.iter(w("p")):
        for each in opened:
            if each.in_result:
                each.paragraphs.append(paragraph)
        for run in [each for each in paragraph.iter(w("r")) if _paragraph_of(each) is paragraph]:
            _read_run(run, paragraph, opened, fields, marks)
    for mark in marks:
        remove(mark)
    return fields


def _paragraph_of(run: Element) -> Element | None:
    return next(run.iterancestors(w("p")), None)


def _read_run(run: Element, paragraph: Element, opened: list[Field], fields: list[Field], marks: list[Element]) -> None:
    is_mark = False
    for child in run:
        kind = value(child, "fldCharType") if child.tag == w("fldChar") else ""
        if kind == "begin":
            opened.append(Field(data="".join(each.text or "" for each in child.iter(w("fldData")))))
        elif kind == "separate" and opened:
            opened[-1].in_result = True
            opened[-1].paragraphs.append(paragraph)
        elif kind == "end" and opened:
            fields.append(opened.pop())
        elif child.tag == w("instrText") and opened and not opened[-1].in_result:
            opened[-1].instruction += child.text or ""
        is_mark = is_mark or bool(kind) or child.tag in (w("instrText"), w("delInstrText"))
    if is_mark and not any(child.tag in (w("t"), w("drawing"), w("pict"), w("object")) for child in run):
        marks.append(run)
    elif is_mark:
        for child in [each for each in run if each.tag in (w("fldChar"), w("instrText"))]:
            run.remove(child)
    elif opened and all(each.in_result for each in opened):
        for each in opened:
            each.result.append(run)
    elif opened:
        marks.append(run)


def _spread(simple: Element) -> None:
    """A simple field as the marks of a complex one."""
    begin, code, middle, end = (etree.Element(w("r")) for _ in range(4))
    for run, kind in ((begin, "begin"), (middle, "separate"), (end, "end")):
        etree.SubElement(run, w("fldChar")).set(w("fldCharType"), kind)
    etree.SubElement(code, w("instrText")).text = simple.get(w("instr"))
    for position, run in enumerate((begin, code, middle)):
        simple.insert(position, run)
    simple.append(end)
    unwrap(simple)


def link(runs: list[Element], anchor: str) -> bool:
    """Put a link to `anchor` around runs that stand side by side; whether that could be done."""
    kept = [run for run in runs if run.getparent() is not None]
    if not kept:
        return False
    parent = kept[0].getparent()
    if parent is None or parent.tag == w("hyperlink") or any(run.getparent() is not parent for run in kept):
        return False
    made = etree.Element(w("hyperlink"))
    made.set(w("anchor"), anchor)
    parent.insert(parent.index(kept[0]), made)
    made.extend(kept)
    return True
