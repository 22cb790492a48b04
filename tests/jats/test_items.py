"""Works whose data are known as `element-citation`, and the article itself as such a work."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline.article import Article, Contributor, Date, Journal, Name, Reference, Title
from pipeline.elements import PREFIXES, make, text_of
from pipeline.jats.citation import cut, write_reference
from pipeline.jats.own_item import own_item

ITEMS = Path(__file__).parent / "items"


def test_items_by_type_and_variable(golden: Callable[[Path, str], None], dtd: etree.DTD) -> None:
    items = json.loads((ITEMS / "items.json").read_text(encoding="utf-8"))
    refs = [
        write_reference(Reference("", item=item, id=f"r{number}", is_known=True))
        for number, item in enumerate(items.values(), 1)
    ]
    listed = make("ref-list", refs)
    etree.cleanup_namespaces(listed, top_nsmap=PREFIXES)
    etree.indent(listed)
    golden(ITEMS / "items.xml", etree.tostring(listed, encoding="unicode") + "\n")
    dtd.validate(make("article", make("front"), make("back", listed)))
    assert [error.message for error in dtd.error_log if "citation" in error.message] == []


def test_the_string_of_an_author_stands_beside_the_data_of_the_work() -> None:
    item = {"type": "book", "title": "Tides"}
    ref = write_reference(Reference("Roe A. Tides.", item=item, id="r1", is_known=True))
    assert [child.tag for child in ref[0]] == ["mixed-citation", "element-citation"]
    assert text_of(ref[0][0]) == "Roe A. Tides."


def test_a_reference_read_from_jats_is_written_as_it_was() -> None:
    element = make("ref", make("mixed-citation", "x"), id="B7")
    written = write_reference(Reference("y", id="r1", label="1", element=element))
    assert etree.tostring(written) == etree.tostring(element)
    assert written is not element


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 4, '<p>ab<i id="x">cd</i></p>'),
        (0, 2, "<p>ab</p>"),
        (3, 6, "<p><i>d<b>e</b></i>f</p>"),
        (2, 5, '<p><i id="x">cd<b>e</b></i></p>'),
        (5, 8, "<p>fg<!-- not said -->h</p>"),
        (6, 9, "<p>g<!-- not said -->h<u/></p>"),
        (4, 5, "<p><i><b>e</b></i></p>"),
    ],
)
def test_markup_is_parted_where_a_part_ends(start: int, end: int, expected: str) -> None:
    whole = etree.fromstring('<p>ab<i id="x">cd<b>e</b></i>fg<!-- not said -->h<u/></p>')
    assert etree.tostring(make("p", cut(whole, start, end)), encoding="unicode") == expected


def test_the_article_as_a_work() -> None:
    article = Article(
        lang="en",
        journal=Journal("Tides", issns={"electronic": "0000-0019"}, publisher="Quay"),
        ids={"doi": "10.5555/a.1"},
        title=Title(make("article-title", "On", make("break"), " quays")),
        contributors=[
            Contributor(Name("Silva", "Ana", suffix="Jr")), Contributor(collab="Tide Group"),
            Contributor(Name("Roe"), type="editor"),
        ],
        dates=[Date("received", 2019), Date("pub", 2020, 5)], volume="4", issue="2", fpage="7", lpage="7",
    )  # fmt: skip
    assert own_item(article) == {
        "id": "article", "type": "article-journal", "title": "On quays", "container-title": "Tides", "volume": "4",
        "author": [{"family": "Silva", "given": "Ana", "suffix": "Jr"}, {"literal": "Tide Group"}], "issue": "2",
        "page": "7", "DOI": "10.5555/a.1", "ISSN": "0000-0019", "publisher": "Quay", "language": "en",
        "issued": {"date-parts": [[2020, 5]]},
    }  # fmt: skip
    assert own_item(Article(title=Title(make("article-title", "T")), elocation_id="e7"))["page"] == "e7"
    assert own_item(Article()) == {}
