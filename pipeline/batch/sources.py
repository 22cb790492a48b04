"""Which articles a call names: files, folders, globs, and lists of them (`@list.txt`)."""

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SourceError, UsageError

ENDINGS = {".txt", ".text", ".md", ".markdown", ".docx", ".odt", ".html", ".htm", ".tex", ".rtf"}


@dataclass(frozen=True, slots=True)
class Source:
    """An article to be made: its file, and the folder of its outputs, relative to OUT."""

    path: Path
    name: str


def find(arguments: Sequence[str]) -> list[Source]:
    """The sources in the order of the call, each once. What lies in folders of a folder keeps them in its name.

    Raises UsageError: nothing is named, or two sources would be made into one folder. SourceError: a list cannot
    be read.
    """
    found: dict[str, Source] = {}
    for argument in arguments:
        for source in _of(argument):
            other = found.setdefault(source.name, source)
            if other.path.absolute() != source.path.absolute():
                message = f"{other.path} and {source.path} would both be built into {source.name}/; rename one of them"
                raise UsageError(message)
    if not found:
        raise UsageError(f"no article in {' '.join(arguments)}; name files, folders, globs or @lists")
    return list(found.values())


def _of(argument: str) -> Iterator[Source]:
    path = Path(argument)
    if argument.startswith("@"):
        for line in _lines(Path(argument[1:])):
            yield from _of(line)
    elif path.is_dir():
        files = (file for file in path.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
        for file in sorted(files):
            below = file.relative_to(path)
            if not any(part.startswith(".") for part in below.parts):
                yield Source(file, below.with_suffix("").as_posix())
    elif glob.has_magic(argument) and not path.exists():
        for name in sorted(glob.glob(argument, recursive=True)):  # noqa: PTH207 (the pattern may be absolute)
            if Path(name).is_file() and Path(name).suffix.lower() in ENDINGS:
                yield Source(Path(name), Path(name).stem)
    else:
        yield Source(path, path.stem)


def _lines(path: Path) -> list[str]:
    """The lines of a list; relative names are meant from the folder of the list."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "not UTF-8"
        raise SourceError(f"{path}: cannot be read ({reason.lower()})") from None
    return [str(path.parent / line.strip()) for line in text.splitlines() if line.strip()]
