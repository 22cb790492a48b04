"""Labelled references as JSON Lines, and how they are held out."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reference and its spans as (label, start, end) in code points."""

    text: str
    spans: tuple[tuple[str, int, int], ...]
    source: str
    lang: str
    document: str


def read(paths: Iterable[Path]) -> Iterator[Labelled]:
    """The references of JSONL files in the format of `references --to spans`.

    Raises ValueError: a line is no labelled reference; the message names file and line.
    """
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield _labelled(json.loads(line), f"{path.name}:{number}")
                except (KeyError, TypeError, json.JSONDecodeError) as error:
                    raise ValueError(f"{path}:{number}: not a labelled reference ({error!r})") from None


def _labelled(record: dict[str, Any], place: str) -> Labelled:
    fields = record["fields"]
    return Labelled(
        text=str(record["text"]),
        spans=tuple(sorted(((f["label"], f["start"], f["end"]) for f in fields), key=lambda span: span[1])),
        source=str(record.get("source", CORRECTIONS)),
        lang=str(record.get("lang") or ""),
        document=str(record.get("doc", place)),
    )


def held_out(reference: Labelled, fold: int = 0, folds: int = 10) -> bool:
    """Whether the whole document of a reference is kept from training; corrections never are."""
    if reference.source == CORRECTIONS:
        return False
    digest = hashlib.sha256(f"{reference.source}/{reference.document}".encode()).digest()
    return (
        digest[0] * 256 + digest[1] < 65536 * (fold + 1) // folds
        and digest[0] * 256 + digest[1] >= 65536 * fold // folds
    )
