"""Sources from strangers, made by code: each is read rightly or refused in one line, and costs little."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.forked import Ran
from tests.hostile.sources import LATEX, MARKUP, READ, REFUSED, SHELL, TYPST

MOST_SECONDS = 30  # of processor time; a machine of today needs a third
MOST_MEGABYTES = 1000

Check = Callable[[Path, int, str], None]
Command = Callable[..., Ran]


def build(command: Command, folder: Path, name: str, data: bytes) -> Ran:
    (folder / name).write_bytes(data)
    ran = command("build", name, "--out", "out", cwd=folder)
    assert ran.seconds < MOST_SECONDS
    assert ran.megabytes < MOST_MEGABYTES
    assert {path.name for path in folder.iterdir()} <= {name, "out"}
    return ran


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_article_is_refused_in_one_line(case: str, command: Command, check: Check, tmp_path: Path) -> None:
    name, data = REFUSED[case]
    ran = build(command, tmp_path, name, data() if callable(data) else data)
    assert ran.code == 3, ran.errors
    check(tmp_path / "out", ran.code, ran.errors)


@pytest.mark.parametrize("case", READ)
def test_what_can_be_read_is_read(case: str, command: Command, check: Check, tmp_path: Path) -> None:
    ran = build(command, tmp_path, "a.txt", READ[case])
    assert ran.code in (0, 1), ran.errors
    check(tmp_path / "out", ran.code, ran.errors)


@pytest.mark.parametrize(("case", "pieces"), [("markup", MARKUP), ("Typst", TYPST), ("LaTeX", LATEX), ("shell", SHELL)])
def test_code_is_printed_as_it_stands(case: str, pieces: list[str], cli: Callable[..., object], tmp_path: Path) -> None:
    """Every word of it is in every format: `words-not-in-galley` and `words-lost` are said otherwise."""
    (tmp_path / "a.txt").write_bytes(READ[case])
    run = cli("build", tmp_path / "a.txt", "--out", tmp_path / "out")
    assert "words-" not in run.stderr  # type: ignore[attr-defined]
    text = " ".join((tmp_path / "out" / "a" / "a.xml").read_text(encoding="utf-8").split())
    for piece in pieces:
        assert piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in text


NAMES = [
    'it\'s "quoted".txt',
    "$(touch pwned).txt",
    "`touch pwned`; x.txt",
    "two  spaces.txt",
    "--help.txt",
    "näme ☃ 港.txt",
]


@pytest.mark.parametrize("name", [*NAMES, "line\nfeed.txt", "bell\x07\x1b[31m.txt", "\u202etxt.a.txt"])
def test_any_file_name(name: str, cli: Callable[..., object], check: Check, tmp_path: Path) -> None:
    from tests.hostile.sources import article

    (tmp_path / name).write_text(article(), encoding="utf-8")
    run = cli("build", tmp_path / name, "--out", tmp_path / "out", "--to", "xml,html,pdf,docx")
    check(tmp_path / "out", run.exit_code, run.stderr)  # type: ignore[attr-defined]
    assert {path.name for path in tmp_path.iterdir()} == {name, "out"}


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode(cli: Callable[..., object], tmp_path: Path) -> None:
    from tests.hostile.sources import article

    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))
    try:
        path.write_text(article(), encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes no such name")
    run = cli("build", path, "--out", tmp_path / "out", "--to", "xml")
    assert run.exit_code == 3, run.stderr  # type: ignore[attr-defined]
    assert "rename" in run.stderr  # type: ignore[attr-defined]
