"""`python -m tests.mutate [--sample N] [--seed S] [PATH …]`: the share of small changes that the tests notice.

A change is tried on the tests that run its line, those of its room first, the quickest first; the first that fails
notices it. The sample is drawn by chance from each room in proportion to its size, and is the same each time as far
as the code is. Changes that no test can notice, as the program does the same, are listed in `equivalent.toml`.
"""

import argparse
import hashlib
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mutate.changes import Change, changes
from tests.mutate.reach import TOP, Reach, measure
from tests.mutate.trial import is_noticed, preload

ROOMS = {
    **{
        room: [f"pipeline/{room}"]
        for room in (
            "intake structure references citations jats upgrade validation bibliography render deposit batch"
        ).split()
    },
    "between the rooms": ["pipeline/*.py", "pipeline/commands"],
}
# Programs for developing: they train the tagger, and compare with the reference implementation of CSL.
OUTSIDE = ("pipeline/references/train", "pipeline/bibliography/conformance.py", "pipeline/bibliography/suite.py")
# Tests of the rooms; those that start the command in a process of its own cannot notice what is changed in this one.
TESTS = (
    "tests/intake tests/structure tests/references tests/citations tests/jats tests/upgrade tests/validation "
    "tests/bibliography tests/render tests/deposit tests/batch tests/fuzz tests/hostile/test_strings.py "
    "tests/test_seed.py tests/test_settle.py tests/test_intext.py tests/test_files.py tests/test_reference_list.py "
    "tests/test_words.py tests/test_pandoc.py tests/test_journal.py tests/test_cli.py tests/test_report.py "
    "tests/test_init.py tests/test_watch.py tests/test_schema_files.py tests/test_elements.py tests/test_language.py "
    "tests/test_cluster_links.py tests/test_cited.py tests/test_build.py"
).split()
MOST_SECONDS = 30.0  # of tests for one change
SLOWER = 5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="*", type=Path, help="modules or folders; all rooms without any")
    parser.add_argument("--sample", type=int, default=200, help="how many changes are tried")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reach", type=Path, help="where to keep what the tests reach, for these tests and this code")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="those that are tried")
    given = parser.parse_args()
    rooms = {str(path): [str(path)] for path in given.paths} or ROOMS
    every = {room: list(_changes(paths)) for room, paths in rooms.items()}
    reach = measure(given.tests, given.reach or _kept(given.tests))
    preload()
    known = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text(encoding="utf-8"))
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for room, change in _sample(every, given.sample, given.seed):
        outcome = "equivalent" if change.key in known.get(str(change.path), {}) else _try(change, reach)
        counts[room][outcome] += 1
        if outcome in ("unnoticed", "not run"):
            print(f"{change.path}:{change.line}: {outcome}: {change.key}", flush=True)
    for room, of_room in counts.items():
        print(f"{room}: {_summary(of_room)}, of {len(every[room])} changes")
    print(f"all: {_summary(sum(counts.values(), Counter()))}")


def _changes(paths: list[str]) -> Iterator[Change]:
    for path in paths:
        for file in sorted((TOP / path).rglob("*.py") if (TOP / path).is_dir() else TOP.glob(path)):
            module = file.relative_to(TOP)
            if not str(module).startswith(OUTSIDE):
                yield from changes(module, _source(module))


def _source(path: Path) -> str:
    return (TOP / path).read_text(encoding="utf-8")


def _sample(every: dict[str, list[Change]], size: int, seed: int) -> Iterator[tuple[str, Change]]:
    share = min(1.0, size / sum(map(len, every.values())))
    for room, found in every.items():
        for change in sorted(found, key=lambda each: each.rank(seed))[: round(share * len(found))]:
            yield room, change


def _kept(tests: Sequence[str]) -> Path:
    """Where what `tests` reach is kept: under another name for other tests and for other code."""
    digest = hashlib.sha256(" ".join(tests).encode())
    for path in sorted(path for folder in ("pipeline", "tests") for path in (TOP / folder).rglob("*.py")):
        digest.update(path.read_bytes())
    return TOP / "build" / f"mutate-{digest.hexdigest()[:12]}.json"


def _try(change: Change, reach: Reach) -> str:
    tests, seconds = [], 0.0
    room = change.path.parts[1].removesuffix(".py")
    for test in reach.tests(change.path, range(change.line, change.last + 1), [f"tests/{room}", f"tests/test_{room}"]):
        seconds += reach.seconds[test]
        if seconds > MOST_SECONDS and tests:
            break
        tests.append(test)
    if not tests:
        return "not run"
    tree = change.applied(_source(change.path))
    return "noticed" if is_noticed(change.path, tree, tests, 20 + SLOWER * seconds) else "unnoticed"


def _summary(counts: Counter[str]) -> str:
    """The share of those noticed among those that can be, and where it lies with 95 % confidence (Wilson)."""
    tried = counts.total() - counts["equivalent"]
    if not tried:
        return "none tried"
    share, z = counts["noticed"] / tried, 1.96
    middle = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    half = z / (1 + z * z / tried) * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    besides = f", {counts['equivalent']} equivalent" if counts["equivalent"] else ""
    return f"{counts['noticed']} of {tried} noticed, {share:.1%} ({middle - half:.1%} to {middle + half:.1%}){besides}"


if __name__ == "__main__":
    main()
