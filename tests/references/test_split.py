"""Reference sections in every layout; the cases stand in `split.txt`: title, lines, expected entries."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.article import Block, Hints
from pipeline.references import split
from pipeline.references.split import join


def blocks(text: str) -> list[Block]:
    found, blank = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            blank += 1
            continue
        content = etree.Element("p")
        content.text = line
        found.append(Block(content, number, number, Hints(blank_lines_before=blank)))
        blank = 0
    return found


def cases() -> Iterator[object]:
    text = Path(__file__).with_name("split.txt").read_text("utf-8")
    for case in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        title, _, rest = case.partition("\n")
        source, _, expected = rest.partition("\n---\n")
        yield pytest.param(source, [line for line in expected.split("\n") if line], id=title)


@pytest.mark.parametrize(("source", "expected"), list(cases()))
def test_layout(source: str, expected: list[str]) -> None:
    entries = split(blocks(source))
    assert [f"{e.label} | {e.text}" if e.label else e.text for e in entries] == expected


def test_superscript_number_is_the_label() -> None:
    found = []
    for number, text in ((1, "Smith J. Rivers. J Water. 2010;3:1-9."), (2, "Zhou L. Lakes. Berlin: Springer; 2011.")):
        content = etree.fromstring(f"<p><sup>{number}</sup>{text}</p>")
        found.append(Block(content, number, number))
    assert [(e.label, e.text[:5]) for e in split(found)] == [("1", "Smith"), ("2", "Zhou ")]


def test_list_marker_is_the_label_and_lines_are_kept() -> None:
    found = blocks("Smith, J. (2010). Rivers. Springer.\n\nZhou, L. (2011). Lakes. Springer.")
    found[0].hints.marker, found[1].hints.marker = "1.", "2."
    assert [(e.label, e.line) for e in split(found)] == [("1.", 1), ("2.", 3)]


def test_nothing_gives_nothing() -> None:
    assert split([]) == []
    assert split(blocks("\n\n")) == []


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60), max_size=12))
def test_no_character_is_lost(lines: list[str]) -> None:
    entries = split(blocks("\n".join(lines)))
    kept = "".join("".join((e.label + e.text).split()) for e in entries)
    given = "".join("".join(line.split()) for line in lines)
    assert kept.replace("-", "").replace("\u2010", "").replace("\u00ad", "") == (
        given.replace("-", "").replace("\u2010", "").replace("\u00ad", "")
    )


def test_join_keeps_a_range_and_a_double_name() -> None:
    assert join("pp. 123-", "130") == "pp. 123-130"
    assert join("Berg-", "Schlosser") == "Berg-Schlosser"
    assert join("environ-", "mental") == "environmental"
    assert join("rivers", "and lakes") == "rivers and lakes"
