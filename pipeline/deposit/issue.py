"""The index of an issue: one HTML page with its table of contents, by section and page."""

import os
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from lxml import html

from pipeline.deposit.builder import line
from pipeline.deposit.record import DATA, Record
from pipeline.findings import Finding, Severity

NEEDS = ("title", "journal")
PROFILES = ()


def write(records: Sequence[Record], output: Path) -> bytes:
    """Links to galleys are from where `output` stands."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(DATA), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    first = records[0]
    published = first.published
    page = environment.get_template("issue.html").render(
        lang=first.profile.language or first.article.lang,
        journal=first.article.journal,
        number=_number(first.article.volume, first.article.issue),
        year=published.year if published else "",
        sections=[(name, list(entries)) for name, entries in groupby(_entries(records, output), _section)],
    )
    return page.encode()


def _number(volume: str, issue: str) -> str:
    return " ".join(filter(None, (volume, f"({issue})" if issue else "")))


def _section(entry: dict[str, Any]) -> str:
    return str(entry["section"])


def _entries(records: Sequence[Record], output: Path) -> list[dict[str, Any]]:
    """What the page says of each article; those of a section stand together, where its first one stands."""
    entries = [_entry(record, output) for record in records]
    order = list(dict.fromkeys(map(_section, entries)))
    return sorted(entries, key=lambda entry: order.index(entry["section"]))


def _entry(record: Record, output: Path) -> dict[str, Any]:
    article = record.article
    links = {kind.upper(): _relative(path, output) for kind, path in record.galleys.items()}
    return {
        "section": article.subjects[0] if article.subjects else "",
        "lang": article.lang,
        "title": record.title,
        "authors": [person.display for person in record.authors],
        "pages": "–".join(dict.fromkeys(filter(None, (article.fpage, article.lpage)))) or article.elocation_id,
        "doi": record.doi,
        "href": links.get("HTML") or next(iter(links.values()), "") or record.url,
        "links": links | {"XML": _relative(record.path, output)},
    }


def _relative(path: Path, output: Path) -> str:
    return Path(os.path.relpath(path.resolve(), output.resolve().parent)).as_posix()


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """The articles are of one issue, and every one is listed, once."""
    issues = sorted({_number(record.article.volume, record.article.issue) for record in records})
    if len(issues) > 1:
        message = f"these articles are of several issues ({', '.join(issues)}); make an index for each"
        return [Finding("several-issues", Severity.ERROR, message, name)]
    titles = sorted(line(each) for each in html.fromstring(data).iterfind(".//h3"))
    if titles != sorted(" ".join(record.title.split()) for record in records):
        return [Finding("package-differs", Severity.ERROR, "the table of contents does not list every article", name)]
    return []
