"""What the tests of every room share."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from tests.forked import Forked, Ran

TOP = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the expected files anew")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Whatever a test does, this process reaches no other machine."""

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            raise AssertionError(f"a connection to {address} was tried")
        connect(self, address)

    connect = socket.socket.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top of the checkout."""
    return TOP


@pytest.fixture(scope="session")
def examples() -> Path:
    return TOP / "examples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data for development that stands beside the checkout and is no part of it."""
    path = TOP.parent / "shared"
    if not path.is_dir():
        pytest.skip("no folder `shared` beside the checkout")
    return path


@pytest.fixture(scope="session")
def dtd() -> etree.DTD:
    """JATS Journal Publishing 1.3."""
    from pipeline import schema_files

    return etree.DTD(file=str(schema_files.dtd()))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str | bytes], None]:
    """`golden(path, made)`: what was made is what `path` holds; `--update-goldens` writes it there."""

    def compare(path: Path, made: str | bytes) -> None:
        content = made.encode() if isinstance(made, str) else made
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.is_file(), f"no {path}; write it with: pytest --update-goldens"
        assert content.decode() == path.read_text(encoding="utf-8"), f"{path} differs; see: pytest --update-goldens"

    return compare


@pytest.fixture
def cli() -> Callable[..., Result]:
    """`cli("convert", path, "-o", out)`: the command in this process."""

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        from pipeline.cli import main

        return CliRunner().invoke(main, [str(each) for each in arguments], input=stdin, prog_name="jats-pipeline")

    return run


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """`program("pdftotext")`: the path of an outside program that looks at outputs; skips where there is none."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find


@pytest.fixture(scope="session")
def command() -> Iterator[Callable[..., Ran]]:
    """`command("build", path, cwd=folder, env={…})`: the command in a process of its own, and what it cost."""
    if not hasattr(os, "fork"):
        pytest.skip("the system cannot fork a process")
    forked = Forked()

    def run(*arguments: object, cwd: Path | None = None, env: dict[str, str] | None = None) -> Ran:
        return forked.run([*map(str, arguments)], cwd, os.environ | (env or {}))

    yield run
    forked.end()
