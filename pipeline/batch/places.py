"""Where files are: a path of this machine, or an address such as `s3://bucket/folder`, reached through fsspec."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import MissingPart, PipelineError, SourceError, UsageError
from pipeline.files import write_all

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?::[a-z0-9+.-]+:)*//")
HERE = "file://"
MANIFEST = "manifest.sqlite"


def is_address(place: str) -> bool:
    return bool(ADDRESS.match(place))


def plain(place: str) -> str:
    """`place`, as a path where it is on this machine."""
    return place.removeprefix(HERE)


def absolute(place: str) -> str:
    return place if is_address(place) else Path(place).absolute().as_posix()


def check(place: str) -> None:
    """Raises UsageError, MissingPart, SourceError: an address of no known kind, without its driver, out of reach."""
    with _reached(place):
        pass


def join(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if is_address(folder) else str(Path(folder, name))


def folder_of(place: str) -> str:
    return place.rpartition("/")[0] if is_address(place) else str(Path(place).parent)


def stem_of(place: str) -> str:
    return PurePosixPath(place.rpartition("/")[2]).stem if is_address(place) else Path(place).stem


def manifest_of(out: str) -> Path:
    """The manifest of the outputs in `out`: there, or for an address in the current folder, under its last name."""
    return Path(f"{stem_of(out.rstrip('/'))}.{MANIFEST}") if is_address(out) else Path(out, MANIFEST)


def read(place: str) -> bytes:
    """The bytes of a file.

    Raises SourceError: it cannot be read.
    """
    with _reached(place) as (system, path):
        data: bytes = system.cat_file(path) if system else Path(path).read_bytes()
        return data


def digest(place: str) -> str:
    """SHA-256 of a file, in hexadecimal; empty where it cannot be read."""
    try:
        if not is_address(place):
            with Path(place).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(read(place)).hexdigest()
    except (OSError, SourceError):
        return ""


def stamp(place: str) -> str:
    """What tells the present version of a file at an address from others (an ETag, a time of change), in one request.

    Empty for a path, and where the address has no such file.
    """
    if not is_address(place):
        return ""
    try:
        with _reached(place) as (system, path):
            return str(system.checksum(path))
    except SourceError:
        return ""


def is_folder(place: str) -> bool:
    with _reached(place) as (system, path):
        return bool(system.isdir(path) if system else Path(path).is_dir())


def is_file(place: str) -> bool:
    with _reached(place) as (system, path):
        return bool(system.isfile(path) if system else Path(path).is_file())


def below(folder: str) -> list[str]:
    """The files in `folder` and in its folders, by their names from there, sorted."""
    with _reached(folder) as (system, path):
        if system:
            top = PurePosixPath(path)
            return sorted(str(PurePosixPath(found).relative_to(top)) for found in system.find(path))
        return sorted(file.relative_to(path).as_posix() for file in Path(path).rglob("*") if file.is_file())


def matching(pattern: str) -> list[str]:
    """The places that an address with wildcards stands for, sorted."""
    with _reached(pattern) as (system, path):
        return sorted(system.unstrip_protocol(found) for found in system.glob(path))


def write_folder(folder: str, files: Mapping[str, bytes]) -> None:
    """Put all `files` into `folder`; none appears before all are written, as far as the place can do that.

    Raises UsageError: they cannot be written.
    """
    if not is_address(folder):
        write_all({Path(folder, name): data for name, data in files.items()})
        return
    try:
        with _reached(folder) as (system, path):
            _make_folder(system, path)
            with system.transaction:
                for name, data in files.items():
                    with system.open(f"{path}/{name}", "wb") as file:
                        file.write(data)
            system.invalidate_cache(path)
    except SourceError as error:
        raise UsageError(str(error).replace("be read", "be written")) from None


def _make_folder(system: Any, path: str) -> None:
    """Another worker may have made it since the listing that the driver remembers."""
    try:
        system.makedirs(path, exist_ok=True)
    except Exception:
        system.invalidate_cache()
        if not system.isdir(path):
            raise


@contextmanager
def _reached(place: str) -> Iterator[tuple[Any, str]]:
    """The file system of an address (None for a path) and the path there; what it raises becomes one line."""
    try:
        yield _system(place) if is_address(place) else (None, place)
    except PipelineError:
        raise
    except Exception as error:
        if isinstance(error, FileNotFoundError):
            reason = "no such file or directory"
        else:
            reason = " ".join(str(getattr(error, "strerror", "") or error or type(error).__name__).split()).lower()
        raise SourceError(f"{place}: cannot be read ({reason})") from None


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise MissingPart(f"{address}: addresses need fsspec; run: pip install 'jats-pipeline[cluster]'") from None
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise MissingPart(f"{address}: {error}") from None
    except ValueError as error:
        raise UsageError(f"{address}: {error}; give a path, or an address that fsspec knows") from None
    return system, path
