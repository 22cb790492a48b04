"""Processes beside the test: to start, to wait for and to end."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

Start = Callable[..., subprocess.Popen[str]]


def end(process: subprocess.Popen[str]) -> None:
    """Kill a process that `start` started, and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def until(true: Callable[[], Any], seconds: float = 60) -> Any:
    """What `true` gives, once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not true after {seconds} s")


def rows(out: Path, name: str = "manifest.sqlite") -> dict[str, str]:
    """The status of each article."""
    with closing(sqlite3.connect(out / name)) as manifest:
        table = manifest.execute("select name from sqlite_master where type = 'table'").fetchone()[0]
        return dict(manifest.execute(f"select name, status from {table}"))  # noqa: S608
