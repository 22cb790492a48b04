"""A Word document made ready for pandoc: what pandoc drops or flattens is put where it keeps it, or is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.article import Element, SetAside
from pipeline.findings import Finding, Severity
from pipeline.intake.archive import Archive
from pipeline.intake.docx import fields, revisions, shapes, tables
from pipeline.intake.docx.citations import Citations, bookmarked, link_bookmarks, of_controls, runs_of, word_sources
from pipeline.intake.docx.names import remove, text_of, w

MACROS = "vbaProject.bin"
CHUNK = w("altChunk")


class Package(Protocol):
    """The container, its main part, and other parts beside it (see `read.Package`)."""

    archive: Archive
    document: Element

    def part(self, name: str) -> Element | None: ...


@dataclass(slots=True)
class Prepared:
    """`numbers` are the places of paragraphs in the document; `listed` those of a bibliography that a citation
    program prints.
    """

    numbers: Mapping[Element, int] = field(default_factory=dict)
    citations: Citations = field(default_factory=Citations)
    listed: set[Element] = field(default_factory=set)
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def say(self, code: str, message: str, severity: Severity = Severity.WARNING) -> None:
        self.findings.append(Finding(code, severity, message))


def prepare(package: Package) -> Prepared:
    """Change the parts of `package` in place; what was found on the way."""
    notes = [part for name in ("footnotes.xml", "endnotes.xml") if (part := package.part(name)) is not None]
    for root in (package.document, *notes):
        shapes.choose_forms(root)
    prepared = Prepared({each: number for number, each in enumerate(package.document.iter(w("p")), 1)})
    _settle_revisions(package, notes, prepared)
    prepared.findings += shapes.say_drawings(package.document)
    shapes.lift_text_boxes(package.document)
    tables.repair_grids(package.document)
    citations = prepared.citations
    citations.sources = word_sources(package.archive)
    known = bookmarked(package.archive)
    for root in (package.document, *notes):
        prepared.listed.update(link_bookmarks(root, known, citations) if known else ())
        for control, anchor in of_controls(root, citations):
            fields.link(runs_of(control), anchor)
        for each in fields.read_fields(root):
            _settle_field(each, prepared)
    if citations.unread:
        message = f"the data of {citations.unread} citations of a citation program could not be read; their text stays"
        prepared.say("citation-data-unread", message)
    _say_rest(package, prepared)
    return prepared


def _settle_revisions(package: Package, notes: list[Element], prepared: Prepared) -> None:
    changed: list[int] = []
    for root in (package.document, *notes):
        deleted, places = revisions.accept(root, prepared.numbers)
        prepared.set_aside += deleted
        changed += places
    prepared.findings += revisions.say_changes(changed)
    anchors = revisions.comment_places(package.document, prepared.numbers)
    comments, findings = revisions.read_comments(package.part("comments.xml"), anchors)
    prepared.set_aside += comments
    prepared.findings += findings
    parts = [name.rpartition("/")[2] for name in package.archive.names]
    margins = [name for name in parts if name.startswith(("header", "footer")) and name.endswith(".xml")]
    prepared.set_aside += revisions.read_margins([part for name in margins if (part := package.part(name)) is not None])


def _settle_field(each: fields.Field, prepared: Prepared) -> None:
    if each.is_bibliography:
        prepared.listed.update(each.paragraphs)
    elif each.is_contents:
        for paragraph in dict.fromkeys(each.paragraphs):
            number = prepared.numbers.get(paragraph, 0)
            prepared.set_aside.append(SetAside(number, " ".join(text_of(paragraph).split()), "table of contents"))
            for run in list(paragraph.iter(w("r"))):
                remove(run)
    elif each.is_citation:
        if anchor := prepared.citations.of_field(each):
            fields.link(each.result, anchor)
    elif each.target:
        fields.link(each.result, each.target)


def _say_rest(package: Package, prepared: Prepared) -> None:
    if any(name.endswith(MACROS) for name in package.archive.names):
        prepared.say("macros-ignored", "the document holds macros; they were not run and are left out", Severity.INFO)
    chunks = list(package.document.iter(CHUNK))
    if chunks:
        prepared.say("chunk-left-out", f"{len(chunks)} other documents are embedded; paste their text into this one")
    prepared.set_aside = [item for item in prepared.set_aside if item.text]
