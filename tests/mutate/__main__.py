"""`python -m tests.mutate [--sample N] [--seed S] [MODULE …]`: the share of small changes that the tests notice.

Each change is made in a copy of the tree, and the tests of the module's room are run on it; the first test that fails
notices it. Without MODULE, a sample from all rooms that make or count the words.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mutate.changes import changed_at, places

TOP = Path(__file__).resolve().parents[2]
ROOMS = {
    "intake": "tests/intake tests/structure/test_any_text.py",
    "structure": "tests/structure",
    "references": "tests/references",
    "citations": "tests/citations",
    "jats": "tests/jats",
    "validation": "tests/validation",
    "words": "tests/validation tests/test_words.py",
    "programs": "tests/test_pandoc.py",
}
COPIED = ("pipeline", "tests", "schemas", "styles", "examples", "docs", "pyproject.toml", "README.md", "Makefile")
TIME = 240


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", type=Path, help="files of the package; all rooms without any")
    parser.add_argument("--sample", type=int, default=60, help="how many changes are tried")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--extra", default="", help="further tests, besides those of the room")
    given = parser.parse_args()
    modules = given.modules or sorted(path for room in ROOMS for path in _modules(room))
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in COPIED:
            copy = shutil.copytree if (TOP / part).is_dir() else shutil.copy
            copy(TOP / part, folder / part)
        names = [path.resolve().relative_to(TOP) for path in modules]
        trees = {name: ast.parse((folder / name).read_text(encoding="utf-8")) for name in names}
        every = [(name, place) for name, tree in trees.items() for place in places(tree)]
        for path, place in random.Random(given.seed).sample(every, min(given.sample, len(every))):
            outcome, line, what = _try(folder, path, place, given.extra)
            counts[outcome] += 1
            if outcome == "unnoticed":
                print(f"{path}:{line}: {what}: unnoticed", flush=True)
    tried = counts.total()
    print(f"{counts['noticed']} of {tried} changes noticed ({counts['noticed'] / max(tried, 1):.0%}), of {len(every)}")


def _modules(room: str) -> list[Path]:
    folder = TOP / "pipeline" / room
    return sorted(folder.glob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def _try(folder: Path, path: Path, place: int, extra: str) -> tuple[str, int, str]:
    """Whether the tests notice the change number `place` of `path`, made in the copy at `folder`."""
    source = (folder / path).read_text(encoding="utf-8")
    line, what, text = changed_at(ast.parse(source), place)
    (folder / path).write_text(text, encoding="utf-8")
    room = path.parts[1].removesuffix(".py")
    tests = [*ROOMS.get(room, f"tests/{room}").split(), *extra.split()]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header"]
    command += [test for test in tests if (folder / test).exists()]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        code = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=TIME, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        code = 1  # an endless loop is noticed, too
    (folder / path).write_text(source, encoding="utf-8")
    return ("unnoticed" if code == 0 else "noticed"), line, what


if __name__ == "__main__":
    main()
