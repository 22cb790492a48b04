"""How long a line of each kind may be: `lengths.txt` has one bound a line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.article import Block
from pipeline.elements import make
from pipeline.structure import (
    captions,
    dates,
    equations,
    headings,
    history,
    issues,
    labels,
    licenses,
    lists,
    quotations,
    shapes,
    statements,
    unknown_labels,
)
from pipeline.structure.affiliations import looks_like_affiliation
from pipeline.structure.author_lines import is_correspondence
from pipeline.structure.authors import parse_authors
from pipeline.structure.names import looks_like_name

BOUNDS = [line for line in (Path(__file__).parent / "lengths.txt").read_text("utf-8").splitlines() if ": " in line[:40]]


def block(text: str) -> Block:
    return Block(make("p", text), 1, 1)


KINDS: dict[str, Callable[[str], object]] = {
    "abstract": shapes.looks_like_abstract,
    "affiliation": looks_like_affiliation,
    "authors": parse_authors,
    "caption": captions.read_caption,
    "correspondence": is_correspondence,
    "day": dates.only_date,
    "equation": lambda text: equations.read_equation(block(text)) is not None,
    "footer": issues.is_navigation,
    "heading": lambda text: headings.known(text)[0],
    "history": history.is_history,
    "issue": issues.read_issue,
    "keywords": shapes.looks_like_keywords,
    "label": labels.whole_line,
    "label alone": unknown_labels.is_label_alone,
    "licence": licenses.is_license,
    "list": lambda text: lists.read_list([block(text), block(f"2. {text[3:]}")], 0, set()),
    "name": looks_like_name,
    "note": lambda text: captions.is_note(block(text)),
    "path": issues.is_breadcrumb,
    "quotation": lambda text: quotations.is_quotation(block(text), block("It was said so:")),
    "reference": shapes.looks_like_reference,
    "short abstract": shapes.looks_like_short_abstract,
    "statement": lambda text: statements.role_of(block(text)),
    "statistics": issues.is_statistics,
}


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_line_of_a_kind_is_no_longer_and_no_shorter(bound: str) -> None:
    said, _, text = bound.partition(": ")
    kind, at, length = said.rpartition(" at ")[0], *said.rpartition(" at ")[2].split()
    before, _, after = text.partition("…")
    longest = at == "most"

    def of(length: int) -> str:
        letter = "." if before.endswith(".") else "a"
        return f"{before}{letter * (length - len(before) - len(after))}{after}"

    assert KINDS[kind](of(int(length)))
    assert not KINDS[kind](of(int(length) + (1 if longest else -1)))
