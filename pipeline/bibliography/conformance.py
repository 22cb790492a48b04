"""How close the engines come to recorded output of the CSL reference implementation, and to the CSL test suite.

    python -m pipeline.bibliography.conformance styles FOLDER [--engine citeproc-py|pandoc|auto] [--style NAME] [-v]
    python -m pipeline.bibliography.conformance suite FOLDER [-v] [--write-passes FILE]
    python -m pipeline.bibliography.conformance verify FOLDER      rewrites styles/verified.txt

FOLDER holds `items.json`, `clusters.json`, `reference.json` and `csl-test-suite/`. Compared is normalised
text: markup removed, entities decoded, spaces folded, the leading number of an entry ignored.
"""

import argparse
import html
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import bibliography, resources
from pipeline.bibliography.suite import Fixture, fixtures, run
from pipeline.errors import PipelineError

ENOUGH = 0.97
"""Share of entries and of citations that must be exact for a style to be verified."""

NUMBER = re.compile(r"^\s*[\[(]?\d+[\])]?[.:)]?\s*(?=\D)")
Pair = tuple[str, str, str]


@dataclass(slots=True)
class Score:
    """Exact counts of a style, and what differs: (id or number, wanted, got)."""

    style: str
    entries: int = 0
    entries_exact: int = 0
    citations: int = 0
    citations_exact: int = 0
    order_same: bool = True
    differences: list[Pair] = field(default_factory=list)

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
    return " ".join(html.unescape(re.sub(r"</?(?:i|b|sup|sub|span|div|a|sc|em|strong)\b[^<>]*>", "", text)).split())


def same_entry(wanted: str, got: str) -> bool:
    return plain(wanted) == plain(got) or NUMBER.sub("", plain(wanted)) == NUMBER.sub("", plain(got))


def compare(folder: Path, style: str, engine: str) -> Score:
    """One style of `reference.json` printed by an engine."""
    items, clusters, reference = (_json(folder / f"{name}.json") for name in ("items", "clusters", "reference"))
    wanted = reference[style]
    got = bibliography.cite(items, clusters, style, engine=engine)
    score = Score(style, order_same=[entry["id"] for entry in got["bibliography"]] == wanted["order"])
    printed = {entry["id"]: entry["entry"] for entry in got["bibliography"]}
    for name, entry in wanted["bib"].items():
        score.entries += 1
        if same_entry(entry, printed.get(name, "")):
            score.entries_exact += 1
        else:
            score.differences.append((name, plain(entry), plain(printed.get(name, ""))))
    for number, (citation, mine) in enumerate(zip(wanted["cites"], got["citations"], strict=True), 1):
        score.citations += 1
        if plain(citation) == plain(mine):
            score.citations_exact += 1
        else:
            score.differences.append((f"citation {number}", plain(citation), plain(mine)))
    return score


_cache: dict[Path, Any] = {}


def _json(path: Path) -> Any:
    if path not in _cache:
        _cache[path] = json.loads(path.read_text("utf-8"))
    return _cache[path]


def scores(folder: Path, engine: str, only: str = "") -> Iterator[Score]:
    for style in _json(folder / "reference.json"):
        if not only or style == only:
            yield compare(folder, style, engine)


def verified_styles(folder: Path) -> list[str]:
    """Independent styles that citeproc-py prints well enough."""
    return sorted(score.style for score in scores(folder, "citeproc-py") if score.enough)


def passes(folder: Path) -> list[str]:
    """Names of the suite's fixtures that citeproc-py, extended, gets right."""
    return [fixture.name for fixture in fixtures(folder / "csl-test-suite") if passed(fixture)]


def passed(fixture: Fixture) -> bool:
    try:
        return plain(run(fixture)) == plain(fixture.result)
    except Exception:
        return False


def _show_styles(folder: Path, engine: str, only: str, verbose: bool) -> None:
    found = list(scores(folder, engine, only))
    for score in found:
        mark = "*" if score.enough else " "
        order = "" if score.order_same else "  order differs"
        print(f"{mark} {score.style:55} {score.entries_share:.2f} {score.citations_share:.2f}{order}")
        if verbose:
            for name, wanted, got in score.differences:
                print(f"    {name}\n      - {wanted}\n      + {got}")
    entries = sum(score.entries_share for score in found) / len(found)
    citations = sum(score.citations_share for score in found) / len(found)
    print(f"{len(found)} styles, {engine}: entries {entries:.3f}, citations {citations:.3f}")


def _show_suite(folder: Path, only: str, verbose: bool, write: Path | None) -> None:
    good = []
    total = 0
    for fixture in fixtures(folder / "csl-test-suite"):
        if only and only not in fixture.name:
            continue
        total += 1
        if passed(fixture):
            good.append(fixture.name)
        elif verbose:
            try:
                got = run(fixture)
            except Exception as error:
                got = f"{type(error).__name__}: {error}"
            print(f"{fixture.name}\n  - {plain(fixture.result)}\n  + {plain(got)}")
    print(f"{len(good)} of {total} fixtures")
    if write:
        write.write_text("\n".join(good) + "\n", "utf-8")


def _write_verified(folder: Path) -> None:
    head = "# Styles that citeproc-py, extended, prints as the CSL reference does; made by the conformance command.\n"
    names = verified_styles(folder)
    resources.styles("verified.txt").write_text(head + "\n".join(names) + "\n", "utf-8")
    print(f"{len(names)} styles verified")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("styles", "suite", "verify"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", default="citeproc-py", choices=bibliography.ENGINES)
    parser.add_argument("--style", default="", help="one style, or part of a fixture's name")
    parser.add_argument("--write-passes", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args(arguments)
    try:
        if options.what == "styles":
            _show_styles(options.folder, options.engine, options.style, options.verbose)
        elif options.what == "suite":
            _show_suite(options.folder, options.style, options.verbose, options.write_passes)
        else:
            _write_verified(options.folder)
    except PipelineError as error:
        print(error, file=sys.stderr)
        return int(error.exit_code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
