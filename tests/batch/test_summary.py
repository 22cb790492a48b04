"""The page about a batch: safe whatever an article says, each number where it belongs, links that lead to reports."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from lxml import html

from pipeline.batch import summary
from pipeline.batch.histogram import histogram
from pipeline.batch.manifest import opened
from pipeline.batch.work import Record
from tests.chromium import Chromium, chromium
from tests.tools import tool

EVIL = "<script>alert('x')</script> & \"quotes\""


def record(number: int, **facts: Any) -> Record:
    name = f"deep/a {number}"
    counts = {"references": 10 * number, "structured": 5 * number, "citations_found": 4, "citations_linked": 3}
    findings = {"doubt": {"severity": "warning", "count": 2, "example": EVIL, "line": 7}}
    plain = Record(
        name, f"{name}.txt", "h", status="done", code=0, title=EVIL, warnings=2, seconds=number / 10, counts=counts,
        stages={"jats": 0.1}, findings=findings, outputs={f"a {number}.report.html": "x"},
    )  # fmt: skip
    for key, value in facts.items():
        setattr(plain, key, value)
    return plain


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    failed = {"status": "failed", "reason": "not finished in 1 s", "counts": {}, "findings": {}, "outputs": {}}
    with opened(tmp_path / "manifest.sqlite") as manifest:
        for number in range(1, 12):
            manifest.put(record(number))
        manifest.put(record(12, **failed, seconds=1.0))
    return tmp_path


def rows(page: Any, section: str) -> list[list[str]]:
    found = page.xpath(f"//section[@aria-labelledby='{section}']//tbody/tr")
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in found]


def test_the_page_counts_and_links(cli: Callable[..., Result], folder: Path) -> None:
    result = cli("batch", "--report", folder)
    assert result.exit_code == 0, result.output
    page = html.fromstring((folder / "report.html").read_bytes())
    numbers = dict(zip(*(page.xpath(f"//dl//{name}/text()") for name in ("dt", "dd")), strict=True))
    assert numbers["done"] == "11"
    assert numbers["failed"] == "1"
    assert numbers["references"] == "660"
    assert numbers["of them structured"] == "50 %"
    assert numbers["of them linked"] == "75 %"
    assert len(rows(page, "articles")) == 12
    assert rows(page, "worst")[0][:2] == ["deep/a 12 " + EVIL + " not finished in 1 s", "failed"]
    assert rows(page, "slowest")[0][0].startswith("deep/a 11")
    assert rows(page, "findings")[0][1:] == ["warning", "11", "22"]
    assert "deep/a%2011/a%2011.report.html" in page.xpath("//section[@aria-labelledby='slowest']//a/@href")
    assert len(page.xpath("//figure/svg")) == 4


def test_whatever_an_article_says_is_only_text(folder: Path) -> None:
    made = summary.page(folder / "manifest.sqlite")
    page = html.fromstring(made)
    [script], [style] = page.xpath("//script"), page.xpath("//style")
    [policy] = page.xpath("//meta[@http-equiv]/@content")
    for text in (script.text, style.text):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert not page.xpath("//@style | //@onclick | //link | //img")
    assert not re.search(rb"https?://", made)


def test_too_many_for_a_page_are_the_worst(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "ROWS", 3)
    page = html.fromstring(summary.page(folder / "manifest.sqlite"))
    assert [row[1] for row in rows(page, "articles")] == ["done", "done", "failed"]
    assert "The manifest has all of them" in page.text_content()


def test_without_a_manifest_it_says_so(cli: Callable[..., Result], tmp_path: Path) -> None:
    result = cli("batch", "--report", tmp_path)
    assert result.exit_code == 2
    assert "no manifest of a batch" in result.stderr


@pytest.fixture
def browser(program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(program("chromium"), tmp_path_factory.mktemp("profile")) as running:
        yield running


def test_the_list_sorts_and_narrows(folder: Path, browser: Chromium) -> None:
    session = browser.open(summary.page(folder / "manifest.sqlite").decode())
    browser.evaluate(
        session,
        """{
        const button = document.querySelectorAll(".sortable th button")[7];
        button.click(); button.click();
        const field = document.querySelector("#search input");
        field.value = "DONE"; field.dispatchEvent(new Event("input"));
        }""",
    )
    shown = browser.evaluate(
        session,
        """[...document.querySelectorAll(".sortable tbody tr")].filter((row) => !row.hidden)
        .map((row) => row.cells[7].textContent)""",
    )
    assert shown == [f"{number / 10:.2f}" for number in range(11, 0, -1)]


def test_axe_finds_nothing(folder: Path, browser: Chromium) -> None:
    axe = tool("axe.min.js")
    if axe is None:
        pytest.skip("no axe-core; install it with: python -m tests.tools")
    session = browser.open(summary.page(folder / "manifest.sqlite").decode())
    browser.evaluate(session, axe.read_text("utf-8"))
    for width, scheme in product((390, 1440), ("light", "dark")):
        browser.show(session, width, scheme)
        found = browser.evaluate(session, "axe.run().then(({violations}) => violations.map(({id}) => id))")
        assert found == [], (width, scheme)
        assert browser.evaluate(session, "document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("values", [[0.0], [1.0, 2.0, 3.0], [0.001] * 50 + [400.0], [5.0] * 10])
def test_each_value_is_in_one_bar(values: list[float]) -> None:
    made = histogram(values)
    assert made
    assert sum(made.counts) == len(values)
    assert made.counts[min(int(values[0] / made.width), 19)] or values[0] / made.width == int(values[0] / made.width)


def test_the_few_that_are_far_off_share_the_last_bar() -> None:
    made = histogram([float(number % 10) for number in range(1000)] + [500.0])
    assert made
    assert made.end == 10
    assert made.counts[-1] == 1
    assert "≥ 9.5 s" in made.svg(" s")


def test_an_article_without_a_fault_is_none_of_the_worst_and_links_to_its_report(tmp_path: Path) -> None:
    outputs = {"a.xml": "x", "a.report.json": "x", "a.report.html": "x"}
    fine = {"warnings": 0, "findings": {}, "outputs": outputs, "counts": {}, "seconds": 0.25}
    with opened(tmp_path / "manifest.sqlite") as manifest:
        manifest.put(record(1))
        manifest.put(record(2, **fine))
    page = html.fromstring(summary.page(tmp_path / "manifest.sqlite"))
    assert [row[0].split(" <")[0] for row in rows(page, "worst")] == ["deep/a 1"]
    assert [row[0].split(" <")[0] for row in rows(page, "slowest")] == ["deep/a 2", "deep/a 1"]
    assert "deep/a%202/a.report.html" in page.xpath("//section[@aria-labelledby='articles']//a/@href")
    assert rows(page, "stages")[0][:2] == ["jats", "0.100"]


def test_the_worst_are_failed_then_have_errors_then_warnings_and_ten_are_named(tmp_path: Path) -> None:
    with opened(tmp_path / "manifest.sqlite") as manifest:
        for number in range(1, 12):
            manifest.put(record(number, warnings=number))
        manifest.put(record(12, status="errors", errors=1, warnings=0))
        manifest.put(record(13, status="failed", errors=0, warnings=0))
        manifest.put(record(14, status="errors", errors=2, warnings=0))
    page = html.fromstring(summary.page(tmp_path / "manifest.sqlite"))
    names = [row[0].split(" <")[0].removeprefix("deep/a ") for row in rows(page, "worst")]
    assert names == ["13", "14", "12", "11", "10", "9", "8", "7", "6", "5"]


def test_a_share_of_nothing_is_none() -> None:
    row = summary._row(record(1, counts={}))
    assert (row.references, row.structured, row.linked) == (0, None, None)
    row = summary._row(record(1, counts={"references": 4, "citations_found": 2}))
    assert (row.references, row.structured, row.linked) == (4, 0.0, 0.0)
