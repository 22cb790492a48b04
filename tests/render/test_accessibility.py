"""WCAG 2.2 AA as axe-core tells it, in a headless Chromium, on narrow and wide windows, light and dark."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article
from pipeline.elements import XLINK
from pipeline.render import render
from tests.tools import tool

from .conftest import as_written

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that differs in the dark
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
RESULT = re.compile(r"AXE(\{.*?\})EXA", re.DOTALL)
WIDTHS, SCHEMES = (390, 1440), ("light", "dark")
RETRACTION = f"""<m xmlns:xlink="{XLINK}"><related-article related-article-type="retraction-forward"
ext-link-type="doi" xlink:href="10.5555/x.9"/></m>"""
ARABIC = """<article xml:lang="ar"><front><article-meta><title-group><article-title>الشاطئ والماء</article-title>
</title-group><abstract><p>ملخص قصير.</p></abstract></article-meta></front><body><sec id="s1"><title>مقدمة</title>
<p>هذه فقرة قصيرة عن الشاطئ والماء <xref ref-type="bibr" rid="r1">1</xref>.</p></sec><sec><title>نتائج</title>
<table-wrap id="t"><label>جدول 1</label><table><thead><tr><th></th><th>طول</th></tr></thead><tbody><tr><th>أ</th>
<td>12</td></tr></tbody></table></table-wrap></sec></body><back><ref-list><ref id="r1"><mixed-citation>Holt P. Grass.
2001.</mixed-citation></ref></ref-list></back></article>"""
OPTIONS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --virtual-time-budget=120000 --dump-dom""".split()

# Each page stands in a frame of its own, whose width and colour scheme its media queries go by.
HARNESS = """<!DOCTYPE html><html lang="en"><title>axe</title><script>
const jobs = %s, found = {};
addEventListener("message", event => { found[jobs[0].name] = event.data; jobs.shift(); next(); });
function next() {
  document.querySelector("iframe")?.remove();
  if (!jobs.length) { document.title = "AXE" + JSON.stringify(found) + "EXA"; return; }
  const frame = document.createElement("iframe");
  frame.width = jobs[0].width; frame.height = 900; frame.style.colorScheme = jobs[0].scheme;
  frame.srcdoc = jobs[0].page; document.body.append(frame);
}
addEventListener("load", next);
</script><body></body></html>"""
RUN = """<script>%s</script><script>
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
axe.run({runOnly: dark ? %s : %s}).then(result => parent.postMessage({
  scheme: dark ? "dark" : "light",
  width: innerWidth, wide: document.documentElement.scrollWidth,
  violations: result.violations.map(each => [each.id, each.nodes[0].target])}, "*"))
</script></body>"""


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


def test_axe_finds_nothing(pages: dict[str, str], tmp_path: Path) -> None:
    axe, chromium = tool("axe.min.js"), shutil.which("chromium")
    if axe is None or chromium is None:
        pytest.skip("no chromium" if axe else "no axe-core; install it with: python -m tests.tools")
    scripts = RUN % (axe.read_text("utf-8"), json.dumps(COLOURS), json.dumps(TAGS))
    jobs = [
        {"name": f"{name} {width} {scheme}", "width": width, "scheme": scheme,
         "page": POLICY.sub("", page).replace("</body>", scripts)}
        for name, page in pages.items() for width in WIDTHS for scheme in SCHEMES
    ]  # fmt: skip
    path = tmp_path / "pages.html"
    path.write_text(HARNESS % json.dumps(jobs).replace("</", "<\\/"), encoding="utf-8")
    command = [chromium, *OPTIONS, f"--user-data-dir={tmp_path / 'user'}", "--window-size=1600,1000", path.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    result = RESULT.search(shown)
    assert result is not None, "axe did not finish"
    found = json.loads(html.unescape(result.group(1)))
    assert found.keys() == {job["name"] for job in jobs}
    assert len(pages) >= 5
    for job in jobs:
        of_page = found[job["name"]]
        assert (of_page["scheme"], of_page["width"]) == (job["scheme"], job["width"])
        assert of_page["wide"] <= job["width"], f"{job['name']}: the page scrolls sideways"
        assert of_page["violations"] == [], job["name"]
