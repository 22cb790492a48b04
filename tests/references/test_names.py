"""Person groups; the cases stand in `names.txt`."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.article import Span
from pipeline.references.items import csl_names
from pipeline.references.names import split_names, words


def cases() -> Iterator[object]:
    for line in Path(__file__).with_name("names.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            group, _, expected = line.partition(" => ")
            yield pytest.param(group, expected, id=group)


def written(text: str, part: Span) -> str:
    if part.label == "etal":
        return "+etal"
    if part.label == "collab":
        return f"[{text[part.start : part.end]}]"
    fields = {p.label: text[p.start : p.end] for p in part.parts}
    extra = "".join(f"|{label}:{fields[label]}" for label in ("prefix", "suffix") if label in fields)
    return f"{fields.get('family', '')}|{fields.get('given', '')}{extra}"


@pytest.mark.parametrize(("group", "expected"), list(cases()))
def test_group(group: str, expected: str) -> None:
    assert " ; ".join(written(group, part) for part in split_names(group, 0, len(group))) == expected
    within = f"See {group} (2010), and Others, A."
    parts = split_names(within, 4, 4 + len(group))
    assert " ; ".join(written(within, part) for part in parts) == expected


@given(st.text(max_size=80))
@example("SAO Paulo SAO")
def test_parts_are_ordered_and_inside(text: str) -> None:
    place = 0
    for part in split_names(text, 0, len(text)):
        assert place <= part.start < part.end <= len(text)
        inner = part.start
        for finer in part.parts:
            assert inner <= finer.start < finer.end <= part.end
            inner = finer.end
        place = part.end


@pytest.mark.usefixtures("fresh")
def test_words_of_names_are_those_of_the_table() -> None:
    table = words()
    assert {"van", "de", "st."} <= table.particles
    assert {"남궁", "황보", "欧阳", "端木"} <= table.compounds
    assert "university" in table.bodies
    assert "institut" in table.beginnings
    assert not any(word.endswith("*") for word in [*table.bodies, *table.beginnings])
    found = [match.group() for match in table.conjunctions.finditer("A & B and C AND D y E Y F e G E H &amp; I … J")]
    assert found == ["&", "and", "AND", "y", "e", "&amp;", "…"]


def test_offsets_are_those_of_the_whole_string() -> None:
    text = "In Smith, J. (2010)"
    (person,) = split_names(text, 3, 12)
    assert [text[part.start : part.end] for part in person.parts] == ["Smith", "J."]


def test_name_without_comma_is_a_body_where_persons_are_inverted() -> None:
    text = "Akamai Edge"
    assert [part.label for part in split_names(text, 0, len(text), inverted=True)] == ["collab"]
    assert [part.label for part in split_names(text, 0, len(text))] == ["person"]


def test_particles_are_apart_in_csl() -> None:
    text = "van der Berg, J., Jr., & Humboldt, Alexander von"
    assert csl_names(text, split_names(text, 0, len(text))) == [
        {"family": "Berg", "non-dropping-particle": "van der", "given": "J.", "suffix": "Jr."},
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
    ]


def test_time_is_linear() -> None:
    begin = time.perf_counter()
    text = "Smith, J., " * 20_000
    split_names(text, 0, len(text))
    assert time.perf_counter() - begin < 10
