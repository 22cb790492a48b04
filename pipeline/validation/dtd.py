"""The official DTD of the version and tag set that a document declares, offline."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline import schema_files
from pipeline.article import Element
from pipeline.errors import MissingPart
from pipeline.findings import Finding, Severity

VERSION = re.compile(r"(\d\.\d)(d\d)?")
DECLARED = re.compile(r" v([^\s/]+)")
NLM_3 = "3.0"
TAG_SETS = {"Archiving": "archiving", "Authoring": "authoring"}
# What the DTD of another version says of the version alone.
FIXED = "attribute dtd-version of article"
# Checked by rules.check_ids, which says where the id is missing.
IDS = {"DTD_UNKNOWN_ID", "DTD_ID_REDEFINED"}


@cache
def load(path: Path) -> etree.DTD:
    """The parsed DTD; parsing takes 20 ms, so it is kept."""
    return etree.DTD(file=str(path))


def check_dtd(root: Element, name: str) -> list[Finding]:
    """What the DTD that `root` declares finds wrong with it, a line of the file each.

    Raises MissingPart: the DTDs are not installed.
    """
    path, said = dtd_of(root)
    findings = [Finding("other-dtd", Severity.INFO, said, name, 1)] if said else []
    if path is None:
        return findings
    dtd = load(path)
    if dtd.validate(root):
        return findings
    errors = [error for error in _errors(dtd) if error.type_name not in IDS and not (said and FIXED in error.message)]
    return findings + [Finding("dtd", Severity.ERROR, error.message, name, error.line or None) for error in errors]


def _errors(dtd: etree.DTD) -> Iterator[Any]:
    log: Any = dtd.error_log
    yield from log.filter_from_errors()


def dtd_of(root: Element) -> tuple[Path | None, str]:
    """The DTD for `root`, and what an editor should know where it is not the one that is declared.

    A draft is checked against the version it became, NLM 3.0 archiving against JATS 1.0, which takes all that
    it allows. Where there is no document type, `dtd-version` says the version, and the tag set is
    Journal Publishing.
    """
    public_id = root.getroottree().docinfo.public_id or ""
    if public_id and (path := schema_files.doctype(public_id)):
        return path, ""
    named = DECLARED.search(public_id)
    declared = named.group(1) if named else public_id or root.get("dtd-version") or "1.3"
    found = VERSION.match(declared)
    version = "1.0" if declared == NLM_3 else found.group(1) if found else ""
    tag_set = next((name for word, name in TAG_SETS.items() if word in public_id), "publishing")
    try:
        path = schema_files.dtd(version, tag_set)
    except MissingPart:
        if any(release.bundle == "jats" and release.version == version for release in schema_files.releases()):
            raise
        return None, f"there is no DTD of version {declared} here, so only the rules were checked"
    if public_id and declared != version:
        return path, f"version {declared} was checked against the DTD of JATS {version}"
    return path, "" if public_id else f"no document type is declared: checked as JATS {version} {tag_set}"
