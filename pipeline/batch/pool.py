"""Worker processes that outlive a bad article: one that hangs, dies or takes too much memory is replaced.

The standard library's pools lose the run when a worker dies and cannot end a hanging one, hence our own. A worker
leads a session of its own, so that the programs it started end with it, and ends when the parent is gone.
"""

import multiprocessing
import os
import queue
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from pipeline import programs
from pipeline.render.typst_worker import bound_memory

Task = TypeVar("Task")
Result = TypeVar("Result")

TICK = 0.5
SPARE_SECONDS = 15
LONGEST_FOLDER = 60  # bytes; in a longer one the socket of a fork server has a name that the system does not take


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without a result, and why."""

    reason: str
    seconds: float = 0.0


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: Any
    pipe: Any
    task: Task | None = None
    started: float = 0.0


class Pool(Generic[Task, Result]):
    """`workers` processes that call `function`, each bounded to `seconds` a task and `megabytes` of memory.

    `function` stands at the top of a module. The memory limit holds where the system has one (Linux, BSD).
    """

    def __init__(self, function: Callable[[Task], Result], workers: int, seconds: float, megabytes: int) -> None:
        self.function, self.seconds, self.megabytes = function, seconds, megabytes
        self.size = workers
        self.workers: list[_Worker[Task]] = []
        can_fork = sys.platform != "win32" and len(os.fsencode(tempfile.gettempdir())) <= LONGEST_FOLDER
        self.context: Any = multiprocessing.get_context("forkserver" if can_fork else "spawn")
        if can_fork:
            self.context.set_forkserver_preload([function.__module__, "pipeline.build", "pipeline.report"])

    def map(self, tasks: Iterable[Task], stop: Callable[[], bool] = bool) -> Iterator[tuple[Task, Result | Lost]]:
        """Each task with its result, in the order they are ready; `stop` says to begin no further task."""
        try:
            yield from self._results(iter(tasks), stop)
        finally:
            self.close()

    def one(self, task: Task) -> Result | Lost:
        """The result of one task; its worker waits for the next until `close`."""
        [(_, result)] = self._results(iter([task]), bool)
        return result

    def close(self) -> None:
        """End the workers, whatever they do."""
        for worker in self.workers:
            _kill(worker.process)
        self.workers.clear()

    def _results(self, left: Iterator[Task], stop: Callable[[], bool]) -> Iterator[tuple[Task, Result | Lost]]:
        """A worker that is done gets its next task before what it made is looked at."""
        self._hand_out(left, stop)
        while busy := {worker.pipe: worker for worker in self.workers if worker.task is not None}:
            ready = [self._receive(busy.pop(pipe)) for pipe in wait(list(busy), TICK)]
            late = [worker for worker in busy.values() if time.monotonic() - worker.started > self.seconds]
            ready += [self._lose(worker, f"not finished in {self.seconds:g} s") for worker in late]
            self._hand_out(left, stop)
            yield from ready

    def _hand_out(self, left: Iterator[Task], stop: Callable[[], bool]) -> None:
        while not stop():
            idle = next((worker for worker in self.workers if worker.task is None), None)
            if idle is None and len(self.workers) >= self.size:
                return
            try:
                task = next(left)
            except StopIteration:
                return
            worker = idle or self._start()
            try:
                worker.pipe.send(task)
            except OSError:  # it died while idle
                self._remove(worker)
                worker = self._start()
                worker.pipe.send(task)
            worker.task, worker.started = task, time.monotonic()

    def _start(self) -> _Worker[Task]:
        ours, theirs = self.context.Pipe()
        arguments = (theirs, self.function, self.seconds, self.megabytes)
        process = self.context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        worker: _Worker[Task] = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _receive(self, worker: _Worker[Task]) -> tuple[Task, Result | Lost]:
        try:
            result: Result | Lost = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(TICK)
            return self._lose(worker, f"the worker process died ({_ending(worker.process.exitcode)})")
        if isinstance(result, Lost):
            return self._lose(worker, result.reason)
        task, worker.task = worker.task, None
        assert task is not None  # noqa: S101 (only busy workers are waited for)
        return task, result

    def _lose(self, worker: _Worker[Task], reason: str) -> tuple[Task, Lost]:
        task = worker.task
        assert task is not None  # noqa: S101
        self._remove(worker)
        return task, Lost(reason, time.monotonic() - worker.started)

    def _remove(self, worker: _Worker[Task]) -> None:
        _kill(worker.process)
        worker.pipe.close()
        self.workers.remove(worker)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _kill(process: Any) -> None:
    """End a worker and the programs it started."""
    if programs.GROUPS:
        programs.end_session(process.pid)
    process.kill()
    process.join(5)


def _work(pipe: Connection, function: Callable[[Any], Any], seconds: float, megabytes: int) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()
    bound_memory(megabytes)
    tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, tasks), daemon=True).start()
    while True:
        task = tasks.get()
        if hasattr(signal, "alarm"):  # ends it where the parent is gone and the thread that listens cannot run
            signal.alarm(int(seconds) + SPARE_SECONDS)
        try:
            result = function(task)
        except MemoryError:
            result = Lost(f"more than {megabytes} MB of memory were needed")
        pipe.send(result)
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _listen(pipe: Connection, tasks: "queue.SimpleQueue[Any]") -> None:
    """Hand on what the parent sends; when it is gone, end this process and its children at once."""
    with suppress(EOFError, OSError):
        while True:
            tasks.put(pipe.recv())
    if programs.GROUPS:
        programs.end_session(os.getpid())
    os._exit(1)
