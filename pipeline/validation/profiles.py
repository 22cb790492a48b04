"""What archives and registries ask, as ISO Schematron (XPath 1.0) under `schemas/rules/`, a file a profile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from pipeline import resources
from pipeline.article import Element
from pipeline.elements import line_of
from pipeline.errors import UsageError
from pipeline.findings import Finding, Severity

SCH = "{http://purl.oclc.org/dsdl/schematron}"
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


@dataclass(frozen=True, slots=True)
class Rule:
    """An `assert` of a profile: `message` says what to do, `link` leads to whose rule it is."""

    id: str
    severity: Severity
    message: str
    link: str
    context: str
    topic: str


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    title: str
    about: str
    rules: tuple[Rule, ...]
    namespaces: tuple[tuple[str, str], ...]


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in resources.schemas("rules").glob("*.sch")))


def chosen(profiles: Iterable[str]) -> tuple[str, ...]:
    """The profiles, each once.

    Raises UsageError: one is unknown.
    """
    for name in (wanted := tuple(dict.fromkeys(profiles))):
        if name not in names():
            raise UsageError(f"unknown profile {name!r}; choose of: {', '.join(names())}")
    return wanted


def check_profiles(root: Element, profiles: Sequence[str], name: str) -> list[Finding]:
    """What the rules of `profiles` find, in the order of the rules.

    Raises UsageError: one is unknown.
    """
    return [finding for profile in chosen(profiles) for finding in _check(root, profile, name)]


def _check(root: Element, profile: str, name: str) -> list[Finding]:
    schematron = _compiled(profile)
    schematron.validate(root.getroottree())
    rules = {rule.id: rule for rule in load(profile).rules}
    findings = []
    for failed in schematron.validation_report.iter(FAILED):
        rule = rules[failed.get("id")]
        where: Any = root.getroottree().xpath(failed.get("location"))
        line = line_of(where[0]) if where else None
        findings.append(Finding(rule.id, rule.severity, rule.message, name, line))
    return findings


@cache
def _compiled(profile: str) -> Any:
    from lxml import isoschematron  # type: ignore[attr-defined]

    return isoschematron.Schematron(_source(profile), store_report=True)


def _source(profile: str) -> Any:
    return etree.parse(str(resources.schemas("rules", f"{profile}.sch")))


@cache
def load(profile: str) -> Profile:
    """The profile as it is documented."""
    root = _source(profile).getroot()
    rules = (
        Rule(
            each.get("id"),
            Severity(each.get("role")),
            " ".join("".join(each.itertext()).split()),
            each.get("see"),
            each.getparent().get("context"),
            pattern.findtext(f"{SCH}title"),
        )
        for pattern in root.iter(f"{SCH}pattern")
        for each in pattern.iter(f"{SCH}assert")
    )
    spaces = tuple((each.get("prefix"), each.get("uri")) for each in root.iter(f"{SCH}ns"))
    return Profile(profile, root.findtext(f"{SCH}title"), root.findtext(f"{SCH}p"), tuple(rules), spaces)


def document() -> str:
    """`docs/rules.md`: every rule of every profile, as Markdown."""
    lines = [
        "# Rules",
        "",
        "Made by `jats-pipeline rules` from the files in `schemas/rules/`. `jats-pipeline validate --profile NAME,…`",
        "checks them; `profiles` in [journal.toml](journal.md) names those that a journal wants on every build.",
    ]
    for name in names():
        profile = load(name)
        lines += ["", f"## `{name}`: {profile.title}", "", profile.about, ""]
        lines += ["| rule | | what to do |", "|---|---|---|"]
        lines += [f"| [`{rule.id}`]({rule.link}) | {rule.severity} | {rule.message} |" for rule in profile.rules]
    return "\n".join(lines) + "\n"
