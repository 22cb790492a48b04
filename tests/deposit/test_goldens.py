"""What each registry gets, word for word: of the good article, a sparser and an odd one, and of several together."""

from collections.abc import Callable
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from pipeline.archives import unpack
from pipeline.deposit import Record, deposit
from pipeline.journal import Profile

CASES = Path(__file__).parent / "cases"
SUMMARY = (
    '<abstract abstract-type="plain-language-summary"><title>In plain words</title><p>Water comes and goes.</p>'
    "</abstract>"
)
PARTED = (
    "<abstract><sec><title>Aim</title><p>To <bold>see</bold> <styled-content>the</styled-content> sea.</p></sec>"
    "</abstract>"
)
CHANGED = {
    "rich": {
        "</article-title>\n        <trans": "</article-title><subtitle>A view from the quay</subtitle>\n        <trans",
        "<email>ada@example.org</email>": "<email>ada@example.org</email><xref ref-type='corresp' rid='c1'/>",
    },
    "sparse": {
        '<contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id>': "",
        ' iso-8601-date="2021-05-31"><day>31</day><month>5</month>': ">",
        "<fpage>101</fpage>": "", "<lpage>129</lpage>": "<elocation-id>e7</elocation-id>",
        '<institution-id institution-id-type="ror">https://ror.org/02mhbdp94</institution-id>': "",
        SUMMARY: PARTED,
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
@pytest.mark.parametrize("to", ["crossref", "datacite", "doaj", "pubmed", "ojs"])
def test_every_fact_is_where_the_registry_looks_for_it(
    to: str, case: str, record: Callable[..., Record], golden: Callable[[Path, bytes], None], tmp_path: Path
) -> None:
    package = deposit([record("ebb", CHANGED[case])], to, tmp_path / "package")
    assert package.data, [str(finding) for finding in package.findings]
    golden(CASES / case / f"{to}.xml", package.data)


ODD = {"source": "deposit/cases/odd.xml"}
# An update is of a day.
DATED = {'2022-07"><month>': '2022-07-01"><day>1</day><month>'}
SECOND = {
    "<fpage>101</fpage>": "<fpage>9</fpage>", "<lpage>129</lpage>": "<lpage>100</lpage>",
    "10.5555/jt.2021.7<": "10.5555/jt.2021.6<", "<subject>Articles</subject>": "<subject>Notes</subject>",
}  # fmt: skip
THIRD = {
    "<fpage>101</fpage>": "<fpage>iv</fpage>", "<lpage>129</lpage>": "", "10.5555/jt.2021.7<": "10.5555/jt.2021.5<",
}  # fmt: skip


@pytest.mark.parametrize("output", ["crossref.xml", "datacite.xml", "doaj.xml", "doaj.json", "pubmed.xml", "ojs.xml"])
def test_an_odd_article(output: str, record: Any, profile: Profile, golden: Any, tmp_path: Path) -> None:
    to = output.partition(".")[0]
    marked = replace(profile, deposit=replace(profile.deposit, crossmark="10.5555/policy"))
    package = deposit([record("odd", DATED if to == "crossref" else None, marked, **ODD)], to, tmp_path / output)
    said = "".join(f"{finding}\n" for finding in package.findings).replace(str(tmp_path), "")
    golden(CASES / "odd" / output, (package.data or b"").decode() + f"<!--\n{said}-->\n")


@pytest.mark.parametrize("output", ["crossref.xml", "doaj.xml", "pubmed.xml", "ojs.xml", "issue.html"])
def test_several_articles_in_the_order_of_their_pages(output: str, record: Any, golden: Any, tmp_path: Path) -> None:
    records = [record("ebb"), record("second", SECOND), record("third", THIRD)]
    package = deposit(records, output.partition(".")[0], tmp_path / output)
    assert package.data, [str(finding) for finding in package.findings]
    golden(CASES / "several" / output, package.data)


@pytest.mark.parametrize("to", ["pmc", "meca", "bagit"])
@pytest.mark.parametrize("case", ["good", "odd"])
def test_what_is_in_a_package(to: str, case: str, record: Any, golden: Any, tmp_path: Path) -> None:
    """The name of each file; of a text that the package adds the whole, of the article what is changed in it."""
    read = record("ebb", **(ODD if case == "odd" else {}))
    package = deposit([read], to, tmp_path / f"{to}.zip")
    said = "".join(f"{finding}\n" for finding in package.findings).replace(str(tmp_path), "")
    files = unpack(package.data) if package.data else {}
    shown = [f"=== {name}\n{_shown(name, data, read)}" for name, data in files.items()]
    golden(CASES / case / f"{to}.txt", "".join(shown) + f"=== said\n{said}")


def _shown(name: str, data: bytes, read: Record) -> str:
    if not name.endswith((".xml", ".txt")) or "manifest-sha" in name:
        return ""
    text = data.decode()
    if "<article " not in text:
        return text
    return "".join(line for line in unified_diff(read.data.decode().splitlines(True), text.splitlines(True), n=0))
