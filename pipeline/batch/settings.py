"""What decides, beside the source, what the outputs of an article are; and how it gets to another machine."""

import hashlib
import json
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline import __version__, resources
from pipeline.batch.places import digest
from pipeline.journal import Profile


@dataclass(frozen=True)
class Settings:
    """`out` is a path or an address."""

    out: str
    profile: Profile
    style: str
    formats: tuple[str, ...]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the version, the formats, the style, the files of the journal, and whether these are drafts."""
        chosen = [__version__, self.style, sorted(self.formats), self.profile.look.draft]
        known = hashlib.sha256(json.dumps(chosen).encode())
        for path in self.profile.files(self.style):
            known.update(f"{path.name}:{digest(str(path))};".encode())
        return known.hexdigest()


@dataclass(frozen=True, slots=True)
class Luggage:
    """Settings and the bytes of the journal's own files by their full paths, for a machine that does not have them."""

    settings: Settings
    files: dict[Path, bytes]

    def unpack(self, folder: Path) -> Settings:
        """Write the files below `folder`; the settings, with the paths that they have there."""
        for path, data in self.files.items():
            there = _moved(path, folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)
        profile = self.settings.profile
        moved = {field.name: self._located(getattr(profile, field.name), folder) for field in fields(profile)}
        style = self._located(self.settings.style, folder)
        return replace(self.settings, profile=replace(profile, **moved), style=style)

    def _located(self, value: Any, folder: Path) -> Any:
        """`value`; a path of one of the files, or of a folder of some of them, is the one below `folder`."""
        if not value or not isinstance(value, str | Path):
            return value
        path = Path(value).absolute()
        if not any(each.is_relative_to(path) for each in self.files):
            return value
        return type(value)(_moved(path, folder))


def pack(settings: Settings) -> Luggage:
    """The settings with the files of the journal that do not come with jats-pipeline."""
    ours = resources.styles()
    paths = (path.absolute() for path in settings.profile.files(settings.style))
    return Luggage(settings, {path: path.read_bytes() for path in paths if not path.is_relative_to(ours)})


def _moved(path: Path, folder: Path) -> Path:
    return folder / path.relative_to(path.anchor)
