"""The report an editor reads: safe whatever the text, each reference's parts over its exact string."""

import json

from lxml import html

from pipeline.article import Article, Reference, Span, Title
from pipeline.build import Built
from pipeline.elements import make
from pipeline.findings import Finding, Severity
from pipeline.report import as_html, as_json, coloured

EVIL = "<script>alert('x')</script> & \"quotes\""


def built() -> Built:
    reference = Reference(
        text=EVIL, spans=(Span("title", 8, 18, 0.3), Span("author", 0, 7)), item={"type": "book"}, id="ref1", line=7
    )
    article = Article(title=Title(make("article-title", EVIL)), references=[reference])
    findings = [Finding("doubt", Severity.WARNING, EVIL, EVIL, 7), Finding("note", Severity.INFO, EVIL)]
    return Built(EVIL, article, findings=findings, counts={"references": 1}, missing={"pdf": [EVIL]})


def test_whatever_the_text_says_is_only_text() -> None:
    page = html.fromstring(as_html(built()))
    assert not page.xpath("//script")
    assert page.findtext(".//h1") == EVIL
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_a_reference_is_shown_whole_with_its_parts() -> None:
    page = html.fromstring(as_html(built()))
    [entry] = page.xpath("//ol[@class='references']/li")
    assert entry.text_content().strip().startswith(EVIL)
    assert [each.get("class") for each in entry.xpath("span")] == ["span author", "span title doubtful"]


def test_each_part_says_how_sure_it_is() -> None:
    [reference] = built().article.references
    parts = html.fragment_fromstring(coloured(reference), create_parent="p")
    assert parts.text_content() == EVIL
    assert [each.get("title") for each in parts] == ["author", "title 30%"]


def test_the_json_has_the_keys_of_the_contract() -> None:
    report = json.loads(as_json(built()))
    assert {"source", "findings", "counts", "conservation", "stages", "galleys", "engine"} <= report.keys()
    assert report["findings"][0] == {
        "code": "doubt", "severity": "warning", "message": EVIL, "file": EVIL, "line": 7,
    }  # fmt: skip
