"""From strings to items: the readings of `readings.txt`, repeated authors, findings, corrections, bad input."""

import gc
import json
import re
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.article import Reference, Span
from pipeline.references import build_item, collector_at_rest, parse, tag
from pipeline.references.tagger import LONGEST


def readings() -> Iterator[object]:
    text = Path(__file__).with_name("readings.txt").read_text("utf-8")
    for case in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        title, source, *lines = [line for line in case.splitlines() if line]
        yield pytest.param(source, [line.partition(" = ")[::2] for line in lines], id=title)


def read(text: str, lang: str | None = None) -> dict[str, Any]:
    (reference,), _ = parse([Reference(text=text)], lang)
    return reference.item


@pytest.mark.parametrize(("source", "expected"), list(readings()))
def test_reading(source: str, expected: list[tuple[str, str]]) -> None:
    item = read(source)
    found = {name: item.get(name) for name, _ in expected}
    assert found == {name: json.loads(value) if value[0] in "[{" else value for name, value in expected}


def test_ids_lines_and_labels_stay() -> None:
    given = [
        Reference(text="Zhou, L. (2011). Lakes. Springer.", label="[7]", line=12),
        Reference(text="Smith, J. (2010). Rivers. Springer.", id="own"),
    ]
    first, second = parse(given)[0]
    assert (first.id, first.item["id"], first.label, first.line) == ("ref1", "ref1", "[7]", 12)
    assert (second.id, second.item["id"]) == ("own", "own")


@pytest.mark.parametrize("dash", ["———.", "______", "--- .", "—,"])
def test_repeated_authors_are_those_of_the_entry_before(dash: str) -> None:
    entries = [
        "Smith, J., & Zhou, L. (2010). A study of rivers. Springer.",
        f"{dash} (2011). A study of lakes. Springer.",
    ]
    first, second = parse([Reference(text=text) for text in entries])[0]
    assert second.item["author"] == first.item["author"] != []
    assert second.text == entries[1]


def test_language_only_where_it_differs() -> None:
    text = "Weber, A. (2011). Die Geschichte der Flüsse und der Seen in den nördlichen Ebenen. Berlin: Springer."
    assert [parse([Reference(text=text)], lang)[0][0].lang for lang in ("en", "de")] == ["de", None]


@pytest.mark.parametrize("label", ["publisher", "container-title"])
def test_the_one_thing_said_beside_author_and_date_is_the_title(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Hansen, B. (2020). North Sea ports keep records."
    spans = (Span("author", 0, 10), Span("date", 12, 16), Span(label, 19, 47))
    monkeypatch.setattr(import_module("pipeline.references.parse"), "tag", lambda _: spans)
    assert read(text)["title"] == "North Sea ports keep records"


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Smith, J. A study of rivers. Water 2010; 12(3): 1–9.", "Smith, J."),
        ("Smith J, Doe AB. A study of rivers. Water 2010; 12(3): 1–9.", "Smith J, Doe AB"),
        ("Smith J. A study of rivers. Water 2010; 12(3): 1–9.", "Smith J"),
        ("Smith J, Doe AB, et al. A study of rivers. Water 2010; 12(3): 1–9.", "Smith J, Doe AB, et al."),
        ("John Smith. A study of rivers. Water 2010; 12(3): 1–9.", "John Smith"),
    ],
)
def test_initials_and_et_al_keep_their_stop_and_no_sentence_does(text: str, author: str) -> None:
    first = tag(text)[0]
    assert (first.label, text[first.start : first.end]) == ("author", author)


def test_spans_are_exact_and_ordered() -> None:
    text = (
        "Smith, J. (2020a, April 2). Rivers and lakes. Water, 12(3), 1–9. Retrieved May 4, 2021, from https://a.org/b"
    )
    (reference,), _ = parse([Reference(text=text)])
    labelled = {span.label: text[span.start : span.end] for span in reference.spans}
    assert labelled["accessed"] == "Retrieved May 4, 2021, from"
    assert labelled["url"] == "https://a.org/b"
    parts = {span.label: [(p.label, text[p.start : p.end]) for p in span.parts] for span in reference.spans}
    assert parts["date"] == [("year", "2020a"), ("month", "April"), ("day", "2")]
    assert parts["accessed"] == [("month", "May"), ("day", "4"), ("year", "2021")]
    assert parts["pages"] == [("first", "1"), ("last", "9")]


def test_item_is_the_same_from_flat_spans_and_from_parts() -> None:
    text = "Smith, J., & WHO. (2020, April 2). Rivers and lakes. Water, 12(3), 1–9. https://doi.org/10.1000/x.1"
    (reference,), _ = parse([Reference(text=text)])
    flat = tuple(Span(span.label, span.start, span.end) for span in reference.spans)
    item = {"id": "ref1"} | build_item(text, flat)
    assert item == reference.item == {"id": "ref1"} | build_item(text, reference.spans)


def test_known_type_is_kept() -> None:
    text = "Smith, J. (2020). Rivers."
    assert build_item(text, tag(text), "standard")["type"] == "standard"


def test_prose_is_kept_unread_with_a_finding() -> None:
    text = "We thank our colleagues for what they have said"
    (reference,), findings = parse([Reference(text=text, line=9)])
    assert (reference.spans, reference.text, reference.item["type"]) == ((), text, "document")
    assert [(finding.code, finding.line) for finding in findings] == [("reference-unread", 9)]


def test_doubt_is_a_finding_at_the_line() -> None:
    text = "Foo bar baz 1999 qux 12 Oxford lorem ipsum 7"
    _, findings = parse([Reference(text=text, line=4)])
    assert [finding.line for finding in findings] == [4]
    assert findings[0].code in ("reference-doubtful", "reference-unread")


CORRECTED = "ASEAN Smart Cities Network: Catalyst. Perspective 32 (2020)"


def test_correction_wins_over_the_tagger() -> None:
    corrections = {"1": {"author": "", "title": "ASEAN Smart Cities Network: Catalyst", "csl": {"type": "report"}}}
    (reference,), findings = parse([Reference(text=CORRECTED)], None, corrections)
    title = next(span for span in reference.spans if span.label == "title")
    assert (CORRECTED[title.start : title.end], title.confidence) == ("ASEAN Smart Cities Network: Catalyst", 1.0)
    assert reference.item["title"] == "ASEAN Smart Cities Network: Catalyst"
    assert reference.item["type"] == "report"
    assert "author" not in reference.item
    assert findings == []


def test_correction_with_words_that_are_not_there_is_an_error() -> None:
    _, findings = parse([Reference(text=CORRECTED, line=3)], None, {"1": {"title": "Another title"}})
    assert ("correction-not-found", 3) in [(finding.code, finding.line) for finding in findings]


def test_correction_takes_the_place_of_what_it_overlaps() -> None:
    text = "Park, Y., & Cho, S. Y. (2020). Tracing contacts, 1st ed. Seoul: Kai."
    given = {"author": ["Park, Y.", "Cho, S. Y."], "title": "Tracing contacts, 1st ed.", "publisher": "Kai"}
    (reference,), findings = parse([Reference(text=text)], None, {"1": given})
    assert findings == []
    spans = [(span.label, text[span.start : span.end], span.confidence) for span in reference.spans]
    assert [each for each in spans if each[0] in (*given, "edition")] == [
        ("author", "Park, Y.", 1.0),
        ("author", "Cho, S. Y.", 1.0),
        ("title", "Tracing contacts, 1st ed.", 1.0),
        ("publisher", "Kai", 1.0),
    ]
    assert [name["family"] for name in reference.item["author"]] == ["Park", "Cho"]
    assert reference.item["id"] == "ref1"


def test_correction_of_what_is_there_already_and_of_what_is_in_no_field() -> None:
    text = "Smith, J. (2010). Rivers of the north. Berlin: Springer. https://example.org/a"
    given = {"url": "Rivers", "author": "Springer", "title": "", "publisher": "x" * 70, "csl": {"title": "Lakes"}}
    (reference,), findings = parse([Reference(text=text)], None, {"1": given})
    spans = [(span.label, text[span.start : span.end]) for span in reference.spans]
    assert [label for label, _ in spans] == ["date", "url", "location", "author", "url"]
    assert [words for _, words in spans] == ["2010", "Rivers", "Berlin", "Springer", "https://example.org/a"]
    assert reference.item["title"] == "Lakes"
    assert findings[0].message == f"the correction of reference 1 gives a publisher that is not in it: {'x' * 60}"


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_left_as_it_was(running: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        with collector_at_rest():
            assert not gc.isenabled()
        assert gc.isenabled() == running
    finally:
        (gc.enable if before else gc.disable)()


def test_as_long_as_a_reference_may_be() -> None:
    text = "Smith, J. (2010). Rivers. Springer." + " " * LONGEST
    assert tag(text[:LONGEST]) != () == tag(text[: LONGEST + 1])


BAD = {
    "empty": "", "blank": " \t ", "control": "Smith\x00, J. \x07(2010). Riv\x1bers. Springer.",
    "emoji": "😀 🎓 (2010). 📚",
    "right-to-left": "\u202eחוקר, י. (2010). נהרות. הוצאה.", "surrogate": "Smith\ud800, J. (2010). Rivers.",
    "dots": "." * 4000,
    "brackets": "([{" * 1500, "names": "Smith, J., " * 400, "dashes": "—" * 50,
}  # fmt: skip


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_input_stays_as_it_is(text: str) -> None:
    (reference,), _ = parse([Reference(text=text)])
    assert reference.text == text
    assert all(0 <= span.start < span.end <= len(text) for span in reference.spans)


def test_megabyte_line_is_unread_at_once() -> None:
    text = "Smith, J. (2010). " * 60_000
    begin = time.process_time()
    (reference,), findings = parse([Reference(text=text)])
    assert time.process_time() - begin < 2
    assert reference.spans == ()
    assert [finding.code for finding in findings] == ["reference-unread"]


@pytest.mark.parametrize("unit", ["Smith, J. (2010). ", "a", "1-", "et al. ", "http://", "10.1000/", "Retrieved May "])
def test_time_is_linear(unit: str) -> None:
    text = (unit * LONGEST)[: LONGEST - 1]
    begin = time.process_time()
    parse([Reference(text=text)])
    assert time.process_time() - begin < 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_string_gives_exact_spans(text: str) -> None:
    place = 0
    for span in tag(text):
        assert place <= span.start < span.end <= len(text)
        assert 0 <= span.confidence <= 1.0001
        place = span.end
    parse([Reference(text=text)])
