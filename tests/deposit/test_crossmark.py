"""Crossmark: the journal's page on updates, the articles that are updated, the history, all in one place."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from pipeline.deposit import Record, deposit
from pipeline.deposit.crossmark import SPACE
from pipeline.journal import Profile

CR = {"c": SPACE, "fr": "http://www.crossref.org/fundref.xsd", "ai": "http://www.crossref.org/AccessIndicators.xsd"}
RETRACTION = {'related-article-type="commentary-article"': 'related-article-type="retracted-article"'}
NO_DAY = {'iso-8601-date="2021-05-31"><day>31</day>': 'iso-8601-date="2021-05">'}


def made(record: Record, profile: Profile) -> tuple[etree._Element, list[str]]:
    record.profile = replace(profile, deposit=replace(profile.deposit, crossmark="10.5555/updates"))
    package = deposit([record], "crossref", Path("batch.xml"))
    root = etree.fromstring(package.data) if package.data else etree.Element("none")
    return root, [finding.message for finding in package.findings]


def test_a_journal_that_takes_part_says_where_updates_are(record: Callable[..., Record], profile: Profile) -> None:
    root, findings = made(record(), profile)
    assert findings == []
    [mark] = root.findall(".//c:journal_article/c:crossmark", CR)
    assert mark.findtext("c:crossmark_policy", namespaces=CR) == "10.5555/updates"
    assert mark.findtext(".//c:domain", namespaces=CR) == "journal.example.org"
    assert mark.find("c:updates", CR) is None
    assert [each.get("name") for each in mark.findall(".//c:assertion", CR)] == ["received", "accepted"]
    assert mark.find("c:custom_metadata/fr:program", CR) is not None
    assert mark.find("c:custom_metadata/ai:program", CR) is not None
    assert root.find(".//c:journal_article/fr:program", CR) is None


def test_a_retraction_names_the_article_and_the_day(record: Callable[..., Record], profile: Profile) -> None:
    root, findings = made(record(changes=RETRACTION), profile)
    assert findings == []
    [update] = root.findall(".//c:update", CR)
    assert (update.get("type"), update.get("date"), update.text) == ("retraction", "2021-05-31", "10.5555/jt.2020.1")


def test_an_update_without_its_day_is_an_error_that_names_the_key(
    record: Callable[..., Record], profile: Profile
) -> None:
    root, findings = made(record(changes=RETRACTION | NO_DAY), profile)
    assert root.tag == "none"
    assert any("dates.published" in message and ".toml" in message for message in findings)


def test_without_it_nothing_is_marked(record: Callable[..., Record]) -> None:
    package = deposit([record()], "crossref", Path("batch.xml"))
    assert package.data is not None
    assert b"crossmark" not in package.data
