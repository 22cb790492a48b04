"""Bibliographies of a LaTeX source: the files it names, and the entries it holds itself."""

import re
from dataclasses import dataclass, field

from pipeline.article import Reference, SetAside
from pipeline.intake.decode import decode
from pipeline.intake.latex import pieces
from pipeline.intake.latex.scanner import balanced, blanked, commands, environment
from pipeline.intake.markup.entries import entry_of
from pipeline.intake.pictures import Beside

FILES = ("bibliography", "addbibresource", "addglobalbib")
BIBITEM = re.compile(r"\\bibitem(?![A-Za-z])\s*")
NEWBLOCK = re.compile(r"\\newblock(?![A-Za-z])\s*|\\bibinfo\s*\{[^{}]{0,40}\}|\\bibnamefont|\\bibfnamefont|\\natexlab")
LARGEST = 10_000_000


@dataclass(slots=True)
class Bibliography:
    """`text` is the source without it; `files` are names, `entries` those printed in the source, by key.

    `left_out` are words of them that pandoc did not read.
    """

    text: str
    files: list[str]
    entries: list[Reference]
    left_out: list[SetAside] = field(default_factory=list)


def read_bibliography(text: str, beside: Beside, stem: str, macros: str) -> Bibliography:
    """What a source says of its references. A `.bbl` beside it stands for a file that is missing."""
    files: list[str] = []
    for command in list(commands(text, FILES))[::-1]:
        files = [name.strip() for name in command.argument.split(",") if name.strip()] + files
        text = blanked(text, command.start, command.end)
    held = environment(text, "thebibliography")
    if held is not None:
        content, start, end = held
        line = text.count("\n", 0, start) + 1
        return Bibliography(blanked(text, start, end), files, *_entries(content, line, macros))
    if files and not any(beside.find(name, ("", ".bib")) for name in files):
        data = beside.read(f"{stem}.bbl", ("",), LARGEST)
        held = environment(decode(data, f"{stem}.bbl")[0], "thebibliography") if data.strip() else None
        if held is not None:
            return Bibliography(text, [], *_entries(held[0], 1, macros))
    return Bibliography(text, files, [])


def _entries(content: str, line: int, macros: str) -> tuple[list[Reference], list[SetAside]]:
    found: list[tuple[str, str, int]] = []
    starts = list(BIBITEM.finditer(content))
    for match, following in zip(starts, [*(each.start() for each in starts[1:]), len(content)], strict=True):
        position = match.end()
        while content[position : position + 1] == "[" and (inner := balanced(content, position)) is not None:
            position += len(inner) + 2
            position += len(content[position:]) - len(content[position:].lstrip())
        key = balanced(content, position) if content[position : position + 1] == "{" else None
        if key is not None:
            position += len(key) + 2
        body = NEWBLOCK.sub(" ", content[position:following]).strip()
        key = (key or "").strip() or f"item {len(found) + 1}"
        found.append((key, body, line + content.count("\n", 0, match.start())))
    made = pieces.convert([body for _, body, _ in found], macros)
    entries: list[Reference] = []
    for (key, _, line_of_entry), blocks in zip(found, made.blocks, strict=True):
        entries += [entry for entry in [entry_of(key, blocks, line_of_entry)] if entry.text]
    return entries, made.left_out
