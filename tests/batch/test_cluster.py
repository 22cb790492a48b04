"""Many machines: a scheduler and two workers as processes of their own, and no disk but that of a file server."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.forked import Ran
from tests.processes import PATIENCE, Start, end, rows, until

pytest.importorskip("distributed", reason="Dask is not installed (extra `cluster`)")
pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="the system has no process groups")

DASK = Path(sys.executable).with_name("dask")


class Scheduler(NamedTuple):
    process: subprocess.Popen[str]
    address: str


@pytest.fixture
def scheduler(start: Start, tmp_path: Path) -> Scheduler:
    known = tmp_path / "scheduler.json"
    call = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", known)
    process = start(DASK, *call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = until(lambda: known.exists() and known.read_text().partition('"address": "')[2].partition('"')[0])
    return Scheduler(process, address)


@pytest.fixture
def workers(start: Start, scheduler: Scheduler, tmp_path: Path) -> list[subprocess.Popen[str]]:
    """Two workers, each in a folder of its own."""
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    call = ("worker", scheduler.address, "--host", "127.0.0.1", "--nworkers", "1", "--nthreads", "1", "--no-dashboard")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return [start(DASK, *call, "--local-directory", folder, cwd=folder, **quiet) for folder in folders]


def test_a_worker_is_killed_and_every_article_is_made_until_the_scheduler_is(
    start: Start, scheduler: Scheduler, workers: list[subprocess.Popen[str]], file_server: tuple[Path, str],
    examples: Path, tmp_path: Path,
) -> None:  # fmt: skip
    disk, address = file_server
    (disk / "texts").mkdir()
    names = [f"article-{number}" for number in range(8)]
    for name in names:
        for ending in (".txt", ".toml"):
            shutil.copy(examples / f"harbour-libraries{ending}", disk / "texts" / f"{name}{ending}")
    shutil.copy(examples / "journal.toml", tmp_path)
    call = ("batch", f"{address}/texts", "--out", f"{address}/out", "--journal", "journal.toml", "--to", "xml",
            "--cluster", scheduler.address)  # fmt: skip

    batch = start(DASK.with_name("jats-pipeline"), *call, cwd=tmp_path, stderr=subprocess.PIPE)
    until(lambda: len(list((disk / "out").glob("*/*.report.json"))) > 1)
    end(workers[0])
    _, said = batch.communicate(timeout=PATIENCE)
    assert batch.returncode == 0, said
    assert "8 of 8 articles, 0 with errors, 0 failed" in said
    assert {path.name for path in (disk / "out").iterdir()} == set(names)
    for name in names:
        assert len(list((disk / "out" / name).iterdir())) == 3
    assert rows(tmp_path / "out.manifest.sqlite", "") == dict.fromkeys(names, "done")

    again = start(DASK.with_name("jats-pipeline"), *call, "--resume", cwd=tmp_path, stderr=subprocess.PIPE)
    assert "8 unchanged" in again.communicate(timeout=PATIENCE)[1]

    (disk / "texts").rename(tmp_path / "texts")  # what a relative path names is found from the folder of the call
    here = ("batch", "texts", "--out", "out", "--to", "xml,html,pdf,docx", "--cluster", scheduler.address)
    batch = start(DASK.with_name("jats-pipeline"), *here, cwd=tmp_path, stderr=subprocess.PIPE)
    until(lambda: list((tmp_path / "out").glob("*/*.report.json")))
    end(scheduler.process)
    _, said = batch.communicate(timeout=PATIENCE)
    assert (batch.returncode, said.count("\n")) == (5, 1), said
    assert f"{scheduler.address}: the scheduler is gone; run again with --resume" in said


def test_no_scheduler_is_said(command: Callable[..., Ran], examples: Path, tmp_path: Path) -> None:
    source, settings = examples / "harbour-libraries.txt", {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "0.2s"}
    ran = command("batch", source, "--out", tmp_path, "--cluster", "tcp://127.0.0.1:9", env=settings)
    assert ran.code == 2
    assert "tcp://127.0.0.1:9: no scheduler answers" in ran.errors
    assert "after 0.2 s" in ran.errors
