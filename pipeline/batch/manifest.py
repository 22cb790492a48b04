"""The manifest of a batch: `OUT/manifest.sqlite`, a row an article, safe against the end of the process at any time."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path

from pipeline.batch.work import Record
from pipeline.errors import UsageError

COLUMNS = [field.name for field in fields(Record)]
MAPPINGS = {"counts", "stages", "findings", "inputs", "outputs", "stamps"}
NUMBERS = {"code": "INTEGER", "errors": "INTEGER", "warnings": "INTEGER", "notes": "INTEGER", "seconds": "REAL"}


class Manifest:
    """The records of OUT, by the names of the articles; mappings are kept as JSON."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.row_factory = sqlite3.Row

    def get(self, name: str) -> Record | None:
        row = self.connection.execute("SELECT * FROM articles WHERE name = ?", (name,)).fetchone()
        return _record(row) if row else None

    def put(self, record: Record) -> None:
        """Add or replace the row of an article; it outlives this process from now on."""
        facts = record.as_dict()
        values = [json.dumps(facts[name], ensure_ascii=False) if name in MAPPINGS else facts[name] for name in COLUMNS]
        marks = ", ".join("?" * len(COLUMNS))
        self.connection.execute(f"INSERT OR REPLACE INTO articles ({', '.join(COLUMNS)}) VALUES ({marks})", values)  # noqa: S608

    def __iter__(self) -> Iterator[Record]:
        yield from map(_record, self.connection.execute("SELECT * FROM articles ORDER BY name"))


def _record(row: sqlite3.Row) -> Record:
    """The record of a row; what a manifest of an earlier version has no column for is as in a new record."""
    known = [name for name in row.keys() if name in COLUMNS]  # noqa: SIM118 (a row is no mapping)
    return Record(**{name: json.loads(row[name]) if name in MAPPINGS else row[name] for name in known})


@contextmanager
def reading(path: Path) -> Iterator[Manifest]:
    """The manifest that a batch has left at `path`.

    Raises UsageError: there is none, it cannot be read, or a batch is writing it.
    """
    if not path.is_file():
        raise UsageError(f"{path}: no manifest of a batch; run one, or name its file with --manifest")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=1, uri=True)) as connection:
            yield Manifest(connection)
    except sqlite3.Error as error:
        raise UsageError(f"{path}: cannot be read ({error}); is a batch at work on it?") from None


@contextmanager
def opened(path: Path) -> Iterator[Manifest]:
    """The manifest at `path`, for this run alone.

    Raises UsageError: it cannot be written, or another run has it.
    """
    connection = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{path.parent}: cannot be made ({(error.strerror or str(error)).lower()}); choose another --out"
        ) from None
    try:
        connection = sqlite3.connect(path, timeout=1, isolation_level=None)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # holds when the process dies; a power cut costs some rows
        columns = ", ".join(f"{name} {NUMBERS.get(name, 'TEXT')} NOT NULL" for name in COLUMNS)
        connection.execute(f"CREATE TABLE IF NOT EXISTS articles ({columns}, PRIMARY KEY (name))")
        known = {row[1] for row in connection.execute("PRAGMA table_info(articles)")}
        for name in COLUMNS:
            if name not in known:  # the manifest of an earlier version
                connection.execute(f"ALTER TABLE articles ADD COLUMN {name} TEXT NOT NULL DEFAULT '{{}}'")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
        yield Manifest(connection)
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise UsageError(
                f"{path}: another batch is at work in this folder; wait for it, or choose another --out"
            ) from None
        raise UsageError(f"{path}: cannot be used ({error}); mend that, and run again with --resume") from None
    finally:
        if connection is not None:
            connection.close()
