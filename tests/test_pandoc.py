"""The one door to pandoc: what comes of one that is missing, fails, hangs or prints rubbish."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline import pandoc, programs
from pipeline.errors import ExitCode, LimitReached, MissingPart, PipelineError
from tests.processes import is_running


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


def test_one_that_fails_gives_its_first_lines(script: Path) -> None:
    write(script, "echo 'bad document' >&2; echo 'more' >&2; echo 'yet more' >&2; exit 64")
    with pytest.raises(PipelineError, match=r"^pandoc: bad document more$"):
        pandoc.convert(b"", "markdown", "html")


def test_one_that_crashes_silently_gives_its_exit_code(script: Path) -> None:
    write(script, "kill -SEGV $$")
    with pytest.raises(PipelineError, match="pandoc: exit code -11"):
        pandoc.convert(b"", "markdown", "html")


def test_one_that_hangs_is_ended_with_all_it_started(script: Path, tmp_path: Path) -> None:
    child = tmp_path / "child"
    write(script, f"sleep 60 & echo $! >{child}; wait")
    with programs.bounded(0.5, 100), pytest.raises(LimitReached, match=r"0\.5 s.*limits\.seconds") as caught:
        pandoc.convert(b"", "markdown", "html")
    assert caught.value.exit_code is ExitCode.UNREADABLE_SOURCE
    assert not is_running(int(child.read_text()))


def test_what_one_that_ends_left_running_is_ended(script: Path, tmp_path: Path) -> None:
    child = tmp_path / "child"
    write(script, f"sleep 60 & echo $! >{child}")
    pandoc.convert(b"", "markdown", "html")
    assert not is_running(int(child.read_text()))


def test_one_that_prints_without_end_is_ended(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "MOST_OUTPUT", 100_000)
    write(script, "while :; do echo word; done")
    with pytest.raises(LimitReached, match="printed more than 100,000 bytes"):
        pandoc.convert(b"", "markdown", "html")


@pytest.mark.skipif(not Path(programs.SHELL).exists(), reason="no shell sets limits here")
def test_limits_hold_from_the_first_instruction_on(script: Path) -> None:
    """Those of the system: they end a program whose parent was killed."""
    write(script, "ulimit -t; ulimit -c; ulimit -d")
    with programs.bounded(3, 100):
        printed = pandoc.convert(b"", "markdown", "html").decode().split()
    assert printed == [str(3 * (os.cpu_count() or 1) + 1), "0", "200000"]


def test_a_busy_program_that_nobody_watches_ends(script: Path) -> None:
    write(script, "while :; do :; done")
    with programs.bounded(0, 100):
        command = programs._limited([str(script)])
    process = subprocess.Popen(command)
    assert process.wait(60) < 0


def test_too_much_memory_is_a_limit() -> None:
    text = b"a *b* `c` " * 400_000
    with programs.bounded(60, 64), pytest.raises(LimitReached, match=r"64 MB; raise limits\.megabytes"):
        pandoc.convert(text, "markdown", "json")


def test_warnings_are_kept() -> None:
    made = pandoc.run(b"![a](none.png)", "markdown", "docx")
    (finding,) = pandoc.findings_of(made.warnings)
    assert finding.code == "pandoc-warning"
    assert "none.png" in finding.message


RUBBISH = ["echo rubbish", "printf '\\377\\376'", "echo '{}'", "echo '[1]'", "echo '{\"blocks\": 1}'", ":"]


@pytest.mark.parametrize("printed", RUBBISH)
def test_rubbish_is_told_from_a_document(script: Path, printed: str) -> None:
    write(script, printed)
    with pytest.raises(pandoc.PandocError, match="pandoc printed no document; install it anew"):
        pandoc.to_json(b"", "markdown")


@pytest.mark.parametrize("to", ["html", "pdf", "docx"])
@pytest.mark.parametrize(
    ("does", "code", "says"),
    [
        ("echo rubbish", 5, "install it anew"),
        ("head -c 3000 /dev/urandom", 5, "install it anew"),
        ("echo 'out of luck' >&2; exit 1", 5, "out of luck"),
        ("kill -SEGV $$", 5, "exit code -11"),
        ("exec sleep 60", 3, "did not finish in 1 s"),
        (None, 4, "pip install pypandoc_binary"),
    ],
    ids=["rubbish", "bytes", "fails", "crashes", "hangs", "missing"],
)
def test_a_run_with_a_broken_pandoc_ends_in_one_line(
    script: Path, cli: Callable[..., Result], tmp_path: Path, to: str, does: str | None, code: int, says: str
) -> None:
    if does is not None:
        write(script, does)
    article, journal = tmp_path / "a.xml", tmp_path / "journal.toml"
    article.write_text("<article><front><article-meta/></front><body><p>Words</p></body></article>")
    journal.write_text("[limits]\nseconds = 1\n")
    run = cli("render", article, "-o", tmp_path / f"a.{to}", "--journal", journal)
    assert run.exit_code == code, run.stderr
    assert says in run.stderr
    assert run.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.glob("a.*")) == ["a.xml"]


def test_a_program_that_is_slow_to_read_gets_all_of_a_long_input() -> None:
    slow = "import sys, time; time.sleep(0.6); print(len(sys.stdin.read()))"
    with programs.bounded(60, 1000):
        done = programs.run([sys.executable, "-c", slow], b"x" * 3_000_000)
    assert (done.code, done.output.split()) == (0, [b"3000000"])
