"""How close the engines come to recorded output of the CSL reference implementation, and to the CSL test suite.

    python -m pipeline.bibliography.conformance styles FOLDER     each style of FOLDER/reference.json
    python -m pipeline.bibliography.conformance suite FOLDER      the fixtures of FOLDER/csl-test-suite
    python -m pipeline.bibliography.conformance verify FOLDER...  writes styles/verified.txt
    python -m pipeline.bibliography.conformance sweep FOLDER      every installed style: does one raise?
    python -m pipeline.bibliography.conformance speed FOLDER      CPU seconds for 50, 500, 5,000 references

FOLDER holds `items.json`, `clusters.json`, `reference.json` and `csl-test-suite/`. Compared is normalised
text: markup removed, entities decoded, spaces folded, the leading number of an entry ignored. Where the
reference itself slips (`reference_slips.json`), the right answer is compared.
"""

import html
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import click

from pipeline import bibliography, resources
from pipeline.bibliography.styles import folder as styles_folder
from pipeline.bibliography.suite import Fixture, fixtures, run
from pipeline.errors import PipelineError

ENOUGH = 0.97
"""Share of entries, and of citations, that must be exact for a style to be verified."""

HEAD = "# Styles printed with citeproc-py, extended. Printed as the recorded CSL reference has them:"
HEAD_NEARER = "# Not always printed so, but nearer to the reference than by pandoc:"
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
    def share(self) -> float:
        return min(self.entries_share, self.citations_share)

    @property
    def enough(self) -> bool:
        return self.share >= ENOUGH


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


def verified_styles(folders: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Styles that citeproc-py prints well enough, and others that it prints better than pandoc."""
    enough, nearer = [], []
    for folder in folders:
        for score in scores(folder, "citeproc-py"):
            if score.enough:
                enough.append(score.style)
            elif score.share > _share_of_pandoc(folder, score.style):
                nearer.append(score.style)
    return sorted(enough), sorted(nearer)


def _share_of_pandoc(folder: Path, style: str) -> float:
    try:
        return compare(folder, style, "pandoc").share
    except PipelineError:
        return 0.0


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
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(folders: Sequence[Path]) -> None:
    """Write styles/verified.txt: `make reference` records what there is no reference of."""
    enough, nearer = verified_styles(folders)
    lines = [HEAD, *enough, HEAD_NEARER, *nearer]
    resources.styles("verified.txt").write_text("\n".join(lines) + "\n", "utf-8")
    click.echo(f"{len(enough)} styles verified, {len(nearer)} nearer than by pandoc")


@main.command()
@FOLDER
def sweep(folder: Path) -> None:
    """Print the items in every independent style with citeproc-py."""
    items, clusters = read_json(folder / "items.json"), read_json(folder / "clusters.json")
    styles_found = sorted(path.stem for path in styles_folder().glob("*.csl"))
    failed = 0
    start = process_time()
    for name in styles_found:
        try:
            bibliography.cite(items, clusters, name, engine="citeproc-py")
        except Exception as error:  # whatever it is, it is what this command looks for
            failed += 1
            click.echo(f"{name}: {type(error).__name__}: {error}")
    click.echo(f"{failed} of {len(styles_found)} styles raise; {process_time() - start:.0f} s CPU")


@main.command()
@FOLDER
@click.option("--style", default="apa", show_default=True)
@click.option("--engine", type=click.Choice(bibliography.ENGINES), default="citeproc-py", show_default=True)
def speed(folder: Path, style: str, engine: str) -> None:
    """CPU seconds, children's included, for documents that cite every reference once."""
    items = read_json(folder / "items.json")
    for size in (50, 500, 5000):
        made = [_varied(items[number % len(items)], number) for number in range(size)]
        start = sum(os.times()[:4])
        try:
            bibliography.cite(made, [[{"id": item["id"]}] for item in made], style, engine=engine)
        except PipelineError as error:
            raise click.ClickException(f"{size} references: {error}") from None
        click.echo(f"{style} {size}: {sum(os.times()[:4]) - start:.2f} s")


def _varied(item: dict[str, Any], number: int) -> dict[str, Any]:
    """A copy of an item with its own id, title and first author."""
    turn = "".join(chr(97 + int(digit)) for digit in str(number // 45))
    people = [
        {**name, "family": name["family"] + turn} if "family" in name else name for name in item.get("author", [])
    ]
    return {**item, "id": f"item{number}", "title": f"{item['title']} {number}", "author": people}


if __name__ == "__main__":
    main()
