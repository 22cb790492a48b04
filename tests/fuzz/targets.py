"""What is fuzzed: each target takes bytes, and whatever they are, nothing but a `PipelineError` may be raised."""

import json

from lxml import etree

from pipeline import jats, references, structure
from pipeline.article import Element, Reference
from pipeline.errors import PipelineError
from pipeline.intake.decode import decode
from pipeline.intake.plain_text import read_text
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


TARGETS = {"intake": intake, "reference": reference, "jats_reader": jats_reader}
