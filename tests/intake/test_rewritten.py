"""Text that is written anew before another reader takes it; each file of `rewritten` has cases of one function.

A case is a title, a text, and what becomes of it; `¤` marks the beginning of a row in the head of a table.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline.article import Element
from pipeline.intake.dialects import myst, org, page, raw_html
from pipeline.intake.dialects.typst import _authors, _Contents
from pipeline.intake.dialects.typst import prepare as prepare_typst
from pipeline.intake.dialects.typst_values import value
from pipeline.intake.docx import names
from pipeline.intake.docx.fields import link, read_fields
from pipeline.intake.docx.revisions import accept, say_changes
from pipeline.intake.docx.shapes import choose_forms, lift_text_boxes
from pipeline.intake.docx.tables import repair_grids
from pipeline.intake.latex.acronyms import with_acronyms
from pipeline.intake.latex.heads import MARK
from pipeline.intake.latex.known import as_known
from pipeline.intake.latex.layout import as_pandoc_reads
from pipeline.intake.latex.people import NAMES, read_people
from pipeline.intake.latex.pieces import macros_of, without_internals
from pipeline.intake.latex.scanner import commands
from pipeline.intake.latex.tables import plain_tables
from pipeline.intake.lines import split_lines
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.metadata.front_matter import FrontMatter
from pipeline.intake.metadata.page import as_meta, read_page
from pipeline.intake.odf import names as odf_names
from pipeline.intake.odf.prepare import names_of, unwrap_fields
from pipeline.intake.odf.prepare import prepare as prepare_odf
from pipeline.intake.odf.read import read_styles
from pipeline.intake.plain_text import read_text
from pipeline.intake.prose.formats import prose_of
from pipeline.intake.prose.office import paragraphs_of_odf, paragraphs_of_word
from pipeline.intake.rtf.prepare import prepare
from tests.intake.shown import _stated

FILES = sorted((Path(__file__).parent / "rewritten").glob("*.txt"))
CASE, MADE = "=== ", "--- becomes\n"


def of_people(text: str) -> str:
    """Authors with their affiliations; notes of these; what has no author."""
    people = read_people(list(commands(text, NAMES)))
    lines = []
    for author in people.authors:
        places = [people.affiliations[place][1] for place in author.affiliations]
        facts = [f"<{author.email}>" * bool(author.email), author.orcid, "corresponding" * author.corresponding]
        facts += [f"^{mark}" for mark in author.marks] + [f"note: {note}" for note in author.notes]
        facts += ["group"] * author.is_group
        lines.append(" · ".join(filter(None, [author.name, *facts, *places])))
    lines += [f"note: {each}" for each in people.notes]
    return "\n".join([*lines, *(f"left: {each}" for each in people.left)])


def facts_of(text: str) -> str:
    facts, loose = read_page(text)
    said = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    if loose is not None:
        title = loose.title.text if loose.title is not None else ""
        words = [word.text for group in loose.keywords for word in group.words]
        said += f"\nproperties: {title} | {[person.written for person in loose.contributors]} | {words}"
    return said


NAMESPACES = {
    "w": names.W, "mc": names.MC, "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml", "o": odf_names.OFFICE, "t": odf_names.TEXT, "d": odf_names.DRAW,
    "s": odf_names.STYLE, "x": "http://www.w3.org/1999/xlink",
}  # fmt: skip


def body_of(text: str) -> Element:
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return etree.fromstring(f"<body{spaces}>{text}</body>")


def of_xml(change: Callable[[Element], str | None]) -> Callable[[str], str]:
    """The body of a document of Word or OpenDocument after a change, behind what the change says."""

    def made(text: str) -> str:
        root = body_of(text)
        said = change(root)
        shown = etree.tostring(root, encoding="unicode")
        for prefix, uri in NAMESPACES.items():
            shown = shown.replace(f' xmlns:{prefix}="{uri}"', "")
        return "\n".join(filter(None, [said, shown.removeprefix("<body>").removesuffix("</body>")]))

    return made


def of_odf(root: Element) -> str:
    """Names of paragraphs, those of a bibliography, and what is said and set aside."""
    made = prepare_odf(root)
    lines = [f"{aside.line}: {aside.text} ({aside.reason})" for aside in made.set_aside]
    lines += [f"{finding.line}: {finding.message}" for finding in made.findings]
    for each in root.iter(*odf_names.PARAGRAPHS):
        names, text = names_of(each), odf_names.text_of(each)
        unwrap_fields(each)
        lines += [f"{made.numbers[each]}: {text}: {names}{' listed' * (each in made.listed)}"]
    return "\n".join(lines)


def of_styles(text: str) -> str:
    styles = read_styles(None, body_of(text))
    return "\n".join(f"{key}: {', '.join([each.name, *each.parents])}: {each.role}" for key, each in styles.items())


def with_boxes(root: Element) -> None:
    choose_forms(root)
    lift_text_boxes(root)


def with_fields(root: Element) -> str:
    """Fields, each with the runs and paragraphs of its result, which are linked."""
    lines = []
    for number, each in enumerate(read_fields(root)):
        words = " ".join("".join(map(str, run.itertext())) for run in each.result)
        linked = "linked" if link(each.result, f"a{number}") else "not linked"
        lines.append(f"{each.instruction.strip()} {each.data}: {words}: {len(each.paragraphs)} paragraphs, {linked}")
    return "\n".join(lines)


def accepted(root: Element) -> str:
    paragraphs = {paragraph: number for number, paragraph in enumerate(root.iter(names.w("p")), 1)}
    deleted, places = accept(root, paragraphs)
    return "\n".join(
        [*(f"{each.line}: {each.text}" for each in deleted), *(each.message for each in say_changes(places))]
    )


def of_typst_code(text: str) -> str:
    """What is left for pandoc, and what the code said; `part.typ` and `deep.typ` are beside the source."""
    beside = {"part.typ": '= A part\n#bibliography("part.bib")', "deep.typ": 'd\n#include "deep.typ"'}
    made = prepare_typst(text, beside.get)
    facts = {
        "said": made.said, "document": made.document, "imported": made.imported, "from": made.bibliographies,
        "refused": made.refused,
    }  # fmt: skip
    return "\n".join([made.text, *(f"{name}: {value}" for name, value in facts.items() if value)])


def of_stated(text: str) -> str:
    """The metadata of a source as the article they state, and what no field holds."""
    stated = FrontMatter(as_meta(json.loads(text))["c"], Mapper())
    return "\n".join([*_stated("front", stated.article), f"said: {stated.said()}", f"left: {stated.left}"])


def of_rtf(text: str) -> str:
    """What pandoc is given, what is said, kept and known, and the pictures."""
    made = prepare(text.encode("latin-1", "xmlcharrefreplace"))
    lines = [made.data.decode("latin-1"), f"said: {made.said}", f"kept: {made.kept}", f"known: {made.information}"]
    return "\n".join([*lines, *(f"picture: {each}" for each in made.pictures)])


def of_lines(text: str) -> str:
    """Each line as it is read: its number, blank lines before it, a page break, a row."""
    return "\n".join(
        f"{line.number} +{line.gap}{' page' * line.page_break}{' row' * line.is_row}: {line.words}"
        for line in split_lines(text.replace("^L", "\f").replace("^I", "\t"))
    )


def of_blocks(text: str) -> str:
    """The blocks of a plain text with their hints, and what was set aside."""
    read = read_text(text.replace("^L", "\f"))
    lines = []
    for block in read.blocks:
        hints = filter(None, (block.hints.marker, block.hints.style, block.hints.breaks and str(block.hints.breaks)))
        where = f"{block.line}-{block.last_line} +{block.hints.blank_lines_before}"
        lines.append(f"{' '.join([where, *map(str, hints)])}: {block.text}")
    return "\n".join([*lines, *(f"aside {each.line}: {each.text} ({each.reason})" for each in read.set_aside)])


def of_typst(text: str) -> str:
    said, _ = value(text, 0)
    return json.dumps(_authors(said, _Contents("")), ensure_ascii=False, indent=1)


def words_of(form: str) -> Callable[[str], str]:
    return lambda text: "\n".join(" ".join(line.split()) for line in prose_of(text, form).split("\n"))


READERS: dict[str, Callable[[str], str]] = {
    "acronyms": with_acronyms,
    "definitions": lambda text: f"{macros_of(text)}\n---\n{without_internals(text)}",
    "facts": facts_of,
    "known": as_known,
    "layout": as_pandoc_reads,
    "myst": myst.prepare,
    "odf": of_xml(of_odf),
    "odf_styles": of_styles,
    "org": org.prepare,
    "page_around": lambda text: "\n".join(f"{aside.line}: {aside.text}" for aside in page.outside(text)),
    "people": of_people,
    "plain_blocks": of_blocks,
    "plain_lines": of_lines,
    "raw_html": raw_html.prepare,
    "rtf": of_rtf,
    "stated": of_stated,
    "tables": plain_tables,
    "tied_notes": page.prepare,
    "typst_code": of_typst_code,
    "typst_people": of_typst,
    "word_boxes": of_xml(with_boxes),
    "word_changes": of_xml(accepted),
    "word_fields": of_xml(with_fields),
    "word_tables": of_xml(repair_grids),
    "words_html": words_of("html"),
    "words_latex": words_of("latex"),
    "words_markdown": words_of("markdown"),
    "words_odf": lambda text: paragraphs_of_odf(body_of(text)),
    "words_typst": words_of("typst"),
    "words_word": lambda text: paragraphs_of_word(body_of(text)),
}


def read_again(text: str, read: Callable[[str], str]) -> str:
    made = []
    for case in text.split(f"\n{CASE}"):
        title, _, rest = case.removeprefix(CASE).partition("\n")
        source = rest.partition(MADE)[0].rstrip("\n")
        lines = [line.rstrip() for line in read(source).replace(MARK, "¤").split("\n")]
        made.append(f"{CASE}{title}\n{source}\n{MADE}" + "\n".join(lines).rstrip("\n") + "\n")
    return "\n".join(made)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rewritten(file: Path, golden: Callable[[Path, str | bytes], None]) -> None:
    golden(file, read_again(file.read_text(encoding="utf-8"), READERS[file.stem]))
