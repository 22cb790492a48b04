"""Facts that a package needs: how each is found, and the key and file that give it where it is missing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.deposit.record import Record
from pipeline.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Need:
    """`of_article`: NAME.toml gives it, else journal.toml."""

    what: str
    key: str
    of_article: bool
    value: Callable[[Record], object]


NEEDS: dict[str, Need] = {
    "doi": Need("DOI", "doi", True, lambda record: record.doi),
    "title": Need("title", "title", True, lambda record: record.title),
    "section": Need("section of the journal", "section", True, lambda record: record.article.subjects),
    "date": Need("date of publication", "dates.published", True, lambda record: record.published),
    "volume": Need("volume or issue", "volume", True, lambda record: record.article.volume or record.article.issue),
    "pages": Need(
        "page or article number", "pages", True, lambda record: record.article.fpage or record.article.elocation_id
    ),
    "journal": Need("journal title", "title", False, lambda record: record.article.journal.title),
    "id": Need("short name of the journal", "id", False, lambda record: record.article.journal.id),
    "issn": Need("ISSN", "issn.electronic", False, lambda record: record.article.journal.issns),
    "publisher": Need("publisher", "publisher.name", False, lambda record: record.article.journal.publisher),
    "license": Need("licence", "license.url", False, lambda record: record.article.permissions.license_url),
    "depositor": Need("depositor", "deposit.depositor", False, lambda record: record.profile.deposit.depositor),
    "email": Need("e-mail of the depositor", "deposit.email", False, lambda record: record.profile.deposit.email),
    "registrant": Need("registrant", "deposit.registrant", False, lambda record: record.profile.deposit.registrant),
    "url": Need("address of the article", "deposit.article_url", False, lambda record: record.url),
    "nlm_title": Need(
        "title abbreviation of the NLM", "deposit.nlm_title", False, lambda record: record.profile.deposit.nlm_title
    ),
}


def missing(record: Record, names: Iterable[str]) -> list[Finding]:
    """An error for each fact of `names` that `record` lacks; it names the key and the file."""
    journal = record.profile.path or "journal.toml"
    absent = [need for name in names if not (need := NEEDS[name]).value(record)]
    return [
        Finding(
            "missing-fact",
            Severity.ERROR,
            f"no {need.what}; give {need.key} in {record.path.with_suffix('.toml') if need.of_article else journal}",
            str(record.path),
        )
        for need in absent
    ]
