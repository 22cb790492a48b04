"""The official DTD, offline."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.findings import Finding, Severity


@cache
def load(path: Path) -> etree.DTD:
    """The parsed DTD; parsing takes 20 ms, so it is kept."""
    return etree.DTD(file=str(path))


def _errors(dtd: etree.DTD) -> Iterator[Any]:
    log: Any = dtd.error_log
    yield from log.filter_from_errors()


def check_dtd(root: Element, path: Path, name: str) -> list[Finding]:
    """What the DTD at `path` finds wrong with `root`, a line of the file each."""
    dtd = load(path)
    if dtd.validate(root):
        return []
    return [
        Finding("dtd", Severity.ERROR, error.message, name, error.line or None)
        for error in _errors(dtd)
    ]
