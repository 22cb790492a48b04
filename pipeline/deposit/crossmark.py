"""Crossmark: where readers learn of updates to an article, and which articles it updates (Crossref 5.3.1)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.article import Element
from pipeline.deposit.builder import Maker
from pipeline.deposit.record import Record, bare_doi
from pipeline.findings import Finding, Severity

VERSION = "5.3.1"
SPACE = f"http://www.crossref.org/schema/{VERSION}"
UPDATES = {
    "corrected-article": "correction", "retracted-article": "retraction", "partial-retraction": "partial_retraction",
    "partially-retracted-article": "partial_retraction", "addended-article": "addendum",
    "object-of-concern": "expression_of_concern", "updated-article": "new_version", "withdrawn-article": "withdrawal",
}  # fmt: skip
HISTORY = {"received": "Received", "rev-recd": "Revised", "accepted": "Accepted"}

make = Maker(SPACE)


def crossmark(record: Record, *programs: Element | None) -> list[Element]:
    """Where the journal takes part, `crossmark` with the programs of funding and licence in it; else these alone."""
    given = [program for program in programs if program is not None]
    deposit = record.profile.deposit
    if not deposit.crossmark:
        return given
    domain = urlsplit(deposit.article_url).hostname or ""
    return [
        make(
            "crossmark",
            make("crossmark_version", "1"),
            make("crossmark_policy", deposit.crossmark),
            make("crossmark_domains", make("crossmark_domain", make("domain", domain))),
            make("crossmark_domain_exclusive", "false"),
            make.maybe("updates", list(_updates(record))),
            make.maybe("custom_metadata", [*_history(record), *given]),
        )
    ]


def _updates(record: Record) -> Iterator[Element]:
    """The articles that this one corrects, retracts …, each with its kind and the day it did so."""
    published = record.published
    for relation in record.relations():
        if relation.type in UPDATES and relation.scheme == "doi" and published:
            given = {"type": UPDATES[relation.type], "date": published.iso}
            yield make("update", bare_doi(relation.identifier), attributes=given)


def _history(record: Record) -> Iterator[Element]:
    dated = [date for date in record.article.dates if date.type in HISTORY]
    for number, date in enumerate(dated):
        given = {
            "name": HISTORY[date.type].lower(), "label": HISTORY[date.type], "group_name": "publication_history",
            "group_label": "Publication history", "order": str(number),
        }  # fmt: skip
        yield make("assertion", date.iso, attributes=given)


def problems(record: Record) -> list[Finding]:
    """An update needs the day it was made."""
    updating = any(relation.type in UPDATES for relation in record.relations())
    published = record.published
    if not record.profile.deposit.crossmark or not updating or not published or published.day:
        return []
    place = record.path.with_suffix(".toml")
    message = f"an update needs the day of its publication; give dates.published as a whole day in {place}"
    return [Finding("missing-fact", Severity.ERROR, message, str(record.path))]
