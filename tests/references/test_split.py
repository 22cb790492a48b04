"""Reference sections in every layout; the cases stand in `split.txt`: title, lines, expected entries."""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.article import Block, Hints
from pipeline.intake.plain_text import read_text
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


def test_a_superscript_letter_is_no_label_and_a_digit_behind_a_number_is_no_part_of_it() -> None:
    found = []
    for number, text in enumerate(
        ("12</sup>3D boats. J Water. 2010;3:1-9.", "13</sup>4D boats. Berlin: Kai; 2011."), 1
    ):
        found.append(Block(etree.fromstring(f"<p><sup>{text}</p>"), number, number))
    assert [(e.label, e.text[:8]) for e in split(found)] == [("12", "3D boats"), ("13", "4D boats")]
    found[1].content = etree.fromstring("<p><sup>a</sup>Zhou, L. Lakes. Berlin: Kai; 2011.</p>")
    assert [(e.label, e.text[:8]) for e in split(found[1:])] == [("", "aZhou, L")]


def test_list_marker_is_the_label_and_lines_are_kept() -> None:
    found = blocks("Smith, J. (2010). Rivers. Springer.\n\nZhou, L. (2011). Lakes. Springer.")
    found[0].hints.marker, found[1].hints.marker = "1.", "2."
    assert [(e.label, e.line) for e in split(found)] == [("1.", 1), ("2.", 3)]


WRAPPED = (
    "Berg, A. (2011). Ferries of the inner sea and of its many islands. Oslo: Fjordforlaget.",
    "Brandt, U. (2012). Light on the quay. Harbour Papers, 3(2), 14–29. https://doi.org/10.5555/hp.3.14",
    "Holm, J., & Lind, K. (2014). Who waits at the quay? Journal of Harbour Studies, 6(1), 11–29.",
    "Moe, T. (2016). Lamps and stairs: A history of light in northern towns. In P. Sund (Ed.), Quays (pp. 3–17). Kai.",
    "Norwegian Harbour Union. (2017). Rules for the lighting of quays and stairs (2nd ed.).",
    "Sund, P. (2019). Timetables and tides in three harbour towns of the west. Coastal Mobility, 2(3), 101–118.",
    "Tveit, O. (2020). Ropes, knots and the people who tie them on winter mornings. Bergen: Tau.",
    "Vik, S., Aas, B., & Dahl, C. (2021). Bells in the fog. Acoustics of the Coast, 4, 3–17.",
)


@pytest.mark.parametrize("width", range(60, 101, 4))
def test_wrapped_lists_are_parted_where_a_line_is_full(width: int) -> None:
    lines = [line for entry in WRAPPED for line in textwrap.wrap(entry, width, break_on_hyphens=False)]
    assert [entry.text for entry in split(read_text("\n".join(lines)).blocks)] == list(WRAPPED)


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


@pytest.mark.parametrize(
    ("head", "tail", "joined"),
    [
        ("See https://example.org/a", "/b", "See https://example.org/a/b"),
        ("See https://example.org/a", "?b=1", "See https://example.org/a?b=1"),
        ("See https://example.org/a/", "b", "See https://example.org/a/b"),
        ("See https://example.org/a/", "Berg, A.", "See https://example.org/a/ Berg, A."),
        ("See https://example.org/a", "b", "See https://example.org/a b"),
        ("DOI:10.5555/a.", "b", "DOI:10.5555/a.b"),
        ("a / b", "/ c", "a / b / c"),
        ("soft\u00ad", "Ware", "softWare"),
        ("NATO-", "led", "NATO-led"),
        ("a -", "b", "a - b"),
        ("1991–", "2001", "1991–2001"),
        ("1991 –", "2001", "1991 – 2001"),
        ("1991–", "now", "1991– now"),
        ("", "now", "now"),
        ("now", "", "now"),
    ],
)
def test_lines_are_joined(head: str, tail: str, joined: str) -> None:
    assert join(head, tail) == joined


APART = [
    "Smith, J. (2010). On environ-mental rivers. Springer.",
    "Zhou, L. (2011). Lakes of the north. Springer.",
    "Young, B. C. (2012). Seas and oceans of the world in maps. Routledge.",
]


def test_lines_of_the_source_part_entries_where_a_word_was_made_whole_before_them() -> None:
    head, tail = APART[0].replace("-mental", "-|mental").split("|")
    paragraphs = [head, f"{tail} {APART[1]}", APART[2]]
    for label in ("", "7 "):
        found = blocks("\n".join([*paragraphs[:1], label + paragraphs[1], *paragraphs[2:]]))
        found[1].hints.breaks = (len(label + tail) + 1,)
        joined = APART[0].replace("environ-mental", f"environ-{label}mental" if label else "environmental")
        assert [entry.text for entry in split(found)] == [joined, *APART[1:]]


def test_an_entry_longer_than_any_is_no_reason_to_miss_the_next() -> None:
    long = f"Holm, J. (2014). {'Who waits at the quay in the rain? ' * 70}Oslo: Kai, 2014."
    assert [entry.text for entry in split(blocks(" ".join([*APART[1:], long, *APART[1:]])))] == [
        *APART[1:],
        long,
        *APART[1:],
    ]


def test_join_keeps_a_range_and_a_double_name() -> None:
    assert join("pp. 123-", "130") == "pp. 123-130"
    assert join("Berg-", "Schlosser") == "Berg-Schlosser"
    assert join("environ-", "mental") == "environmental"
    assert join("rivers", "and lakes") == "rivers and lakes"
