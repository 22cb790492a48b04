"""The official JATS DTDs: which ones `schemas/jats.lock` knows, and where each is installed."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import resources
from pipeline.errors import MissingPart

INSTALL = "jats-pipeline schemas install"


@dataclass(frozen=True, slots=True)
class TagSet:
    """A JATS tag set: its DTD's path within the release, and the publisher's folder the DTD stands in."""

    name: str
    dtd: str
    home: str


@dataclass(frozen=True, slots=True)
class Release:
    """A JATS version; `files` maps a path within `folder` to its SHA-256 (hexadecimal)."""

    version: str
    tag_sets: dict[str, TagSet]
    files: dict[str, str]

    @property
    def folder(self) -> Path:
        return resources.schemas("jats", self.version)

    def differing(self) -> list[str]:
        """The files that are absent, or are not what the lock says."""
        return [name for name, digest in self.files.items() if _digest(self.folder / name) != digest]


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """The npm package that carries the DTDs; `folder` holds one folder a version."""

    package: str
    version: str
    folder: str


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


@cache
def _lock() -> dict[str, Any]:
    return tomllib.loads(resources.schemas("jats.lock").read_text(encoding="utf-8"))


def npm_package() -> NpmPackage:
    return NpmPackage(**_lock()["npm"])


@cache
def releases() -> dict[str, Release]:
    """The JATS releases of the lock, by version."""
    return {
        version: Release(
            version,
            {name: TagSet(name, **entry) for name, entry in tables["tag-sets"].items()},
            tables["files"],
        )
        for version, tables in _lock()["versions"].items()
    }


def dtd(version: str = "1.3", tag_set: str = "publishing") -> Path:
    """The DTD of a JATS version and tag set (`publishing`, `archiving`, `authoring`), with MathML 3.

    Raises MissingPart: the lock does not know it, or it is not installed.
    """
    release = releases().get(version)
    if release is None or tag_set not in release.tag_sets:
        known = ", ".join(f"{one.version} ({', '.join(one.tag_sets)})" for one in releases().values())
        raise MissingPart(f"there is no DTD of JATS {version} {tag_set} here; there are: {known}")
    path = release.folder / release.tag_sets[tag_set].dtd
    if not path.is_file():
        raise MissingPart(f"JATS DTDs are not installed; run: {INSTALL}")
    return path


def listing() -> Iterator[str]:
    """A line for each DTD: the JATS version, the tag set, and its path or what is wrong."""
    for release in releases().values():
        state = _state(release)
        for tag_set in release.tag_sets.values():
            yield f"JATS {release.version}  {tag_set.name:<12}{state or release.folder / tag_set.dtd}"


def _state(release: Release) -> str:
    if not release.folder.is_dir():
        return f"not installed; run: {INSTALL}"
    differing = release.differing()
    return f"{differing[0]} differs from the lock; run: {INSTALL}" if differing else ""
