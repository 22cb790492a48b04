"""The targets, and the way every package goes: facts, rules, writing, its own schema, what went in read back.

A target is a module with `NEEDS` (names of facts), `PROFILES` (whose rules an article must keep), `write` and
`check`; with `ONE_ARTICLE` where a package holds one, `VALID` where it carries the XML, which must be valid, and
`problems` where it asks more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline import jats
from pipeline.deposit.needs import missing
from pipeline.deposit.record import Record
from pipeline.errors import UsageError
from pipeline.findings import Finding, Severity
from pipeline.validation.check import check_tree
from pipeline.validation.profiles import check_profiles

TARGETS = {
    "crossref": "crossref",
    "pmc": "pmc",
    "meca": "meca",
    "doaj": "doaj",
    "pubmed": "pubmed",
    "datacite": "datacite",
    "bagit": "bag",
    "ojs": "ojs",
    "issue": "issue",
}


@dataclass(frozen=True, slots=True)
class Package:
    """`data` is None where an error among the `findings` stands in the way."""

    data: bytes | None
    findings: list[Finding]


def deposit(records: Sequence[Record], to: str, output: Path) -> Package:
    """The package of `records` for the target `to`, sorted by pages; `output` is the file it will be.

    Raises UsageError (an unknown target, several articles where a package holds one) and MissingPart (a
    schema is not installed).
    """
    if to not in TARGETS:
        raise UsageError(f"unknown target {to!r}; choose of: {', '.join(TARGETS)}")
    target = import_module(f"pipeline.deposit.{TARGETS[to]}")
    if getattr(target, "ONE_ARTICLE", False) and len(records) > 1:
        raise UsageError(f"a package for {to} holds one article; call deposit once for each")
    ordered = sorted(records, key=_place)
    findings = [finding for record in ordered for finding in _obstacles(record, target)]
    findings += _same_dois(ordered)
    if not _stopped(findings):
        data: bytes = target.write(ordered, output)
        findings += target.check(data, ordered, str(output))
        if not _stopped(findings):
            return Package(data, findings)
    return Package(None, findings)


def _stopped(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _place(record: Record) -> tuple[Any, ...]:
    article = record.article
    return (*map(_natural, (article.volume, article.issue, article.fpage or article.elocation_id)), record.name)


def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """`10` comes after `9`, and numbers after letters, as roman pages stand before the others."""
    parts = re.findall(r"\d+|\D+", text.casefold())
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)


def _obstacles(record: Record, target: ModuleType) -> Iterator[Finding]:
    """Missing facts, what the target asks besides, and the rules its archive refuses by.

    Where a package carries the XML, the file is checked; else what is written from it and the facts added to it.
    """
    lacking = missing(record, target.NEEDS)
    yield from lacking
    yield from getattr(target, "problems", _none)(record)
    name = str(record.path)
    if getattr(target, "VALID", False):
        found = check_tree(record.root, name, target.PROFILES)
    else:
        found = check_profiles(jats.write(record.article), target.PROFILES, name)
    for finding in found:
        if finding.severity is Severity.ERROR and not (lacking and finding.code in SAME):
            yield finding


# Rules that say again what a missing fact has said, with its key and file.
SAME = frozenset(
    f"{profile}-{fact}"
    for profile in ("crossref", "doaj", "pmc")
    for fact in (
        "heading",
        "journal-title",
        "issn",
        "doi",
        "title",
        "date",
        "pub-date",
        "publisher",
        "pages",
        "article-id",
    )
)


def _none(record: Record) -> list[Finding]:
    return []


def _same_dois(records: Sequence[Record]) -> Iterator[Finding]:
    seen: dict[str, Record] = {}
    for record in records:
        other = seen.setdefault(record.doi.lower(), record) if record.doi else record
        if other is not record:
            message = f"{record.doi} is the DOI of {other.path} too; give each its own in NAME.toml"
            yield Finding("same-doi", Severity.ERROR, message, str(record.path))
