"""Sources and outputs at addresses, and the files of a journal that travel."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.batch import places
from pipeline.batch.nearby import nearby
from pipeline.batch.settings import Settings, pack
from pipeline.batch.sources import find
from pipeline.batch.work import Made, Task, make
from pipeline.errors import MissingPart, SourceError, UsageError
from pipeline.journal import load_journal
from tests.forked import Ran

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed (extra `cluster`)")


@pytest.fixture
def memory(examples: Path) -> Iterator[str]:
    """An address with the examples below `in`, as a store of objects has them: whole, under names, without folders."""
    store = fsspec.filesystem("memory")
    for name in ("harbour-libraries.txt", "harbour-libraries.toml", "tide-gauges.txt"):
        store.pipe_file(f"/in/deep/{name}", (examples / name).read_bytes())
    yield "memory://"
    store.store.clear()
    store.pseudo_dirs[:] = [""]


def made(memory: str, before: Made | None = None) -> Made:
    settings = Settings(f"{memory}out", load_journal(None), "", ("xml",))
    [source] = find([f"{memory}in/deep/harbour-libraries.txt"])
    return make(Task(source, settings, settings.hash, before.record if before else None))


def test_folders_globs_and_lists_are_found_at_an_address(memory: str) -> None:
    store = fsspec.filesystem("memory")
    store.pipe_file("/in/names.lst", b"deep/tide-gauges.txt\n")
    assert [source.name for source in find([f"{memory}in"])] == ["deep/harbour-libraries", "deep/tide-gauges"]
    assert [source.name for source in find([f"{memory}in/*/t*.txt"])] == ["tide-gauges"]
    assert [source.name for source in find([f"@{memory}in/names.lst"])] == ["tide-gauges"]


def test_an_article_is_read_and_written_at_an_address(memory: str) -> None:
    first = made(memory)
    assert first.record.status == "done", first.record.reason
    assert set(first.record.inputs) == {
        "memory://in/deep/harbour-libraries.txt", "memory://in/deep/harbour-libraries.toml",
    }  # fmt: skip
    for name in first.record.outputs:
        assert places.digest(f"{memory}out/harbour-libraries/{name}") == first.record.outputs[name]
    assert made(memory, first).unchanged


def test_a_folder_that_another_worker_made_since_is_written_to(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    system = fsspec.filesystem("memory")
    system.makedirs("/out/one")

    def refused(path: str, exist_ok: bool = False) -> None:
        raise OSError("550 File exists.")

    monkeypatch.setattr(system, "makedirs", refused)
    places.write_folder("memory://out/one", {"one.xml": b"<article/>"})
    assert places.read("memory://out/one/one.xml") == b"<article/>"
    with pytest.raises(UsageError, match="550 file exists"):
        places.write_folder("memory://out/two", {"two.xml": b"<article/>"})


def test_findings_name_the_address(memory: str) -> None:
    made(memory)
    report = places.read(f"{memory}out/harbour-libraries/harbour-libraries.report.json").decode()
    assert '"source": "memory://in/deep/harbour-libraries.txt"' in report
    assert '"file": "memory://in/deep/harbour-libraries.txt"' in report


def test_a_changed_fact_at_an_address_is_noticed(memory: str) -> None:
    first = made(memory)
    fsspec.filesystem("memory").pipe_file("/in/deep/harbour-libraries.toml", b'volume = "7"\n')
    again = made(memory, first)
    assert not again.unchanged
    assert "<volume>7</volume>" in places.read(f"{memory}out/harbour-libraries/harbour-libraries.xml").decode()


def test_what_is_not_there_is_said_by_its_address(memory: str) -> None:
    fsspec.filesystem("memory").rm("/in/deep/harbour-libraries.txt")
    record = made(memory).record
    assert record.status == "failed"
    assert record.reason == "memory://in/deep/harbour-libraries.txt: cannot be read (no such file or directory)"


def test_pictures_are_fetched_from_beside_the_source_and_from_nowhere_else(memory: str) -> None:
    fsspec.filesystem("memory").pipe_file("/in/deep/pictures/one.png", b"picture")
    with nearby(f"{memory}in/deep/tide-gauges.txt") as near:
        folder = near.path.parent
        assert near.fetch([folder / "pictures" / "one.png", folder / "two.png", Path("/etc/hostname")])
        assert (folder / "pictures" / "one.png").read_bytes() == b"picture"
        assert near.place_of(folder / "pictures" / "one.png") == f"{memory}in/deep/pictures/one.png"


def test_what_a_manuscript_names_is_fetched_and_watched(memory: str, checkout: Path) -> None:
    """A picture, the bibliography, and a picture that is put beside the source later."""
    store = fsspec.filesystem("memory")
    picture = (checkout / "tests" / "render" / "cases" / "shore.png").read_bytes()
    text = "---\ntitle: Tides\nbibliography: own.bib\n---\n\n# Abstract\n\nWater rises [@holt].\n\n"
    text += "![Shore](pictures/shore.png)\n\n![Other](pictures/later)\n"
    store.pipe_file("/in/tides.md", text.encode())
    store.pipe_file("/in/pictures/shore.png", picture)
    store.pipe_file("/in/own.bib", b"@book{holt, author={Holt, P.}, title={Grass}, year={2001}, publisher={Quay}}")
    settings = Settings(f"{memory}out", load_journal(None), "", ("xml",))
    [source] = find([f"{memory}in/tides.md"])
    first = make(Task(source, settings, settings.hash)).record
    assert first.status != "failed", first.reason
    assert first.inputs[f"{memory}in/pictures/shore.png"]
    assert first.inputs[f"{memory}in/own.bib"]
    assert first.inputs[f"{memory}in/pictures/later.png"] == ""
    assert "tides-g001.png" in first.outputs
    assert places.read(f"{memory}out/tides/tides-g001.png") == picture
    assert "Grass" in places.read(f"{memory}out/tides/tides.xml").decode()
    assert make(Task(source, settings, settings.hash, first)).unchanged
    store.pipe_file("/in/pictures/later.png", picture)
    assert not make(Task(source, settings, settings.hash, first)).unchanged


def test_outputs_at_an_address_of_no_known_kind_are_refused_at_once(
    cli: Callable[..., Result], examples: Path, tmp_path: Path
) -> None:
    result = cli("batch", examples / "tide-gauges.txt", "--out", "nothing://x", "--manifest", tmp_path / "m.sqlite")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "m.sqlite").exists()


def test_a_server_that_does_not_answer_is_one_line(command: Callable[..., Ran], tmp_path: Path) -> None:
    result = command("batch", "ftp://127.0.0.1:9/texts", "--out", tmp_path / "out")
    assert result.code == 3
    assert result.errors == "jats-pipeline: ftp://127.0.0.1:9/texts: cannot be read (connection refused)\n"


def test_an_address_of_no_known_kind_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="give a path, or an address"):
        find(["nothing://bucket/folder"])


def test_a_file_address_is_a_path(examples: Path) -> None:
    [source] = find([f"file://{examples / 'tide-gauges.txt'}"])
    assert source.place == str(examples / "tide-gauges.txt")


def test_the_journals_own_files_travel(tmp_path: Path, examples: Path, checkout: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    shutil.copytree(checkout / "styles" / "two-column", here / "house")
    (here / "journal.toml").write_text('title = "J"\ntemplate = "house/"\n')
    settings = Settings("out", load_journal(here / "journal.toml"), "", ("html",))
    luggage = pack(settings)
    shutil.rmtree(here)
    unpacked = luggage.unpack(there)
    assert Path(unpacked.profile.template).is_relative_to(there)
    assert (Path(unpacked.profile.template) / "house.toml").is_file()
    assert unpacked.profile.path
    assert unpacked.profile.path.is_relative_to(there)
    assert unpacked.style == ""


def test_lists_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "names.lst").write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(SourceError, match="not UTF-8"):
        find([f"@{tmp_path / 'names.lst'}"])
    with pytest.raises(SourceError, match="cannot be read"):
        find([f"@{tmp_path / 'other.lst'}"])


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(address: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(MissingPart, match="Install s3fs"):
        places.read("s3://bucket/name.txt")


def test_outputs_that_the_store_knows_again_are_not_read(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(memory)
    assert set(first.record.stamps) == set(first.record.outputs)
    read: list[str] = []
    monkeypatch.setattr(places, "read", lambda place, by=places.read: (read.append(place), by(place))[1])
    assert made(memory, first).unchanged
    assert not [place for place in read if "/out/" in place]
    name = next(iter(first.record.outputs))
    fsspec.filesystem("memory").pipe_file(f"/out/harbour-libraries/{name}", b"changed")
    assert not made(memory, first).unchanged
    assert [place for place in read if "/out/" in place] == [f"{memory}out/harbour-libraries/{name}"]


@pytest.mark.parametrize(
    ("facts", "unchanged"),
    [
        ({}, True), ({"status": "errors"}, True), ({"status": "failed"}, False), ({"settings": "other"}, False),
        ({"source": "memory://in/deep/other.txt"}, False), ({"outputs": {"gone.xml": "x"}}, False),
        ({"stamps": {}}, True), ({"inputs": {}}, True), ({"inputs": {"memory://in/gone.toml": ""}}, True),
        ({"inputs": {"memory://in/deep/tide-gauges.txt": "x"}}, False),
    ],
)  # fmt: skip
def test_what_an_earlier_run_has_to_be_to_hold(memory: str, facts: dict[str, object], unchanged: bool) -> None:
    first = made(memory)
    assert made(memory, replace(first, record=replace(first.record, **facts))).unchanged is unchanged  # type: ignore[arg-type]


def test_places_of_both_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [places.is_address(each) for each in ("s3://b/c", "simplecache::s3://b", "a/b", "C://x", "/s3://b")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert (places.join("s3://b/", "c.txt"), places.join("a/", "c.txt")) == ("s3://b/c.txt", "a/c.txt")
    assert (places.folder_of("s3://b/c/d.txt"), places.folder_of("c/d.txt")) == ("s3://b/c", "c")
    assert (places.stem_of("s3://b/c.d/e.f.txt"), places.stem_of("c/d.txt")) == ("e.f", "d")
    assert (places.manifest_of("s3://b/out/"), places.manifest_of("out")) == (
        Path("out.manifest.sqlite"), Path("out/manifest.sqlite"),
    )  # fmt: skip
    assert (places.absolute("a"), places.absolute("s3://b")) == (f"{tmp_path.as_posix()}/a", "s3://b")
    assert (places.digest("nothing"), places.stamp("nothing"), places.stamp("memory://nothing")) == ("", "", "")
    assert places.digest("memory://nothing") == ""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_text("x")
    assert [places.is_folder("a"), places.is_file("a"), places.is_file("a/b")] == [True, False, True]
    assert places.below("a") == ["b"]
    assert len(places.digest("a/b")) == 64


def test_what_cannot_be_written_at_an_address_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    store = fsspec.filesystem("memory")
    monkeypatch.setattr(
        type(store), "makedirs", lambda *_, **__: (_ for _ in ()).throw(OSError(13, "Permission denied"))
    )
    with pytest.raises(UsageError, match=r"memory://out: cannot be written \(permission denied\)"):
        places.write_folder("memory://out", {"a": b""})
