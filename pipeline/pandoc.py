"""The one door to pandoc (the binary that `pypandoc_binary` carries)."""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline import programs
from pipeline.errors import LimitReached, MissingPart, PipelineError
from pipeline.findings import Finding, Severity

WARNING = "[WARNING]"
VERBOSE = "--verbose"
PLACE = re.compile(r"\bline (\d+)")
NOTICE = re.compile(r"^\[(?:INFO|WARNING)\] ", re.MULTILINE)
SKIPPED = re.compile(r"Skipped '(?P<text>.*)' at (?:.{0,200} )?line (?P<line>\d+) column \d+\s*", re.DOTALL)
HEAP_EXHAUSTED = 251
"""What the run-time system of Haskell programs ends with where `+RTS -M` is reached."""


class PandocError(PipelineError):
    """Pandoc refused its input, failed, or printed rubbish; the message is pandoc's own first lines."""


@cache
def executable() -> str:
    """The path of pandoc.

    Raises MissingPart: no pandoc is installed.
    """
    spec = find_spec("pypandoc")  # found, not imported: importing it takes longer than most runs of pandoc
    folders = list(spec.submodule_search_locations or ()) if spec else []
    places = [Path(folder, "files", name) for folder in folders for name in ("pandoc", "pandoc.exe")]
    path = next((str(place) for place in places if place.is_file()), None) or shutil.which("pandoc")
    if path is None:
        raise MissingPart("pandoc is not installed; run: pip install pypandoc_binary")
    return path


@cache
def version() -> str:
    return convert(b"", "native", "plain", options=["--version"]).decode().split()[1]


def convert(source: bytes, reader: str, writer: str, options: Sequence[str] = (), cwd: str | None = None) -> bytes:
    """What pandoc makes of `source`; its warnings are left unread. See `run`."""
    return run(source, reader, writer, options, cwd).data


def to_json(source: bytes, reader: str, options: Sequence[str] = ()) -> dict[str, Any]:
    """Pandoc's document model of `source`. See `run`."""
    data = run(source, reader, "json", options).data
    try:
        document = json.loads(data)
        if isinstance(document["blocks"], list):
            return dict(document)
    except (ValueError, LookupError, TypeError, RecursionError):
        pass
    raise rubbish("no document")


def to_text(source: bytes, reader: str, writer: str, options: Sequence[str] = ()) -> "tuple[str, tuple[str, ...]]":
    """The markup pandoc makes of `source`, and its warnings. See `run`."""
    made = run(source, reader, writer, options)
    try:
        return made.data.decode(), made.warnings
    except UnicodeDecodeError:
        raise rubbish("no text") from None


def rubbish(what: str) -> PandocError:
    """The error of a pandoc that ends well and prints what no pandoc prints."""
    return PandocError(f"pandoc printed {what}; install it anew: pip install --force-reinstall pypandoc_binary")


@dataclass(frozen=True, slots=True)
class Made:
    """What pandoc wrote, and what it warned of, a line each; what it skipped, where it was asked to be `VERBOSE`."""

    data: bytes
    warnings: tuple[str, ...]
    skipped: "tuple[Skipped, ...]" = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A piece of the source that a reader of pandoc left out, and the line at which pandoc says so."""

    text: str
    line: int


def run(source: bytes, reader: str, writer: str, options: Sequence[str] = (), cwd: str | None = None) -> Made:
    """What pandoc makes of `source`, read and written without access to any other file.

    `reader` and `writer` are pandoc format names with their extensions. `options` are further
    arguments; files they name (a reference document, a style) are the caller's own.

    Raises MissingPart, PandocError, or LimitReached where time or memory ran out.
    """
    most = programs.bounds().megabytes
    command = [executable(), "+RTS", f"-M{most}M", "-RTS", "--sandbox"]
    command += ["--from", reader, "--to", writer, *options]
    environment = {key: value for key, value in os.environ.items() if key in ("PATH", "SOURCE_DATE_EPOCH")}
    try:
        done = programs.run(command, source, cwd=cwd, env=environment | {"LC_ALL": "C.UTF-8", "HOME": os.devnull})
    except OSError as error:
        raise MissingPart(f"pandoc cannot be started ({error}); run: pip install pypandoc_binary") from None
    if done.code == HEAP_EXHAUSTED:
        raise LimitReached(f"pandoc needs more than {most} MB; raise limits.megabytes in journal.toml")
    lines = [line.strip() for line in done.messages.splitlines() if line.strip()]
    if done.code:
        raise PandocError(f"pandoc: {' '.join(lines[:2]) or f'exit code {done.code}'}")
    return Made(done.output, tuple(warnings(lines)), tuple(skipped(done.messages)))


def skipped(messages: str) -> Iterator[Skipped]:
    """What pandoc says it left out, each once; it indents what goes over several lines."""
    found = (SKIPPED.fullmatch(notice) for notice in NOTICE.split(messages))
    yield from dict.fromkeys(
        Skipped(match["text"].replace("\n  ", "\n"), int(match["line"])) for match in found if match
    )


def warnings(lines: Iterable[str]) -> Iterator[str]:
    """The warnings among the lines on pandoc's standard error, each once."""
    found = (line.removeprefix(WARNING).strip() for line in lines if line.startswith(WARNING))
    yield from dict.fromkeys(found)


def findings_of(lines: Iterable[str]) -> list[Finding]:
    """Pandoc's warnings as findings, with the line where they name one."""
    found = [(line, PLACE.search(line)) for line in lines]
    return [
        Finding("pandoc-warning", Severity.WARNING, f"pandoc: {line}", line=int(place[1]) if place else None)
        for line, place in found
    ]
