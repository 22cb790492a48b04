"""The source of an article with what belongs to it, as files of this machine."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch import places
from pipeline.errors import SourceError


@dataclass(frozen=True, slots=True)
class Nearby:
    """`path` is the source as a file here; `place` is where it comes from, the same unless that is an address."""

    place: str
    path: Path

    def place_of(self, path: Path) -> str:
        """Where a file beside the source comes from."""
        if str(self.path) == self.place or not path.is_relative_to(self.path.parent):
            return str(path)
        return places.join(places.folder_of(self.place), path.relative_to(self.path.parent).as_posix())

    def fetch(self, paths: Iterable[Path]) -> bool:
        """Get those of the files beside the source that are at its address and not yet here; whether there were any."""
        missing = [path for path in paths if self.place_of(path) != str(path) and not path.exists()]
        return sum(map(self._fetched, missing)) > 0

    def _fetched(self, path: Path) -> bool:
        try:
            data = places.read(self.place_of(path))
        except SourceError:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return True


@contextmanager
def nearby(place: str) -> Iterator[Nearby]:
    """A source where it is, or a copy of what is at an address, with its `NAME.toml`.

    Raises SourceError: the address cannot be read.
    """
    if not places.is_address(place):
        yield Nearby(place, Path(place))
        return
    with tempfile.TemporaryDirectory(prefix="article-") as folder:
        near = Nearby(place, Path(folder, place.rpartition("/")[2]))
        near.path.write_bytes(places.read(place))
        near.fetch([near.path.with_suffix(".toml")])
        yield near
