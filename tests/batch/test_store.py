"""A batch at `s3://…` through worker processes: what was made is known by the store's own marks, not read again."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.forked import Ran

pytest.importorskip("fsspec", reason="fsspec is not installed (extra `cluster`)")
from tests.batch import small_s3

NAMES = ("deep/harbour-libraries", "tide-gauges")


@pytest.fixture
def store(examples: Path) -> Iterator[small_s3.Store]:
    """A store with two articles below `bucket/in`."""
    with small_s3.Store() as server:
        for name in NAMES:
            for path in examples.glob(f"{Path(name).name}.t*"):
                server.put(f"bucket/in/{name}{path.suffix}", path.read_bytes())
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def batch(store: small_s3.Store, command: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    """`batch("--resume")`: the articles of the store, built into the store; the driver comes as a package would."""
    installed = tmp_path / "installed"
    (installed / "small_s3-1.dist-info").mkdir(parents=True)
    (installed / "small_s3-1.dist-info" / "entry_points.txt").write_text(small_s3.DRIVER)
    shutil.copy(small_s3.__file__, installed)
    settings = {"PYTHONPATH": str(installed), "FSSPEC_S3_ENDPOINT_URL": store.url}

    def run(*options: str) -> Ran:
        store.requests.clear()
        call = ("batch", "s3://bucket/in", "--out", "s3://bucket/out", "--to", "xml", "--workers", "2", *options)
        return command(*call, cwd=tmp_path, env=settings)

    return run


def outputs(store: small_s3.Store) -> dict[str, bytes]:
    return {name: data for name, (data, _) in store.objects.items() if name.startswith("bucket/out/")}


def read_again(store: small_s3.Store) -> list[str]:
    return [each.rpartition("/")[2] for each in store.requests if each.startswith("GET bucket/out/")]


def test_articles_are_read_and_written_and_only_what_changed_is_made_again(
    store: small_s3.Store, batch: Callable[..., Ran], tmp_path: Path
) -> None:
    first = batch()
    assert (first.code, first.output) == (0, ""), first.errors
    assert "2 of 2 articles, 0 with errors, 0 failed" in first.errors
    made = outputs(store)
    assert set(made) == {
        f"bucket/out/{name}/{Path(name).name}.{ending}"
        for name in NAMES for ending in ("xml", "report.json", "report.html")
    }  # fmt: skip
    with closing(sqlite3.connect(tmp_path / "out.manifest.sqlite")) as manifest:
        assert dict(manifest.execute("SELECT name, status FROM articles")) == dict.fromkeys(NAMES, "done")

    page = "bucket/out/tide-gauges/tide-gauges.report.html"
    store.put(page, made[page], etag="the same bytes, put there by another")
    second = batch("--resume")
    assert "2 of 2 articles, 2 unchanged" in second.errors
    assert read_again(store) == ["tide-gauges.report.html"]

    store.put("bucket/out/tide-gauges/tide-gauges.xml", b"<changed/>")
    del store.objects["bucket/out/deep/harbour-libraries/harbour-libraries.report.json"]
    third = batch("--resume")
    assert (third.code, "unchanged" in third.errors) == (0, False), third.errors
    assert {name for name, data in outputs(store).items() if data != made[name]} <= {
        name for name in made if ".report." in name  # they tell the seconds
    }  # fmt: skip
    assert set(outputs(store)) == set(made)
