"""What a worker does with one article: a task in, a record out; the files are written here."""

import hashlib
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.batch import places
from pipeline.batch.nearby import Nearby, nearby
from pipeline.batch.settings import Settings
from pipeline.batch.sources import Source
from pipeline.build import Built
from pipeline.errors import ExitCode, PipelineError, SourceError
from pipeline.outputs import make_outputs

DONE = {"done", "errors"}


@dataclass(slots=True)
class Record:
    """What the manifest knows of one article.

    `status` is `done`, `errors` (made, but the article has some) or `failed`; `code` is the exit code it stands for.
    `inputs` and `outputs` give the SHA-256 of each file (empty: the file is absent), outputs by their names in the
    article's folder; `stamps` what tells their versions apart where they are at an address. `findings` gives for each
    code its severity, number, first message and line.
    """

    name: str
    source: str
    settings: str
    version: str = __version__
    source_hash: str = ""
    status: str = "failed"
    code: int = int(ExitCode.UNREADABLE_SOURCE)
    reason: str = ""
    title: str = ""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    findings: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be made, unless `before`, the record of an earlier run, still holds."""

    source: Source
    settings: Settings
    settings_hash: str
    before: Record | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The record of an article; `unchanged` where nothing had to be done."""

    record: Record
    unchanged: bool = False


def make(task: Task) -> Made:
    """Make the outputs of one article and put them in place. What stops it becomes the record's reason."""
    if task.before and holds(task.before, task):
        return Made(task.before, unchanged=True)
    start = time.perf_counter()
    record = Record(task.source.name, task.source.place, task.settings_hash)
    if task.source.leads_out:
        record.reason = f"{task.source.place}: is a link out of the folder that was named; put the file itself there"
        return Made(record)
    try:
        with nearby(task.source.place) as near:
            try:
                _make(task, near, record)
            except PipelineError as error:
                record.code = int(error.exit_code)
                record.reason = _reason(near.place, str(error).replace(str(near.path), near.place))
    except MemoryError:
        raise
    except PipelineError as error:
        record.code, record.reason = int(error.exit_code), _reason(task.source.place, str(error))
    except RecursionError:
        record.reason = f"{task.source.place}: nested too deeply"
    except Exception as error:
        record.code = int(ExitCode.INTERNAL)
        record.reason = _reason(task.source.place, f"internal error: {type(error).__name__}: {error}")
    record.seconds = round(time.perf_counter() - start, 4)
    return Made(record)


def _reason(place: str, message: str) -> str:
    """One line that names the source."""
    line = " ".join(message.split())
    return line if line.startswith(place) else f"{place}: {line}"


def holds(before: Record, task: Task) -> bool:
    """Whether an earlier run made the article from the same inputs and settings, and its outputs are still there."""
    return (
        before.status in DONE
        and before.settings == task.settings_hash
        and places.absolute(before.source) == places.absolute(task.source.place)
        and all(places.digest(place) == digest for place, digest in before.inputs.items())
        and _are_as_made(places.join(task.settings.out, task.source.name), before)
    )


def _are_as_made(folder: str, before: Record) -> bool:
    """Whether the outputs are those of `before`; at an address they are read only where their stamps differ."""
    for name, digest in before.outputs.items():
        place, stamp = places.join(folder, name), before.stamps.get(name)
        if not (stamp and places.stamp(place) == stamp) and places.digest(place) != digest:
            return False
    return True


def _make(task: Task, near: Nearby, record: Record) -> None:
    settings, folder = task.settings, places.join(task.settings.out, task.source.name)
    _clear(folder)
    record.source_hash = places.digest(str(near.path))
    first = [near.path, near.path.with_suffix(".toml")]
    before = {near.place_of(path): places.digest(str(path)) for path in first}
    built, files = make_outputs(near.path, settings.profile, settings.style, settings.formats, near.place)
    while near.fetch(built.inputs):  # what it names is known only now
        built, files = make_outputs(near.path, settings.profile, settings.style, settings.formats, near.place)
    inputs = {near.place_of(path): places.digest(str(path)) for path in built.inputs} | before
    if places.digest(str(near.path)) != record.source_hash:
        raise SourceError(f"{near.place}: changed while it was read; run again with --resume")
    places.write_folder(folder, files)
    _fill(record, built)
    record.inputs = inputs
    record.outputs = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    record.stamps = {name: stamp for name in files if (stamp := places.stamp(places.join(folder, name)))}


def _clear(folder: str) -> None:
    """Take away what a run that was killed has left."""
    if not places.is_address(folder):
        for left in Path(folder).glob(".*.part"):
            left.unlink(missing_ok=True)


def _fill(record: Record, built: Built) -> None:
    severities = Counter(str(finding.severity) for finding in built.findings)
    record.errors, record.warnings, record.notes = (severities[name] for name in ("error", "warning", "info"))
    record.status = "errors" if built.has_errors else "done"
    record.code = int(ExitCode.ARTICLE_HAS_ERRORS if built.has_errors else ExitCode.DONE)
    record.title = (built.article.title.text or "") if built.article.title is not None else ""
    record.counts = dict(built.counts)
    record.stages = {name: round(seconds, 4) for name, seconds in built.stages.items()}
    for finding in built.findings:
        first = {"severity": str(finding.severity), "count": 0, "example": finding.message, "line": finding.line}
        record.findings.setdefault(finding.code, first)["count"] += 1
