"""Scraps of LaTeX (a title, a name, an abstract) converted by pandoc in one go."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline import pandoc
from pipeline.intake.assemble import loaded
from pipeline.intake.latex.scanner import COMMAND, balanced, blanked
from pipeline.intake.markup.nodes import Nodes

MACRO = re.compile(r"\\(?:re|provide)?newcommand\*?|\\def(?=\\)|\\DeclareMathOperator\*?")
INTERNAL = re.compile(r"\\[A-Za-z]*@|\\(?:ifdim|ifnum|ifx|ifcsname|expandafter|csname|sbox|usebox|vbox|hbox)\b")
WRAPPER = re.compile(r"\\pandocbounded(?=\s*\{)")
CLASS = "scrap"
MOST_MACROS = 400


def _definitions(text: str) -> Iterator[tuple[int, int]]:
    """Where the definitions of a source stand; those within another are part of it."""
    position = 0
    for match in MACRO.finditer(text):
        if match.start() < position:
            continue
        brace = text.find("{", match.end())
        if COMMAND.search(text, match.end()) is None or brace < 0:
            continue
        end = _definition_end(text, match.end())
        if end and "\n\n" not in text[match.start() : end]:
            position = end
            yield match.start(), end


def macros_of(text: str) -> str:
    """The definitions of a source, so that scraps of it are read as it reads them."""
    return "\n".join(text[start:end] for start, end in islice(_definitions(text), MOST_MACROS))


def without_internals(text: str) -> str:
    """The source without definitions in terms of TeX's own machinery, which would be taken for words."""
    for start, end in sorted(_definitions(text), reverse=True):
        if INTERNAL.search(text, start, end):
            text = blanked(text, start, end)
    return WRAPPER.sub("", text)


def _definition_end(text: str, position: int) -> int:
    """Behind the last group of a definition."""
    groups = 0
    wanted = 1 if text[position : position + 1] == "\\" else 2
    while position < len(text):
        char = text[position]
        if char in "{[":
            inner = balanced(text, position)
            if inner is None:
                return 0
            position += len(inner) + 2
            groups += char == "{"
            if groups == wanted:
                return position
        elif char == "\n" and text[position : position + 2] == "\n\n":
            return 0
        else:
            position += 1
    return 0


def convert(scraps: Sequence[str], macros: str) -> list[Nodes]:
    """The blocks of each scrap, in order; one that pandoc cannot read is empty."""
    if not scraps:
        return []
    made = _convert(scraps, macros)
    if made is None and len(scraps) > 1:
        return [(_convert([scrap], "") or [[]])[0] for scrap in scraps]
    return made or [[] for _ in scraps]


def _convert(scraps: Sequence[str], macros: str) -> list[Nodes] | None:
    text = macros + "".join(f"\n\n\\begin{{{CLASS}}}\n{scrap}\n\\end{{{CLASS}}}\n\n" for scrap in scraps)
    try:
        tree = loaded(pandoc.convert(text.encode(), "latex", "json"))
    except pandoc.PandocError:
        return None
    found = [node["c"][1] for node in tree["blocks"] if node["t"] == "Div" and CLASS in node["c"][0][1]]
    return found if len(found) == len(scraps) else None
