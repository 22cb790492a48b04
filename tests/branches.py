"""`python -m tests.branches [ROOM …]`: the share of a room's branches that its own tests take; missed ones by line.

The tests of a room are those of its folder; commands that they start in a process of their own do not count. Rooms
are measured beside each other, as many as there are processors. Exit code 1 where a share is under `LEAST`.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
ROOMS = ("intake structure references citations jats upgrade validation bibliography render deposit").split()
OUTSIDE = "pipeline/references/train/*"
LEAST = 0.9


def main() -> None:
    rooms = sys.argv[1:] or ROOMS
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        shares = [
            _say(room, found, bool(sys.argv[1:])) for room, found in zip(rooms, pool.map(measured, rooms), strict=True)
        ]
    sys.exit(min(shares) < LEAST)


def measured(room: str) -> dict[str, Any]:
    """The report of coverage.py on a room (see `coverage json`), which its tests have run through."""
    with tempfile.TemporaryDirectory() as folder:
        data = f"--data-file={folder}/data"
        run = ["run", data, "--branch", f"--source=pipeline/{room}", f"--omit={OUTSIDE}"]
        tests = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{room}"]
        ran = subprocess.run(_coverage(*run, *tests), cwd=TOP, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise SystemExit(ran.stdout[-2000:] + ran.stderr[-2000:])
        report = Path(folder, "report.json")
        subprocess.run(_coverage("json", data, "-q", "-o", str(report)), cwd=TOP, check=True)
        return dict(json.loads(report.read_text(encoding="utf-8")))


def _coverage(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "coverage", *arguments]


def _say(room: str, found: dict[str, Any], with_lines: bool) -> float:
    counted = found["totals"]
    share = counted["covered_branches"] / counted["num_branches"]
    print(f"{room:13} {counted['num_branches']:5} branches, {share:.1%} taken", flush=True)
    for path, file in sorted(found["files"].items()) if with_lines else ():
        missed = ", ".join(f"{line}→{to if to > 0 else 'end'}" for line, to in file["missing_branches"])
        if missed:
            print(f"  {path}: {missed}")
    return float(share)


if __name__ == "__main__":
    main()
