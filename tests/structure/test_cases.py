"""Texts and what comes of them: each folder of `cases` is one, its XML and its findings beside the input."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline import jats, structure
from pipeline.article import Reference
from pipeline.intake import open_source
from pipeline.references.own_citation import read_own_citation
from pipeline.structure.draft import Draft
from pipeline.validation import audit

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def read(path: Path) -> Draft:
    """The draft of a text; its references are kept as their blocks."""
    draft = structure.read(open_source(path).blocks, read_own_citation)
    draft.article.references = [
        Reference(block.text, id=f"ref{number}") for number, block in enumerate(draft.references, start=1)
    ]
    return draft


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, golden: Callable[[Path, str | bytes], None], dtd: etree.DTD) -> None:
    draft = read(case / "input.txt")
    root = jats.write(draft.article)
    golden(case / "expected.xml", jats.serialize(root))
    golden(case / "findings.txt", "".join(f"{each}\n" for each in draft.findings))
    assert dtd.validate(etree.fromstring(jats.serialize(root))), dtd.error_log


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_word_is_lost(case: Path) -> None:
    source = open_source(case / "input.txt")
    draft = read(case / "input.txt")
    root = etree.fromstring(jats.serialize(jats.write(draft.article)))
    assert audit(source.text, root, [*source.set_aside, *draft.set_aside]).missing == []
