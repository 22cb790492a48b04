"""What archives and registries ask, as ISO Schematron (XPath 1.0) under `schemas/rules/`, a file a profile."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from pipeline import resources
from pipeline.article import Element
from pipeline.elements import line_of
from pipeline.errors import UsageError
from pipeline.findings import Finding, Severity

NAME = re.compile(r"(\w+:)?[\w-]+")
SCH = "{http://purl.oclc.org/dsdl/schematron}"


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
    """In each pattern an element is checked by the first rule whose context it is (ISO/IEC 19757-3, 6.5)."""
    rules = {rule.id: rule for rule in load(profile).rules}
    findings = []
    for pattern in _compiled(profile):
        checked: set[Element] = set()
        for context, tests in pattern:
            for element in context(root.getroottree()):
                if element in checked:
                    continue
                checked.add(element)
                for identifier, test in tests:
                    if not test(element):
                        rule = rules[identifier]
                        findings.append(Finding(rule.id, rule.severity, rule.message, name, line_of(element)))
    return findings


Compiled = tuple[Any, list[tuple[str, Any]]]


@cache
def _compiled(profile: str) -> list[list[Compiled]]:
    """The rules of each pattern: an XPath that finds the contexts, and an XPath for each `assert`.

    It takes a third of the time that the rules take as XSLT. What they may not use is `let` and `current()`.
    """
    spaces = dict(load(profile).namespaces)
    return [
        [
            (
                _finder(rule.get("context"), spaces),
                [(each.get("id"), etree.XPath(f"boolean({each.get('test')})", namespaces=spaces))
                 for each in rule.iter(f"{SCH}assert")],
            )
            for rule in pattern.iter(f"{SCH}rule")
        ]
        for pattern in _source(profile).iter(f"{SCH}pattern")
    ]  # fmt: skip


def _finder(context: str, spaces: Mapping[str, str]) -> Callable[[Any], Iterable[Element]]:
    """Finds the elements that a pattern of XSLT matches; names alone are looked for in one pass."""
    parts = [part.strip() for part in _parted(context)]
    names = [_expanded(part, spaces) for part in parts if NAME.fullmatch(part)]
    others = " | ".join(f"//{part.lstrip('/')}" for part in parts if not NAME.fullmatch(part))
    path: Any = etree.XPath(others, namespaces=dict(spaces)) if others else None

    def find(tree: Any) -> Iterable[Element]:
        if names:
            yield from tree.iter(*names)
        if path is not None:
            yield from path(tree)

    return find


def _expanded(name: str, spaces: Mapping[str, str]) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{spaces[prefix]}}}{local}" if prefix else name


def _parted(context: str) -> list[str]:
    """The alternatives of a pattern; a `|` within brackets parts nothing."""
    parts, depth = [""], 0
    for char in context:
        depth += (char in "[(") - (char in "])")
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


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
