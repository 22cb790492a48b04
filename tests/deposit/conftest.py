"""The good article of the tests of validation, with galleys beside it and a journal that says everything."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.deposit import Record, open_record
from pipeline.journal import Profile, load_journal

JOURNAL = """
title = "Journal of Tides"
id = "jt"
[issn]
electronic = "0000-0019"
[publisher]
name = "Harbour University Press"
[deposit]
depositor = "Harbour University Press"
email = "deposits@example.org"
registrant = "Harbour University Press"
article_url = "https://journal.example.org/{volume}/{page}/{doi}"
archives = ["CLOCKSS", "Portico"]
nlm_title = "J Tides"
"""


@pytest.fixture(autouse=True)
def _epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    path = tmp_path / "journal.toml"
    path.write_text(JOURNAL, encoding="utf-8")
    return load_journal(path)


@pytest.fixture
def article(tmp_path: Path, checkout: Path) -> Callable[..., Path]:
    """`article("ebb", {"old": "new"})`: the good article as ebb/ebb.xml, changed, with picture, PDF and HTML.

    `source`: another article, below the folder of the tests.
    """

    def make(name: str, changes: dict[str, str] | None = None, source: str = "validation/good.xml") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        good = checkout / "tests" / "validation"
        text = (good.parent / source).read_text(encoding="utf-8")
        for old, new in (changes or {}).items():
            assert old in text
            text = text.replace(old, new)
        shutil.copy(good / "waves.png", folder)
        path = folder / f"{name}.xml"
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".pdf").write_bytes(b"%PDF-1.7 " + name.encode())
        path.with_suffix(".html").write_bytes(b"<!DOCTYPE html><title>" + name.encode() + b"</title>")
        return path

    return make


@pytest.fixture
def record(article: Callable[..., Path], profile: Profile) -> Callable[..., Record]:
    """`record("ebb", {"old": "new"})`: that article, read; `source="deposit/cases/odd.xml"`: another one."""

    def read(
        name: str = "ebb", changes: dict[str, str] | None = None, facts: Profile | None = None, **source: str
    ) -> Record:
        path = article(name, changes, **source)
        return open_record(path, path.read_bytes(), facts or profile)

    return read
