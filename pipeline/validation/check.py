"""All checks of one JATS document."""

from pathlib import Path

from pipeline.article import Element
from pipeline.findings import Finding, Severity
from pipeline.schema_files import dtd
from pipeline.validation.dtd import check_dtd
from pipeline.validation.parse import read_article
from pipeline.validation.rules import check_rules

GREEN, PUMPKIN = "archiving", "authoring"


def check_tree(root: Element, name: str) -> list[Finding]:
    """Findings of the DTD and the rules, in the order of their lines.

    Raises MissingPart: the DTDs are not installed.
    """
    findings = check_dtd(root, dtd("1.3", tag_set(root)), name) + check_rules(root, name)
    return sorted(findings, key=lambda finding: finding.line or 0)


def check_file(path: Path, data: bytes) -> list[Finding]:
    """The findings of a file, what stops its reading among them."""
    from pipeline.errors import SourceError

    try:
        root = read_article(path, data)
    except SourceError as error:
        message = str(error).removeprefix(f"{path}:").strip()
        line, _, rest = message.partition(":")
        known = line.isdigit()
        return [
            Finding(
                "unreadable",
                Severity.ERROR,
                rest.strip() if known else message,
                str(path),
                int(line) if known else None,
            )
        ]
    return check_tree(root, str(path))


def tag_set(root: Element) -> str:
    """`publishing`, `archiving` or `authoring`, as the document type says; publishing where none is declared."""
    public_id = root.getroottree().docinfo.public_id or ""
    if "Archiving" in public_id:
        return GREEN
    return PUMPKIN if "Authoring" in public_id else "publishing"
