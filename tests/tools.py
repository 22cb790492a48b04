"""Programs of others that tests look at outputs with, from npm, each file by its hash: `python -m tests.tools`."""

import hashlib
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from pipeline.schema_install import npm_pack

LOCK = Path(__file__).with_name("tools.lock")
FOLDER = Path(__file__).with_name(".tools")


def known() -> dict[str, dict[str, Any]]:
    return tomllib.loads(LOCK.read_text(encoding="utf-8"))


def tool(name: str) -> Path | None:
    """The file of that name; None where it is not installed, or is not the one the lock names."""
    path = FOLDER / name
    return path if path.is_file() and digest(path.read_bytes()) == known()[name]["sha256"] else None


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def install(name: str, package: str, version: str, path: str, sha256: str) -> str:
    """An empty string, or why `name` could not be installed."""
    with tempfile.TemporaryDirectory() as folder:
        archive = npm_pack(Path(folder), package, version)
        if archive is None:
            return f"{name}: npm cannot be run, or has no {package} {version}"
        with tarfile.open(archive) as tar:
            stream = tar.extractfile(path)
            content = stream.read() if stream else b""
    if digest(content) != sha256:
        return f"{name}: {path} of {package} {version} does not have the SHA-256 of {LOCK.name}"
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_bytes(content)
    return ""


if __name__ == "__main__":
    problems = [problem for name, facts in known().items() if not tool(name) and (problem := install(name, **facts))]
    sys.exit("\n".join(problems) or None)
