"""What an editor should know of one article: `NAME.report.json` and `NAME.report.html`."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline import __version__, resources
from pipeline.article import Reference, Span
from pipeline.build import Built
from pipeline.findings import Severity

if TYPE_CHECKING:
    from jinja2 import Environment


def files(built: Built) -> dict[str, bytes]:
    """Both reports under the endings of their names."""
    return {"report.json": as_json(built), "report.html": as_html(built)}


def as_json(built: Built) -> bytes:
    """The report for programs; keys as in the contracts of the house."""
    return (json.dumps(summary(built), ensure_ascii=False, indent=2) + "\n").encode()


def summary(built: Built) -> dict[str, Any]:
    return {
        "source": built.source,
        "version": __version__,
        "engine": built.engine,
        "findings": [finding.as_dict() for finding in built.findings],
        "counts": built.counts,
        "conservation": built.conservation.as_dict() if built.conservation else None,
        "galleys": {to: {"missing": missing} for to, missing in built.missing.items()},
        "stages": {name: round(seconds, 4) for name, seconds in built.stages.items()},
    }


@cache
def templates() -> "Environment":
    """The templates of `styles/report`; each is compiled once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(resources.styles("report"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def as_html(built: Built) -> bytes:
    """The same as one page for people, with each reference's parts coloured over its exact string."""
    page = (
        templates()
        .get_template("report.html")
        .render(
            built=built,
            article=built.article,
            report=summary(built),
            doubtful=[finding for finding in built.findings if finding.severity is not Severity.INFO],
            notes=[finding for finding in built.findings if finding.severity is Severity.INFO],
            references=[(reference, pieces(reference)) for reference in built.article.references],
            labels=sorted({span.label for reference in built.article.references for span in reference.spans}),
        )
    )
    return page.encode()


def pieces(reference: Reference) -> list[tuple[str, str, float]]:
    """The reference's string cut at its spans: (text, label or empty, confidence)."""
    cut: list[tuple[str, str, float]] = []
    position = 0
    for span in sorted(reference.spans, key=_start):
        if span.start > position:
            cut.append((reference.text[position : span.start], "", 1.0))
        cut.append((reference.text[span.start : span.end], span.label, span.confidence))
        position = span.end
    if position < len(reference.text):
        cut.append((reference.text[position:], "", 1.0))
    return cut


def _start(span: Span) -> int:
    return span.start
