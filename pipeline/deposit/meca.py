"""MECA (NISO RP-30): a zip of manifest, transfer information, the article, its galleys and pictures."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from pipeline.archives import pack, unpack
from pipeline.article import Element
from pipeline.deposit.builder import Maker, root_with, serialize
from pipeline.deposit.record import Record
from pipeline.deposit.schemas import check as check_schema
from pipeline.deposit.schemas import dtd
from pipeline.elements import HREF, XLINK
from pipeline.findings import Finding, Severity

NEEDS = ("title", "journal", "publisher", "depositor", "email")
PROFILES = ()
ONE_ARTICLE = True
VALID = True
VERSION = "1.0"
MANIFEST = "https://manuscriptexchange.org/schema/manifest"
TRANSFER = "https://manuscriptexchange.org/schema/transfer"
DOCTYPE = '<!DOCTYPE {0} PUBLIC "-//MECA//DTD {1} v1.0//en" "https://meca.zip/{0}-1.0.dtd">'
TYPES = {"xml": "application/xml", "pdf": "application/pdf", "html": "text/html", "epub": "application/epub+zip"}
FOLDER = "content"

item, move = Maker(MANIFEST), Maker(TRANSFER)


def contents(record: Record) -> dict[str, tuple[str, bytes]]:
    """Path in the package: (item type, data). The article is first; files keep the names the XML has for them."""
    found = {f"{FOLDER}/{record.path.name}": ("article-metadata", record.data)}
    for galley in record.galleys.values():
        found[f"{FOLDER}/{galley.name}"] = ("manuscript", galley.read_bytes())
    for path in record.files.values():
        if path is not None:
            name = path.relative_to(record.path.parent.resolve()).as_posix()
            found[f"{FOLDER}/{name}"] = ("article-supporting-file", path.read_bytes())
    return found


def problems(record: Record) -> list[Finding]:
    return [
        Finding("no-file", Severity.ERROR, f"{href} is not beside the XML; put it there", str(record.path))
        for href, path in record.files.items()
        if path is None and not href.startswith(("info:", "doi:"))
    ]


def write(records: Sequence[Record], output: Path) -> bytes:
    record = records[0]
    files = contents(record)
    kinds = {"transfer.xml": "transfer-metadata"} | {name: kind for name, (kind, _) in files.items()}
    given = {"manifest-version": VERSION}
    items = [_item(number, name, kind) for number, (name, kind) in enumerate(kinds.items(), 1)]
    manifest = root_with(item("manifest", items, attributes=given), {None: MANIFEST, "xlink": XLINK})
    parts = {
        "manifest.xml": serialize(manifest, DOCTYPE.format("manifest", "Manifest")),
        "transfer.xml": serialize(
            root_with(_transfer(record), {None: TRANSFER}), DOCTYPE.format("transfer", "Transfer")
        ),
    }
    return pack(parts | {name: data for name, (_, data) in files.items()})


def _item(number: int, name: str, kind: str) -> Element:
    ending = name.rpartition(".")[2].lower()
    media = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    instance = item("instance", attributes={HREF: name, f"{{{XLINK}}}type": "locator", "media-type": media})
    return item("item", instance, attributes={"id": f"item{number}", "item-type": kind, "item-version": "1"})


def _transfer(record: Record) -> Element:
    journal, deposit = record.article.journal, record.profile.deposit
    contact = move("contact", move("email", deposit.email))
    publication = ("publication", {"type": "journal"})
    title = move("publication-title", journal.title)
    return move(
        "transfer",
        move(
            "transfer-source",
            move("service-provider", move("provider-name", deposit.depositor), contact),
            move(publication[0], title, move.maybe("acronym", journal.id), attributes=publication[1]),
        ),
        move(
            "destination",
            move("service-provider", move("provider-name", deposit.destination or journal.publisher)),
            move(publication[0], move("publication-title", journal.title), attributes=publication[1]),
        ),
        attributes={"transfer-version": VERSION},
    )


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """Manifest and transfer by their DTDs; the manifest lists every file, and each is what went in."""
    files = unpack(data)
    findings = [
        finding
        for part in ("manifest", "transfer")
        for finding in check_schema(dtd("meca", part), files[f"{part}.xml"], f"{name}/{part}.xml")
    ]
    listed = {str(each.get(HREF)) for each in etree.fromstring(files["manifest.xml"]).iter(item.name("instance"))}
    wanted = {path: content for path, (_, content) in contents(records[0]).items()}
    here = {path: content for path, content in files.items() if path not in ("manifest.xml", "transfer.xml")}
    if listed != set(files) - {"manifest.xml"} or here != wanted:
        findings.append(Finding("package-differs", Severity.ERROR, "what was unpacked is not what went in", name))
    return findings
