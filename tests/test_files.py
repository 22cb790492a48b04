"""Files appear whole or not at all."""

import os
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.files import write_all, write_depfile, write_whole


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


def test_a_depfile_is_a_rule_make_understands(tmp_path: Path) -> None:
    source = tmp_path / "a b$.txt"
    source.write_text("x")
    write_depfile(tmp_path / "a.d", Path("a.xml"), [source, source, tmp_path / "absent"])
    lines = (tmp_path / "a.d").read_text().splitlines()
    assert lines[0].startswith("a.xml: ")
    assert lines[0].endswith("a\\ b$$.txt")
    assert len(lines) == 2
