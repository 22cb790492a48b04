"""What `validate` says of a file."""

from pathlib import Path

import pytest

from pipeline import jats
from pipeline.article import Article, Contributor, Date, Journal, Name, Title
from pipeline.elements import make
from pipeline.errors import LimitReached, SourceError
from pipeline.validation import check_file
from pipeline.validation.identifiers import iso_7064_mod_11_2
from pipeline.validation.parse import parse_xml, refuse_too_many


def article(**changes: object) -> bytes:
    """A small, valid article with everything the rules ask for but what `changes` takes away."""
    facts: dict[str, object] = {
        "journal": Journal("Tides", id="t", issns={"electronic": "0000-0019"}),
        "title": Title(make("article-title", "Ebb")),
        "contributors": [Contributor(Name("Roe", "Ada"), orcid="0000-0002-1825-0097")],
        "dates": [Date("pub", 2021)],
        "ids": {"doi": "10.5555/jt.1"},
    }
    return jats.serialize(jats.write(Article(**(facts | changes))))


def codes(data: bytes) -> dict[str, int | None]:
    return {finding.code: finding.line for finding in check_file(Path("a.xml"), data)}


def test_a_good_article_has_no_errors() -> None:
    assert {f.code for f in check_file(Path("a.xml"), article()) if f.severity == "error"} == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"journal": Journal("Tides", id="t", issns={"electronic": "0000-0018"})}, "bad-issn"),
        ({"journal": Journal("Tides", id="t")}, "no-issn"),
        ({"contributors": [Contributor(Name("Roe"), orcid="0000-0002-1825-0098")]}, "bad-orcid"),
        ({"contributors": []}, "no-author"),
        ({"dates": []}, "no-date"),
        ({"ids": {"doi": "https://doi.org/10.1/x"}}, "bad-doi"),
        ({"title": None}, "no-title"),
        ({"fpage": "20", "lpage": "3"}, "page-order"),
    ],
)
def test_each_rule_finds_its_fault_and_says_the_line(changes: dict[str, object], code: str) -> None:
    assert code not in codes(article())
    found = codes(article(**changes))
    assert found[code]


def test_the_dtd_is_asked() -> None:
    broken = article().replace(b"<contrib-group>", b"<contrib-group><nonsense/>")
    line = broken[: broken.index(b"<nonsense/>")].count(b"\n") + 1
    findings = [f for f in check_file(Path("a.xml"), broken) if f.code == "dtd"]
    assert any(f.line == line and "nonsense" in f.message for f in findings)


def test_a_dangling_reference_is_an_error() -> None:
    broken = article(body=[make("p", make("xref", "Fig. 9", ref_type="fig", rid="fig9"))])
    assert any("fig9" in f.message and f.severity == "error" for f in check_file(Path("a.xml"), broken))


def test_a_wrong_version_is_an_error() -> None:
    assert "dtd-version" in codes(article().replace(b'dtd-version="1.3"', b'dtd-version="7"'))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<article><p></article>", "not well-formed"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "entities"),
        (b"plain", "not well-formed"),
    ],
)
def test_xml_that_is_broken_or_hostile_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        parse_xml(data, "a.xml")
    assert "\n" not in str(caught.value)


def test_another_kind_of_xml_is_no_article() -> None:
    [finding] = check_file(Path("a.xml"), b"<html/>")
    assert finding.code == "unreadable"
    assert "not a JATS <article>" in finding.message


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X"])
def test_the_checksum_of_orcids(orcid: str) -> None:
    assert iso_7064_mod_11_2(orcid)
    assert not iso_7064_mod_11_2(orcid[:-1] + "5")


def test_nothing_outside_of_the_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    data = (
        f"<article xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{secret}' parse='text'/></article>"
    ).encode()
    with pytest.raises(SourceError, match="includes another file"):
        parse_xml(data, "a.xml")


def test_as_many_elements_as_the_limit_are_not_too_many() -> None:
    root = parse_xml(b"<article><front/><body/></article>", "a.xml")
    refuse_too_many(root, Path("a.xml"), 3)
    with pytest.raises(LimitReached, match="3 elements, over the limit of 2; raise limits"):
        refuse_too_many(root, Path("a.xml"), 2)


def test_a_file_is_checked_by_the_profiles_that_are_asked_for_too() -> None:
    found = check_file(Path("a.xml"), article(title=None, fpage="20", lpage="3"), ["crossref", "doaj"])
    assert {code.partition("-")[0] for code in (each.code for each in found)} >= {"crossref", "no", "page"}
    assert [each.line for each in found] == sorted(each.line or 0 for each in found)
