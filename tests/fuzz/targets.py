"""What is fuzzed: each target takes bytes, and whatever they are, nothing but a `PipelineError` may be raised."""

import contextlib
import json
from pathlib import Path

from lxml import etree

from pipeline import jats, references, structure
from pipeline.article import Element, Reference
from pipeline.errors import PipelineError
from pipeline.intake import formats
from pipeline.intake.archive import Archive
from pipeline.intake.decode import decode
from pipeline.intake.dialects import myst, org, typst
from pipeline.intake.latex import layout, people, pieces, scanner, statements
from pipeline.intake.metadata.page import read_page
from pipeline.intake.plain_text import read_text
from pipeline.intake.rtf import prepare as rtf
from pipeline.references import export
from pipeline.references.own_citation import read_own_citation
from pipeline.validation import audit
from pipeline.validation.parse import parse_xml

MENDING = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)


def intake(data: bytes) -> None:
    """Bytes to blocks to an article to XML; no word of it is lost."""
    try:
        text, _ = decode(data, "fuzz")
    except PipelineError:
        return
    read = read_text(text)
    draft = structure.read(read.blocks, read_own_citation)
    draft.article.references = [Reference(block.text, id=f"r{n}") for n, block in enumerate(draft.references, 1)]
    root = etree.fromstring(jats.serialize(jats.write(draft.article)))
    counted = "\n".join([*(block.text for block in read.blocks), *(item.text for item in read.set_aside)])
    missing = audit(counted, root, [*read.set_aside, *draft.set_aside]).missing
    if missing:
        raise AssertionError(f"lost: {missing}")


LARGER = 100
"""How many times its size a text may have when it is ready for pandoc; a few bytes more are free."""
FREE = 20_000


def manuscript(data: bytes) -> None:
    """Bytes in the format that the first of them chooses, made ready for pandoc, and not much larger by that."""
    kind, data = list(MANUSCRIPTS)[data[0] % len(MANUSCRIPTS)] if data else "markdown", data[1:]
    with contextlib.suppress(PipelineError):
        MANUSCRIPTS[kind](data)


def _markdown(data: bytes) -> None:
    text, _ = decode(data, "fuzz")
    _check_size(text, myst.prepare(text))


def _org(data: bytes) -> None:
    text, _ = decode(data, "fuzz")
    _check(text, org.prepare(text))


def _typst(data: bytes) -> None:
    text, _ = decode(data, "fuzz")
    _check(text, typst.prepare(text, lambda name: None).text)


def _html(data: bytes) -> None:
    read_page(decode(data, "fuzz")[0])


def _latex(data: bytes) -> None:
    text = scanner.without_comments(decode(data, "fuzz")[0])
    _check(text, pieces.without_internals(text))
    _check_size(text, statements.as_sections(layout.as_pandoc_reads(text)))
    pieces.macros_of(text)
    people.read_people(list(scanner.commands(text, people.NAMES)))


def _rtf(data: bytes) -> None:
    with contextlib.suppress(rtf.TooDeep):
        _check_size(data, rtf.prepare(data).data)


def _container(data: bytes) -> None:
    formats.detect(b"PK\x03\x04" + data, Path("fuzz.docx"))
    archive = Archive("fuzz", data)
    for name in archive.names:
        archive.xml(name)


def _check(text: str, made: str) -> None:
    """Findings point into the source, so that no line may come or go."""
    if made.count("\n") != text.count("\n"):
        raise AssertionError(f"{text.count(chr(10))} line ends became {made.count(chr(10))}")
    _check_size(text, made)


def _check_size(given: str | bytes, made: str | bytes) -> None:
    if len(made) > len(given) * LARGER + FREE:
        raise AssertionError(f"{len(given):,} characters became {len(made):,}")


MANUSCRIPTS = {
    "markdown": _markdown, "org": _org, "typst": _typst, "html": _html, "latex": _latex, "rtf": _rtf,
    "container": _container,
}  # fmt: skip


def reference(data: bytes) -> None:
    """A reference string to spans within it, in order, and to every export."""
    text = " ".join(data.decode("utf-8", errors="replace").split())
    read, _ = references.parse([Reference(text=text, line=1)])
    place = 0
    for span in read[0].spans:
        if not place <= span.start < span.end <= len(text):
            raise AssertionError(f"{span} in {text!r}")
        place = span.end
    json.loads(export.csl_json(read))
    export.bibtex(read)


def jats_reader(data: bytes) -> None:
    """Any XML as an article, and what is read of it is written and read again; bytes that are no XML are mended."""
    try:
        root = parse_xml(data, "fuzz")
    except PipelineError:
        root = _mended(data)
    if root is None or root.tag != "article":
        return
    again = etree.fromstring(jats.serialize(jats.write(jats.read(root))))
    jats.read(again)


def _mended(data: bytes) -> Element | None:
    """What a lenient parser makes of bytes, if the strict one takes it then."""
    try:
        root = etree.fromstring(data, MENDING)
        return None if root is None else parse_xml(etree.tostring(root), "fuzz")
    except (etree.LxmlError, PipelineError):
        return None


TARGETS = {"intake": intake, "manuscript": manuscript, "reference": reference, "jats_reader": jats_reader}
