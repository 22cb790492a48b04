"""What an editor should know of one article: `NAME.report.json` and `NAME.report.html`."""

import json
from functools import cache
from html import escape
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipeline import __version__, resources
from pipeline.article import Reference
from pipeline.build import Built
from pipeline.findings import Severity

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

UNSURE = 0.5


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
            references=[(reference, coloured(reference)) for reference in built.article.references],
            labels=sorted({span.label for reference in built.article.references for span in reference.spans}),
        )
    )
    return page.encode()


def coloured(reference: Reference) -> "Markup":
    """The reference's string as HTML, each span in an element of its label that says how sure it is."""
    from markupsafe import Markup

    text, position = reference.text, 0
    pieces: list[str] = []
    for span in sorted(reference.spans, key=attrgetter("start")):
        label = escape(span.label)
        sure = f" {span.confidence:.0%}" if span.confidence < 1 else ""
        doubt = " doubtful" if span.confidence < UNSURE else ""
        pieces.append(
            f'{escape(text[position : span.start])}<span class="span {label}{doubt}" title="{label}{sure}">'
            f"{escape(text[span.start : span.end])}</span>"
        )
        position = span.end
    return Markup("".join([*pieces, escape(text[position:])]))  # noqa: S704 (all that others wrote is escaped)
