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
PATIENCE = 300  # seconds, on a machine with much else to do


def end(process: subprocess.Popen[str]) -> None:
    """Kill a process that `start` started, and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()


def until(true: Callable[[], Any], seconds: float = PATIENCE) -> Any:
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


def running_with(name: str, value: str) -> list[int]:
    """The processes that have `name=value` in their environment (Linux); those that are dead have none."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"{name}={value}".encode() in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found


def is_running(pid: int) -> bool:
    """Whether a process runs, or does after a while."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
            status = Path(f"/proc/{pid}/status")
            if status.is_file() and "State:\tZ" in status.read_text():
                return False
        except (ProcessLookupError, FileNotFoundError):
            return False
        time.sleep(0.02)
    return True
