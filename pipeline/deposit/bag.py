"""BagIt (RFC 8493): a bag of every file of the articles with its checksums, zipped."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.archives import pack, unpack
from pipeline.deposit.packing import now
from pipeline.deposit.record import Record
from pipeline.findings import Finding, Severity

NEEDS = ("publisher", "email")
PROFILES = ()
CHECKSUMS = ["sha256", "sha512"]


def contents(records: Sequence[Record]) -> dict[str, bytes]:
    """`NAME/…` for each article: the XML, the galleys, what the XML names, and NAME.toml."""
    found: dict[str, bytes] = {}
    for record in records:
        folder = record.path.parent.resolve()
        facts = record.path.with_suffix(".toml")
        pictures = [path for path in record.files.values() if path is not None]
        others = [path.resolve() for path in (*record.galleys.values(), facts) if path.is_file()]
        found[f"{record.name}/{record.path.name}"] = record.data
        found |= {
            f"{record.name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in pictures + others
        }
    return found


def write(records: Sequence[Record], output: Path) -> bytes:
    first = records[0]
    name = first.article.journal.id or first.name
    with tempfile.TemporaryDirectory(prefix="bag-") as place:
        bag = Path(place)
        _fill(bag, contents(records))
        _make(bag, _info(records))
        files = sorted(path for path in bag.rglob("*") if path.is_file())
        return pack({f"{name}/{path.relative_to(bag).as_posix()}": path.read_bytes() for path in files})


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _info(records: Sequence[Record]) -> dict[str, str | list[str]]:
    first = records[0]
    return {
        "Source-Organization": first.article.journal.publisher,
        "Contact-Email": first.profile.deposit.email,
        "External-Description": first.article.journal.title or first.title,
        "External-Identifier": [record.doi for record in records if record.doi],
        "Bagging-Date": now().strftime("%Y-%m-%d"),
        "Bag-Software-Agent": "jats-pipeline",
    }


def _make(folder: Path, info: dict[str, str | list[str]]) -> None:
    import bagit

    bagit.make_bag(str(folder), bag_info=info, checksums=CHECKSUMS)


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """The bag unpacked is a valid bag, and its payload is what went in."""
    import bagit

    files = unpack(data)
    with tempfile.TemporaryDirectory(prefix="bag-") as place:
        _fill(Path(place), files)
        top = Path(place, next(iter(files)).partition("/")[0])
        try:
            bagit.Bag(str(top)).validate()
        except bagit.BagError as error:
            return [Finding("package-schema", Severity.ERROR, str(error), name)]
    payload = {path.split("/", 2)[2]: content for path, content in files.items() if path.split("/")[1] == "data"}
    if payload != contents(records):
        return [Finding("package-differs", Severity.ERROR, "what was unpacked is not what went in", name)]
    return []
