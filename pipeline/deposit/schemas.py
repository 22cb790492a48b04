"""A package's own schema: the official one where it can be installed, else one of our own writing."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from pipeline import resources, schema_files
from pipeline.findings import Finding, Severity


class _Installed(etree.Resolver):
    """An import by address is the file under that address in the release's folder, never the network."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        address = urlsplit(system_url)
        path = self.folder / address.netloc / address.path.lstrip("/")
        found = address.netloc and path.is_file()
        return self.resolve_filename(str(path), context) if found else None  # type: ignore[attr-defined]


@cache
def xsd(bundle: str, name: str) -> etree.XMLSchema:
    """An official XML Schema, parsed. Crossref's takes 4 seconds, as it imports all of JATS.

    Raises MissingPart: it is not installed.
    """
    path = schema_files.schema(bundle, name)
    folder = next(release.folder for release in schema_files.releases() if path.is_relative_to(release.folder))
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Installed(folder))
    return etree.XMLSchema(etree.parse(str(path), parser))


@cache
def dtd(bundle: str, name: str) -> etree.DTD:
    """An official DTD, parsed.

    Raises MissingPart: it is not installed.
    """
    return etree.DTD(file=str(schema_files.schema(bundle, name)))


@cache
def own(name: str) -> etree.RelaxNG:
    """`schemas/packages/NAME.rng`: the structure as the target documents it, where its schema is not to be had."""
    return etree.RelaxNG(etree.parse(str(resources.schemas("packages", f"{name}.rng"))))


def check(schema: Any, data: bytes, name: str) -> list[Finding]:
    """What `schema` finds wrong with the XML `data`, each with its line."""
    root = etree.fromstring(data, etree.XMLParser(no_network=True, huge_tree=True, resolve_entities=False))
    if schema.validate(root):
        return []
    log: Any = schema.error_log
    return [
        Finding("package-schema", Severity.ERROR, error.message, name, error.line or None)
        for error in log.filter_from_errors()
    ]
