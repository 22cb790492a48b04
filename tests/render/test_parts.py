"""What stands beside the body: floats kept apart, articles within an article."""

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article, Date
from pipeline.render import text_of
from pipeline.render.floats import placed
from pipeline.render.front import date_text

FLOATS = """<body><sec><title>One</title><p>As <xref ref-type="fig" rid="f1">Figure 1</xref> shows.</p><p>Second.</p>
</sec></body><floats-group><fig id="f1"><label>Figure 1</label><caption><p>Mud at low water.</p></caption></fig>
<fig id="f2"><label>Figure 2</label><caption><p>Nobody speaks of it.</p></caption></fig></floats-group>"""
REVIEW = """<body><p>Words.</p></body><sub-article id="sa1" article-type="reviewer-report" xml:lang="es"><front-stub>
<article-id pub-id-type="doi">10.5555/x.r1</article-id><title-group><article-title>Informe</article-title></title-group>
<contrib-group><contrib contrib-type="editor"><name><surname>Ron</surname><given-names>David</given-names></name>
<role>Editora revisora</role></contrib></contrib-group><history><date date-type="received"><day>17</day>
<month>11</month><year>2020</year></date></history></front-stub><body><sec id="s1">
<title>Juicio</title><p>Aprobado con reservas.</p></sec></body>
<back><ref-list><ref id="sr1"><mixed-citation>Pérez J. Mareas. 2001.</mixed-citation></ref></ref-list></back>
</sub-article>"""
Galley = tuple[bytes, list[Any]]


def test_a_float_stands_after_the_paragraph_that_first_speaks_of_it(article_of: Callable[[str], Article]) -> None:
    article = article_of(FLOATS)
    section, last = placed(article.body, article.floats)
    assert [child.tag for child in section] == ["title", "p", "fig", "p"]
    assert last.get("id") == "f2"
    assert [child.tag for child in article.body[0]] == ["title", "p", "p"]


@pytest.mark.parametrize("source", [FLOATS, REVIEW])
def test_they_come_back_from_the_reader_as_they_were(source: str, article_of: Callable[[str], Article]) -> None:
    article = article_of(source)
    again = jats.read(jats.write(article))
    for name in ("floats", "sub_articles"):
        before, after = getattr(article, name), getattr(again, name)
        assert [etree.tostring(each, method="c14n") for each in before] == [
            etree.tostring(each, method="c14n") for each in after
        ]


@pytest.mark.parametrize("to", ["html", "pdf", "docx"])
def test_peer_review_is_printed_with_its_people_dates_and_references(to: str, galley_of: Callable[..., Galley]) -> None:
    data, findings = galley_of(REVIEW, to)
    text = " ".join(text_of(data, to).split())
    for words in ("Informe", "David Ron", "Editora revisora", "17 de noviembre de 2020", "Juicio", "Mareas. 2001."):
        assert words in text
    assert not findings


@pytest.mark.parametrize(
    ("lang", "date", "text"),
    [
        ("pt-BR", Date("received", 2020, 11, 17), "17 de novembro de 2020"),
        ("ko", Date("received", 2020, 11), "2020년 11월"),
        ("de", Date("received", 2020), "2020"),
        ("xx", Date("received", 2020, 11, 17), "2020-11-17"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(lang: str, date: Date, text: str) -> None:
    assert date_text(date, lang) == text
