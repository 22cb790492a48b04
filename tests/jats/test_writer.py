"""What an article has beside its text is written in its place, and nothing is written for what it has not."""

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article, Reference, Span
from pipeline.elements import make, text_of
from pipeline.jats.citation import write_citation, write_reference


def test_floats_and_sub_articles_are_copied_behind_the_back() -> None:
    figure, reply = make("fig", id="f1"), make("sub-article", id="s1")
    article = Article(body=[make("p", "x")], back=[make("ack")], floats=[figure], sub_articles=[reply])
    root = jats.write(article)
    assert [each.tag for each in root] == ["front", "body", "back", "floats-group", "sub-article"]
    assert root.find("floats-group/fig") is not figure
    assert root.find("sub-article") is not reply
    assert [each.tag for each in jats.write(article)] == [each.tag for each in root]


def test_what_an_article_has_not_is_not_written() -> None:
    assert [each.tag for each in jats.write(Article())] == ["front"]
    _, back = jats.write(Article(references=[Reference("Roe.", id="r1")]))
    assert [each.tag for each in back[0]] == ["ref"]
    titled = jats.write(Article(references=[Reference("Roe.", id="r1")], references_title="Sources"))
    assert [each.tag for each in titled[1][0]] == ["title", "ref"]


@pytest.mark.parametrize(
    ("parts", "year"),
    [
        ([9999], ("9999", "9999")),
        ([10000], None),
        ([1], ("1", "0001")),
        ([0], None),
        ([2020, 5], ("2020", "2020-05")),
        ([2020, 5, 3, 7], ("2020", "2020-05-03")),
        ([2020, "x", 3], ("2020", "2020-03")),
        ([], None),
    ],
)
def test_the_year_of_a_work_has_its_date(parts: list[int | str], year: tuple[str, str] | None) -> None:
    item = {"type": "book", "title": "Tides", "issued": {"date-parts": [parts]}}
    found = write_reference(Reference("", item=item, id="r1", is_known=True)).find(".//year")
    assert (None if found is None else (found.text, found.get("iso-8601-date"))) == year


MARKED = "<p>ab<i>cd</i>e<u/><b>fg</b></p>"


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], ["ab", "i", "e", "u", "b"]),
        ([("title", 0, 2)], ["source", "i", "u", "b"]),
        ([("title", 2, 4)], ["source", "u", "b"]),
        ([("title", 3, 7)], ["i", "source"]),
        ([("title", 0, 3), ("note", 2, 5)], ["source", "i", "u", "b"]),
        ([("title", 4, 5), ("note", 5, 7)], ["i", "source", "comment"]),
    ],
)
def test_markup_stays_around_and_within_the_parts(spans: list[tuple[str, int, int]], expected: list[str]) -> None:
    marked = etree.fromstring(MARKED)
    reference = Reference("abcdefg", tuple(Span(*each) for each in spans), {"type": "book", "title": "Tides"})
    made = write_citation(reference, marked)
    assert text_of(made) == "abcdefg"
    assert [each.tag for each in made] == [tag for tag in expected if tag not in ("ab", "e")]
