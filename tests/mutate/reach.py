"""Which tests reach which lines of the package, and how many seconds of processor time each takes."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

SKIPPED = ["--ignore-glob=*test_time.py"]  # measures seconds: on a busy machine it fails, whatever was changed
TOP = Path(__file__).resolve().parents[2]


class Reach:
    """For each line of a module the tests that run it, and the seconds of each test."""

    def __init__(self, lines: dict[str, dict[str, list[str]]], seconds: dict[str, float]) -> None:
        self.lines, self.seconds = lines, seconds

    def tests(self, path: Path, lines: range, room: Sequence[str]) -> list[str]:
        """The tests that run one of the lines, those of `room` first, the quickest first.

        A line that is run as the module is loaded is run by all tests that need the module.
        """
        of_module = self.lines.get(str(path), {})
        found = {test for line in lines for test in of_module.get(str(line), [])}
        if not found and any(str(line) in of_module for line in lines):
            found = {test for tests in of_module.values() for test in tests}
        return sorted(found, key=lambda test: (not test.startswith(tuple(room)), self.seconds[test]))


def measure(tests: Sequence[str], kept: Path) -> Reach:
    """Run `tests` once, one after the other, with coverage; what comes of it is kept in a file, and used again.

    They run in a process of its own: this one must not know the modules that are to be changed.
    """
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "tests.mutate.reach", kept, *tests], cwd=TOP, check=True)
    return Reach(*json.loads(kept.read_text()))


def _measure(tests: Sequence[str]) -> tuple[dict[str, dict[str, list[str]]], dict[str, float]]:
    from coverage import Coverage

    coverage = Coverage(data_file=None, config_file=False, source=[str(TOP / "pipeline")])
    seconds: defaultdict[str, float] = defaultdict(float)

    class Watch:
        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_logstart(self, nodeid: str) -> None:
            coverage.switch_context(nodeid)
            seconds[nodeid] -= time.process_time()

        def pytest_runtest_logfinish(self, nodeid: str) -> None:
            seconds[nodeid] += time.process_time()

    coverage.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", *SKIPPED, *tests], plugins=[Watch()])
    coverage.stop()
    if code:
        raise SystemExit(f"the tests fail (exit code {code}); mend them first")
    data = coverage.get_data()
    lines = {}
    for path in data.measured_files():
        contexts = data.contexts_by_lineno(path)
        lines[str(Path(path).relative_to(TOP))] = {
            str(line): [test for test in found if test] for line, found in contexts.items()
        }
    return lines, dict(seconds)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(_measure(sys.argv[2:])))
