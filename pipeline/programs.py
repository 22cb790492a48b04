"""Outside programs and what they may cost: each runs in a process group of its own, bounded in time and output.

The bounds are those of `limits` in journal.toml while an article is made (`bounded`), else the defaults.
"""

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipeline.errors import LimitReached

MOST_OUTPUT = 500_000_000
TICK = 0.25
ADVICE = "raise limits.seconds in journal.toml, or split the article"
GROUPS = sys.platform != "win32"
SHELL = "/bin/sh"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run of an outside program may take."""

    seconds: float = 120.0
    megabytes: int = 1000


DEFAULTS = Bounds()
_bounds: ContextVar[Bounds] = ContextVar("bounds", default=DEFAULTS)


def bounds() -> Bounds:
    """The bounds that hold now."""
    return _bounds.get()


@contextmanager
def bounded(seconds: float, megabytes: int) -> Iterator[None]:
    """Every outside program started in this block keeps these bounds."""
    token = _bounds.set(Bounds(seconds, megabytes))
    try:
        yield
    finally:
        _bounds.reset(token)


@dataclass(frozen=True, slots=True)
class Done:
    """A program that ended by itself: its exit code (negative: the signal that ended it) and what it printed."""

    code: int
    output: bytes
    messages: str


def run(command: Sequence[str], source: bytes, *, cwd: str | None = None, env: dict[str, str] | None = None) -> Done:
    """Run `command` with `source` as its input, within the bounds that hold now.

    Raises OSError: it cannot be started. LimitReached: it did not end in time, or printed without end; it is
    then killed with all that it started.
    """
    name, limit = Path(command[0]).name, bounds().seconds
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as messages:
        given.write(source)
        given.seek(0)
        group = {"process_group": 0} if GROUPS else {}
        process = subprocess.Popen(
            _limited(command), stdin=given, stdout=output, stderr=messages, cwd=cwd, env=env, **group
        )  # type: ignore[call-overload]
        try:
            _wait(process, time.monotonic() + limit, (output, messages))
        except subprocess.TimeoutExpired:
            raise LimitReached(f"{name} did not finish in {limit:g} s; {ADVICE}") from None
        except OverflowError:
            raise LimitReached(f"{name} printed more than {MOST_OUTPUT:,} bytes; split the article") from None
        finally:
            _end(process)
        return Done(process.returncode, _all_of(output), _all_of(messages).decode(errors="replace"))


def _all_of(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _wait(process: Any, deadline: float, printed: Sequence[IO[bytes]]) -> None:
    """Wait for the end of a program.

    Raises TimeoutExpired at the deadline, OverflowError where it printed too much.
    """
    while True:
        try:
            process.wait(timeout=max(0, min(TICK, deadline - time.monotonic())))
            return
        except subprocess.TimeoutExpired:
            if any(os.fstat(file.fileno()).st_size > MOST_OUTPUT for file in printed):
                raise OverflowError from None
            if time.monotonic() >= deadline:
                raise


def _limited(command: Sequence[str]) -> Sequence[str]:
    """`command` with limits that the system keeps from its first instruction on, even if this process is killed.

    A shell sets them and becomes the program, where there is one (it costs half a millisecond). Of processor time,
    what all processors have in the seconds allowed; of memory, twice what the program itself is told to keep to.

    Raises FileNotFoundError: there is no such program.
    """
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
    if not (GROUPS and os.access(SHELL, os.X_OK)):
        return command
    most = bounds()
    seconds, kilobytes = int(most.seconds * (os.cpu_count() or 1)) + 1, 2_000 * most.megabytes
    limits = f"ulimit -c 0; ulimit -t {seconds}; ulimit -d {kilobytes}"
    return [SHELL, "-c", f'{{ {limits}; }} 2>/dev/null; exec "$0" "$@"', *command]


def _end(process: Any) -> None:
    """End a program that still runs, and whatever it left running."""
    if GROUPS:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    process.wait()


def end_session(leader: int) -> None:
    """Kill the process group of `leader` and, where the system tells sessions (Linux), all groups of its session."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            session = int((process / "stat").read_text(errors="replace").rpartition(")")[2].split()[3])
            if session == leader != int(process.name):
                os.kill(int(process.name), signal.SIGKILL)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
