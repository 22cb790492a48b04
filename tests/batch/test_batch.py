"""Many articles: nothing lost, nothing done twice, whatever happens to a worker."""

import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.batch.pool import Lost, Pool
from pipeline.batch.sources import find
from pipeline.errors import UsageError
from tests.processes import is_running, rows

Cli = Callable[..., Result]


def test_a_folder_is_built_and_each_article_has_its_row(cli: Cli, folder: Path, tmp_path: Path) -> None:
    result = cli("batch", folder, "--out", tmp_path / "out", "--to", "xml", "--workers", 2)
    assert result.exit_code == 3, result.output
    assert (tmp_path / "out" / "harbour-libraries" / "harbour-libraries.xml").is_file()
    assert (tmp_path / "out" / "deep" / "tide-gauges" / "tide-gauges.xml").is_file()
    assert set(rows(tmp_path / "out")) == {"harbour-libraries", "deep/tide-gauges", "empty"}
    assert "the file is empty" in result.stderr


def test_resume_does_what_is_missing_and_nothing_else(cli: Cli, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("batch", folder, "--out", out, "--to", "xml", "--workers", 1)
    cli(*arguments)
    kept, gone = (
        out / name for name in ("harbour-libraries/harbour-libraries.xml", "deep/tide-gauges/tide-gauges.xml")
    )
    gone.unlink()
    before = kept.stat().st_mtime_ns
    result = cli(*arguments, "--resume")
    assert gone.is_file()
    assert kept.stat().st_mtime_ns == before
    assert "1 unchanged" in result.stderr


def test_resume_notices_a_changed_picture_and_nothing_else(cli: Cli, checkout: Path, tmp_path: Path) -> None:
    text = "# Tides\n\n## Abstract\n\nWater rises.\n\n![Shore](shore.png)\n"
    (tmp_path / "in").mkdir()
    for name in ("one", "two"):
        (tmp_path / "in" / f"{name}.md").write_text(text.replace("shore", f"shore-{name}"))
        shutil.copy(checkout / "tests" / "render" / "cases" / "shore.png", tmp_path / "in" / f"shore-{name}.png")
    call = ("batch", tmp_path / "in", "--out", tmp_path / "out", "--to", "xml", "--workers", 1, "--resume")
    cli(*call)
    assert (tmp_path / "out" / "one" / "one-g001.png").is_file()
    with (tmp_path / "in" / "shore-two.png").open("ab") as file:
        file.write(b"changed")
    assert "2 of 2 articles, 1 unchanged" in cli(*call).stderr
    (tmp_path / "in" / "shore-one.png").unlink()
    assert "2 of 2 articles, 1 unchanged" in cli(*call).stderr


def end_or_echo(task: str) -> str:
    """What a worker does here: die, hang with a program that it started, or give the task back."""
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task.startswith("hang"):
        child = subprocess.Popen(["sleep", "600"])
        Path(task.removeprefix("hang ")).write_text(str(child.pid))
        child.wait()
    return task


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_a_worker_that_dies_or_hangs_costs_its_own_task_only(tmp_path: Path) -> None:
    list(Pool(end_or_echo, 1, 60.0, 2000).map(["a"]))  # now what the workers are forked from is loaded
    pool: Pool[str, str] = Pool(end_or_echo, 2, 2.0, 2000)
    child = tmp_path / "child"
    results = dict(pool.map(["a", "die", "b", f"hang {child}", "c"]))
    assert [results[name] for name in "abc"] == ["a", "b", "c"]
    assert isinstance(results["die"], Lost)
    assert "SIGKILL" in results["die"].reason
    lost = results[f"hang {child}"]
    assert isinstance(lost, Lost)
    assert "not finished in 2 s" in lost.reason
    assert not is_running(int(child.read_text()))


def test_a_long_name_of_the_folder_for_temporary_files_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("long" * 20) / ("longer" * 20)
    folder.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert list(Pool(end_or_echo, 1, 60.0, 2000).map(["a"])) == [("a", "a")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_source_that_hangs_fails_alone(cli: Cli, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "journal.toml").write_text('title = "J"\n[limits]\nseconds = 1\n')
    call = ("batch", tmp_path / "pipe.txt", "--out", tmp_path / "out", "--journal", tmp_path / "journal.toml")
    assert f"{tmp_path / 'pipe.txt'}: not finished in 1 s" in cli(*call).stderr


def test_stopping_begins_no_further_task() -> None:
    pool: Pool[str, str] = Pool(end_or_echo, 1, 5.0, 2000)
    assert list(pool.map(["a", "b"], lambda: True)) == []


def test_lists_and_globs_name_sources_once(folder: Path) -> None:
    names = folder / "names.lst"
    names.write_text("harbour-libraries.txt\ndeep/tide-gauges.txt\n")
    found = find([f"@{names}", str(folder / "*.txt")])
    assert [source.name for source in found] == ["harbour-libraries", "tide-gauges", "empty"]


def test_two_sources_of_one_name_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("x")
    with pytest.raises(UsageError, match="rename one"):
        find([str(folder / "empty.txt"), str(tmp_path / "empty.txt")])
    with pytest.raises(UsageError, match="no article"):
        find([str(tmp_path / "nothing" / "*.txt")])


def test_the_outputs_in_a_folder_of_sources_are_no_sources(cli: Cli, folder: Path) -> None:
    out = folder / "build"
    cli("batch", folder, "--out", out, "--to", "html", "--workers", 1)
    assert (out / "harbour-libraries" / "harbour-libraries.html").is_file()
    assert [source.name for source in find([str(folder)], str(out))] == [
        "deep/tide-gauges",
        "empty",
        "harbour-libraries",
    ]


def test_a_list_comes_from_the_standard_input_too(cli: Cli, folder: Path, tmp_path: Path) -> None:
    result = cli("batch", "-", "--out", tmp_path / "out", "--to", "xml", stdin=f"{folder / 'harbour-libraries.txt'}\n")
    assert result.exit_code == 0, result.output
    assert set(rows(tmp_path / "out")) == {"harbour-libraries"}


def test_a_manifest_of_another_version_is_read_and_gone_on_with(cli: Cli, examples: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = ("batch", examples / "tide-gauges.txt", "--out", out, "--to", "xml", "--workers", 1)
    cli(*call)
    with closing(sqlite3.connect(out / "manifest.sqlite")) as manifest:
        manifest.execute("ALTER TABLE articles DROP COLUMN stamps")
    assert cli("batch", "--report", out).exit_code == 0
    assert "1 unchanged" in cli(*call, "--resume").stderr
    with closing(sqlite3.connect(out / "manifest.sqlite")) as manifest:
        manifest.execute("ALTER TABLE articles ADD COLUMN later TEXT NOT NULL DEFAULT ''")
    assert "1 unchanged" in cli(*call, "--resume").stderr
    (out / "tide-gauges" / "tide-gauges.xml").unlink()
    assert "unchanged" not in cli(*call, "--resume").stderr


def test_the_manifest_as_a_table_for_analysis(cli: Cli, folder: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra `parquet`)")
    cli("batch", folder, "--out", tmp_path / "out", "--to", "xml", "--workers", 1)
    result = cli("batch", "--parquet", tmp_path / "out")
    assert result.exit_code == 0, result.output
    table = {row["name"]: row for row in parquet.read_table(tmp_path / "out" / "manifest.parquet").to_pylist()}
    assert set(table) == {"harbour-libraries", "deep/tide-gauges", "empty"}
    assert table["empty"]["status"] == "failed"
    assert dict(table["harbour-libraries"]["counts"])["references"] > 10
    [found] = [each for each in table["harbour-libraries"]["findings"] if each["code"] == "title-from-citation"]
    assert (found["severity"], found["count"], found["line"]) == ("warning", 1, 63)
    assert "no manifest" in cli("batch", "--parquet", tmp_path / "nowhere").stderr


def test_a_glob_enters_no_folder_through_a_link_but_the_one_it_names(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "other.txt").write_text("x")
    (folder / "linked").symlink_to(tmp_path / "beside")
    (folder / "secret.txt").symlink_to(tmp_path / "beside" / "other.txt")
    (tmp_path / "named").symlink_to(folder)
    for top in (folder, tmp_path / "named"):
        found = {source.name: source.leads_out for source in find([f"{top}/**/*.txt"])}
        assert found == {"harbour-libraries": False, "tide-gauges": False, "empty": False, "secret": True}
    found = {source.name: source.leads_out for source in find([str(folder)])}
    assert found.pop("secret")
    assert not any(found.values())


def test_what_a_folder_a_glob_and_a_list_leave_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".hidden.txt", "notes.log", "made.xml", ".git/a.txt", "[1].txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    (folder / "empty.txt").unlink()
    monkeypatch.chdir(folder)
    (folder / "names.lst").write_text(f"\n  harbour-libraries.txt \n{folder}/deep/tide-gauges.txt\n")
    names = {
        argument: [source.name for source in find([argument])]
        for argument in (".", "*", "*.xml", "[1].txt", "@names.lst")
    }
    everything = ["[1]", "deep/tide-gauges", "harbour-libraries"]
    assert names["."] == everything
    assert names["*.xml"] == ["made"]
    assert names["[1].txt"] == ["[1]"]
    assert names["@names.lst"] == ["harbour-libraries", "tide-gauges"]
    assert set(names["*"]) >= {"[1]", "harbour-libraries"}
    assert not {".hidden", "notes"} & set(names["*"])
