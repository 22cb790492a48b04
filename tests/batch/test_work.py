"""What a worker does with one article, in this process: its record, its reasons, and what is left or changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch import work
from pipeline.batch.pool import Lost
from pipeline.batch.run import run
from pipeline.batch.settings import Settings
from pipeline.batch.sources import Source
from pipeline.batch.work import Task
from pipeline.errors import PipelineError, SourceError
from pipeline.journal import Profile
from tests.processes import rows


def test_what_is_lost_is_written_down_with_its_reason(tmp_path: Path) -> None:
    task = Task(Source("a.txt", "a"), Settings("out", Profile(), "", ("xml",)), "h")

    class Losing:
        def map(self, tasks: Iterable[Task], stop: Callable[[], bool]) -> Iterator[tuple[Task, Lost]]:
            return ((each, Lost("it hung", 1.23456)) for each in tasks)

    [made] = run([task.source], task.settings, Losing(), tmp_path / "manifest.sqlite")
    record = made.record
    assert (record.status, record.code, record.reason, record.seconds) == ("failed", 3, "a.txt: it hung", 1.2346)
    assert rows(tmp_path) == {"a": "failed"}


@pytest.mark.parametrize(
    ("error", "code", "reason"),
    [
        (PipelineError("Typst\n died"), 5, "in/a.txt: Typst died"),
        (SourceError("in/a.txt: cannot be read"), 3, "in/a.txt: cannot be read"),
        (RecursionError(), 3, "in/a.txt: nested too deeply"),
        (ValueError("no\nnumber"), 5, "in/a.txt: internal error: ValueError: no number"),
    ],
)
def test_what_stops_an_article_is_its_reason(
    error: Exception, code: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(work, "_make", fail)
    record = work.make(Task(Source("in/a.txt", "a"), Settings("out", Profile(), "", ("xml",)), "h")).record
    assert (record.status, record.code, record.reason) == ("failed", code, reason)
    assert record.seconds == round(record.seconds, 4) >= 0


def test_memory_that_is_short_is_for_the_pool_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(work, "_make", fail)
    with pytest.raises(MemoryError):
        work.make(Task(Source("in/a.txt", "a"), Settings("out", Profile(), "", ("xml",)), "h"))


def test_an_article_is_made_here_and_what_a_killed_run_left_goes(folder: Path, tmp_path: Path) -> None:
    settings = Settings(str(tmp_path / "out"), Profile(), "", ("xml",))
    task = Task(Source(str(folder / "harbour-libraries.txt"), "one/harbour"), settings, settings.hash)
    left = tmp_path / "out" / "one" / "harbour" / ".a.xml.part"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    record = work.make(task).record
    assert not left.exists()
    assert (record.status, record.code, record.errors, record.stamps) == ("done", 0, 0, {})
    assert (
        record.warnings == sum(each["count"] for each in record.findings.values() if each["severity"] == "warning") > 0
    )
    assert record.title.startswith("THE LIBRARY AT THE QUAY")
    assert record.source_hash == record.inputs[task.source.place]
    assert record.inputs[str(folder / "harbour-libraries.toml")] == ""
    assert set(record.stages) == {"intake", "structure", "references", "citations", "jats", "validation"}
    assert all(seconds == round(seconds, 4) for seconds in record.stages.values())
    assert work.make(replace(task, before=record)).unchanged
    (tmp_path / "out" / "one" / "harbour" / "harbour-libraries.xml").write_text("changed")
    assert not work.make(replace(task, before=record)).unchanged


def test_a_source_that_changes_while_it_is_read_is_not_made(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = folder / "harbour-libraries.txt"
    settings = Settings(str(tmp_path / "out"), Profile(), "", ("xml",))

    made = work.make_outputs
    monkeypatch.setattr(work, "make_outputs", lambda *arguments: (made(*arguments), source.write_text("other"))[0])
    record = work.make(Task(Source(str(source), "a"), settings, settings.hash)).record
    assert record.reason == f"{source}: changed while it was read; run again with --resume"
    assert not (tmp_path / "out" / "a").exists()
