"""The same articles made by the workers of a Dask scheduler: they read and write, only records come back.

No disk is shared: the files of the journal travel once to each worker. On a worker each thread has one process of its
own (`pool.Pool`), so that an article has the limits of time and memory, and a bad one the bounds, of one machine.
"""

import logging
import math
import multiprocessing
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipeline import __version__
from pipeline.batch.places import absolute
from pipeline.batch.pool import Lost, Pool
from pipeline.batch.settings import Luggage, Settings, pack
from pipeline.batch.sources import Source
from pipeline.batch.work import Made, Record, Task, make
from pipeline.errors import MissingPart, PipelineError, UsageError

try:
    import dask
    import distributed
except ImportError:
    raise MissingPart("--cluster needs Dask; run: pip install 'jats-pipeline[cluster]'") from None

for name in ("distributed", "distributed.client"):
    logging.getLogger(name).setLevel(logging.CRITICAL)  # what they say, the command says in one line

DEFAULTS = {"distributed": {"comm": {"timeouts": {"connect": "10s"}}}}  # the user's own settings of Dask go first
dask.config.update_defaults(DEFAULTS)

AHEAD = 3
RECOUNT_SECONDS = 10.0
GONE = ("cancelled", "lost")


class ClusterError(PipelineError):
    """The scheduler is gone."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers at `address`, each thread of them bounded to `megabytes`."""

    address: str
    settings: Settings
    megabytes: int

    def map(self, tasks: Iterable[Task], stop: Callable[[], bool] = bool) -> Iterator[tuple[Task, Made | Lost]]:
        """Each task with its result, in the order they are ready; `stop` says to begin no further task.

        Raises UsageError: no scheduler or no worker answers. ClusterError: the scheduler is gone.
        """
        try:
            with self._connected() as client, self._guests(client) as plugin:
                yield from self._results(client, plugin, iter(tasks), stop)
        except OSError:
            raise self._gone() from None

    def _results(
        self, client: Any, plugin: str, left: Iterator[Task], stop: Callable[[], bool]
    ) -> Iterator[tuple[Task, Made | Lost]]:
        given: dict[Any, Task] = {}
        ready = distributed.as_completed(loop=client.loop)
        room = _Room(client)
        while True:
            while len(given) < room.size and not stop() and (task := next(left, None)):
                future = client.submit(_make_there, plugin, *_elsewhere(task), pure=False)
                given[future] = task
                ready.add(future)
            if not given:
                return
            for future in ready.next_batch():
                if future.status in GONE:
                    raise self._gone()
                yield given.pop(future), _result(future)

    def _gone(self) -> ClusterError:
        return ClusterError(f"{self.address}: the scheduler is gone; run again with --resume")

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        try:
            client = distributed.Client(self.address, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"{self.address}: no scheduler answers ({error}); start one: dask scheduler") from None
        with client:
            try:
                client.wait_for_workers(1, timeout=dask.config.get("distributed.comm.timeouts.connect"))
            except TimeoutError:
                raise UsageError(f"{self.address}: no worker; start one: dask worker {self.address}") from None
            yield client

    @contextmanager
    def _guests(self, client: Any) -> Iterator[str]:
        """The name of the plugin that brings the settings to every worker, those that come later among them."""
        name = f"jats-pipeline-{uuid4().hex}"
        try:
            settings = replace(self.settings, out=absolute(self.settings.out))
            client.register_plugin(Guests(pack(settings), self.megabytes), name=name)
        except Exception as error:
            message = f"{self.address}: a worker cannot take part ({error}); install jats-pipeline {__version__} there"
            raise UsageError(message) from None
        try:
            yield name
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.unregister_worker_plugin(name)


class _Room:
    """How many articles to give out ahead: some for each thread of the workers there are now."""

    def __init__(self, client: Any) -> None:
        self.client, self.counted, self.known = client, -math.inf, 0

    @property
    def size(self) -> int:
        if time.monotonic() - self.counted > RECOUNT_SECONDS:
            self.known = AHEAD * max(1, sum(self.client.nthreads().values()))
            self.counted = time.monotonic()
        return self.known


def _elsewhere(task: Task) -> tuple[Source, str, Record | None]:
    """The facts of a task for a process that works in another folder."""
    source, before = replace(task.source, place=absolute(task.source.place)), task.before
    if before is not None:
        inputs = {absolute(place): digest for place, digest in before.inputs.items()}
        before = replace(before, source=absolute(before.source), inputs=inputs)
    return source, task.settings_hash, before


def _result(future: Any) -> Made | Lost:
    error = future.exception()
    if isinstance(error, distributed.KilledWorker):
        return Lost("every worker that tried it died")
    if error is not None:
        return Lost(f"{type(error).__name__}: {' '.join(str(error).split())}")
    made: Made | Lost = future.result()
    return made


class Guests(distributed.WorkerPlugin):  # type: ignore[misc]
    """On a worker: the settings, unpacked in a folder of its own, and a process for each thread."""

    def __init__(self, luggage: Luggage, megabytes: int) -> None:
        self.luggage, self.megabytes, self.version = luggage, megabytes, __version__

    def setup(self, worker: Any) -> None:
        if self.version != __version__:
            raise UsageError(f"{worker.address} has jats-pipeline {__version__}")
        multiprocessing.current_process().daemon = False  # a daemon of multiprocessing may not start processes
        self.folder = Path(tempfile.mkdtemp(prefix="jats-pipeline-"))
        self.settings = self.luggage.unpack(self.folder)
        self.of_thread = threading.local()
        self.pools: list[Pool[Task, Made]] = []

    def teardown(self, worker: Any) -> None:
        for pool in self.pools:
            pool.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def make(self, source: Source, settings_hash: str, before: Record | None) -> Made | Lost:
        if not hasattr(self.of_thread, "pool"):
            self.of_thread.pool = Pool(make, 1, self.settings.profile.limits.seconds, self.megabytes)
            self.pools.append(self.of_thread.pool)
        pool: Pool[Task, Made] = self.of_thread.pool
        return pool.one(Task(source, self.settings, settings_hash, before))


def _make_there(plugin: str, source: Source, settings_hash: str, before: Record | None) -> Made | Lost:
    guests: Guests = distributed.get_worker().plugins[plugin]
    return guests.make(source, settings_hash, before)
