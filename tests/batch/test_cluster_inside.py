"""The client's side of a cluster, in this process: a scheduler and a worker are threads of it, without a network."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.manifest import reading
from pipeline.batch.pool import Lost
from pipeline.batch.run import run
from pipeline.batch.settings import Settings
from pipeline.batch.sources import Source, find
from pipeline.batch.work import Made, Record, Task
from pipeline.errors import UsageError
from pipeline.journal import Profile

distributed = pytest.importorskip("distributed", reason="Dask is not installed (extra `cluster`)")
from pipeline.batch import cluster  # noqa: E402
from pipeline.batch.cluster import Cluster, Guests  # noqa: E402

INSIDE = {"processes": False, "protocol": "inproc", "dashboard_address": ":0"}


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("distributed.comm.inproc.get_ip", lambda: "127.0.0.1")  # it looks for a way out
        with distributed.LocalCluster(n_workers=1, threads_per_worker=2, **INSIDE) as running:
            yield running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(str(tmp_path / "out"), Profile(), "", ("xml",))


def test_articles_are_made_and_what_holds_is_left(
    scheduler: Any, settings: Settings, examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("harbour-libraries", "tide-gauges"):
        shutil.copy(examples / f"{name}.txt", tmp_path)
    monkeypatch.chdir(tmp_path)
    sources = [*find(["harbour-libraries.txt", "tide-gauges.txt"]), Source("nothing.txt", "nothing")]
    workers = Cluster(scheduler.scheduler_address, settings, 2000)
    made = {each.record.name: each for each in run(sources, settings, workers, tmp_path / "manifest.sqlite")}
    assert {name: each.record.status for name, each in made.items()} == {
        "harbour-libraries": "done", "tide-gauges": "done", "nothing": "failed",
    }  # fmt: skip
    assert (tmp_path / "out" / "tide-gauges" / "tide-gauges.xml").is_file()
    again = run(sources, settings, workers, tmp_path / "manifest.sqlite", resume=True)
    assert {each.record.name: each.unchanged for each in again} == {
        "harbour-libraries": True, "tide-gauges": True, "nothing": False,
    }  # fmt: skip
    with reading(tmp_path / "manifest.sqlite") as records:
        assert sorted(record.name for record in records) == sorted(made)
    assert not any(name.startswith("jats-pipeline") for name in next(iter(scheduler.workers.values())).plugins)


def test_without_a_worker_it_says_how_to_start_one(settings: Settings) -> None:
    with distributed.LocalCluster(n_workers=0, **INSIDE) as empty:
        address = empty.scheduler_address
        with cluster.dask.config.set({"distributed.comm.timeouts.connect": "0.1s"}), pytest.raises(UsageError) as said:
            list(Cluster(address, settings, 2000).map([]))
    assert str(said.value) == f"{address}: no worker; start one: dask worker {address}"


def test_a_worker_with_another_version_cannot_take_part(
    scheduler: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Guests, "setup", lambda self, worker: refuse(worker))

    def refuse(worker: Any) -> None:
        raise UsageError(f"{worker.address} has jats-pipeline 0")

    with pytest.raises(
        UsageError, match=r"a worker cannot take part \(.* has jats-pipeline 0\); install jats-pipeline "
    ):
        list(Cluster(scheduler.scheduler_address, settings, 2000).map([]))


class Worker:
    address = "tcp://somewhere"


def test_on_a_worker_each_thread_has_a_process_and_all_of_it_goes(settings: Settings, tmp_path: Path) -> None:
    guests = Guests(cluster.pack(settings), 2000)
    guests.setup(Worker())
    assert guests.folder.is_dir()
    lost = guests.make(Source(str(tmp_path / "nothing.txt"), "nothing"), "h", None)
    assert isinstance(lost, Made)
    assert lost.record.reason.endswith("nothing.txt: cannot be read (no such file or directory)")
    guests.make(Source(str(tmp_path / "other.txt"), "other"), "h", None)
    [pool] = guests.pools
    assert (pool.size, pool.seconds, pool.megabytes, len(pool.workers)) == (1, 120.0, 2000, 1)
    guests.teardown(Worker())
    assert pool.workers == []
    assert not guests.folder.exists()
    guests.version = "0"
    with pytest.raises(UsageError, match="somewhere has jats-pipeline"):
        guests.setup(Worker())


class Future:
    def __init__(self, error: Exception | None = None, status: str = "finished") -> None:
        self.error, self.status = error, status

    def exception(self) -> Exception | None:
        return self.error

    def result(self) -> str:
        return "made"


@pytest.mark.parametrize(
    ("future", "result"),
    [
        (Future(), "made"),
        (Future(distributed.KilledWorker("task", None, 3)), Lost("every worker that tried it died")),
        (Future(ValueError("two\n lines")), Lost("ValueError: two lines")),
    ],
)
def test_what_comes_back_is_a_result_or_why_there_is_none(future: Future, result: Any) -> None:
    assert cluster._result(future) == result


class Client:
    """Stands for a client whose workers have `threads`; each task is done at once, or all is lost."""

    loop = None

    def __init__(self, *threads: int, status: str = "finished") -> None:
        self.threads, self.status, self.submitted = threads, status, 0

    def nthreads(self) -> dict[str, int]:
        return dict(enumerate(self.threads))  # type: ignore[arg-type]

    def submit(self, *_: object, pure: bool) -> Future:
        assert not pure
        self.submitted += 1
        return Future(status=self.status)


class Ready(list[Future]):
    """Stands for `as_completed`: gives back the first."""

    def __init__(self, loop: object) -> None:
        super().__init__()

    add = list.append

    def next_batch(self) -> list[Future]:
        return [self.pop(0)]


def results(settings: Settings, client: Client, monkeypatch: pytest.MonkeyPatch, stop: Any = bool) -> Iterator[Any]:
    monkeypatch.setattr(distributed, "as_completed", Ready)
    tasks = iter([Task(Source(f"{number}.txt", str(number)), settings, "h") for number in range(20)])
    return Cluster("tcp://a:1", settings, 2000)._results(client, "plugin", tasks, stop)


def test_some_articles_for_each_thread_are_given_out_ahead(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(2, 1)
    left = results(settings, client, monkeypatch)
    assert next(left)[1] == "made"
    assert client.submitted == 3 * cluster.AHEAD
    assert len(list(left)) == client.submitted - 1 == 19


def test_workers_that_come_later_are_counted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "RECOUNT_SECONDS", 0.0)
    client = Client()
    left = results(settings, client, monkeypatch)
    next(left)
    assert client.submitted == cluster.AHEAD
    client.threads = (1, 1, 1)
    next(left)
    assert client.submitted == 3 * cluster.AHEAD + 1


def test_stopping_gives_out_no_further_article(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(1)
    assert list(results(settings, client, monkeypatch, lambda: True)) == []
    assert client.submitted == 0


@pytest.mark.parametrize("status", ["cancelled", "lost"])
def test_a_scheduler_that_is_gone_is_said(settings: Settings, monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    with pytest.raises(cluster.ClusterError, match="tcp://a:1: the scheduler is gone; run again with --resume"):
        list(results(settings, Client(1, status=status), monkeypatch))


def test_a_task_names_full_paths_and_leaves_addresses(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = Record("a", "in/a.txt", "h", inputs={"in/a.toml": "1", "s3://b/c": "2"})
    source, digest, moved = cluster._elsewhere(Task(Source("in/a.txt", "a"), settings, "h", before))
    here = tmp_path.as_posix()
    assert (source, digest) == (Source(f"{here}/in/a.txt", "a"), "h")
    assert moved
    assert (moved.source, moved.inputs) == (f"{here}/in/a.txt", {f"{here}/in/a.toml": "1", "s3://b/c": "2"})
    assert cluster._elsewhere(Task(Source("s3://b/a.txt", "a"), settings, "h"))[::2] == (
        Source("s3://b/a.txt", "a"),
        None,
    )
