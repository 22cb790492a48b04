"""The official schemas: which ones the `schemas/*.lock` files know, and where each is installed."""

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
REGISTRIES = ("npm", "pypi")


@dataclass(frozen=True, slots=True)
class Schema:
    """An entry point: its path within the release, and the folder at the publisher that the path is within."""

    name: str
    path: str
    home: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """The package that carries the files, of `npm` or `pypi`; `folder` is where they stand in it."""

    registry: str
    package: str
    version: str
    folder: str


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a set of schemas; `files` maps a path within `folder` to its SHA-256 (hexadecimal).

    `bundle` is the name of the lock, `doctypes` maps the public identifiers of document types to paths.
    """

    bundle: str
    title: str
    version: str
    carrier: Carrier
    schemas: dict[str, Schema]
    doctypes: dict[str, str]
    files: dict[str, str]

    @property
    def folder(self) -> Path:
        return resources.schemas(self.bundle, self.version)

    @property
    def lock(self) -> str:
        return f"schemas/{self.bundle}.lock"

    def path(self, file: str) -> Path:
        """Where `file` is installed.

        Raises MissingPart: it is not.
        """
        path = self.folder / file
        if not path.is_file():
            raise MissingPart(f"the schemas of {self.title} {self.version} are not installed; run: {INSTALL}")
        return path

    def differing(self) -> list[str]:
        """The files that are absent, or are not what the lock says."""
        return [name for name, digest in self.files.items() if _digest(self.folder / name) != digest]


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


@cache
def releases() -> tuple[Release, ...]:
    """The releases of every lock, JATS first."""
    locks = sorted(
        resources.schemas("jats.lock").parent.glob("*.lock"), key=lambda lock: (lock.stem != "jats", lock.stem)
    )
    return tuple(release for lock in locks for release in _releases(lock))


def _releases(lock: Path) -> Iterator[Release]:
    content: dict[str, Any] = tomllib.loads(lock.read_text(encoding="utf-8"))
    registry = next(name for name in REGISTRIES if name in content)
    package = content[registry]
    for version, tables in content["versions"].items():
        yield Release(
            lock.stem,
            content["title"],
            version,
            Carrier(registry, package["package"], package["version"], package["folder"].format(version=version)),
            {name: Schema(name, **entry) for name, entry in tables["schemas"].items()},
            tables.get("doctypes", {}),
            tables["files"],
        )


def schema(bundle: str, name: str, version: str = "") -> Path:
    """The schema `name` of a bundle; of its latest version where none is given.

    Raises MissingPart: no lock knows it, or it is not installed.
    """
    known = [release for release in releases() if release.bundle == bundle and version in ("", release.version)]
    if not known or name not in known[-1].schemas:
        there = ", ".join(f"{each.title} {each.version} ({', '.join(each.schemas)})" for each in releases())
        wanted = " ".join(filter(None, (bundle, version, name)))
        raise MissingPart(f"there is no schema {wanted} here; there are: {there}")
    return known[-1].path(known[-1].schemas[name].path)


def dtd(version: str = "1.3", tag_set: str = "publishing") -> Path:
    """The DTD of a JATS version and tag set (`publishing`, `archiving`, `authoring`), with MathML 3 where it has it.

    Raises MissingPart: the lock does not know it, or it is not installed.
    """
    return schema("jats", tag_set, version)


def doctype(public_id: str) -> Path | None:
    """The DTD that a public identifier means; None where no lock knows it.

    Raises MissingPart: it is known and not installed.
    """
    for release in releases():
        if public_id in release.doctypes:
            return release.path(release.doctypes[public_id])
    return None


def listing() -> Iterator[str]:
    """A line for each schema: whose, the version, its name, and its path or what is wrong."""
    for release in releases():
        state = _state(release)
        for entry in release.schemas.values():
            yield f"{f'{release.title} {release.version}':<16}{entry.name:<12}{state or release.folder / entry.path}"


def _state(release: Release) -> str:
    if not release.folder.is_dir():
        return f"not installed; run: {INSTALL}"
    differing = release.differing()
    return f"{differing[0]} differs from the lock; run: {INSTALL}" if differing else ""
