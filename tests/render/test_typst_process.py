"""Typst's own process: what comes of a run that hangs, needs too much, reads outside or asks for a package."""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import programs
from pipeline.errors import LimitReached, MissingPart
from pipeline.render import typst_process
from pipeline.render.typesetting import STANDARDS
from pipeline.render.typst_process import Refused, compile_pdf

ENDLESS = "#for a in range(9999) { for b in range(9999) { for c in range(9999) { let x = a + b } } }"
HUGE = '#{ let s = "x"; for i in range(40) { s = s + s } }'

Compile = Callable[[str], tuple[bytes, list[str]]]


@pytest.fixture
def typst(tmp_path: Path) -> Compile:
    """`typst(markup)`: its PDF, and Typst's warnings."""

    def made(markup: str) -> tuple[bytes, list[str]]:
        (tmp_path / "main.typ").write_text(f'#set document(title: "t")\n{markup}')
        return compile_pdf(tmp_path / "main.typ", tmp_path, STANDARDS, 0)

    return made


def test_it_compiles_and_goes_on_with_the_same_process(typst: Compile) -> None:
    assert typst("a")[0].startswith(b"%PDF")
    first = typst_process._current[0].process.pid
    assert typst("b")[0] != typst("a")[0]
    assert typst_process._current[0].process.pid == first


def test_warnings_are_kept(typst: Compile) -> None:
    assert typst('#text(font: "No Such Face")[a]')[1] == ["unknown font family: no such face"]


def test_one_that_hangs_is_ended_and_the_next_is_made(typst: Compile) -> None:
    start = time.monotonic()
    with programs.bounded(1, 1000), pytest.raises(LimitReached, match=r"Typst did not finish in 1 s.*limits\.seconds"):
        typst(ENDLESS)
    assert time.monotonic() - start < 10
    assert typst("a")[0].startswith(b"%PDF")


@pytest.mark.skipif(sys.platform == "win32", reason="the system bounds no memory")
def test_one_that_takes_too_much_memory_is_ended(typst: Compile) -> None:
    with programs.bounded(60, 300), pytest.raises(LimitReached, match=r"more than 300 MB; raise limits\.megabytes"):
        typst(HUGE)


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "../../../../../../etc/passwd"])
def test_no_file_outside_its_folder_is_read(typst: Compile, tmp_path: Path, path: str) -> None:
    (tmp_path.parent / "secret.txt").write_text("secret")
    with pytest.raises(Refused, match=r"not found|would escape"):
        typst(f'#read("{path}")')


def test_no_package_is_fetched(typst: Compile) -> None:
    """The address of the registry of packages is not even looked up: the proxy is a port nobody listens on."""
    with pytest.raises(Refused, match=r"Connection refused|failed to download package"):
        typst('#import "@preview/example:0.1.0": add')
    environment = Path(f"/proc/{typst_process._current[0].process.pid}/environ")
    if environment.is_file():
        assert f"HTTPS_PROXY={typst_process.NOWHERE}".encode() in environment.read_bytes()


def test_it_sees_no_secret_of_the_environment(typst: Compile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret")
    with programs.bounded(60, 999):  # other bounds, a new process
        typst("a")
    environment = Path(f"/proc/{typst_process._current[0].process.pid}/environ")
    if environment.is_file():
        assert b"secret" not in environment.read_bytes()


@pytest.mark.parametrize("python", ["nowhere/python", "false"])
def test_one_that_cannot_start_says_what_to_install(
    typst: Compile, monkeypatch: pytest.MonkeyPatch, python: str
) -> None:
    monkeypatch.setattr(typst_process, "_current", [])
    monkeypatch.setattr(sys, "executable", shutil.which(python) or python)
    with pytest.raises(MissingPart, match="pip install"):
        typst("a")


def test_a_missing_one_says_what_to_install(typst: Compile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst_process, "_current", [])
    monkeypatch.setattr(typst_process, "find_spec", lambda name: None)
    with pytest.raises(MissingPart, match="pip install typst"):
        typst("a")
