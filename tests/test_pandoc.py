"""The one door to pandoc: what comes of one that is missing, fails, hangs or prints rubbish."""

import stat
from pathlib import Path

import pytest

from pipeline import pandoc
from pipeline.errors import ExitCode, MissingPart, PipelineError, SourceError


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands in for pandoc."""
    path = tmp_path / "pandoc"
    monkeypatch.setattr(pandoc, "executable", lambda: str(path))
    return path


def write(script: Path, text: str) -> None:
    script.write_text(f"#!/bin/sh\n{text}\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)


def test_it_converts() -> None:
    assert pandoc.convert(b"a *b*", "markdown", "html").strip() == b"<p>a <em>b</em></p>"
    assert int(pandoc.version().split(".")[0]) >= 3


def test_it_opens_no_file_a_document_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret,word\n")
    assert b"word" not in pandoc.convert(f".. include:: {secret}\n".encode(), "rst", "plain")
    with pytest.raises(pandoc.PandocError, match="not found"):
        pandoc.convert(f".. csv-table:: T\n   :file: {secret}\n".encode(), "rst", "plain")


def test_a_missing_one_says_what_to_install(script: Path) -> None:
    with pytest.raises(MissingPart, match="pip install pypandoc_binary") as caught:
        pandoc.convert(b"", "markdown", "html")
    assert caught.value.exit_code is ExitCode.MISSING_PART


def test_one_that_fails_gives_its_first_line(script: Path) -> None:
    write(script, "echo 'bad document' >&2; echo 'more' >&2; exit 64")
    with pytest.raises(PipelineError, match=r"^pandoc: bad document$"):
        pandoc.convert(b"", "markdown", "html")


def test_one_that_crashes_silently_gives_its_exit_code(script: Path) -> None:
    write(script, "kill -SEGV $$")
    with pytest.raises(PipelineError, match="pandoc: exit code -11"):
        pandoc.convert(b"", "markdown", "html")


def test_one_that_hangs_is_ended(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(script, "exec sleep 60")
    monkeypatch.setattr(pandoc, "TIME_LIMIT", 0.2)
    with pytest.raises(SourceError, match="did not finish"):
        pandoc.convert(b"", "markdown", "html")
