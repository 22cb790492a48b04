"""What an article has beside its text is written in its place, and nothing is written for what it has not."""

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article, Contributor, Date, Name, Reference, Span, Title
from pipeline.elements import make, text_of
from pipeline.jats.citation import write_citation, write_reference
from pipeline.jats.citation_reader import csl_type
from pipeline.jats.ids import number
from pipeline.jats.own_item import own_item


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


@pytest.mark.parametrize(
    ("xml", "written"),
    [
        ("<sec><title>T</title><p>a</p></sec>", "<sec>\n  <title>T</title>\n  <p>a</p>\n</sec>"),
        ("<sec>loose<p>a</p></sec>", "<sec>loose<p>a</p></sec>"),
        ("<sec><p>a</p>loose</sec>", "<sec><p>a</p>loose</sec>"),
        ("<sec> <p>a</p> </sec>", "<sec>\n  <p>a</p>\n</sec>"),
        ("<p><italic>a</italic> <bold>b</bold></p>", "<p><italic>a</italic> <bold>b</bold></p>"),
        ("<sec><list><list-item><p>a <sub>b</sub></p></list-item></list></sec>",
         "<sec>\n  <list>\n    <list-item>\n      <p>a <sub>b</sub></p>\n    </list-item>\n  </list>\n</sec>"),
        ("<sec><title></title></sec>", "<sec>\n  <title/>\n</sec>"),
    ],
)  # fmt: skip
def test_lines_are_broken_where_no_text_is(xml: str, written: str) -> None:
    made = jats.serialize(etree.fromstring(xml)).decode()
    assert made.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE article PUBLIC ")
    assert made.partition('.dtd">\n')[2] == f"{written}\n"


def test_ids_say_where_a_part_stands_and_are_never_given_twice() -> None:
    root = etree.fromstring(
        "<article><body><sec><sec/><sec id='sec1.3'><sec/></sec></sec><sec id='fig2'/><fig/><fig/><fn id='x'/><fn/>"
        "</body><back><app><sec/></app><table-wrap/><p><disp-formula/></p></back></article>"
    )
    number(root)
    assert [(each.tag, each.get("id")) for each in root.iter() if each.get("id")] == [
        ("sec", "sec1"), ("sec", "sec1.1"), ("sec", "sec1.3"), ("sec", "sec1.2.1"), ("sec", "fig2"), ("fig", "fig1"),
        ("fig", "fig2a"), ("fn", "x"), ("fn", "fn2"), ("app", "app1"), ("sec", "app1.sec1"), ("table-wrap", "table1"),
        ("disp-formula", "eq1"),
    ]  # fmt: skip


def test_an_id_made_twice_gets_a_letter_each_time() -> None:
    root = etree.fromstring("<article><body><sec/></body><body><sec/></body><body><sec/></body></article>")
    number(root)
    assert [each.get("id") for each in root.iter("sec")] == ["sec1", "sec1a", "sec1aa"]


def test_the_article_as_a_work_has_what_it_has_and_no_more() -> None:
    assert own_item(Article()) == {}
    article = Article(
        title=Title(make("article-title", "On\n quays")), lang="en", fpage="4", lpage="4", elocation_id="e4"
    )
    article.contributors = [
        Contributor(name=Name("Roe", "Ann")),
        Contributor(collab="Quay Group"),
        Contributor(type="editor", name=Name("Lind")),
    ]
    article.dates = [Date("received", 2019), Date("pub", 2020, 5)]
    assert own_item(article) == {
        "id": "article", "type": "article-journal", "title": "On quays", "page": "4", "language": "en",
        "author": [{"family": "Roe", "given": "Ann"}, {"literal": "Quay Group"}], "issued": {"date-parts": [[2020, 5]]},
    }  # fmt: skip
    article.lpage, article.dates = "9", []
    assert own_item(article)["page"] == "4-9"
    article.fpage = article.lpage = ""
    assert own_item(article)["page"] == "e4"
    assert "issued" not in own_item(article)


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        ("<c publication-type='book'/>", "book"),
        ("<c publication-type='book'><x><chapter-title>T</chapter-title></x></c>", "chapter"),
        ("<c citation-type='journal'/>", "article-journal"),
        ("<c publication-type='thesis' citation-type='journal'/>", "thesis"),
        ("<c publication-type='confproc'/>", "paper-conference"),
        ("<c publication-type='nonsense'/>", None),
        ("<c/>", None),
    ],
)
def test_the_kind_of_a_citation(xml: str, kind: str | None) -> None:
    assert csl_type(etree.fromstring(xml)) == kind
