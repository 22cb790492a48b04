"""Which entries a style prints, and which stand as their authors wrote them."""

from dataclasses import replace

import pytest

from pipeline import references
from pipeline.article import Article, Reference, Span
from pipeline.bibliography.richtext import plain
from pipeline.reference_list import cite_as, format_references, is_understood

GOOD = [
    "Roe, A. (2001). Tides of the north. Lantern Press.",
    "Baek, J., & Dale, I. S. (2019). The quay as a public room. Journal of Tides, 12(3), 88-107.",
]
ODD = Reference(
    text="Harbour Papers, box 14, unlisted, seen by kind permission of the keeper.",
    spans=(Span("title", 0, 14),),
    item={"id": "ref2", "type": "document", "title": "Harbour Papers"},
    id="ref2",
)


def parsed(*texts: str) -> list[Reference]:
    return references.parse([Reference(text=text) for text in texts])[0]


def test_entries_stand_in_the_styles_order() -> None:
    formatted, findings = format_references(Article(references=parsed(*GOOD)), "apa")
    assert [entry.id for entry in formatted.entries] == ["ref2", "ref1"]
    assert plain(formatted.entries[1].content) == "Roe, A. (2001). Tides of the north. Lantern Press."
    assert findings == []


@pytest.mark.parametrize(("style", "ids"), [("apa", [3, 2, 1]), ("nlm-citation-sequence", [1, 2, 3])])
def test_an_entry_that_was_not_read_in_full_is_printed_as_it_is_and_said(style: str, ids: list[int]) -> None:
    first, second = parsed(*GOOD)
    last = replace(second, id="ref3", item=second.item | {"id": "ref3"})
    formatted, findings = format_references(Article(references=[first, ODD, last]), style)
    assert [entry.id for entry in formatted.entries] == [f"ref{number}" for number in ids]
    printed = plain(formatted.entries[1].label + formatted.entries[1].content)
    assert printed.removeprefix("2.").strip() == ODD.text
    assert printed.startswith("2.") == (style != "apa")
    assert [finding.code for finding in findings] == ["reference-not-formatted"]


def test_words_left_outside_of_all_spans_are_not_understood() -> None:
    [reference] = parsed(GOOD[0])
    assert is_understood(reference)
    reference.text += " Including three unnumbered appendices with diagrams."
    assert not is_understood(reference)


def test_an_article_without_a_title_cites_itself_as_nothing() -> None:
    assert cite_as(Article(), "apa") == ()


def test_an_empty_list_is_an_empty_list() -> None:
    formatted, findings = format_references(Article(), "apa")
    assert (formatted.entries, findings) == ([], [])
