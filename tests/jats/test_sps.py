"""The form of SciELO PS: what its rules ask is there, and what the article says is still read from it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline import build, jats
from pipeline.article import Element
from pipeline.elements import make, text_of
from pipeline.journal import Profile, load_journal
from pipeline.validation.profiles import check_profiles

NAMES = ("harbour-libraries", "tide-gauges")


@pytest.fixture(scope="module")
def profile(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    path = tmp_path_factory.mktemp("journal") / "journal.toml"
    text = (examples / "journal.toml").read_text("utf-8")
    path.write_text(text.replace('"crossref", "pmc"', '"crossref", "pmc", "sps"'), encoding="utf-8")
    return load_journal(path)


@pytest.fixture(scope="module", params=NAMES)
def pair(request: pytest.FixtureRequest, examples: Path, profile: Profile) -> tuple[build.Built, build.Built]:
    """An example as it is, and in the form of SciELO PS."""
    source = examples / f"{request.param}.txt"
    return build.convert(source, load_journal(examples / "journal.toml")), build.convert(source, profile)


def test_an_example_keeps_every_rule_of_sps_and_stays_valid(
    pair: tuple[build.Built, build.Built], dtd: etree.DTD
) -> None:
    plain, sps = (etree.fromstring(built.xml) for built in pair)
    assert check_profiles(plain, ["sps"], "a.xml")
    assert check_profiles(sps, ["sps"], "a.xml") == []
    assert dtd.validate(sps), dtd.error_log.filter_from_errors()


def test_the_article_that_is_read_is_the_same(pair: tuple[build.Built, build.Built]) -> None:
    plain, sps = (jats.read(etree.fromstring(built.xml)) for built in pair)
    assert [each.text for each in sps.references] == [each.text for each in plain.references]
    assert [(each.text, each.country_code) for each in sps.affiliations] == [
        (each.text, each.country_code) for each in plain.affiliations
    ]
    assert sps.contributors == plain.contributors
    for ours, theirs in zip(sps.references, plain.references, strict=True):
        for name in ("title", "volume", "page", "DOI", "URL", "container-title"):
            assert ours.item.get(name) == theirs.item.get(name)


def test_once_more_changes_nothing(pair: tuple[build.Built, build.Built], profile: Profile, tmp_path: Path) -> None:
    root = etree.fromstring(pair[1].xml)
    jats.follow_sps(root)
    assert jats.serialize(root) == pair[1].xml
    path = tmp_path / "again.xml"
    path.write_bytes(pair[1].xml)
    assert build.convert(path, profile).xml == pair[1].xml


def followed(*parts: Element) -> Element:
    root = make("article", make("body", parts))
    jats.follow_sps(root)
    return root


def test_a_range_of_citations_becomes_two() -> None:
    xref = make("xref", "1–3", ref_type="bibr", rid="r1 r2 r3")
    root = followed(make("p", "See ", xref, "."))
    assert [(each.text, each.get("rid")) for each in root.iter("xref")] == [("1", "r1"), ("3", "r3")]
    assert text_of(root) == "See 1–3."


def test_captions_cells_lists_and_links() -> None:
    table = etree.fromstring("<table><thead><tr><td>A</td></tr></thead><tbody><tr><th>1</th></tr></tbody></table>")
    root = followed(
        make("table-wrap", make("caption", make("p", "Heights")), table),
        make("list", make("list-item", make("p", "x"))),
        make("p", make("ext-link", "page", href="https://example.org")),
    )
    assert root.findtext(".//caption/title") == "Heights"
    assert root.findtext(".//thead//th") == "A"
    assert root.findtext(".//tbody//td") == "1"
    assert [each.get("list-type") for each in root.iter("list")] == ["simple"]
    assert [each.get("ext-link-type") for each in root.iter("ext-link")] == ["uri"]


def test_an_article_of_another_publisher(golden: Callable[[Path, bytes], None], dtd: etree.DTD) -> None:
    folder = Path(__file__).parent / "sps"
    root = etree.parse(folder / "source.xml").getroot()
    jats.follow_sps(root)
    made = jats.serialize(root)
    golden(folder / "expected.xml", made)
    assert dtd.validate(etree.fromstring(made)), dtd.error_log
    jats.follow_sps(root)
    assert jats.serialize(root) == made
