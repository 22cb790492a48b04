"""Typst in a process of its own: one that hangs or takes too much memory is killed, and the next begins anew.

The process sees the network through a proxy that is not there: a package that is not in the folder cannot be fetched.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline import programs
from pipeline.errors import LimitReached, MissingPart, PipelineError
from pipeline.programs import Bounds
from pipeline.render import fonts, typst_worker

NOWHERE = "http://127.0.0.1:9"  # the discard port
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "SYSTEMROOT",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "PYTHONHOME",
    "LD_LIBRARY_PATH",
)


class Refused(Exception):
    """Typst's own message; `diagnostic` says more, over several lines."""

    def __init__(self, message: str, diagnostic: str) -> None:
        super().__init__(message)
        self.diagnostic = diagnostic


class _Worker:
    """A running `typst_worker`; `owner` is the process that started it (a fork must not share it)."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds, self.owner = bounds, os.getpid()
        script = str(Path(typst_worker.__file__))
        command = [sys.executable, "-P", script, str(bounds.megabytes), str(bounds.seconds), *fonts.folders()]
        settings = {key: value for key, value in os.environ.items() if key in KEPT}
        self.process: Any = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=settings | dict.fromkeys(PROXIES, NOWHERE) | {"RUST_BACKTRACE": "0"},
        )  # fmt: skip

    def ask(self, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The answer to a request; raises LimitReached and MissingPart."""
        hung = threading.Event()

        def stop() -> None:
            hung.set()
            self.process.kill()

        timer = threading.Timer(self.bounds.seconds, stop)
        timer.start()
        try:
            with suppress(BrokenPipeError):
                self.process.stdin.write(json.dumps({"options": options}).encode() + b"\n")
                self.process.stdin.flush()
            line = self.process.stdout.readline()
            answer = json.loads(line) if line.endswith(b"\n") else {"length": -1}
            length = answer.get("length", 0)
            pdf = self.process.stdout.read(length) if length > 0 else b""
        finally:
            timer.cancel()
        if length != len(pdf):
            self.process.wait()
            self.end()
            raise self._why(hung.is_set())
        return answer, pdf

    def _why(self, hung: bool) -> PipelineError:
        raise_it = "in journal.toml, or leave pdf out of the formats"
        if hung:
            return LimitReached(f"Typst did not finish in {self.bounds.seconds:g} s; raise limits.seconds {raise_it}")
        if self.process.returncode < 0:
            return LimitReached(f"Typst needs more than {self.bounds.megabytes} MB; raise limits.megabytes {raise_it}")
        return MissingPart("Typst cannot be started; run: pip install --force-reinstall typst")

    def end(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close()
        self.process.wait()


_current: list[_Worker] = []


def compile_pdf(path: Path, root: Path, standards: list[str], timestamp: int) -> tuple[bytes, list[str]]:
    """The PDF of a Typst file that sees the folder `root` alone, and Typst's warnings.

    Raises Refused, LimitReached, MissingPart.
    """
    options = {
        "input": str(path), "root": str(root), "package_path": str(root), "package_cache_path": str(root),
        "pdf_standards": standards, "timestamp": timestamp,
    }  # fmt: skip
    answer, pdf = _worker().ask(options)
    if "error" in answer:
        raise Refused(answer["error"], answer["diagnostic"])
    return pdf, answer["warnings"]


def _worker() -> _Worker:
    """The process that runs, or a new one where there is none for the bounds that hold now."""
    if _current:
        worker = _current[0]
        if worker.owner == os.getpid() and worker.bounds == programs.bounds() and worker.process.poll() is None:
            return worker
        _current.clear()
        if worker.owner == os.getpid():
            worker.end()
    if find_spec("typst") is None:
        raise MissingPart("typst is not installed; run: pip install typst")
    try:
        worker = _Worker(programs.bounds())
    except OSError as error:
        raise MissingPart(f"Typst cannot be started ({error}); run: pip install typst") from None
    _current.append(worker)
    return worker


@atexit.register
def _end() -> None:
    if _current and _current[0].owner == os.getpid():
        _current.pop().end()
