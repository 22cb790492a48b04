"""What the editor says (`NAME.toml`) and the journal states (`journal.toml`) goes into the article, accounted for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.article import Affiliation, Article, Contributor, Permissions, SetAside, Span, Title
from pipeline.elements import make
from pipeline.findings import Finding, Severity
from pipeline.journal import AffiliationFacts, AuthorFacts, Overrides, Profile


@dataclass(slots=True)
class Settled:
    """`replaced`: strings of the source that gave way; `added`: strings that the source does not hold."""

    replaced: list[SetAside] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def settle(article: Article, overrides: Overrides, profile: Profile) -> Settled:
    """Give `article` what the editor says, which wins, and what the journal states, which completes."""
    read = Counter(_facts(article))
    findings = _override(article, overrides)
    said = Counter(_facts(article))
    _complete(article, profile)
    known = Counter(_facts(article))
    replaced = [SetAside(0, text, f"replaced by {overrides.path}") for text in (read - said).elements() if text]
    return Settled(replaced, list((known - read).elements()), findings)


def _override(article: Article, overrides: Overrides) -> list[Finding]:
    for name in ("type", "volume", "issue", "fpage", "lpage", "elocation_id"):
        if value := getattr(overrides, name):
            setattr(article, name, value)
    if overrides.fpage:
        article.lpage, article.elocation_id = overrides.lpage, ""
    if overrides.elocation_id:
        article.fpage = article.lpage = ""
    if overrides.language:
        article.lang = overrides.language
    if overrides.title:
        article.title = Title(make("article-title", overrides.title))
    if overrides.section:
        article.subjects = [overrides.section]
    if overrides.doi:
        article.ids["doi"] = overrides.doi
    given = {each.type for each in overrides.dates}
    article.dates = [each for each in article.dates if each.type not in given] + list(overrides.dates)
    found = [_override_author(article, key, facts, overrides) for key, facts in overrides.authors.items()]
    found += [_override_affiliation(article, key, facts, overrides) for key, facts in overrides.affiliations.items()]
    return [finding for finding in found if finding is not None]


def _override_author(article: Article, key: str, facts: AuthorFacts, overrides: Overrides) -> Finding | None:
    author = _author(article, key)
    if author is None:
        message = f"authors.{key}: the article has no such author (of {len(article.contributors)})"
        return Finding("no-such-author", Severity.WARNING, message, str(overrides.path))
    author.orcid = facts.orcid or author.orcid
    author.email = facts.email or author.email
    if facts.corresponding is not None:
        author.corresponding = facts.corresponding
    return None


def _override_affiliation(article: Article, key: str, facts: AffiliationFacts, overrides: Overrides) -> Finding | None:
    """A country that the affiliation does not name is put behind it, in the article's language."""
    if not key.isdecimal() or not 0 < int(key) <= len(article.affiliations):
        message = f"affiliations.{key}: the article has no such affiliation (of {len(article.affiliations)})"
        return Finding("no-such-affiliation", Severity.WARNING, message, str(overrides.path))
    place = article.affiliations[int(key) - 1]
    place.ror = facts.ror or place.ror
    place.country_code = facts.country or place.country_code
    if facts.country and not _country(place):
        name, start = _name_of(facts.country, place.lang or article.lang), len(place.text) + 2
        place.spans = (*place.spans, Span("country", start, start + len(name)))
        place.text = f"{place.text}, {name}"
    return None


def _country(place: Affiliation) -> str:
    return next((place.text[span.start : span.end] for span in place.spans if span.label == "country"), "")


def _name_of(code: str, lang: str) -> str:
    """What a country is called in a language; in English where babel does not know the language."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(locale.territories.get(code, code))


def _author(article: Article, key: str) -> Contributor | None:
    if key.isdecimal():
        return article.contributors[int(key) - 1] if 0 < int(key) <= len(article.contributors) else None
    return next((person for person in article.contributors if person.display.casefold() == key.casefold()), None)


def _complete(article: Article, profile: Profile) -> None:
    """What the article already says of itself stays."""
    for name in ("title", "abbreviation", "id", "publisher", "publisher_location"):
        setattr(article.journal, name, getattr(article.journal, name) or getattr(profile.journal, name))
    article.journal.issns = profile.journal.issns | article.journal.issns
    if article.permissions == Permissions():
        published = [date.year for date in article.dates if date.type == "pub"]
        authors = [person.display for person in article.contributors if person.type == "author"]
        article.permissions = profile.permissions(authors, str(published[0]) if published else "")
    elif not article.permissions.license_url:
        article.permissions.license_url = profile.license.url


def _facts(article: Article) -> Iterator[str]:
    """The strings that settings can change, as they stand in the XML."""
    journal, permissions = article.journal, article.permissions
    yield article.title.text if article.title else ""
    yield from (article.volume, article.issue, article.fpage, article.lpage, article.elocation_id)
    yield from (*article.ids.values(), *article.subjects, *(date.iso for date in article.dates))
    yield from (f"https://orcid.org/{person.orcid}" for person in article.contributors if person.orcid)
    yield from (person.email for person in article.contributors)
    yield from (text for place in article.affiliations for text in (place.ror, _country(place)))
    yield from (journal.title, journal.abbreviation, journal.publisher, journal.publisher_location)
    yield from journal.issns.values()
    yield from (permissions.statement, permissions.holder, permissions.year)
    yield from (permissions.license_url, permissions.license_text)
