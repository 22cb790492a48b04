"""Every rule of every profile passes what is right and finds what is wrong."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, isoschematron

from pipeline import resources
from pipeline.elements import PREFIXES, append
from pipeline.errors import UsageError
from pipeline.validation import check_file
from pipeline.validation.parse import parse_xml
from pipeline.validation.profiles import Rule, check_profiles, document, load, names

HERE = Path(__file__).parent
GOOD = HERE / "good.xml"
FAILURES = tomllib.loads((HERE / "failures.toml").read_text(encoding="utf-8"))


RULES = [pytest.param(name, rule, id=rule.id) for name in names() for rule in load(name).rules]


def good() -> Any:
    return parse_xml(GOOD.read_bytes(), "good.xml")


def spoil(root: Any, how: dict[str, Any]) -> None:
    [(what, given)] = how.items()
    path, *rest = [given] if isinstance(given, str) else given
    found = root.xpath(path, namespaces=PREFIXES)
    assert found, f"{path} finds nothing in good.xml"
    for element in found:
        match what, rest:
            case "remove", []:
                element.getparent().remove(element)
            case "text", [text]:
                element[:] = [etree.fromstring(text)] if text.startswith("<") else []
                element.text = None if text.startswith("<") else text
            case "set", [name, value]:
                element.attrib.pop(name, None)
                element.attrib.update({name: value} if value else {})
            case "add", [xml]:
                made = etree.fromstring(xml)
                append(element, list(made) if made.tag == "x" else made)


def test_the_good_article_breaks_no_rule_of_any_profile() -> None:
    assert check_file(GOOD, GOOD.read_bytes(), names()) == []


@pytest.mark.parametrize(("profile", "rule"), RULES)
def test_each_rule_passes_the_good_article_and_finds_its_fault_in_a_spoilt_one(profile: str, rule: Rule) -> None:
    assert rule.id not in {finding.code for finding in check_profiles(good(), [profile], "a.xml")}
    spoilt = good()
    spoil(spoilt, FAILURES[profile][rule.id])
    found = [finding for finding in check_profiles(spoilt, [profile], "a.xml") if finding.code == rule.id]
    assert found
    assert all(finding.line and finding.severity == rule.severity for finding in found)


@pytest.mark.parametrize("profile", names())
def test_the_rules_are_schematron_that_another_processor_reads_the_same_way(profile: str) -> None:
    schematron = isoschematron.Schematron(
        etree.parse(str(resources.schemas("rules", f"{profile}.sch"))), store_report=True
    )
    failed = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
    for how in FAILURES[profile].values():
        spoilt = good()
        spoil(spoilt, how)
        schematron.validate(spoilt.getroottree())
        other = sorted(each.get("id") for each in schematron.validation_report.iter(failed))
        assert sorted(finding.code for finding in check_profiles(spoilt, [profile], "a.xml")) == other


def test_every_failing_case_is_of_a_rule() -> None:
    rules = {name: {rule.id for rule in load(name).rules} for name in names()}
    assert {name: set(cases) for name, cases in FAILURES.items()} == rules


@pytest.mark.parametrize(("profile", "rule"), RULES)
def test_each_rule_says_what_to_do_and_whose_it_is(profile: str, rule: Rule) -> None:
    assert rule.id.startswith(f"{profile}-")
    assert rule.message.endswith(".")
    assert rule.link.startswith("https://")
    assert rule.topic


def test_an_unknown_profile_is_said_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="crossref, doaj, jats4r, pmc, sps"):
        check_profiles(good(), ["pmcc"], "a.xml")


def test_the_table_of_rules_is_current(checkout: Path) -> None:
    assert (checkout / "docs" / "rules.md").read_text(encoding="utf-8") == document()
