"""Fixtures of the CSL test suite: text files of sections MODE, INPUT, CSL, RESULT and others."""

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.bibliography import html
from pipeline.bibliography.richtext import Cite, Cluster
from pipeline.bibliography.styles import StyleSource

SECTION = re.compile(r">>=+ *([A-Z0-9-]+) *=+>>\r?\n?(.*?)<<=+ *\1 *=+<<", re.S)


@dataclass(frozen=True, slots=True)
class Fixture:
    """One test; `mode` is citation or bibliography."""

    name: str
    mode: str
    style: str
    items: list[dict[str, Any]]
    result: str
    clusters: list[Cluster]
    labelled: bool


def fixtures(folder: Path) -> Iterator[Fixture]:
    for path in sorted(folder.glob("*.txt")):
        yield read(path)


def read(path: Path) -> Fixture:
    sections = {name: text.strip() for name, text in SECTION.findall(path.read_text("utf-8-sig"))}
    items = json.loads(sections["INPUT"])
    for number, item in enumerate(items, 1):
        item.setdefault("id", f"ITEM-{number}")
    labelled = "CITATIONS" in sections
    if labelled:
        clusters = _from_citations(json.loads(sections["CITATIONS"]))
    elif "CITATION-ITEMS" in sections:
        clusters = [_cluster(cites) for cites in json.loads(sections["CITATION-ITEMS"])]
    else:
        clusters = [_cluster([{"id": item["id"]} for item in items])]
    if labelled:
        cited = {cite.id for cluster in clusters for cite in cluster.cites}
        items = [item for item in items if str(item["id"]) in cited]
    return Fixture(path.stem, sections["MODE"], sections["CSL"], items, sections["RESULT"], clusters, labelled)


def run(fixture: Fixture) -> str:
    """What citeproc-py, extended, makes of a fixture, as the suite writes results."""
    from pipeline.bibliography import citeproc

    with tempfile.NamedTemporaryFile(suffix=".csl") as file:
        file.write(fixture.style.encode())
        file.flush()
        source = StyleSource(file.name, Path(file.name), _locale(fixture.style))
        formatted = citeproc.format(fixture.items, fixture.clusters, source)
    if fixture.mode == "bibliography":
        return "\n".join(f"<div>{html.write(entry.label + entry.content)}</div>" for entry in formatted.entries)
    lines = [html.write(citation) for citation in formatted.citations]
    if fixture.labelled:
        numbers = [int(number) for number in re.findall(r"^(?:\.\.|>>)\[(\d+)\]", fixture.result, re.M)]
        marks = re.findall(r"^(?:\.\.|>>)\[\d+\]", fixture.result, re.M)
        lines = [f"{mark} {lines[number]}" for mark, number in zip(marks, numbers, strict=True) if number < len(lines)]
    return "\n".join(lines)


def _locale(style: str) -> str | None:
    match = re.search(r"<style[^>]*\bdefault-locale=\"([^\"]+)\"", style)
    return match[1] if match else None


def _from_citations(steps: list[Any]) -> list[Cluster]:
    """The document after the last change; each step tells which citations stand before and after it."""
    known: dict[str, Any] = {}
    order: list[str] = []
    notes: dict[str, int] = {}
    for number, (citation, before, after) in enumerate(steps):
        name = citation.get("citationID") or f"citation-{number}"
        known[name] = citation
        order = [item[0] for item in before] + [name] + [item[0] for item in after]
        notes |= {item[0]: item[1] for item in [*before, *after]}
        notes[name] = citation.get("properties", {}).get("noteIndex", 0)
    return [_cluster(known[name]["citationItems"], notes.get(name, 0)) for name in order if name in known]


def _cluster(cites: list[dict[str, Any]], note: int = 0) -> Cluster:
    return Cluster(tuple(map(_cite, cites)), note)


def _cite(cite: dict[str, Any]) -> Cite:
    mode = "suppress-author" if cite.get("suppress-author") else "author-only" if cite.get("author-only") else ""
    return Cite(
        str(cite["id"]), str(cite.get("locator", "") or ""), cite.get("label") or "page",
        cite.get("prefix", "") or "", cite.get("suffix", "") or "", mode,
    )  # fmt: skip
