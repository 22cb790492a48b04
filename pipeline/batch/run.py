"""A batch: sources to outputs and a manifest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.batch import manifest
from pipeline.batch.pool import Lost
from pipeline.batch.settings import Settings
from pipeline.batch.sources import Source
from pipeline.batch.work import Made, Record, Task


class Workers(Protocol):
    """Processes of this machine (`pool.Pool`), or of a cluster (`cluster.Cluster`)."""

    def map(self, tasks: Iterable[Task], stop: Callable[[], bool]) -> Iterator[tuple[Task, Made | Lost]]: ...


def run(
    sources: Sequence[Source],
    settings: Settings,
    workers: Workers,
    manifest_file: Path,
    resume: bool = False,
    stop: Callable[[], bool] = bool,
) -> Iterator[Made]:
    """Make each source; yields each record once it is in the manifest. `stop` says to begin no further article.

    Raises UsageError: the manifest cannot be written.
    """
    digest = settings.hash
    with manifest.opened(manifest_file) as known:
        tasks = (Task(source, settings, digest, known.get(source.name) if resume else None) for source in sources)
        for task, result in workers.map(tasks, stop):
            made = Made(_lost(task, result)) if isinstance(result, Lost) else result
            if not made.unchanged:
                known.put(made.record)
            yield made


def _lost(task: Task, lost: Lost) -> Record:
    """What is known of an article without a result; its source is not asked, as it may be what hung."""
    place = task.source.place
    reason = f"{place}: {lost.reason}"
    return Record(task.source.name, place, task.settings_hash, reason=reason, seconds=round(lost.seconds, 4))
