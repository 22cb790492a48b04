"""What becomes of commands and environments that pandoc does not know; the lists are `commands.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.article import SetAside
from pipeline.findings import Finding, Severity
from pipeline.intake.latex.scanner import Command, after_space, balanced, commands
from pipeline.pandoc import Skipped
from pipeline.words import words

MOST_PASSES = 6
BEGIN = re.compile(r"\\begin\s*\{([A-Za-z]+\*?)\}")
BEGUN = re.compile(r"\\begin\{(?P<name>[A-Za-z]+\*?)\}(?P<options>(?:\[[^\]]*\])*)(?P<body>.*)", re.DOTALL)
PLACEMENT = re.compile(r"[!htbpHcsSlr\d.,\s]*|[^=]*=.*", re.DOTALL)
NAME = re.compile(r"\\([A-Za-z]+)\*?")
TEX = re.compile(r"\\[A-Za-z]+\*?|[^\w\s]")
UNKNOWN = "which is not known here"
DOCUMENT = "\\begin{document}"
ALGORITHM = re.compile(r"\\begin\s*\{algorithm2?e?\*?\}(?:\s*\[[^\]]{0,20}\])?")
MARK = re.compile(r"\\footnotemark(?:\s*\[(\w{1,10})\])?")


@dataclass(frozen=True, slots=True)
class Lists:
    """What `commands.toml` says, by its tables; `empty` is the pattern of arguments without words."""

    silent: frozenset[str]
    aside: Mapping[str, str]
    notes: Mapping[str, int]
    arguments: Mapping[str, int]
    same: Mapping[str, str]
    renamed: Mapping[str, str]
    shown: frozenset[str]
    drawings: Mapping[str, str]
    theorems: Mapping[str, str]
    empty: re.Pattern[str]


@cache
def lists() -> Lists:
    held: dict[str, Any] = tomllib.loads(Path(__file__).with_name("commands.toml").read_text("utf-8"))
    return Lists(
        silent=frozenset(held["silent"]),
        aside=held["aside"],
        notes=held["notes"],
        arguments=held["environments"] | held["renamed-arguments"],
        same=held["same"],
        renamed=held["renamed"],
        shown=frozenset(held["shown"]),
        drawings=held["drawings"],
        theorems=held["theorems"],
        empty=re.compile(held["arguments"]["pattern"]),
    )


@cache
def _same() -> re.Pattern[str]:
    return re.compile(rf"\\({'|'.join(map(re.escape, lists().same))})(?![A-Za-z@])")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"\\end\s*\{{({'|'.join(map(re.escape, lists().renamed))})\}}")


def as_known(text: str) -> str:
    """`text` with commands and environments in the place of those that pandoc does not know."""
    if "\\footnotemark" in text:
        text = _with_notes(text)
    pieces, position = [], 0
    for match in BEGIN.finditer(text):
        if match.start() < position:
            continue
        name = match[1]
        count, other = lists().arguments.get(name), lists().renamed.get(name)
        if count is None and other is None:
            continue
        end, held = _arguments(text, match.end(), count or 0)
        begun = f"\\begin{{{name if other is None else other}}}" if other != "" else " "
        begun += f"\\par {' '.join(held)}\\par " if name in lists().shown else ""
        pieces += [text[position : match.start()], begun, "\n" * text.count("\n", match.end(), end)]
        position = end
    text = "".join([*pieces, text[position:]])
    text = _with_algorithms(text)
    text = _ends().sub(lambda match: f"\\end{{{other}}}" if (other := lists().renamed[match[1]]) else " ", text)
    defined = set(re.findall(r"\\(?:(?:(?:re)?new|provide)command\*?\s*\{?|def\s*)\\([A-Za-z]+)", text))
    text = _same().sub(lambda match: match[0] if match[1] in defined else lists().same[match[1]], text)
    return _with_theorems(text)


def _with_algorithms(text: str) -> str:
    """The caption of an algorithm as a paragraph in bold before it: pandoc drops it."""
    for match in reversed(list(ALGORITHM.finditer(text))):
        end = text.find("\\end{algorithm", match.end())
        for command in list(commands(text[match.end() : end], ("caption",)))[::-1] if end > 0 else ():
            made = f"\\par\\textbf{{Algorithm: {command.argument}}}\\par "
            text = text[: match.end() + command.start] + made + text[match.end() + command.end :]
    return text


def _arguments(text: str, position: int, count: int) -> tuple[int, list[str]]:
    """Behind the options and the `count` arguments that stand at `position`, and what those hold."""
    held: list[str] = []
    while True:
        start = after_space(text, position)
        opening = text[start : start + 1]
        inner = balanced(text, start) if opening == "[" or (opening == "{" and count) else None
        if inner is None:
            return position, held
        count -= opening == "{"
        held.append(inner)
        position = start + len(inner) + 2


def _with_notes(text: str) -> str:
    """`\\footnotemark[1]` with the text of `\\footnotetext[1]{…}`, which follows it, as a footnote."""
    marks, changes = list(MARK.finditer(text)), []
    for said in list(commands(text, ("footnotetext",)))[::-1]:
        before = [mark for mark in marks if mark.end() <= said.start and said.option in ("", mark[1])]
        if not before:
            continue
        marks.remove(before[-1])
        note = f"\\footnote{{{said.argument}}}".replace("\n", " ")
        changes.append((*before[-1].span(), note))
        changes.append((said.start, said.end, "\n" * text.count("\n", said.start, said.end)))
    for start, end, made in sorted(changes, reverse=True):
        text = f"{text[:start]}{made}{text[end:]}"
    return text


def _with_theorems(text: str) -> str:
    """Environments that only the class defines as theorems are so defined."""
    start = text.find(DOCUMENT)
    if start < 0:
        return text
    used = {match[1] for match in BEGIN.finditer(text, start)} & lists().theorems.keys()
    missing = sorted(name for name in used if f"{{{name}}}" not in text[:start])
    return (
        text[:start] + "".join(f"\\newtheorem{{{name}}}{{{lists().theorems[name]}}}" for name in missing) + text[start:]
    )


def unknown(skipped: Iterable[Skipped]) -> set[str]:
    """The commands, of those that pandoc skipped, whose arguments have words that are to be shown."""
    found = (next(commands(each.text, (_name(each.text),)), None) for each in skipped)
    return {
        command.name for command in found
        if command and command.name not in ("begin", "end", "") and not _is_silent(command.name) and _shown(command)
    }  # fmt: skip


def _name(text: str) -> str:
    match = NAME.match(text)
    return match[1] if match else ""


def _is_silent(name: str) -> bool:
    return name in lists().silent or name in lists().aside


def shown(text: str, names: set[str]) -> str:
    """`text` with the words of the arguments of these commands in their place; no line is lost."""
    start = max(text.find(DOCUMENT), 0)
    head, text = text[:start], text[start:]
    for _ in range(MOST_PASSES):
        pieces, position = [], 0
        for command in commands(text, names):
            made = _shown(command)
            gap = "\n" * (text.count("\n", command.start, command.end) - made.count("\n"))
            pieces += [text[position : command.start], made, gap]
            position = command.end
        if not position:
            break
        text = "".join([*pieces, text[position:]])
    return head + text


def _shown(command: Command) -> str:
    place = lists().notes.get(command.name)
    if place and len(command.arguments) >= place:
        return f"\\footnote{{{command.arguments[-place]}}}"
    kept = [each for each in (*command.options, *command.arguments) if not lists().empty.fullmatch(each.strip())]
    return " ".join(each if _is_blocks(each) else f"{{{each}}}" for each in kept if words(TEX.sub(" ", each)))


def _is_blocks(text: str) -> bool:
    return "\\begin" in text or "\n\n" in text


def left_out(skipped: Iterable[Skipped]) -> list[SetAside]:
    """The words that pandoc skipped and that no list says to be none, with the reason."""
    found = []
    for each in skipped:
        match = NAME.match(each.text)
        name = _name(each.text)
        if name == "end" or name in lists().silent:
            continue
        reason = lists().aside.get(name, f"\\{name}, {UNKNOWN}")
        text = each.text[match.end() :] if match else each.text
        if name == "begin":
            begun = BEGUN.match(each.text)
            if begun is None or (begun["body"].strip() and begun["name"] in _raw()):
                continue
            text = "".join(
                part for part in re.findall(r"\[([^\]]*)\]", begun["options"]) if not PLACEMENT.fullmatch(part)
            ) + " " + begun["body"].rpartition("\\end")[0]  # fmt: skip
            reason = lists().drawings.get(begun["name"], f"\\begin{{{begun['name']}}}, {UNKNOWN}")
        if said := " ".join(TEX.sub(" ", text).split()):
            found.append(SetAside(each.line, said, reason))
    return [each for each in found if words(each.text)]


def findings_of(items: Iterable[SetAside]) -> list[Finding]:
    """What was left out, but for what a list says of it, as a finding each."""
    listed = set(lists().aside.values())
    return [
        Finding("left-out", Severity.WARNING, f"set aside: {each.reason}: {each.text[:80]}", line=each.line)
        for each in items if each.reason not in listed
    ]  # fmt: skip


def _raw() -> tuple[str, ...]:
    return ("comment", "filecontents", "filecontents*")
