"""Which articles a call names: files, folders, globs, and lists of them (`@list.txt`, `-`), here or at addresses."""

import glob
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePath, PurePosixPath

from pipeline.batch import places
from pipeline.errors import SourceError, UsageError
from pipeline.intake import is_source

STDIN = "-"
XML = ".xml"


@dataclass(frozen=True, slots=True)
class Source:
    """An article to be made: the path or address of its file, and the folder of its outputs, relative to OUT.

    `leads_out`: it is a link out of the folder that was named, and is not followed.
    """

    place: str
    name: str
    leads_out: bool = False


def find(arguments: Sequence[str], out: str = "") -> list[Source]:
    """The sources in the order of the call, each once. What lies in folders of a folder keeps them in its name.

    What lies in `out`, the folder of the outputs, is no source.

    Raises UsageError: nothing is named, or two sources would be made into one folder. SourceError: a list or a
    folder cannot be read.
    """
    found: dict[str, Source] = {}
    for argument in arguments:
        for source in _of(argument, out):
            other = found.setdefault(source.name, source)
            if places.absolute(other.place) != places.absolute(source.place):
                message = f"{other.place} and {source.place} would both be built into {source.name}/; rename one"
                raise UsageError(message)
    if not found:
        raise UsageError(f"no article in {' '.join(arguments)}; name files, folders, globs or @lists")
    return list(found.values())


def _of(argument: str, out: str) -> Iterator[Source]:
    argument = places.plain(argument)
    if argument == STDIN or argument.startswith("@"):
        for line in _lines(argument):
            yield from _of(line, out)
    elif glob.has_magic(argument) and (places.is_address(argument) or not Path(argument).exists()):
        folder = _named_part(argument)
        for place in _matching(argument, folder):
            named = is_source(place) or argument.lower().endswith(XML)
            if named and places.is_file(place) and not _within(place, out):
                yield Source(place, places.stem_of(place), _leads_out(place, folder))
    elif _is_folder(argument):
        for name in places.below(argument):
            hidden = any(part.startswith(".") for part in name.split("/"))
            place = places.join(argument, name)
            if is_source(name) and not hidden and not _within(place, out):
                yield Source(place, str(PurePosixPath(name).with_suffix("")), _leads_out(place, argument))
    else:
        yield Source(argument, places.stem_of(argument))


def _is_folder(argument: str) -> bool:
    """A file at an address is not asked for: there may be a million of them."""
    if places.is_address(argument) and is_source(argument):
        return False
    return places.is_folder(argument)


def _matching(pattern: str, folder: str) -> list[str]:
    """The places that a pattern stands for; as in a folder, links to other folders are not entered."""
    if places.is_address(pattern):
        return places.matching(pattern)
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (the pattern may be absolute)
    return [place for place in found if not any(each.is_symlink() for each in _folders(place, folder))]


def _folders(place: str, folder: str) -> Iterator[Path]:
    """The folders on the way from `folder` to a place."""
    return takewhile(lambda each: each != Path(folder), Path(place).parents)


def _within(place: str, out: str) -> bool:
    return bool(out) and places.absolute(place).startswith(places.absolute(out).rstrip("/") + "/")


def _named_part(pattern: str) -> str:
    """The folder that a pattern names before its first wildcard."""
    parts = PurePath(pattern).parts
    return str(PurePath(*takewhile(lambda part: not glob.has_magic(part), parts)))


def _leads_out(place: str, folder: str) -> bool:
    return not places.is_address(place) and not Path(place).resolve().is_relative_to(Path(folder).resolve())


def _lines(argument: str) -> list[str]:
    """The lines of a list; relative names are meant from the folder of the list."""
    place = argument.removeprefix("@")
    data = sys.stdin.buffer.read() if place == STDIN else places.read(place)
    folder = "" if place == STDIN else places.folder_of(place)
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise SourceError(f"{place}: the list is not UTF-8") from None
    return [_from(folder, line.strip()) for line in lines if line.strip()]


def _from(folder: str, line: str) -> str:
    if not folder or places.is_address(line) or Path(line).is_absolute():
        return line
    return places.join(folder, line)
