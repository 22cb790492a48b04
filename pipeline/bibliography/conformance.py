"""How close the engines come to recorded output of the CSL reference implementation, and to the CSL test suite.

    python -m pipeline.bibliography.conformance styles FOLDER     each style of FOLDER/reference.json
    python -m pipeline.bibliography.conformance suite FOLDER      the fixtures of FOLDER/csl-test-suite
    python -m pipeline.bibliography.conformance verify FOLDER     writes styles/verified.txt

FOLDER holds `items.json`, `clusters.json`, `reference.json` and `csl-test-suite/`. Compared is normalised
text: markup removed, entities decoded, spaces folded, the leading number of an entry ignored. Where the
reference itself slips (`reference_slips.json`), the right answer is compared.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import click

from pipeline import bibliography, resources
from pipeline.bibliography.suite import Fixture, fixtures, run

ENOUGH = 0.97
"""Share of entries, and of citations, that must be exact for a style to be verified."""

HEAD = "# Styles that citeproc-py, extended, prints as the CSL reference does; written by the conformance command.\n"
NUMBER = re.compile(r"^\s*[\[(]?\d+[\])]?[.:)]?\s*")
TAG = re.compile(r"</?(?:i|b|sup|sub|sc|span|div|a|em|strong)\b[^<>]*>")


@dataclass(slots=True)
class Score:
    """Exact counts of a style; `differences` are (id or number of the citation, wanted, got)."""

    style: str
    entries: int = 0
    entries_exact: int = 0
    citations: int = 0
    citations_exact: int = 0
    order_same: bool = True
    differences: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def entries_share(self) -> float:
        return self.entries_exact / self.entries if self.entries else 1.0

    @property
    def citations_share(self) -> float:
        return self.citations_exact / self.citations if self.citations else 1.0

    @property
    def enough(self) -> bool:
        return min(self.entries_share, self.citations_share) >= ENOUGH


def plain(text: str) -> str:
    """Markup removed, entities decoded, spaces folded."""
    return " ".join(html.unescape(TAG.sub("", text)).split())


def same_entry(wanted: str, got: str) -> bool:
    wanted, got = plain(wanted), plain(got)
    return wanted == got or NUMBER.sub("", wanted) == NUMBER.sub("", got)


@cache
def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def right_answers(style: str) -> dict[str, str]:
    """What is right where the reference slips, by id or `citation N`."""
    slips = read_json(Path(__file__).parent / "reference_slips.json")
    return {slip["where"]: slip["right"] for slip in slips if slip["style"] == style}


def compare(folder: Path, style: str, engine: str) -> Score:
    """One style of `reference.json` as an engine prints it."""
    items, clusters, reference = (read_json(folder / f"{name}.json") for name in ("items", "clusters", "reference"))
    wanted, right = reference[style], right_answers(style)
    got = bibliography.cite(items, clusters, style, engine=engine)
    score = Score(style, order_same=[entry["id"] for entry in got["bibliography"]] == wanted["order"])
    printed = {entry["id"]: entry["entry"] for entry in got["bibliography"]}
    for name, entry in wanted["bib"].items():
        score.entries += 1
        if same_entry(right.get(name, entry), printed.get(name, "")):
            score.entries_exact += 1
        else:
            score.differences.append((name, plain(entry), plain(printed.get(name, ""))))
    for number, (citation, mine) in enumerate(zip(wanted["cites"], got["citations"], strict=True), 1):
        where = f"citation {number}"
        score.citations += 1
        if plain(right.get(where, citation)) == plain(mine):
            score.citations_exact += 1
        else:
            score.differences.append((where, plain(citation), plain(mine)))
    return score


def scores(folder: Path, engine: str, only: str = "") -> Iterator[Score]:
    for style in read_json(folder / "reference.json"):
        if not only or style == only:
            yield compare(folder, style, engine)


def verified_styles(folder: Path) -> list[str]:
    """Styles that citeproc-py prints well enough."""
    return sorted(score.style for score in scores(folder, "citeproc-py") if score.enough)


def result_of(fixture: Fixture) -> str:
    """What citeproc-py makes of a fixture; of one it fails on, the error."""
    try:
        return plain(run(fixture))
    except Exception as error:  # a fixture may break anything; the count must go on
        return f"{type(error).__name__}: {error}"


def passes(folder: Path) -> list[str]:
    """Names of the fixtures that citeproc-py, extended, gets right."""
    return [
        fixture.name for fixture in fixtures(folder / "csl-test-suite") if result_of(fixture) == plain(fixture.result)
    ]


FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Show every difference.")


@click.group()
def main() -> None:
    """Compare the citation engines with recorded output."""


@main.command()
@FOLDER
@click.option("--engine", type=click.Choice(bibliography.ENGINES), default="citeproc-py", show_default=True)
@click.option("--style", default="", help="This style alone.")
@VERBOSE
def styles(folder: Path, engine: str, style: str, verbose: bool) -> None:
    """Exact shares of entries and citations, style by style; * where a style is good enough."""
    found = list(scores(folder, engine, style))
    for score in found:
        mark, order = "*" if score.enough else " ", "" if score.order_same else "  order differs"
        click.echo(f"{mark} {score.style:55} {score.entries_share:.2f} {score.citations_share:.2f}{order}")
        for name, wanted, got in score.differences if verbose else ():
            click.echo(f"    {name}\n      - {wanted}\n      + {got}")
    entries = sum(score.entries_share for score in found) / len(found)
    citations = sum(score.citations_share for score in found) / len(found)
    click.echo(f"{len(found)} styles, {engine}: entries {entries:.3f}, citations {citations:.3f}")


@main.command()
@FOLDER
@click.option("--only", default="", help="Part of the fixtures' names.")
@click.option("--write", type=click.Path(path_type=Path), help="File to list the passing fixtures in.")
@VERBOSE
def suite(folder: Path, only: str, write: Path | None, verbose: bool) -> None:
    """How many fixtures of the CSL test suite come out right."""
    chosen = [fixture for fixture in fixtures(folder / "csl-test-suite") if only in fixture.name]
    good = []
    for fixture in chosen:
        got = result_of(fixture)
        if got == plain(fixture.result):
            good.append(fixture.name)
        elif verbose:
            click.echo(f"{fixture.name}\n  - {plain(fixture.result)}\n  + {got}")
    click.echo(f"{len(good)} of {len(chosen)} fixtures")
    if write:
        write.write_text("\n".join(good) + "\n", "utf-8")


@main.command()
@FOLDER
def verify(folder: Path) -> None:
    """Write styles/verified.txt."""
    names = verified_styles(folder)
    resources.styles("verified.txt").write_text(HEAD + "\n".join(names) + "\n", "utf-8")
    click.echo(f"{len(names)} styles verified")


if __name__ == "__main__":
    main()
