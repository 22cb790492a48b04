"""A batch: sources to outputs and a manifest."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.batch import manifest
from pipeline.batch.pool import Lost, Pool
from pipeline.batch.sources import Source
from pipeline.batch.work import Made, Record, Settings, Task, hash_of, make


def run(
    sources: Sequence[Source],
    settings: Settings,
    workers: int,
    megabytes: int,
    resume: bool = False,
    stop: Callable[[], bool] = bool,
    function: Callable[[Task], Made] = make,
) -> Iterator[Made]:
    """Make each source; yields each record once it is in the manifest. `stop` says to begin no further article.

    Raises UsageError: the manifest cannot be written.
    """
    pool: Pool[Task, Made] = Pool(function, workers, settings.profile.limits.seconds, megabytes)
    digest = settings.hash
    with manifest.opened(settings.out) as known:
        tasks = (Task(source, settings, digest, known.get(source.name) if resume else None) for source in sources)
        for task, result in pool.map(tasks, stop):
            made = Made(_lost(task, result)) if isinstance(result, Lost) else result
            if not made.unchanged:
                known.put(made.record)
            yield made


def _lost(task: Task, lost: Lost) -> Record:
    record = Record(task.source.name, str(task.source.path), task.settings_hash)
    record.source_hash = hash_of(task.source.path)
    record.reason = f"{task.source.path}: {lost.reason}"
    record.seconds = round(lost.seconds, 4)
    return record
