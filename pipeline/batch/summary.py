"""One page about a batch: `report.html`, made from the manifest."""

import base64
import hashlib
import heapq
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.batch.histogram import Histogram, histogram
from pipeline.batch.manifest import reading
from pipeline.batch.work import Record
from pipeline.errors import UsageError
from pipeline.report import templates

NAME = "report.html"
ROWS = 5_000
SHORT = 10
COMMON = 25
POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


@dataclass(slots=True)
class Row:
    """An article in a list. `structured` and `linked` are shares of 1, None where there is nothing to share."""

    name: str
    title: str
    status: str
    reason: str
    errors: int
    warnings: int
    references: int
    structured: float | None
    linked: float | None
    seconds: float
    report: str

    @property
    def badness(self) -> tuple[bool, int, int, float]:
        return self.status == "failed", self.errors, self.warnings, self.seconds


@dataclass(slots=True)
class Common:
    """A code of finding: in how many articles, how often, and the first one."""

    code: str
    severity: str
    example: str
    line: int | None
    row: Row
    articles: int = 0
    times: int = 0


@dataclass(slots=True)
class Survey:
    """What is counted over all articles."""

    total: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    versions: set[str] = field(default_factory=set)
    findings: dict[str, Common] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    references: list[float] = field(default_factory=list)
    structured: list[float] = field(default_factory=list)
    linked: list[float] = field(default_factory=list)
    worst: list[tuple[Any, int, Row]] = field(default_factory=list)
    slowest: list[tuple[float, int, Row]] = field(default_factory=list)

    def add(self, record: Record) -> None:
        row = _row(record)
        self.total += 1
        self.statuses[record.status] += 1
        self.versions.add(record.version)
        self.seconds.append(record.seconds)
        _keep(self.worst, (row.badness, self.total, row), ROWS)
        _keep(self.slowest, (row.seconds, self.total, row), SHORT)
        if record.status == "failed":
            return
        self.counts.update(record.counts)
        self.stages.update(record.stages)
        self.references.append(row.references)
        for values, share in ((self.structured, row.structured), (self.linked, row.linked)):
            if share is not None:
                values.append(100 * share)
        for code, facts in record.findings.items():
            first = Common(code, facts["severity"], facts["example"], facts["line"], row)
            common = self.findings.setdefault(code, first)
            common.articles += 1
            common.times += facts["count"]

    @property
    def rows(self) -> list[Row]:
        """The articles, the worst ones where there are too many for a page, by name."""
        return sorted((row for *_, row in self.worst), key=lambda row: row.name)

    @property
    def distributions(self) -> list[tuple[str, str, Histogram | None]]:
        """Title, unit, picture."""
        return [
            ("Seconds an article", " s", histogram(self.seconds)),
            ("References an article", "", histogram(self.references)),
            ("References structured", " %", histogram(self.structured, 100)),
            ("Citations linked", " %", histogram(self.linked, 100)),
        ]


def _keep(heap: list[Any], item: Any, most: int) -> None:
    """Add to the largest `most` items."""
    if len(heap) < most:
        heapq.heappush(heap, item)
    else:
        heapq.heappushpop(heap, item)


def _row(record: Record) -> Row:
    counts = record.counts
    report = next((name for name in record.outputs if name.endswith(".report.html")), "")
    return Row(
        record.name, record.title, record.status, record.reason, record.errors, record.warnings,
        counts.get("references", 0),
        _share(counts.get("structured", 0), counts.get("references", 0)),
        _share(counts.get("citations_linked", 0), counts.get("citations_found", 0)),
        record.seconds, quote(f"{record.name}/{report}") if report else "",
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def page(manifest: Path) -> bytes:
    """The page; its links lead to the reports of the articles, from the folder of the outputs.

    Raises UsageError: there is no manifest, or nothing in it.
    """
    survey = Survey()
    with reading(manifest) as records:
        for record in records:
            survey.add(record)
    if not survey.total:
        raise UsageError(f"{manifest}: no article is in it; run the batch first")
    style, script = (templates().get_template(f"batch.{ending}").render() for ending in ("css", "js"))
    made = (
        templates()
        .get_template("batch.html")
        .render(
            survey=survey,
            common=sorted(survey.findings.values(), key=_by_number)[:COMMON],
            worst=[row for *_, row in heapq.nlargest(SHORT, survey.worst) if row.badness[:3] > (False, 0, 0)],
            slowest=[row for *_, row in sorted(survey.slowest, reverse=True)],
            structured=_share(survey.counts["structured"], survey.counts["references"]),
            linked=_share(survey.counts["citations_linked"], survey.counts["citations_found"]),
            stages=survey.stages.most_common(),
            made=survey.total - survey.statuses["failed"],
            style=style,
            script=script,
            policy=POLICY.format(style=_hash(style), script=_hash(script)),
            version=__version__,
        )
    )
    return made.encode()


def _by_number(common: Common) -> tuple[int, str]:
    return -common.articles, common.code


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
