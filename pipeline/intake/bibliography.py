"""Bibliographies beside a source or within it, as CSL items."""

import json
from pathlib import Path
from typing import Any

from pipeline import pandoc
from pipeline.findings import Finding, Severity
from pipeline.intake.decode import decode
from pipeline.intake.pictures import Beside

READERS = {".bib": "biblatex", ".bibtex": "bibtex", ".json": "csljson", ".yaml": "markdown", ".yml": "markdown",
           ".ris": "ris", ".xml": "endnotexml"}  # fmt: skip
ENDINGS = ("", ".bib")
OWN = (".bib", ".json", ".ris", ".yaml")
LARGEST = 20_000_000

Item = dict[str, Any]


def read_files(names: list[str], beside: Beside, source: Path) -> tuple[dict[str, Item], list[Finding]]:
    """The items of the bibliography files that a source names, by key.

    Where one is not there, or none is named, a file beside the source with the source's own name stands for it.
    """
    items: dict[str, Item] = {}
    findings: list[Finding] = []
    own = next((ending for ending in OWN if beside.find(source.stem + ending)), "")
    if not names and own:
        names = [source.stem + own]
    for name in names:
        path = beside.find(name, ENDINGS)
        if path is None and own:
            message = f"the bibliography {name[:120]} is not there; {source.stem}{own} was read in its place"
            findings.append(Finding("bibliography-other", Severity.INFO, message))
            name = source.stem + own
            path = beside.find(name)
        if path is None:
            message = (
                f"the bibliography {name[:120]} is not in the folder of the source; its citations are not resolved"
            )
            findings.append(Finding("bibliography-missing", Severity.WARNING, message))
            continue
        try:
            for item in read_items(beside.read(name, ENDINGS, LARGEST), path):
                items.setdefault(str(item["id"]), item)
        except pandoc.PandocError as error:
            message = f"the bibliography {path.name} cannot be read: {str(error)[:160]}"
            findings.append(Finding("bibliography-unreadable", Severity.WARNING, message))
    return items, findings


def read_items(data: bytes, path: Path) -> list[Item]:
    """CSL items of a BibTeX, biblatex, CSL-JSON, RIS or EndNote file."""
    text, _ = decode(data, str(path))
    reader = READERS.get(path.suffix.lower(), "biblatex")
    return items_of(pandoc.convert(text.encode(), reader, "csljson"))


def items_of(data: bytes) -> list[Item]:
    found = json.loads(data or b"[]")
    return [item for item in found if isinstance(item, dict) and item.get("id") not in (None, "")]
