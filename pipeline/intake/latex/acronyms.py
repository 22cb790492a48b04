"""Acronyms of `glossaries`, `acro` and `acronym`: in full where they stand first, short after that."""

import re
from dataclasses import dataclass

from pipeline.intake.latex.scanner import Command, balanced, blanked, commands

DEFINITIONS = ("newacronym", "newabbreviation", "DeclareAcronym", "acrodef", "acro", "newacro", "newglossaryentry")
SHORT = {"acs", "acsp", "acrshort", "acrshortpl", "glsentryshort", "acsu", "Acs"}
LONG = {"acl", "aclp", "acrlong", "acrlongpl", "glsentrylong", "Acl", "Aclp"}
FULL = {"acf", "acfp", "acrfull", "acrfullpl", "Acf", "Acrfull"}
FIRST = {"gls", "Gls", "GLS", "glspl", "Glspl", "ac", "acp", "Ac", "Acp", "ab", "gacs"}
PLURAL = re.compile(r"(?:pl|p)\Z")
ENDING = {True: "s", False: ""}
VALUE = re.compile(r"(?<![\w-])(short|long|name)\s*=\s*")


@dataclass(slots=True)
class Acronym:
    """A term of a glossary has no `long` form."""

    short: str
    long: str = ""
    is_known: bool = False


def with_acronyms(text: str) -> str:
    """`text` with the words of each acronym in the place of its command; the definitions are taken away."""
    found: dict[str, Acronym] = {}
    for command in list(commands(text, DEFINITIONS))[::-1]:
        if (made := _defined(command, text)) is not None:
            found[command.argument.strip()] = made
            text = blanked(text, command.start, command.end)
    if not found:
        return text
    pieces, position = [], 0
    for command in commands(text, SHORT | LONG | FULL | FIRST):
        acronym = found.get(command.argument.strip())
        if acronym is None:
            continue
        rest = "".join(f"{{{each}}}" for each in command.arguments[1:])
        pieces += [text[position : command.start], _printed(command.name, acronym) + rest]
        position = command.end
    return "".join([*pieces, text[position:]])


def _defined(command: Command, text: str) -> Acronym | None:
    if command.name in ("DeclareAcronym", "newglossaryentry"):
        held = command.arguments[1] if len(command.arguments) > 1 else ""
        values = {match[1]: _value(held, match.end()) for match in VALUE.finditer(held)}
        short = values.get("short") or values.get("name", "")
        return Acronym(short, values.get("long", "")) if short else None
    if len(command.arguments) == 3:
        return Acronym(command.arguments[1], command.arguments[2])
    return None


def _value(text: str, position: int) -> str:
    if text[position : position + 1] == "{":
        return balanced(text, position) or ""
    return text[position:].partition(",")[0].strip()


def _printed(name: str, acronym: Acronym) -> str:
    plural = ENDING[bool(PLURAL.search(name))]
    short, long = acronym.short + plural, acronym.long + plural
    if name[:1].isupper() and acronym.long:
        long = long[:1].upper() + long[1:]
    first = name in FIRST and not acronym.is_known and acronym.long
    acronym.is_known = acronym.is_known or name in FIRST | FULL
    if name in FULL or first:
        return f"{long} ({short})"
    return long if name in LONG and acronym.long else short
