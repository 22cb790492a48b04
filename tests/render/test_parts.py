"""What stands beside the body: floats kept apart, articles within an article."""

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article, Date
from pipeline.render import render, text_of
from pipeline.render.floats import placed
from pipeline.render.front import date_text

from .conftest import as_written

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


FRONT = """<article xml:lang="en"><front><article-meta><article-version>Version of record</article-version>
<article-categories><series-title>Shore lectures</series-title></article-categories>
<title-group><article-title>Probe</article-title><alt-title alt-title-type="running-head">A short probe</alt-title>
</title-group><contrib-group><contrib contrib-type="author"><name><surname>Holt</surname>
<given-names>Petra</given-names><prefix>Dame</prefix></name>
<degrees>PhD, FRS</degrees><on-behalf-of>the Mudlarks</on-behalf-of></contrib>
<contrib contrib-type="author"><collab>Creek Group<contrib-group><contrib><name><surname>Vale</surname>
<given-names>Osric</given-names></name></contrib></contrib-group></collab></contrib></contrib-group>
<history><date date-type="rev-request"><day>3</day><month>3</month><year>2019</year></date>
<date date-type="preprint"><string-date>Spring of 2018</string-date></date></history>
<pub-history><event><event-desc>Posted early</event-desc></event></pub-history>
<kwd-group><compound-kwd><compound-kwd-part>mud</compound-kwd-part></compound-kwd></kwd-group>
<funding-group><award-group><funding-source>Wash Trust</funding-source><award-id>W7</award-id></award-group>
<open-access><p>Open by its own choice.</p></open-access></funding-group></article-meta></front><body>
<fig id="f"><label>F</label><long-desc>A long line of posts.</long-desc></fig></body></article>"""
SAID = """Version of record|Shore lectures|Running head. A short probe|Petra Holt (Dame; PhD, FRS; the Mudlarks)|Creek
Group (Osric Vale)|Rev request March 3, 2019|Preprint. Spring of 2018|Posted early|mud
|Wash Trust, W7|Open by its own choice.
|A long line of posts."""


def test_what_publishers_put_in_the_front_is_printed() -> None:
    article = jats.read(etree.fromstring(FRONT))
    assert [person.display for person in article.contributors] == ["Petra Holt", "Creek Group"]
    text = " ".join(text_of(render(article, as_written(article), "html")[0], "html").split())
    assert [words for words in " ".join(SAID.split()).split("|") if words.strip() not in text] == []


def test_floats_of_a_paragraph_outside_of_sections_follow_it_in_their_order(
    article_of: Callable[[str], Article],
) -> None:
    article = article_of(
        '<body><p>See <xref ref-type="fig" rid="f1 f2">both</xref>.</p><p>Second.</p></body><floats-group>'
        '<fig id="f1"><label>1</label></fig><fig id="f2"><label>2</label></fig></floats-group>'
    )
    assert [each.get("id") or each.tag for each in placed(article.body, article.floats)] == ["p", "f1", "f2", "p"]
