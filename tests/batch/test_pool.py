"""A worker's life and what the pool makes of its end, in this process: nothing is started."""

import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest

from pipeline import programs
from pipeline.batch import pool
from pipeline.batch.pool import Lost, Pool
from tests.processes import until


class End(BaseException):
    """Ends a worker that would wait for ever."""


class Pipe:
    """The worker's end of a pipe: what the parent sends, until it is gone; what it gets back."""

    def __init__(self, *tasks: str) -> None:
        self.tasks, self.results, self.done = list(tasks), [], threading.Event()

    def recv(self) -> str:
        if not self.tasks:
            self.done.wait(5)
            raise EOFError
        return self.tasks.pop(0)

    def send(self, result: object) -> None:
        self.results.append(result)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What a worker asks of the system, in place of its being done."""
    made: list[tuple[Any, ...]] = []

    def note(name: str) -> Callable[..., None]:
        return lambda *arguments: made.append((name, *arguments))

    for place, name in ((signal, "signal"), (signal, "alarm"), (pool.os, "setsid"), (pool.os, "_exit")):
        monkeypatch.setattr(place, name, note(name), raising=False)
    monkeypatch.setattr(pool, "bound_memory", note("bound_memory"))
    monkeypatch.setattr(programs, "end_session", note("end_session"))
    return made


def test_a_worker_leads_a_session_and_bounds_each_task(calls: list[tuple[Any, ...]]) -> None:
    pipe = Pipe("a", "much", "b", "end")

    def work(task: str) -> str:
        if task == "much":
            raise MemoryError
        if task == "end":
            raise End
        return task * 2

    with pytest.raises(End):
        pool._work(pipe, work, 60.0, 500)  # type: ignore[arg-type]
    pipe.done.set()
    until(lambda: ("_exit", 1) in calls)  # the thread that listens is not to outlive this test
    assert pipe.results == ["aa", Lost("more than 500 MB of memory were needed"), "bb"]
    assert calls[:3] == [("signal", signal.SIGINT, signal.SIG_IGN), ("setsid",), ("bound_memory", 500)]
    alarms = [seconds for name, *seconds in calls if name == "alarm"]
    assert alarms == [[60 + pool.SPARE_SECONDS], [0]] * 3 + [[60 + pool.SPARE_SECONDS]]


def test_when_the_parent_is_gone_a_worker_ends_with_its_children(calls: list[tuple[Any, ...]]) -> None:
    tasks: Any = pool.queue.SimpleQueue()
    pipe = Pipe("a")
    pipe.done.set()
    pool._listen(pipe, tasks)  # type: ignore[arg-type]
    assert tasks.get_nowait() == "a"
    assert calls == [("end_session", pool.os.getpid()), ("_exit", 1)]


@pytest.mark.parametrize(
    ("code", "said"),
    [(-9, "SIGKILL"), (-999, "exit code -999"), (3, "exit code 3"), (0, "exit code 0"), (None, "exit code None")],
)
def test_how_a_process_ended(code: int | None, said: str) -> None:
    assert pool._ending(code) == said


class Process:
    """Stands for a process: what was done to it."""

    pid, exitcode = 12345, 7

    def __init__(self) -> None:
        self.calls: list[str] = []

    def kill(self) -> None:
        self.calls.append("kill")

    def join(self, seconds: float) -> None:
        self.calls.append("join")


class Parent:
    """The parent's end of a pipe; `broken` from the first task on, or where there is no result, as it is waited for."""

    def __init__(self, broken: bool = False, result: Any = None) -> None:
        self.broken, self.result, self.sent, self.closed = broken, result, [], False

    def send(self, task: str) -> None:
        if self.broken:
            raise BrokenPipeError
        self.sent.append(task)

    def recv(self) -> Any:
        if self.result is None:
            raise EOFError
        return self.result

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def stood_in(monkeypatch: pytest.MonkeyPatch, calls: list[tuple[Any, ...]]) -> Callable[..., Pool[str, str]]:
    """`stood_in(pipe, pipe, …)`: a pool whose workers have these pipes, one after the other, and no process."""

    def make(*pipes: Parent, size: int = 1, seconds: float = 60.0) -> Pool[str, str]:
        made: Pool[str, str] = Pool(str, size, seconds, 500)
        left = list(pipes)

        def start() -> pool._Worker[str]:
            worker: pool._Worker[str] = pool._Worker(Process(), left.pop(0))
            made.workers.append(worker)
            return worker

        monkeypatch.setattr(made, "_start", start)
        monkeypatch.setattr(pool, "wait", lambda pipes, seconds: pipes)
        return made

    return make


def test_a_worker_that_dies_while_idle_is_replaced_and_costs_no_task(
    stood_in: Callable[..., Pool[str, str]], calls: list[tuple[Any, ...]]
) -> None:
    dead, good = Parent(broken=True), Parent(result="made")
    workers = stood_in(dead, good)
    assert list(workers._results(iter(["a", "b"]), bool)) == [("a", "made"), ("b", "made")]
    assert (dead.closed, good.closed, good.sent) == (True, False, ["a", "b"])
    [worker] = workers.workers
    assert worker.task is None
    workers.close()
    assert workers.workers == []
    assert worker.process.calls == ["kill", "join"]
    assert calls == [("end_session", 12345)] * 2


def test_a_worker_that_dies_at_work_costs_its_task(stood_in: Callable[..., Pool[str, str]]) -> None:
    pipe = Parent()
    workers = stood_in(pipe, Parent(result="made"))
    [(task, lost), made] = list(workers._results(iter(["a", "b"]), bool))
    assert (task, made) == ("a", ("b", "made"))
    assert isinstance(lost, Lost)
    assert lost.reason == "the worker process died (exit code 7)"
    assert 0 <= lost.seconds < 60
    assert pipe.closed


def test_a_worker_that_says_why_there_is_nothing_is_replaced(stood_in: Callable[..., Pool[str, str]]) -> None:
    workers = stood_in(Parent(result=Lost("too much")), Parent(result="made"))
    [(_, lost), _] = list(workers._results(iter(["a", "b"]), bool))
    assert isinstance(lost, Lost)
    assert lost.reason == "too much"
    assert len(workers.workers) == 1


def test_as_many_work_as_there_are_workers_and_each_gets_its_next_task_at_once(
    stood_in: Callable[..., Pool[str, str]],
) -> None:
    pipes = [Parent(result="made") for _ in range(3)]
    workers = stood_in(*pipes, size=2)
    results = workers._results(iter("abcde"), bool)
    assert next(results) == ("a", "made")
    assert [pipe.sent for pipe in pipes] == [["a", "c"], ["b", "d"], []]
    assert len(list(results)) == 4


def test_one_that_hangs_is_ended(stood_in: Callable[..., Pool[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "wait", lambda pipes, seconds: [])
    pipe = Parent()
    workers = stood_in(pipe, seconds=0.0)
    monkeypatch.setattr(pool, "wait", lambda pipes, seconds: [])
    [(task, lost)] = list(workers._results(iter("a"), bool))
    assert task == "a"
    assert isinstance(lost, Lost)
    assert lost.reason == "not finished in 0 s"
    assert pipe.closed
    assert workers.workers == []


def test_a_result_without_a_pool_of_more(stood_in: Callable[..., Pool[str, str]]) -> None:
    workers = stood_in(Parent(result="made"))
    assert (workers.one("a"), workers.one("b"), len(workers.workers)) == ("made", "made", 1)
