"""What the editor says wins; what the journal states completes; every word of both is accounted for."""

from pathlib import Path

import pytest

from pipeline.article import Affiliation, Article, Contributor, Date, Journal, Name, Permissions, Span, Title
from pipeline.elements import make
from pipeline.journal import AffiliationFacts, AuthorFacts, License, Overrides, Profile
from pipeline.settle import settle

NAMED = Path("a.toml")


def article() -> Article:
    return Article(
        title=Title(make("article-title", "Ebb")),
        contributors=[Contributor(Name("Roe", "Ada"))],
        dates=[Date("pub", 2021)],
        volume="3",
        fpage="9",
        lpage="12",
    )


def test_the_editor_wins_and_what_gave_way_is_listed() -> None:
    given = article()
    said = settle(given, Overrides(path=NAMED, title="Flow", volume="4"), Profile())
    assert (given.title.text, given.volume) == ("Flow", "4")
    assert {(each.text, each.reason) for each in said.replaced} == {
        ("Ebb", "replaced by a.toml"),
        ("3", "replaced by a.toml"),
    }
    assert sorted(said.added) == ["4", "Flow"]


def test_a_first_page_brings_its_own_last_page() -> None:
    given = article()
    settle(given, Overrides(path=NAMED, fpage="e7"), Profile())
    assert (given.fpage, given.lpage) == ("e7", "")


def test_dates_of_the_same_kind_give_way() -> None:
    given = article()
    settle(given, Overrides(path=NAMED, dates=(Date("pub", 2022, 1, 2), Date("received", 2020))), Profile())
    assert [(date.type, date.iso) for date in given.dates] == [("pub", "2022-01-02"), ("received", "2020")]


@pytest.mark.parametrize("key", ["1", "Ada Roe", "ADA ROE"])
def test_an_author_is_meant_by_number_or_name(key: str) -> None:
    given = article()
    facts = AuthorFacts("0000-0002-1825-0097", "a@example.org", True)
    assert settle(given, Overrides(path=NAMED, authors={key: facts}), Profile()).findings == []
    person = given.contributors[0]
    assert (person.orcid, person.email, person.corresponding) == ("0000-0002-1825-0097", "a@example.org", True)


@pytest.mark.parametrize("key", ["2", "0", "Ada Doe"])
def test_an_author_who_is_not_there_is_a_finding(key: str) -> None:
    said = settle(article(), Overrides(path=NAMED, authors={key: AuthorFacts()}), Profile())
    assert [finding.code for finding in said.findings] == ["no-such-author"]


def test_the_journal_completes_what_the_article_does_not_say() -> None:
    profile = Profile(
        journal=Journal("Tides", issns={"electronic": "0000-0019"}, publisher="Quay Press"),
        license=License("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        copyright_holder="authors",
    )
    given = article()
    given.journal.title = "Journal of Tides"
    said = settle(given, Overrides(), profile)
    assert given.journal.title == "Journal of Tides"
    assert given.journal.publisher == "Quay Press"
    assert given.permissions.statement == "© 2021 Ada Roe"
    assert {"Quay Press", "0000-0019", "© 2021 Ada Roe"} <= set(said.added)
    assert said.replaced == []


def test_a_licence_of_the_article_is_kept_and_gets_its_address() -> None:
    given = article()
    given.permissions = Permissions(license_text="CC BY")
    settle(given, Overrides(), Profile(license=License(url="https://example.org/by"), copyright_holder="journal"))
    assert given.permissions == Permissions(license_url="https://example.org/by", license_text="CC BY")


def test_an_affiliation_gets_its_ror_and_its_country() -> None:
    given = article()
    given.affiliations = [Affiliation("aff1", "Quay University"), Affiliation("aff2", "Sea School, Chile")]
    given.affiliations[1].spans = (Span("country", 12, 17),)
    facts = {"1": AffiliationFacts("https://ror.org/02mhbdp94", "NO"), "2": AffiliationFacts(country="CL")}
    said = settle(given, Overrides(path=NAMED, affiliations=facts), Profile())
    first, second = given.affiliations
    assert (first.text, first.country_code, first.ror) == ("Quay University, Norway", "NO", "https://ror.org/02mhbdp94")
    assert (second.text, second.country_code) == ("Sea School, Chile", "CL")
    assert sorted(said.added) == ["Norway", "https://ror.org/02mhbdp94"]
    assert said.replaced == []


def test_an_affiliation_that_is_not_there_is_a_finding() -> None:
    said = settle(article(), Overrides(path=NAMED, affiliations={"1": AffiliationFacts(country="NO")}), Profile())
    assert [finding.code for finding in said.findings] == ["no-such-affiliation"]
