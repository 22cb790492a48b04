"""The one door to pandoc (the binary that `pypandoc_binary` carries)."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import MissingPart, PipelineError, SourceError

TIME_LIMIT = 120
MEMORY_LIMIT = "1500M"


class PandocError(PipelineError):
    """Pandoc refused its input or failed; the message is pandoc's own first line."""


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
    """What pandoc makes of `source`, read and written without access to any other file.

    `reader` and `writer` are pandoc format names with their extensions. `options` are further
    arguments; files they name (a reference document, a style) are the caller's own.

    Raises MissingPart, PandocError, or SourceError where the time limit (seconds) ran out.
    """
    command = [executable(), "+RTS", f"-M{MEMORY_LIMIT}", "-RTS", "--sandbox"]
    command += ["--from", reader, "--to", writer, *options]
    environment = {key: value for key, value in os.environ.items() if key in ("PATH", "SOURCE_DATE_EPOCH")}
    try:
        run = subprocess.run(
            command, input=source, capture_output=True, timeout=TIME_LIMIT, cwd=cwd,
            env=environment | {"LC_ALL": "C.UTF-8", "HOME": os.devnull}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SourceError(f"pandoc did not finish in {TIME_LIMIT} s; the document is too large or too deep") from None
    except OSError as error:
        raise MissingPart(f"pandoc cannot be started ({error}); run: pip install pypandoc_binary") from None
    if run.returncode:
        lines = run.stderr.decode(errors="replace").strip().splitlines()
        raise PandocError(f"pandoc: {lines[0] if lines else f'exit code {run.returncode}'}")
    return run.stdout
