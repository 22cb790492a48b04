"""`init`: a new journal folder, complete, and never over what is there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.errors import UsageError
from pipeline.init import EXAMPLE, create
from pipeline.journal import load_journal, load_overrides


def test_a_new_folder_has_rules_facts_and_an_article(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "journal"
    made = create(folder)
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == sorted(made)
    assert {str(path.relative_to(folder)) for path in made} == {
        "Makefile", "pipeline.mk", "journal.toml", f"articles/{EXAMPLE}.txt", f"articles/{EXAMPLE}.toml",
    }  # fmt: skip
    assert load_journal(folder / "journal.toml").journal.title
    assert load_overrides(folder / "articles" / f"{EXAMPLE}.txt").doi
    assert len((folder / "Makefile").read_text().splitlines()) == 3


def test_a_folder_with_other_files_is_filled(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")
    create(tmp_path)
    assert (tmp_path / "notes.md").read_text() == "mine"
    assert (tmp_path / "pipeline.mk").is_file()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "journal.toml").write_text('title = "Ours"')
    with pytest.raises(UsageError, match=r"journal\.toml: already there"):
        create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["journal.toml"]
    assert (tmp_path / "journal.toml").read_text() == 'title = "Ours"'


def test_a_file_in_place_of_the_folder_is_one_line(tmp_path: Path, cli: Callable[..., Result]) -> None:
    (tmp_path / "file").write_text("x")
    result = cli("init", tmp_path / "file")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_the_command(tmp_path: Path, cli: Callable[..., Result]) -> None:
    assert cli("init", tmp_path / "journal").exit_code == 0
    assert (tmp_path / "journal" / "articles").is_dir()
    assert cli("init", tmp_path / "journal").exit_code == 2
