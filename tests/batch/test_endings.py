"""Whatever ends a batch or a part of it: the rest goes on, nothing is half-written, the next run does what is left.

Each is done, not feigned: processes are killed, disks filled, programs hang.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import pandoc
from pipeline.batch.pool import Lost, Pool
from pipeline.batch.run import run
from pipeline.batch.settings import Settings
from pipeline.batch.sources import find
from pipeline.batch.work import Made, Record, Task, make
from pipeline.journal import Limits, Profile
from tests.processes import PATIENCE, Start, is_running, rows, running_with, until

resource = pytest.importorskip("resource", reason="the system has no limits to test with")
COMMAND = Path(sys.executable).with_name("jats-pipeline")
MARK = "JATS_PIPELINE_TEST"


@pytest.fixture
def texts(examples: Path, tmp_path: Path) -> Path:
    """A folder of twelve articles."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(12):
        for ending in (".txt", ".toml"):
            shutil.copy(examples / f"harbour-libraries{ending}", folder / f"a{number:02}{ending}")
    return folder


@pytest.fixture
def batch(start: Start, tmp_path: Path, texts: Path) -> Callable[..., subprocess.Popen[str]]:
    """`batch("--resume")`: the command at work on the texts; what it starts is known by a mark in its environment."""

    def begin(*more: str, **options: object) -> subprocess.Popen[str]:
        return start(
            COMMAND, "batch", texts, "--out", tmp_path / "out", "--to", "xml", "--workers", "2", *more,
            stderr=subprocess.PIPE, env=os.environ | {MARK: str(tmp_path)}, **options,
        )  # fmt: skip

    return begin


def some_made(out: Path) -> Callable[[], bool]:
    return lambda: len(list(out.glob("*/*.report.html"))) >= 2


def is_whole(out: Path) -> bool:
    """Every article that is there is whole, whether or not it is in the manifest, and nothing else is there."""
    names = {path.parent.name for path in out.glob("*/*.*") if not path.name.endswith(".part")}
    return all(len(list((out / name).glob(f"{name}.*"))) == 3 for name in names)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_when_the_parent_is_killed_the_workers_end_and_the_next_run_goes_on(
    batch: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = batch()
    until(some_made(out))
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    until(lambda: not running_with(MARK, str(tmp_path)))
    done = [name for name, status in rows(out).items() if status == "done"]
    assert 0 < len(done) < 12
    second = batch("--resume")
    _, said = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, said
    assert f"12 of 12 articles, {len(done)} unchanged" in said
    assert is_whole(out)
    assert not list(out.glob("*/.*.part"))


def test_ctrl_c_lets_the_articles_at_work_finish(batch: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = batch()
    until(some_made(out))
    first.send_signal(signal.SIGINT)
    _, said = first.communicate(timeout=PATIENCE)
    assert first.returncode == 130
    assert "interrupted; go on with --resume" in said
    assert "Traceback" not in said
    assert is_whole(out)
    assert set(rows(out)) == {path.name for path in out.iterdir() if path.is_dir()}
    assert len(rows(out)) < 12
    second = batch("--resume")
    second.communicate(timeout=PATIENCE)
    assert second.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_a_second_ctrl_c_ends_the_articles_at_work(batch: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    first = batch()
    until(some_made(tmp_path / "out"))
    for _ in range(2):
        first.send_signal(signal.SIGINT)
        time.sleep(0.05)
    _, said = first.communicate(timeout=PATIENCE)
    assert first.returncode in (130, -signal.SIGINT)  # the latter where it had come to its end in between
    assert "Traceback" not in said
    until(lambda: not running_with(MARK, str(tmp_path)))
    assert is_whole(tmp_path / "out")


def test_an_output_the_disk_has_no_room_for_fails_alone_and_whole(
    batch: Callable[..., subprocess.Popen[str]], tmp_path: Path, texts: Path
) -> None:
    for path in texts.glob("a0[2-9]*"):
        path.unlink()
    lines = (texts / "a01.txt").read_text(encoding="utf-8").split("\n")
    abstract = max(lines, key=len)
    text = "\n".join(line + " Boats carried books." * 6_000 if line is abstract else line for line in lines)
    (texts / "a01.txt").write_text(text, encoding="utf-8")
    first = batch(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY)))
    _, said = first.communicate(timeout=PATIENCE)
    out = tmp_path / "out"
    assert first.returncode == 2, said
    assert "cannot be written (file too large)" in said
    assert {name: status for name, status in rows(out).items() if status == "failed"} == {"a01": "failed"}
    assert not list((out / "a01").iterdir())
    second = batch("--resume")
    _, said = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0, said
    assert "4 of 4 articles, 3 unchanged" in said


def test_a_manifest_the_disk_has_no_room_for_ends_the_run_with_what_to_do(
    batch: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    first = batch(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY)))
    _, said = first.communicate(timeout=PATIENCE)
    assert first.returncode == 2
    assert "run again with --resume" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "out").glob("*/.*.part"))
    second = batch("--resume")
    assert second.wait(timeout=PATIENCE) == 0
    assert len(rows(tmp_path / "out")) == 12


def fill_memory(task: str) -> str:
    """What a worker does here: take more memory than it may, or give the task back."""
    return task + str(len([bytearray(50_000_000) for _ in range(40)])) if task == "much" else task


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is bounded on Linux alone")
def test_a_worker_out_of_memory_costs_its_own_task_only() -> None:
    results = dict(Pool(fill_memory, 2, 60.0, 600).map(["a", "much", "b"]))
    assert (results["a"], results["b"]) == ("a", "b")
    assert isinstance(results["much"], Lost)
    assert "more than 600 MB of memory" in results["much"].reason


def make_with_a_pandoc_of_its_own(task: Task) -> Made:
    """Make an article where pandoc is the script beside it, if there is one."""
    script = Path(task.source.place).with_suffix(".sh")
    with pytest.MonkeyPatch.context() as patch:
        if script.exists():
            patch.setattr(pandoc, "executable", lambda: str(script))
        return make(task)


def built_with(texts: Path, script: str, seconds: float) -> dict[str, Record]:
    """Three articles as HTML; the pandoc of the second is a shell script, and has some `seconds`."""
    for path in texts.glob("a0[3-9]*"):
        path.unlink()
    for path in texts.glob("a1*"):
        path.unlink()
    (texts / "a01.sh").write_text(f"#!/bin/sh\n{script}\n")
    (texts / "a01.sh").chmod(0o755)
    profile = replace(Profile(), limits=replace(Limits(), seconds=seconds))
    settings = Settings(str(texts / "out"), profile, "", ("html",))
    pool: Pool[Task, Made] = Pool(make_with_a_pandoc_of_its_own, 2, 60.0, 2000)
    made = list(run(find([str(texts)]), settings, pool, texts / "manifest.sqlite"))
    return {each.record.name: each.record for each in made}


def test_a_pandoc_that_crashes_fails_its_article_only(texts: Path) -> None:
    made = built_with(texts, "kill -SEGV $$", 60.0)
    assert [made[name].status for name in ("a00", "a02")] == ["done", "done"]
    assert made["a01"].status == "failed"
    assert "pandoc" in made["a01"].reason


def test_a_pandoc_that_hangs_fails_its_article_only_and_is_ended(texts: Path) -> None:
    child = texts / "child"
    made = built_with(texts, f"sleep 600 & echo $! >{child}; wait", 2.0)
    assert made["a01"].status == "failed"
    assert "did not finish in 2 s" in made["a01"].reason
    assert [made[name].status for name in ("a00", "a02")] == ["done", "done"]
    assert not is_running(int(child.read_text()))
