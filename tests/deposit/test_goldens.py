"""The metadata of the good article and of a sparser one, word for word, as each registry gets it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.deposit import Record, deposit

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
