"""What a worker does with one article: a task in, a record out; the files are written here."""

import hashlib
import json
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline import __version__, build, report
from pipeline.batch.sources import Source
from pipeline.errors import ExitCode, PipelineError, SourceError
from pipeline.files import write_all
from pipeline.journal import Profile

DONE = {"done", "errors"}


@dataclass(frozen=True)
class Settings:
    """What decides, beside the source, what the outputs are; and where they go."""

    out: Path
    profile: Profile
    style: str
    formats: tuple[str, ...]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the version, the formats, the style and the files of the journal."""
        digest = hashlib.sha256(json.dumps([__version__, self.style, sorted(self.formats)]).encode())
        for path in self.profile.files(self.style):
            digest.update(f"{path.name}:{hash_of(path)};".encode())
        return digest.hexdigest()


@dataclass(slots=True)
class Record:
    """What the manifest knows of one article.

    `status` is `done`, `errors` (made, but the article has some) or `failed`; `code` is the exit code it stands for.
    `inputs` and `outputs` give the SHA-256 of each file (empty: the file is absent), outputs by their names in the
    article's folder. `findings` gives for each code its severity, number, first message and line.
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


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def make(task: Task) -> Made:
    """Make the outputs of one article and put them in place. What stops it becomes the record's reason."""
    if task.before and holds(task.before, task):
        return Made(task.before, unchanged=True)
    start = time.perf_counter()
    record = Record(task.source.name, str(task.source.path), task.settings_hash)
    record.source_hash = hash_of(task.source.path)
    try:
        _make(task, record)
    except MemoryError:
        raise
    except PipelineError as error:
        record.code, record.reason = int(error.exit_code), " ".join(str(error).split())
    except RecursionError:
        record.reason = f"{task.source.path}: nested too deeply"
    except Exception as error:
        record.code = int(ExitCode.INTERNAL)
        record.reason = f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"
    record.seconds = round(time.perf_counter() - start, 4)
    return Made(record)


def holds(before: Record, task: Task) -> bool:
    """Whether an earlier run made the article from the same inputs and settings, and its outputs are still there."""
    folder = task.settings.out / task.source.name
    return (
        before.status in DONE
        and before.settings == task.settings_hash
        and before.source == str(task.source.path)
        and all(hash_of(Path(name)) == digest for name, digest in before.inputs.items())
        and all(hash_of(folder / name) == digest for name, digest in before.outputs.items())
    )


def _make(task: Task, record: Record) -> None:
    path, settings = task.source.path, task.settings
    folder = settings.out / task.source.name
    for left in folder.glob(".*.part"):  # of a run that was killed
        left.unlink(missing_ok=True)
    before = {str(name): hash_of(name) for name in (path, path.with_suffix(".toml"))}
    built = build.convert(path, settings.profile)
    galleys = [to for to in settings.formats if to != "xml"]
    if galleys:
        build.render(built, galleys, settings.profile, settings.style, path.parent)
    made = {to: built.xml if to == "xml" else built.galleys[to] for to in settings.formats} | report.files(built)
    inputs = {str(name): hash_of(name) for name in built.inputs} | before
    if hash_of(path) != record.source_hash:
        raise SourceError(f"{path}: changed while it was read; run again with --resume")
    outputs = {f"{path.stem}.{ending}": data for ending, data in made.items()}
    write_all({folder / name: data for name, data in outputs.items()})
    _fill(record, built)
    record.inputs = inputs
    record.outputs = {name: hashlib.sha256(data).hexdigest() for name, data in outputs.items()}


def _fill(record: Record, built: build.Built) -> None:
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
