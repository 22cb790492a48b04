"""Files appear whole or not at all."""

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from pipeline.errors import UsageError

# What parts a rule in two, begins a recipe, sets a variable or stands for other names.
NOT_FOR_MAKE = re.compile(r"[\x00-\x1f\x7f;|=%*?\[\]()&~]" + (r"|\\" if os.sep == "/" else ""))
ESCAPED = re.compile("[ #]" if os.name == "nt" else "[ #:]")


def file_within(folder: Path, name: str, endings: Iterable[str] = ("",)) -> Path | None:
    """The file in `folder` or below it that `name` means, percent-encoded or not, with one of `endings`.

    None where there is none, where it lies outside, or where no file can have such a name.
    """
    with suppress(OSError, ValueError):
        top = folder.resolve()
        for written in dict.fromkeys((name, unquote(name))):
            for ending in endings:
                path = (top / (written + ending)).resolve()
                if path.is_relative_to(top) and path.is_file():
                    return path
    return None


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` beside `path` and rename it into place.

    Raises UsageError: the folder cannot be made or written to.
    """
    write_all({path: data})


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Several files: none is put in place before all of them are written."""
    parts: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            parts[path] = _write_beside(path, data)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        name = error.filename or next(iter(contents), "output")
        raise UsageError(f"{name}: cannot be written ({(error.strerror or str(error)).lower()})") from None


def _write_beside(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(21, "is a directory", str(path))
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        part.chmod(0o666 & ~_umask())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def rule_for_make(target: Path, sources: Iterable[Path]) -> tuple[bytes, list[Path]]:
    """A make rule without a recipe, and the files that it cannot name, as make would read code in their names.

    `target` depends on those of `sources` that exist, and each of them may vanish.

    Raises UsageError: `target` has such a name.
    """
    if NOT_FOR_MAKE.search(str(target)):
        raise UsageError(f"{target}: make cannot hold this name; use letters, digits, spaces and . _ - alone")
    known = [source for source in dict.fromkeys(sources) if source.exists()]
    unnamed = [source for source in known if NOT_FOR_MAKE.search(str(source))]
    names = [_for_make(source) for source in known if source not in unnamed]
    rule = f"{_for_make(target)}: {' '.join(names)}\n"
    return (rule + "".join(f"{name}:\n" for name in names)).encode(), unnamed


def _for_make(path: Path) -> str:
    return ESCAPED.sub(r"\\\g<0>", path.as_posix().replace("$", "$$"))
