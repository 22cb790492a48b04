"""Files appear whole or not at all."""

import contextlib
import io
import os
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.archives import pack, unpack
from pipeline.errors import UsageError
from pipeline.files import file_within, rule_for_make, write_all, write_whole


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.xml"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["a.xml"]


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_all({tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "c": b"3"})
    assert [each.name for each in tmp_path.iterdir()] == ["b"]


def test_a_failing_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xml"
    write_whole(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", fail)
    with pytest.raises(UsageError, match="no space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.xml"]


def test_a_rule_names_each_source_that_is_there_once(tmp_path: Path) -> None:
    source = tmp_path / "a b$.txt"
    source.write_text("x")
    rule, unnamed = rule_for_make(Path("a.xml"), [source, source, tmp_path / "absent"])
    first, second = rule.decode().splitlines()
    assert first.startswith("a.xml: ")
    assert first.endswith("a\\ b$$.txt")
    assert second == f"{first.removeprefix('a.xml: ')}:"
    assert unnamed == []


ODD = [
    "a b$.png",
    "a#b.png",
    "it's.png",
    '"q".png',
    "`touch pwned`.png",
    "${HOME}$x.png",
    "a:b.png",
    "ünï.png",
]
CODE = [
    "$(shell touch pwned).png",
    "x;touch pwned;.png",
    "a\n\ttouch pwned",
    "SHELL=x",
    "a|b",
    "%.png",
    "*.png",
    "a(b)",
    "a?=b",
    "\ttouch pwned",
    "a&",
]


def test_make_reads_a_rule_and_runs_nothing_of_it(tmp_path: Path, program: Callable[[str], str]) -> None:
    make = program("make")
    sources = []
    for name in [*ODD, *CODE]:
        (tmp_path / name).write_text("x")
        sources.append(Path(name))
    with contextlib.chdir(tmp_path):
        rule, unnamed = rule_for_make(Path("out"), sources)
    assert [str(path) for path in unnamed] == CODE
    (tmp_path / "rule.d").write_bytes(rule)
    (tmp_path / "Makefile").write_text("out:\n\t@echo made\n\t@touch out\n-include rule.d\n")

    def made() -> str:
        own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        done = subprocess.run([make, "out"], cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.stdout

    assert made() == "made\n"
    for name in ODD:
        for each in ODD:
            os.utime(tmp_path / each, (1e9, 1e9))
        assert "up to date" in made()
        os.utime(tmp_path / "out", (1.2e9, 1.2e9))
        os.utime(tmp_path / name, (1.4e9, 1.4e9))
        assert made() == "made\n"
    (tmp_path / ODD[0]).unlink()
    assert made() == "made\n"
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", CODE)
def test_a_target_that_make_would_run_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="make cannot hold this name"):
        rule_for_make(Path(name), [])


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "%2e%2e/secret.png", "link.png", "a%00.png", "a" * 9000, "a/" * 9000, ".", "", "~", "\udcff"],
)
def test_no_name_leads_out_of_a_folder_or_breaks_it(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.png").write_text("secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    assert file_within(folder, name, ("", ".png")) is None


def test_a_file_is_found_by_its_name_its_encoded_name_and_without_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "a folder" / "ü 1.png"
    path.parent.mkdir()
    path.write_text("x")
    for name in ("a folder/ü 1.png", "a%20folder/%C3%BC%201.png", "a folder/ü 1", "a folder/../a folder/ü 1.png"):
        assert file_within(tmp_path, name, ("", ".png")) == path.resolve()


def test_an_archive_is_the_same_whoever_packs_it_and_its_files_may_be_read_by_all() -> None:
    data = pack({"b.txt": b"words " * 50, "a.txt": b"x"}, stored={"a.txt"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == ["b.txt", "a.txt"]
    assert [info.external_attr >> 16 for info in infos] == [0o644, 0o644]
    assert [info.compress_type for info in infos] == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert unpack(data) == {"b.txt": b"words " * 50, "a.txt": b"x"}
