"""The manifest of a batch: `OUT/manifest.sqlite`, a row an article, safe against the end of the process at any time."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from pipeline.batch.work import Record
from pipeline.errors import UsageError

NAME = "manifest.sqlite"
COLUMNS = [field.name for field in fields(Record)]
MAPPINGS = {"counts", "stages", "findings", "inputs", "outputs"}
NUMBERS = {"code": "INTEGER", "errors": "INTEGER", "warnings": "INTEGER", "notes": "INTEGER", "seconds": "REAL"}


class Manifest:
    """The records of OUT, by the names of the articles; mappings are kept as JSON."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def get(self, name: str) -> Record | None:
        row = self.connection.execute(f"SELECT {', '.join(COLUMNS)} FROM articles WHERE name = ?", (name,)).fetchone()  # noqa: S608 (the columns are our own)
        return _record(row) if row else None

    def put(self, record: Record) -> None:
        """Add or replace the row of an article; it is on disk when this returns."""
        facts = record.as_dict()
        values = [json.dumps(facts[name], ensure_ascii=False) if name in MAPPINGS else facts[name] for name in COLUMNS]
        marks = ", ".join("?" * len(COLUMNS))
        self.connection.execute(f"INSERT OR REPLACE INTO articles ({', '.join(COLUMNS)}) VALUES ({marks})", values)  # noqa: S608

    def __iter__(self) -> Iterator[Record]:
        for row in self.connection.execute(f"SELECT {', '.join(COLUMNS)} FROM articles ORDER BY name"):  # noqa: S608
            yield _record(row)


def _record(row: tuple[Any, ...]) -> Record:
    facts = dict(zip(COLUMNS, row, strict=True))
    return Record(**{name: json.loads(value) if name in MAPPINGS else value for name, value in facts.items()})


@contextmanager
def opened(out: Path) -> Iterator[Manifest]:
    """The manifest of the folder `out`, for this run alone.

    Raises UsageError: it cannot be written, or another run has it.
    """
    path = out / NAME
    connection = None
    try:
        out.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=1, isolation_level=None)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        columns = ", ".join(f"{name} {NUMBERS.get(name, 'TEXT')} NOT NULL" for name in COLUMNS)
        connection.execute(f"CREATE TABLE IF NOT EXISTS articles ({columns}, PRIMARY KEY (name))")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
        yield Manifest(connection)
    except (sqlite3.Error, OSError) as error:
        if "locked" in str(error):
            raise UsageError(
                f"{path}: another batch is at work in this folder; wait for it, or choose another --out"
            ) from None
        raise UsageError(f"{path}: cannot be used ({error}); mend that, and run again with --resume") from None
    finally:
        if connection is not None:
            connection.close()
