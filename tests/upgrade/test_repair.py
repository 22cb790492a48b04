"""JATS that its DTD refuses: what has an order, comes too often or is missing is put right, and no word is lost."""

import time

import pytest
from lxml import etree

from pipeline.article import Element
from pipeline.schema_files import dtd
from pipeline.upgrade import upgrade
from pipeline.validation.conservation import audit, strings_of
from pipeline.validation.dtd import load

FRONT = (
    '<front><journal-meta><journal-id journal-id-type="x">a</journal-id><issn>1234-5678</issn><publisher>'
    "<publisher-name>Quay Press</publisher-name></publisher></journal-meta>"
    "<article-meta><title-group><article-title>On quays</article-title></title-group></article-meta></front>"
)
BODY = "<body><p>Words of the body.</p></body>"
CASES = [
    (FRONT.replace("<publisher-name>Quay Press</publisher-name>", "<publisher-loc>Porto</publisher-loc>"),
     "publisher-name of publisher was missing; an empty one stands for it"),
    (FRONT.replace("</journal-meta>", '</journal-meta><journal-meta><journal-id journal-id-type="x">a</journal-id>'
                   "<issn>1234-5678</issn><publisher><publisher-name>Quay Press</publisher-name></publisher>"
                   "</journal-meta>"),
     "journal-meta stands twice in front; once is enough"),
    (FRONT.replace("</article-title>", "</article-title><article-title>and piers</article-title>"),
     "a further article-title in title-group put into the first"),
    ("<body><table-wrap><table><tbody><tr><td>one</td></tr></tbody><thead><tr><th>head</th></tr></thead></table>"
     "</table-wrap></body>", "the parts of table put in order"),
    ("<body><table-wrap><table><thead><tr><th>head</th></tr></thead><tbody><tr><td>one</td></tr></tbody>"
     "<tr><td>loose</td></tr></table></table-wrap></body>", "tr in table put into its tbody"),
    ("<body><table-wrap><table><col>words</col><tbody><tr><td>one</td></tr></tbody></table></table-wrap></body>",
     "what stood in col, which holds nothing"),
    (FRONT.replace("<front>", "<front>loose words "), "text in front given a place"),
    ('<body><p id="1 a">Words</p></body>', "id of p left out: it is no name"),
]  # fmt: skip


def article(part: str) -> Element:
    front, body = (part, BODY) if part.startswith("<front") else (FRONT, part)
    return etree.fromstring(f'<article article-type="research-article" dtd-version="1.3">{front}{body}</article>')


@pytest.mark.parametrize(("part", "said"), CASES)
def test_repaired(part: str, said: str) -> None:
    source = article(part)
    made = upgrade(source)
    assert load(dtd()).validate(made.root)
    assert said in {finding.message for finding in made.findings}
    assert audit(strings_of(source), made.root, made.set_aside, made.added).missing == []


ODD = [
    "<p>x</p><article-title>y</article-title>",
    "loose<p>x</p>",
    "<sec><title>t</title></sec><p>a</p>",
    "<fn-group><fn><p>a</p></fn></fn-group>",
    "<ref><mixed-citation>c</mixed-citation></ref>",
]


@pytest.mark.parametrize("part", ODD)
def test_many_misplaced_parts_take_linear_time(part: str) -> None:
    def seconds(number: int) -> float:
        source = article(f"<body>{part * number}</body>")
        start = time.process_time()
        made = upgrade(source)
        taken = time.process_time() - start
        assert load(dtd()).validate(made.root)
        return taken

    seconds(10)
    assert seconds(8000) < 10 * max(min(seconds(1000), seconds(1000)), 0.05) * 2


def test_what_is_valid_is_left_alone() -> None:
    source, made = article(BODY), upgrade(article(BODY))
    assert [element.tag for element in made.root.iter()] == [element.tag for element in source.iter()]
    assert made.findings == []
