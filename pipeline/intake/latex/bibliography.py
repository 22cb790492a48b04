"""Bibliographies of a LaTeX source: the files it names, and the entries it holds itself."""

import re
from dataclasses import dataclass, field

from pipeline import pandoc
from pipeline.article import Reference, SetAside
from pipeline.intake.bibliography import Item, items_of
from pipeline.intake.decode import decode
from pipeline.intake.latex import pieces
from pipeline.intake.latex.scanner import Command, balanced, blanked, commands, environment
from pipeline.intake.markup.entries import entry_of
from pipeline.intake.pictures import Beside

FILES = ("bibliography", "addbibresource", "addglobalbib")
BIBITEM = re.compile(r"\\bibitem(?![A-Za-z])\s*")
NEWBLOCK = re.compile(r"\\newblock(?![A-Za-z])\s*|\\bibinfo\s*\{[^{}]{0,40}\}|\\bibnamefont|\\bibfnamefont|\\natexlab")
FIELD = re.compile(r"(\w+)\s*=\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
AMS = {"journal": "journaltitle", "address": "location", "place": "location", "conference": "eventtitle"}
# The mark-up of Springer and others within an entry: `\\bauthor{\\bsnm{Silva}, \\binits{A.}}`.
STRUCTURED = re.compile(
    r"\\(?:begin|end)\s*\{b[a-z]+\}|\\endbibitem(?![A-Za-z])"
    r"|\\(?:OtherLinks|b(?:author|snm|binits|parfx|particle|suffix|[a-z]*title|volume|issue|[fl]page|pages|year|month|day|"
    r"editor|seditor|edition|publisher|location|confname|confdate|conflocation|seriesno|sertitle|number|institution|"
    r"isbn|issn|comment|note|details|url|doi|chapter|school|degree|inits))(?![A-Za-z])\s*"
)
DOI_LINK = re.compile(r"\\(?:doiurl|bdoi)\s*\{([^{}]{1,200})\}")
LARGEST = 10_000_000


@dataclass(slots=True)
class Bibliography:
    """`text` is the source without it; `files` are names, `entries` those printed in the source, by key.

    `items` are the data of entries in fields (amsrefs), all of which are listed; `left_out` are words that pandoc did
    not read.
    """

    text: str
    files: list[str]
    entries: list[Reference]
    items: list[Item] = field(default_factory=list)
    left_out: list[SetAside] = field(default_factory=list)


def read_bibliography(text: str, beside: Beside, stem: str, macros: str) -> Bibliography:
    """What a source says of its references. A `.bbl` beside it stands for a file that is missing."""
    files: list[str] = []
    for command in list(commands(text, FILES))[::-1]:
        files = [name.strip() for name in command.argument.split(",") if name.strip()] + files
        text = blanked(text, command.start, command.end)
    if fields := list(commands(text, ("bib",))):
        for command in reversed(fields):
            text = blanked(text, command.start, command.end)
        return Bibliography(text, files, [], _items(fields))
    held = environment(text, "thebibliography")
    if held is not None:
        content, start, end = held
        line = text.count("\n", 0, start) + 1
        entries, left_out = _entries(content, line, macros)
        return Bibliography(blanked(text, start, end), files, entries, left_out=left_out)
    if files and not any(beside.find(name, ("", ".bib")) for name in files):
        data = beside.read(f"{stem}.bbl", ("",), LARGEST)
        held = environment(decode(data, f"{stem}.bbl")[0], "thebibliography") if data.strip() else None
        if held is not None:
            entries, left_out = _entries(held[0], 1, macros)
            return Bibliography(text, [], entries, left_out=left_out)
    return Bibliography(text, files, [])


def _items(fields: list[Command]) -> list[Item]:
    """`\\bib{key}{article}{author={…}, …}` of amsrefs, as the BibTeX that it stands for."""
    made = []
    for key, kind, body in (each.arguments for each in fields if len(each.arguments) == 3):
        values: dict[str, list[str]] = {}
        for match in FIELD.finditer(body):
            values.setdefault(AMS.get(match[1], match[1]), []).append(match[2])
        said = ", ".join(f"{name} = {{{' and '.join(each)}}}" for name, each in values.items())
        made.append(f"@{kind}{{{key}, {said}}}")
    try:
        return items_of(pandoc.convert("\n".join(made).encode(), "biblatex", "csljson"))
    except pandoc.PandocError:
        return []


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
        body = DOI_LINK.sub(r"https://doi.org/\1", content[position:following])
        body = STRUCTURED.sub(lambda match: "" if match[0][-1].isalpha() else " ", NEWBLOCK.sub(" ", body)).strip()
        key = (key or "").strip() or f"item {len(found) + 1}"
        found.append((key, body, line + content.count("\n", 0, match.start())))
    made = pieces.convert([body for _, body, _ in found], macros)
    entries: list[Reference] = []
    for (key, _, line_of_entry), blocks in zip(found, made.blocks, strict=True):
        entries += [entry for entry in [entry_of(key, blocks, line_of_entry)] if entry.text]
    return entries, made.left_out
