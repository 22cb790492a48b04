"""`python -m tests.evaluate CORPUS [--of landing|fulltext] [--detail NAME]`: scores by field and by document.

CORPUS holds `landing/` and `fulltext/`: texts, each with gold beside it. A field counts only where the text holds it.
"""

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import mean
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.build import Built, convert
from pipeline.journal import Profile
from tests.evaluate import read, score

HELD_BY = {
    "title": "title_anywhere", "subtitle": "title_anywhere", "authors": "authors", "affiliations": "affiliations",
    "abstract": "abstract", "keywords": "abstract", "journal": "journal", "volume": "volume_issue",
    "issue": "volume_issue", "year": "journal", "fpage": "pages", "lpage": "pages", "doi": "doi",
    "references": "references",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluate", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--of", choices=("landing", "fulltext"), action="append")
    parser.add_argument("--only", help="names of documents that contain this")
    arguments = parser.parse_args()
    console = Console(width=250)
    for kind in arguments.of or ("landing", "fulltext"):
        paths = [
            path for path in sorted((arguments.corpus / kind).glob("*.txt")) if (arguments.only or "") in path.name
        ]
        start = time.perf_counter()
        scores = {path.stem: evaluate(path, kind) for path in paths}
        seconds = time.perf_counter() - start
        console.print(table(kind, scores))
        console.print(f"{len(paths) / seconds:.1f} {kind} texts a second, conversion and checks\n")


def evaluate(path: Path, kind: str) -> dict[str, float]:
    gold: dict[str, Any] = json.loads(path.with_suffix(".json").read_text("utf-8"))
    built = convert(path, Profile())
    root = read.parse(built.xml)
    fields = score.front(root, gold)
    if kind == "landing":
        fields = {name: value for name, value in fields.items() if gold["in_text"][HELD_BY[name]]}
    else:
        text = path.read_text("utf-8")
        fields = {name: value for name, value in fields.items() if _held(name, gold, text)} | score.body(root, gold)
        publisher = read.parse((path.parent / gold["gold_xml"]).read_bytes())
        fields["cited_precision"], fields["cited_recall"] = score.citations(root, publisher)
    return fields | _sound(built)


def _held(name: str, gold: dict[str, Any], text: str) -> bool:
    """The gold does not say what a whole article holds: journal facts count where its first lines have them."""
    head = text[:600]
    facts = ("journal", "volume", "issue", "year", "fpage", "lpage")
    if name in facts:
        return str(gold["journal"]) in head
    return gold["doi"] in head if name == "doi" else True


def _sound(built: Built) -> dict[str, float]:
    lost = len(built.conservation.missing) if built.conservation else 0
    invalid = sum(finding.code == "dtd" for finding in built.findings)
    return {"LOST": float(lost), "INVALID": float(invalid)}


def table(kind: str, scores: dict[str, dict[str, float]]) -> Table:
    """A row a field, a column a document, means at the ends."""
    fields = list(dict.fromkeys(name for document in scores.values() for name in document))
    made = Table(title=kind)
    made.add_column("field")
    made.add_column("mean", justify="right")
    for name in scores:
        made.add_column(name[:12], justify="right")
    means = {}
    for field in fields:
        values = [document.get(field) for document in scores.values()]
        present = [value for value in values if value is not None]
        means[field] = sum(present) if field.isupper() else mean(present)
        made.add_row(field, f"{means[field]:.3f}", *map(_shown, values))
    measured = [value for field, value in means.items() if not field.isupper()]
    made.add_section()
    made.add_row("MEAN", f"{mean(measured):.3f}", *(_shown(_mean(document)) for document in scores.values()))
    return made


def _mean(document: dict[str, float]) -> float:
    values: Iterable[float] = [value for field, value in document.items() if not field.isupper()]
    return mean(values)


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return "1" if value == 1 else "0" if value == 0 else f"{value:.2f}"


if __name__ == "__main__":
    main()
