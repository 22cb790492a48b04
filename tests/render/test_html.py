"""The HTML galley: one file, semantic, safe, known to search engines."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from pipeline.article import Article
from pipeline.elements import XLINK
from pipeline.journal import Look
from pipeline.render import house as houses
from pipeline.render import lay_out, notices, render, text_of
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import Mapper
from tests.chromium import chromium

from .conftest import as_written

Full = Callable[[str], tuple[bytes, list[Any]]]
HOSTILE = """</script><script>alert(1)</script><img src=x onerror=alert(2)>"""


@pytest.fixture(scope="module")
def page(full: Full) -> Any:
    return html.document_fromstring(full("html")[0].decode())


def meta(page: Any, name: str) -> list[str]:
    return [str(each) for each in page.xpath(f'//meta[@name="{name}"]/@content')]


def test_reference_managers_find_the_article(page: Any) -> None:
    expected = {
        "citation_title": ["How Spartina holds a shore: H2O, mud & memory"],
        "citation_author": ["Adaeze Okonkwo-Hale", "Seo Min-jun", "Three Estuaries Group"],
        "citation_publication_date": ["2024/04/09"],
        "citation_journal_title": ["Journal of Tidal Places"],
        "citation_issn": ["2345-6789", "1234-5679"],
        "citation_volume": ["17"],
        "citation_issue": ["2"],
        "citation_firstpage": ["101"],
        "citation_lastpage": ["129"],
        "citation_doi": ["10.5555/jtp.2024.17"],
        "citation_language": ["en"],
        "DC.identifier": ["https://doi.org/10.5555/jtp.2024.17"],
    }
    assert {name: meta(page, name) for name in expected} == expected
    assert len(meta(page, "citation_author_institution")) == 3
    assert len(meta(page, "citation_reference")) == 2
    assert page.xpath('//meta[@property="og:title"]/@content') == expected["citation_title"]


def test_schema_org_knows_the_article(page: Any) -> None:
    data = json.loads(page.xpath('//script[@type="application/ld+json"]')[0].text)
    assert data["@type"] == "ScholarlyArticle"
    assert data["isPartOf"]["isPartOf"]["isPartOf"]["name"] == "Journal of Tidal Places"
    assert data["author"][0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert data["author"][2] == {"@type": "Organization", "name": "Three Estuaries Group"}


def test_the_page_has_landmarks_and_one_title(page: Any) -> None:
    assert [len(page.xpath(f"//{name}")) for name in ("main", "nav", "article", "h1")] == [1, 1, 1, 1]
    assert page.xpath("//a[@class='skip']/@href") == ["#text"]
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.get("lang") == "en"


def test_the_title_is_printed_as_the_author_wrote_it(page: Any) -> None:
    title = page.xpath("//h1")[0]
    assert title.text_content() == "How Spartina holds a shore: H2O, mud & memory"
    assert [each.text for each in title] == ["Spartina", "2"]


def test_languages_are_marked(page: Any) -> None:
    assert {"es", "ko", "ja", "zh", "ru", "el", "he", "ar"} <= set(page.xpath("//body//@lang"))
    assert page.xpath('//*[@lang="ar"]/@dir') == ["rtl"]


def test_every_link_inside_the_page_has_its_target(page: Any) -> None:
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {"ref1", "ref2", "tab1", "fig1", "eq1", "sec2", "fn1", "tfn1"} <= targets | set(ids)


def test_nothing_is_fetched_and_nothing_runs(full: Full, page: Any) -> None:
    source = full("html")[0].decode()
    assert all(src.startswith("data:image/png;base64,") for src in page.xpath("//@src"))
    assert not page.xpath("//link[@rel='stylesheet'] | //iframe | //object")
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    [script] = page.xpath("//script[not(@type='application/ld+json')]")
    assert f"script-src {sha256(script.text)};" in policy
    assert not page.xpath("//@style") or page.xpath("count(//body//@style)") == 0
    assert all(re.match(r"https?://|mailto:|#", href) for href in page.xpath("//a/@href"))
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    assert style is not None
    assert f"style-src {sha256(style.group(1))};" in policy
    assert "default-src 'none'" in policy


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_tables_have_scopes_and_formulas_their_mathml(page: Any) -> None:
    assert page.xpath("//thead//th/@scope") == ["col"] * 5
    assert page.xpath("//tbody//th/@scope") == ["row"] * 3
    assert len(page.xpath("//math")) == 3
    assert all(math.get("alttext") or math.xpath(".//annotation") for math in page.xpath("//math"))


def test_notes_are_called_and_lead_back(page: Any) -> None:
    assert page.xpath('//*[@role="doc-noteref"]/@href') == ["#fn1", "#fn2", "#fn1"]
    assert [each.text_content() for each in page.xpath('//*[@role="doc-noteref"]')] == ["1", "*", "1"]
    assert page.xpath('//*[@role="doc-endnotes"]//*[@role="doc-backlink"]/@href') == ["#call-fn1", "#call-fn2"]


CITED_TWICE = """<body><p>Grass<xref ref-type="bibr" rid="r1">1</xref> and
mud<xref ref-type="bibr" rid="r1 r2">1,2</xref>,
as a note<xref ref-type="fn" rid="n1">*</xref> says.</p></body><back><fn-group><fn id="n1"><p>So does
<xref ref-type="bibr" rid="r2">2</xref>.</p></fn></fn-group><ref-list>
<ref id="r1"><mixed-citation>Holt P. Grass. 2001.</mixed-citation></ref>
<ref id="r2"><mixed-citation>Roe A. Mud. 2002.</mixed-citation></ref>
<ref id="r3"><mixed-citation>Vale O. Unread. 2003.</mixed-citation></ref></ref-list></back>"""


def test_an_entry_leads_back_to_each_of_its_citations(galley_of: Callable[..., tuple[bytes, list[Any]]]) -> None:
    source, _ = galley_of(CITED_TWICE, "html")
    page = html.document_fromstring(source.decode())
    citations = page.xpath('//a[@role="doc-biblioref"]')
    assert [each.get("href") for each in citations] == ["#r1", "#r1", "#r2"]
    ways = {entry.get("id"): entry.xpath('.//a[@role="doc-backlink"]') for entry in page.xpath('//li[@class="entry"]')}
    first, second, note = (f"#{each.get('id')}" for each in citations)
    assert {key: [way.get("href") for way in found] for key, found in ways.items()} == {
        "r1": [first, second],
        "r2": [second, note],
        "r3": [],
    }
    assert [way.getparent().get("aria-label") for way in ways["r1"]] == ["Back to the text"] * 2
    assert "↩" not in text_of(source, "html")


def test_markup_in_an_article_stays_text(galley_of: Callable[..., tuple[bytes, list[Any]]]) -> None:
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    body = f"<body><p>{escaped}</p><sec id='a\"b&gt;'><title>{escaped}</title></sec></body>"
    source, _ = galley_of(body, "html")
    page = html.document_fromstring(source.decode())
    assert not page.xpath("//@onerror")
    assert len(page.xpath("//script")) == 1
    assert HOSTILE in page.xpath("//main")[0].text_content()


def test_mathml_keeps_no_link_and_no_handler(galley_of: Callable[..., tuple[bytes, list[Any]]]) -> None:
    math = '<mml:math onclick="x()"><mml:mi xlink:href="javascript:x()" href="javascript:x()">x</mml:mi></mml:math>'
    source, _ = galley_of(f"<body><p><inline-formula>{math}</inline-formula></p></body>", "html")
    page = html.document_fromstring(source.decode())
    assert etree.tostring(page.xpath("//math")[0], with_tail=False).decode() == (
        '<math display="inline" alttext="x"><mi>x</mi></math>'
    )


def test_a_citation_shows_its_entry_which_stands_there_once(galley_of: Callable[..., tuple[bytes, list[Any]]]) -> None:
    source, _ = galley_of(CITED_TWICE, "html")
    page = html.document_fromstring(source.decode())
    boxes = [page.get_element_by_id(box) for box in page.xpath("//@interestfor")]
    assert [box.getparent().get("id") for box in boxes] == ["r1", "r1", "r2"]
    assert {box.get("popover") for box in boxes} == {"hint"}
    assert text_of(source, "html").count("Holt P. Grass.") == 1
    assert not any(
        "interestfor" in script.text for script in html.document_fromstring(uncited(galley_of)).iter("script")
    )


def uncited(galley_of: Callable[..., tuple[bytes, list[Any]]]) -> bytes:
    return galley_of("<body><p>No citation.</p></body>", "html")[0]


def test_where_the_browser_cannot_a_script_shows_the_entry_and_escape_hides_it(
    galley_of: Callable[..., tuple[bytes, list[Any]]], program: Callable[[str], str], tmp_path: Path
) -> None:
    page = galley_of(CITED_TWICE, "html")[0].decode()
    page = page.replace("interestForElement", "unheardOf").replace("interestfor", "data-unheard")
    steps = """(async () => {
      const wait = ms => new Promise(done => setTimeout(done, ms));
      const open = () => document.querySelector(":popover-open")?.parentElement.id ?? "";
      const link = document.querySelector("[data-unheard]");
      const seen = [open()];
      link.focus(); await wait(600); seen.push(open());
      document.querySelector(":popover-open").dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
      await wait(600); seen.push(open());
      dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"})); seen.push(open());
      link.dispatchEvent(new MouseEvent("mouseover", {bubbles: true})); await wait(600); seen.push(open());
      document.body.dispatchEvent(new MouseEvent("mouseover", {bubbles: true})); await wait(600); seen.push(open());
      return seen.concat(document.activeElement === link);
    })()"""
    with chromium(program("chromium"), tmp_path) as browser:
        session = browser.open(page)
        assert browser.evaluate(session, steps) == ["", "r1", "r1", "", "r1", "", True]


def test_a_draft_says_so_and_is_not_to_be_indexed(galley_of: Callable[..., tuple[bytes, list[Any]]]) -> None:
    page = html.document_fromstring(galley_of("<body/>", "html", look=Look(draft=True))[0].decode())
    assert page.xpath("//header/p[@class='draft']/text()") == ["Draft"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_addresses_of_the_journal_are_in_the_metadata(article_of: Callable[[str], Any]) -> None:
    article = article_of("<body><p>Words.</p></body>")
    places = {"article": "https://j.example/1", "pdf": "https://j.example/1.pdf", "image": "https://j.example/1.png"}
    document = lay_out(article, as_written(article), addresses=places)
    page = html.document_fromstring(render(article, as_written(article), "html", document=document)[0].decode())
    assert page.xpath("//meta[@name='citation_pdf_url']/@content") == [places["pdf"]]
    assert page.xpath("//meta[@name='citation_fulltext_html_url']/@content") == [places["article"]]
    assert page.xpath("//link[@rel='canonical']/@href") == [places["article"]]
    assert page.xpath("//meta[@property='og:image']/@content") == [places["image"]]


def test_a_figure_can_be_enlarged_and_scrolling_regions_have_names(page: Any) -> None:
    [button] = page.xpath("//figure//button")
    assert button.get("aria-label") == "Enlarge or reduce: Figure 1"
    assert page.get_element_by_id(button.get("popovertarget")).find("img") is not None
    assert page.xpath('//*[@class="table-scroll"]/@aria-label') == ["Table 1"]


def test_the_article_can_be_cited_from_the_page(page: Any) -> None:
    bibtex, ris = (each.text for each in page.xpath("//pre[@aria-label]"))
    assert "author = {Okonkwo-Hale, Adaeze and Seo, Min-jun and {Three Estuaries Group}}" in bibtex
    assert "AU  - Okonkwo-Hale, Adaeze" in ris
    assert "DO  - 10.5555/jtp.2024.17" in ris


RETRACTED = """<related-article id="ra1" related-article-type="retraction-forward" ext-link-type="doi"
xlink:href="10.5555/x.99"/><related-article id="ra2" related-article-type="companion" ext-link-type="doi"
xlink:href="10.5555/x.12">Its companion</related-article>"""


def test_a_retracted_article_says_so_to_readers_and_machines(article_of: Callable[[str], Any]) -> None:
    article = article_of("full.xml")
    article.meta += list(etree.fromstring(f'<m xmlns:xlink="{XLINK}">{RETRACTED}</m>'))
    source, _ = render(article, as_written(article), "html")
    page = html.document_fromstring(source.decode())
    [notice] = page.xpath('//header//*[contains(@class, "notice")]')
    assert notice.text_content().split() == "This article has been retracted. 10.5555/x.99".split()
    assert notice.xpath(".//a/@href") == ["https://doi.org/10.5555/x.99"]
    data = json.loads(page.xpath('//script[@type="application/ld+json"]')[0].text)
    assert data["creativeWorkStatus"] == "Retracted"
    assert data["correction"][0]["url"] == "https://doi.org/10.5555/x.99"
    assert "Its companion" in page.xpath('//section[@class="information"]')[0].text_content()


@pytest.mark.parametrize(
    ("kind", "relation", "said"),
    [
        ("correction", "corrected-article", "This notice corrects the article: 10.5555/x.1"),
        ("retraction", "retraction", "This notice retracts the article: 10.5555/x.1"),
        ("expression-of-concern", "", "This notice expresses concern about the article:"),
        ("research-article", "correction-forward", "This article has been corrected. 10.5555/x.1"),
        ("research-article", "commentary", ""),
    ],
)
def test_notices_by_kind_of_article_and_relation(kind: str, relation: str, said: str) -> None:
    related = f'<related-article related-article-type="{relation}" ext-link-type="doi" xlink:href="10.5555/x.1"/>'
    meta = list(etree.fromstring(f'<m xmlns:xlink="{XLINK}">{related if relation else ""}</m>'))
    labels = houses.labels("en")
    blocks = notices.notices(Article(type=kind, meta=meta), Mapper(labels=labels))
    assert ast.text_of(blocks).strip() == said


def test_notes_without_an_id_do_not_hide_each_other(galley_of: Callable[..., tuple[bytes, list[Any]]]) -> None:
    group = "<back><fn-group><fn><p>At the end.</p></fn></fn-group></back>"
    body = f"<body><p>Mud<fn><p>In the text.</p></fn>.</p></body>{group}"
    text = text_of(galley_of(body, "html")[0], "html")
    assert "In the text." in text
    assert "At the end." in text
