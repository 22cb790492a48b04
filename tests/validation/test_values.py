"""Values that no DTD checks: the good article has none of these faults, a spoilt one has the one that is meant."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline.findings import Finding
from pipeline.validation import check_file
from pipeline.validation.identifiers import is_issn, is_ror
from pipeline.validation.links import files_of

GOOD = Path(__file__).parent / "good.xml"
DOCTYPE = "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN"


def findings(old: str, new: str) -> list[Finding]:
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    return check_file(GOOD, text.replace(old, new).encode())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ror.org/02mhbdp94", "ror.org/02mhbdp95", "bad-ror"),
        ("https://ror.org/02mhbdp94", "02mhbdp94", "bad-ror"),
        ('id="sec2"', 'id="sec1"', "same-id"),
        ('rid="ref1"', 'rid="ref9"', "no-such-id"),
        ('<kwd-group xml:lang="en">', '<kwd-group xml:lang="english">', "bad-language"),
        ('<kwd-group xml:lang="en">', '<kwd-group xml:lang="jp">', "bad-language"),
        ("<month>5</month>", "<month>2</month>", "bad-date"),
        ('iso-8601-date="2021-05-31"', 'iso-8601-date="2021-05-30"', "bad-date"),
        ("<year>2021</year></date>\n      </history>", "<year>2022</year></date>\n      </history>", "date-order"),
        ('"https://example.org/tides"', '"example dot org"', "bad-address"),
        ("licenses/by/4.0/", "licenses/cc-by/4.0/", "bad-license"),
        ('mimetype="image"', 'mimetype="picture"', "bad-media-type"),
        ('mime-subtype="png"', 'mime-subtype="jpeg"', "bad-media-type"),
        ('"waves.png"', '"sea.png"', "no-file"),
        ('"waves.png"', '"../test_values.py"', "no-file"),
        ('dtd-version="1.3"', 'dtd-version="1.2"', "dtd-version"),
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097", "bad-orcid"),
    ],
)
def test_each_fault_is_found_with_its_line(old: str, new: str, code: str) -> None:
    found = [finding for finding in findings(old, new) if finding.code == code]
    assert found
    assert all(finding.line for finding in found)


@pytest.mark.parametrize(
    ("public_id", "says"),
    [
        ("-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.3 20210610//EN", None),
        ("-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3d1 20190831//EN", "of JATS 1.3"),
        ("-//NLM//DTD Journal Publishing DTD v3.0 20080202//EN", None),
        ("-//NLM//DTD Journal Archiving and Interchange DTD v3.0 20080202//EN", "of JATS 1.0"),
        ("-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN", "no DTD of version 2.3"),
    ],
)
def test_the_dtd_is_that_of_the_declared_version(public_id: str, says: str | None) -> None:
    said = [finding.message for finding in findings(DOCTYPE, public_id) if finding.code == "other-dtd"]
    assert (says is None) == (said == [])
    assert says is None or says in said[0]


def test_without_a_document_type_it_is_said_what_was_checked() -> None:
    text = GOOD.read_text(encoding="utf-8")
    start, end = text.index("<!DOCTYPE"), text.index("<article ")
    found = check_file(GOOD, (text[:start] + text[end:]).encode())
    assert [(finding.code, finding.severity) for finding in found] == [("other-dtd", "info")]


@pytest.mark.parametrize(("value", "good"), [("0000-0019", True), ("0000-0018", False), ("00000019", False)])
def test_issn(value: str, good: bool) -> None:
    assert is_issn(value) is good


@pytest.mark.parametrize("ror", ["https://ror.org/05dxps055", "https://ror.org/021nxhr62", "https://ror.org/02mhbdp94"])
def test_ror(ror: str) -> None:
    assert is_ror(ror)
    assert not is_ror(ror[:-1] + ("1" if ror[-1] != "1" else "2"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('iso-8601-date="2021-05-31"', 'iso-8601-date="2021-05-31T10:00:00Z"'),
        ('iso-8601-date="2021-05-31"', 'iso-8601-date="2021-05"'),
        ('iso-8601-date="2021-05-31"', 'iso-8601-date="2021"'),
        ("<day>31</day><month>5</month>", "<month>5</month>"),
        ("<month>5</month><year>2021</year>", "<month>05</month><year>2021</year>"),
    ],
)
def test_dates_that_agree_are_good(old: str, new: str) -> None:
    assert [finding for finding in findings(old, new) if finding.code == "bad-date"] == []


@pytest.mark.parametrize(
    ("new", "names"),
    [
        ("waves.png", ["waves.png"]),
        ("sea", ["sea", "sea.tif", "sea.tiff", "sea.png", "sea.jpg", "sea.jpeg", "sea.gif", "sea.svg", "sea.eps"]),
        ("../sea.png", []), ("/sea.png", []), ("a/../../sea.png", []), ("https://example.org/sea.png", []),
        ("doi:10.5555/x", []), ("#sea", []), ("", []),
    ],
)  # fmt: skip
def test_the_files_of_an_article_are_those_of_its_folder(new: str, names: list[str]) -> None:
    text = GOOD.read_text(encoding="utf-8").replace('"waves.png"', f'"{new}"')
    root = etree.fromstring(text.encode())
    assert [path.name for path in files_of(root, GOOD.parent)] == names
    assert [finding.code for finding in check_file(GOOD, text.encode()) if finding.code == "no-file"] == (
        ["no-file"] * 2 if new not in ("waves.png", "https://example.org/sea.png", "doi:10.5555/x", "#sea", "") else []
    )
