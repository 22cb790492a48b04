"""All checks of one JATS document."""

from collections.abc import Collection, Sequence
from pathlib import Path

from pipeline.article import Element
from pipeline.errors import SourceError
from pipeline.findings import Finding, Severity
from pipeline.validation.dtd import check_dtd
from pipeline.validation.parse import read_article
from pipeline.validation.profiles import check_profiles
from pipeline.validation.rules import check_rules


def check_tree(
    root: Element, name: str, profiles: Sequence[str] = (), folder: Path | None = None, media: Collection[str] = ()
) -> list[Finding]:
    """Findings of the DTD, the rules and the `profiles`, in the order of their lines.

    `folder` is where the files are that the document names, but for the `media`, which are to be written beside it;
    without it they are not looked for.

    Raises MissingPart (the DTDs are not installed) and UsageError (an unknown profile).
    """
    findings = check_dtd(root, name) + check_rules(root, name, folder, media) + check_profiles(root, profiles, name)
    return sorted(findings, key=lambda finding: finding.line or 0)


def check_file(path: Path, data: bytes, profiles: Sequence[str] = ()) -> list[Finding]:
    """The findings of a file, what stops its reading among them."""
    try:
        root = read_article(path, data)
    except SourceError as error:
        message = str(error).removeprefix(f"{path}:").strip()
        line, _, rest = message.partition(":")
        if not line.isdigit():
            return [Finding("unreadable", Severity.ERROR, message, str(path))]
        return [Finding("unreadable", Severity.ERROR, rest.strip(), str(path), int(line))]
    return check_tree(root, str(path), profiles, path.parent)
