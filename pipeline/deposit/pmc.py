"""PubMed Central: one article's zip, its files named as PMC asks, the PDF beside the XML."""

import re
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from pipeline.archives import pack, unpack
from pipeline.article import Element
from pipeline.deposit.builder import serialize
from pipeline.deposit.record import Record
from pipeline.elements import HREF, make, text_of
from pipeline.findings import Finding, Severity
from pipeline.validation.check import check_tree
from pipeline.validation.links import FILES
from pipeline.validation.parse import read_article

NEEDS = ("title", "section", "date", "journal", "id", "issn", "publisher", "pages")
PROFILES = ("pmc",)
ONE_ARTICLE = True
VALID = True
PICTURES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"II*\0": ".tif", b"MM\0*": ".tif"}
PICTURE_ELEMENTS = ("graphic", "inline-graphic")


def base_name(record: Record) -> str:
    """`journal-volume-page` in letters and digits, as `jcs-3-17`."""
    article = record.article
    year = f"{record.published.year}" if record.published else ""
    parts = (article.journal.id, article.volume or year, article.fpage or article.elocation_id)
    return "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "", part.lower()) for part in parts)))


def problems(record: Record) -> list[Finding]:
    """What PMC would refuse: files that are not there, pictures it does not take, no document type."""
    name = str(record.path)
    found = [
        Finding("no-file", Severity.ERROR, f"{href} is not beside the XML; put it there", name)
        for href, path in record.files.items()
        if path is None and not href.startswith(("info:", "doi:"))
    ]
    pictures = {each.get(HREF) for each in record.root.iter(*PICTURE_ELEMENTS)}
    for href, path in record.files.items():
        if path is not None and href in pictures and not _picture(path):
            message = f"{path.name} is no TIFF, PNG or JPEG, the pictures that PMC takes; convert it"
            found.append(Finding("bad-picture", Severity.ERROR, message, name))
    if not record.root.getroottree().docinfo.public_id:
        message = "the XML declares no document type, which PMC needs; begin it with the DOCTYPE of its version of JATS"
        found.append(Finding("no-doctype", Severity.ERROR, message, name))
    if "pdf" not in record.galleys:
        message = f"there is no {record.name}.pdf beside the XML; make it, so that PMC can show it"
        found.append(Finding("no-pdf", Severity.WARNING, message, name))
    return found


def _picture(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    return next((ending for mark, ending in PICTURES.items() if start.startswith(mark)), "")


def names(record: Record) -> dict[str, str]:
    """The name in the package of each file that the XML names: pictures are `-g001`, the rest `-s001`, in order."""
    base = base_name(record)
    pictures = {each.get(HREF) for each in record.root.iter(*PICTURE_ELEMENTS)}
    counts = {"g": 0, "s": 0}
    given: dict[str, str] = {}
    for href, path in record.files.items():
        if path is not None:
            kind = "g" if href in pictures else "s"
            counts[kind] += 1
            ending = (_picture(path) if kind == "g" else "") or path.suffix.lower()
            given[href] = f"{base}-{kind}{counts[kind]:03}{ending}"
    return given


def write(records: Sequence[Record], output: Path) -> bytes:
    record = records[0]
    base, given = base_name(record), names(record)
    files = {f"{base}.xml": _renamed(record, given)}
    if pdf := record.galleys.get("pdf"):
        files[f"{base}.pdf"] = pdf.read_bytes()
    files |= {given[href]: path.read_bytes() for href, path in record.files.items() if path and href in given}
    return pack(files)


def _renamed(record: Record, given: dict[str, str]) -> bytes:
    """The XML with the package's names of files; the file as it is where nothing changes.

    A reference given as printed and in parts (SciELO PS) has both as alternatives.
    """
    twice = record.root.xpath("//ref[mixed-citation and element-citation]")
    if all(href == name for href, name in given.items()) and not twice:
        return record.data
    root: Any = deepcopy(record.root)
    for ref in root.xpath("//ref[mixed-citation and element-citation]"):
        both = ref.xpath("mixed-citation | element-citation")
        alternatives = make("citation-alternatives")
        alternatives.tail = both[-1].tail
        ref.insert(ref.index(both[0]), alternatives)
        alternatives.extend(both)
    for element in root.iter(*FILES):
        href = element.get(HREF)
        if href in given:
            element.set(HREF, given[href])
    public_id, system_id = _doctype(record.root)
    return serialize(root, f'<!DOCTYPE article PUBLIC "{public_id}" "{system_id}">', indented=False)


def _doctype(root: Element) -> tuple[str | None, str | None]:
    about: Any = root.getroottree().docinfo
    return about.public_id, about.system_url


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """What is unpacked: the files named as PMC asks, the same words, every file that the XML names, valid."""
    record, files = records[0], unpack(data)
    base = base_name(record)
    root = read_article(Path(f"{base}.xml"), files[f"{base}.xml"])
    differing = [
        given
        for href, given in names(record).items()
        if (path := record.files[href]) is None or files.get(given) != path.read_bytes()
    ]
    types = {_doctype(each) for each in (root, record.root)}
    if differing or len(types) > 1 or text_of(root).split() != text_of(record.root).split():
        message = f"what was unpacked is not what went in: {differing[:1] or 'the XML'}"
        return [Finding("package-differs", Severity.ERROR, message, name)]
    bad = [each for each in files if not re.fullmatch(r"[A-Za-z0-9._-]+", each)]
    findings = [Finding("bad-name", Severity.ERROR, f"{each}: PMC takes no such file name", name) for each in bad]
    checks = check_tree(root, f"{name}/{base}.xml", PROFILES)
    return findings + [each for each in checks if each.severity is Severity.ERROR]
