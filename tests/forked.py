"""The command in processes of their own, each forked from one that has loaded it: all that a process is but its start.

`python -m tests.forked` is that first process. It answers to requests, one after the other: a line of JSON with
`arguments`, `cwd`, `environment` and `files` (input, output, messages); the answer says how the process ended, the CPU
seconds of it and of all that it started, and its largest resident set. What one run leaves in memory no other sees.
"""

import atexit
import gc
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.processes import PATIENCE

TOP = Path(__file__).resolve().parent.parent
LEFT_OUT = ("pipeline.batch.cluster", "pipeline.batch.parquet", "pipeline.references.train")  # need more than others
MEGABYTE = 1e6 if sys.platform == "darwin" else 1e3  # in the units of `ru_maxrss`


@dataclass(frozen=True)
class Ran:
    """A run of the command: CPU seconds and the largest resident set (MB) of it and of all it started."""

    code: int
    output: str
    errors: str
    seconds: float
    megabytes: float


class Forked:
    """The first process; `run` asks it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.forked"]
        self.process = subprocess.Popen(command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, arguments: list[str], cwd: Path | None = None, environment: Mapping[str, str] = os.environ) -> Ran:
        with tempfile.TemporaryDirectory(prefix="forked-") as folder:
            printed, said = Path(folder, "stdout"), Path(folder, "stderr")
            request = {
                "arguments": arguments, "cwd": str(cwd or Path.cwd()), "environment": dict(environment),
                "files": [os.devnull, str(printed), str(said)],
            }  # fmt: skip
            assert self.process.stdin
            assert self.process.stdout
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            cost = json.loads(self.process.stdout.readline())
            return Ran(output=printed.read_text("utf-8"), errors=said.read_text("utf-8"), **cost)

    def end(self) -> None:
        self.process.communicate()


def serve() -> dict[str, Any] | None:
    """Answer requests until there are no more. In a forked process: the request that it has to do."""
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        if (pid := os.fork()) == 0:
            return request
        _, status, cost = os.wait4(pid, 0)
        answer = {
            "code": os.waitstatus_to_exitcode(status),
            "seconds": cost.ru_utime + cost.ru_stime,
            "megabytes": cost.ru_maxrss / MEGABYTE,
        }
        print(json.dumps(answer), flush=True)
    return None


def become(request: dict[str, Any]) -> None:
    """Take over the place, the environment and the files of a request."""
    import signal

    signal.alarm(PATIENCE)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.path[1:1] = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    for number, name in enumerate(request["files"]):
        file = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["jats-pipeline", *request["arguments"]]


def load() -> None:
    """Load what commands need: the modules, and what is made on first use."""
    import pkgutil
    from importlib import import_module

    import pipeline
    from pipeline.cli import main

    for info in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not info.name.startswith(LEFT_OUT):
            import_module(info.name)
    with tempfile.TemporaryDirectory(prefix="forked-") as folder, redirect_stderr(io.StringIO()):
        example = TOP / "examples" / "harbour-libraries"
        main(["build", f"{example}.txt", "--out", folder, "--to", "xml,html,docx"], standalone_mode=False)
        made = f"{folder}/{example.name}/{example.name}.xml"
        main(["deposit", made, "--to", "crossref", "-o", f"{folder}/o.xml"], standalone_mode=False)


def finish(code: Any) -> None:
    """End as a process does, but for giving back its memory piece by piece."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(code or 0))


if __name__ == "__main__":
    from pipeline.cli import main

    load()
    gc.freeze()
    if todo := serve():
        become(todo)
        try:
            main()
        except SystemExit as end:
            finish(end.code)
