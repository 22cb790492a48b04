"""The manifest as a Parquet file, for analysis.

A row an article. Columns as in `work.Record`; `counts`, `stages`, `inputs`, `outputs` and `stamps` are maps,
`findings` a list of structures.
"""

from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.batch.manifest import reading
from pipeline.batch.work import Record
from pipeline.errors import MissingPart, UsageError

try:
    import pyarrow as arrow
    from pyarrow import parquet
except ImportError:
    raise MissingPart("--parquet needs pyarrow; run: pip install 'jats-pipeline[parquet]'") from None

NAME = "manifest.parquet"
ROWS = 10_000
TEXTS = ("name", "source", "settings", "version", "source_hash", "status", "reason", "title")
NUMBERS = ("code", "errors", "warnings", "notes")
MAPS = {"counts": arrow.int64(), "stages": arrow.float64()} | dict.fromkeys(
    ("inputs", "outputs", "stamps"), arrow.string()
)
FINDING = {
    "code": arrow.string(), "severity": arrow.string(), "count": arrow.int64(), "example": arrow.string(),
    "line": arrow.int64(),
}  # fmt: skip
SCHEMA = arrow.schema(
    [(name, arrow.string()) for name in TEXTS]
    + [(name, arrow.int64()) for name in NUMBERS]
    + [("seconds", arrow.float64())]
    + [(name, arrow.map_(arrow.string(), values)) for name, values in MAPS.items()]
    + [("findings", arrow.list_(arrow.struct(FINDING.items())))]
)


def export(manifest: Path, to: Path) -> None:
    """Write the manifest's rows, some thousand at a time.

    Raises UsageError: there is no manifest, or the file cannot be written.
    """
    with reading(manifest) as records:
        part = to.with_name(f".{to.name}.part")
        try:
            with parquet.ParquetWriter(part, SCHEMA) as writer:
                rows = map(_row, records)
                while chunk := list(islice(rows, ROWS)):
                    writer.write_table(arrow.Table.from_pylist(chunk, SCHEMA))
            part.replace(to)
        except OSError as error:
            raise UsageError(f"{to}: cannot be written ({(error.strerror or str(error)).lower()})") from None
        finally:
            part.unlink(missing_ok=True)


def _row(record: Record) -> dict[str, Any]:
    row = record.as_dict()
    row |= {name: list(row[name].items()) for name in MAPS}
    row["findings"] = [{"code": code} | facts for code, facts in row["findings"].items()]
    return row
