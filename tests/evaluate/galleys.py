"""`python -m tests.evaluate.galleys CORPUS`: what galleys of the publishers' articles lack, and what a page weighs.

Words of front, body and references that a galley of `CORPUS/fulltext/*.xml` does not show, as each build counts them,
in 10,000; kilobytes of the HTML without its pictures, in an author-date style, and in one whose notes repeat the
references, for which there is no goal. Exit code 1: a goal is missed.
"""

import re
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline import build
from pipeline.journal import Profile
from pipeline.render import FORMATS
from pipeline.validation.conservation import strings_of
from pipeline.validation.parse import read_article
from pipeline.words import words

MOST_MISSING = 0.002
MOST_KILOBYTES = 150
STYLES = ("apa", "chicago-fullnote-bibliography")
GALLEYS = (*FORMATS, "two-column")
PICTURE = re.compile(rb'src="data:[^"]*"')


def galleys_of(path: Path, style: str) -> tuple[build.Built, dict[str, int]]:
    """An article in all formats, and how many words each galley lacks."""
    profile = Profile()
    built = build.open_xml(path, profile)
    build.render(built, FORMATS, profile, style, path.parent)
    missing = {to: len(lacking) for to, lacking in built.missing.items()}
    columns = build.open_xml(path, profile)
    build.render(columns, ("pdf",), replace(profile, template="two-column"), style, path.parent)
    return built, missing | {"two-column": len(columns.missing["pdf"])}


def kilobytes(page: bytes) -> float:
    return len(PICTURE.sub(b"", page)) / 1000


def main() -> int:
    table = Table("article", "words", *GALLEYS, *(f"KB {style}" for style in STYLES))
    missed = 0
    total, lacking = 0, dict.fromkeys(GALLEYS, 0)
    for path in sorted((Path(sys.argv[1]) / "fulltext").glob("*.xml")):
        count = len(words(strings_of(read_article(path, path.read_bytes()))))
        built, missing = galleys_of(path, STYLES[0])
        notes, _ = galleys_of(path, STYLES[1])
        weights = [kilobytes(each.galleys["html"]) for each in (built, notes)]
        missed += max(missing.values()) > MOST_MISSING * count or weights[0] > MOST_KILOBYTES
        total += count
        lacking = {to: lacking[to] + missing[to] for to in GALLEYS}
        table.add_row(
            path.stem, f"{count:,}", *(str(missing[to]) for to in GALLEYS), *(f"{each:.0f}" for each in weights)
        )
    shares = [f"{10_000 * lacking[to] / max(total, 1):.1f}" for to in GALLEYS]
    table.add_row("all, in 10,000 words", f"{total:,}", *shares)
    console = Console(width=160)
    console.print(table)
    goals = f"{MOST_MISSING:.1%} of the words may be missing, {MOST_KILOBYTES} KB is the most"
    console.print(f"{missed} articles miss a goal: {goals}" if missed else f"all goals met: {goals}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
