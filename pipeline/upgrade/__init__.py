"""A JATS or NLM file of any version and tag set becomes Journal Publishing 1.3: every word stays, in its place."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from pipeline.article import Element, SetAside
from pipeline.elements import PREFIXES
from pipeline.findings import Finding, Severity
from pipeline.jats.writer import VERSION
from pipeline.schema_files import dtd
from pipeline.upgrade.conform import conform
from pipeline.upgrade.constructs import Change, modernize
from pipeline.upgrade.enrich import complete, link_citations, name_language, tag_references
from pipeline.upgrade.repair import repair
from pipeline.upgrade.source import blocks_of, read_source
from pipeline.validation.dtd import load

__all__ = [
    "Upgraded",
    "blocks_of",
    "complete",
    "link_citations",
    "name_language",
    "read_source",
    "tag_references",
    "upgrade",
]


@dataclass(slots=True)
class Upgraded:
    """The tree of version 1.3; what became of constructs that it has not; strings that gave way, and that came."""

    root: Element
    set_aside: list[SetAside]
    added: list[str]
    findings: list[Finding]


def upgrade(source: Element) -> Upgraded:
    """`source` as Journal Publishing 1.3; itself unchanged. What cannot be brought into its form, the checks will find.

    Raises MissingPart: the DTDs are not installed.
    """
    root = deepcopy(source)
    root.set("dtd-version", VERSION)
    changes = modernize(root)
    if not load(dtd()).validate(root):
        changes += conform(root)
        changes += repair(root)
    etree.cleanup_namespaces(root, top_nsmap=PREFIXES, keep_ns_prefixes=list(PREFIXES))
    set_aside = [SetAside(change.line or 0, change.old, change.what) for change in changes if change.old.strip()]
    return Upgraded(root, set_aside, [change.new for change in changes if change.new], _said(changes))


def _said(changes: list[Change]) -> list[Finding]:
    """A finding for each kind of change, with how often it was made and where first."""
    counts = Counter(change.what for change in changes)
    first = {change.what: change.line for change in reversed(changes)}
    return [
        Finding("jats-upgraded", Severity.INFO, f"{what} ({count} times)" if count > 1 else what, line=first[what])
        for what, count in counts.items()
    ]
