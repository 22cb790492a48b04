"""WCAG 2.2 AA as axe-core tells it, in a headless Chromium, on narrow and wide windows, light and dark."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article
from pipeline.elements import XLINK
from pipeline.render import render
from tests.chromium import chromium
from tests.tools import tool

from .conftest import as_written

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that differs in the dark
WIDTHS, SCHEMES = (390, 1440), ("light", "dark")
RETRACTION = f"""<m xmlns:xlink="{XLINK}"><related-article related-article-type="retraction-forward"
ext-link-type="doi" xlink:href="10.5555/x.9"/></m>"""
ARABIC = """<article xml:lang="ar"><front><article-meta><title-group><article-title>الشاطئ والماء</article-title>
</title-group><abstract><p>ملخص قصير.</p></abstract></article-meta></front><body><sec id="s1"><title>مقدمة</title>
<p>هذه فقرة قصيرة عن الشاطئ والماء <xref ref-type="bibr" rid="r1">1</xref>.</p></sec><sec><title>نتائج</title>
<table-wrap id="t"><label>جدول 1</label><table><thead><tr><th></th><th>طول</th></tr></thead><tbody><tr><th>أ</th>
<td>12</td></tr></tbody></table></table-wrap></sec></body><back><ref-list><ref id="r1"><mixed-citation>Holt P. Grass.
2001.</mixed-citation></ref></ref-list></back></article>"""
RUN = """axe.run({runOnly: %s}).then(result => ({
  wide: document.documentElement.scrollWidth,
  violations: result.violations.map(each => [each.id, each.nodes[0].target]) }))"""


def page_of(article: Article) -> str:
    return render(article, as_written(article), "html")[0].decode()


@pytest.fixture(scope="module")
def pages(full: Callable[[str], tuple[bytes, list[Any]]], article_of: Any, examples: Path) -> dict[str, str]:
    """Five articles: of all elements, retracted, in Arabic, and both examples as they are built."""
    from pipeline import build
    from pipeline.journal import load_journal

    retracted = article_of("full.xml")
    retracted.meta += list(etree.fromstring(RETRACTION))
    made = {
        "full": full("html")[0].decode(),
        "retracted": page_of(retracted),
        "arabic": page_of(jats.read(etree.fromstring(ARABIC))),
    }
    profile = load_journal(examples / "journal.toml")
    for path in sorted(examples.glob("*.txt")):
        built = build.convert(path, profile)
        build.render(built, ["html"], profile, "", examples)
        made[path.stem] = built.galleys["html"].decode()
    return made


def test_axe_finds_nothing(pages: dict[str, str], program: Callable[[str], str], tmp_path: Path) -> None:
    axe = tool("axe.min.js")
    if axe is None:
        pytest.skip("no axe-core; install it with: python -m tests.tools")
    assert len(pages) >= 5
    with chromium(program("chromium"), tmp_path) as browser:
        for name, page in pages.items():
            session = browser.open(page)
            browser.evaluate(session, axe.read_text("utf-8"))
            for width, scheme in product(WIDTHS, SCHEMES):
                browser.show(session, width, scheme)
                rules = COLOURS if scheme == "dark" else TAGS
                found = browser.evaluate(session, RUN % json.dumps(rules))
                assert found["violations"] == [], (name, width, scheme)
                assert found["wide"] <= width, f"{name} scrolls sideways at {width} px"
