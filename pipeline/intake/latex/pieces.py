"""Scraps of LaTeX (a title, a name, an abstract) converted by pandoc in one go."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from pipeline.article import SetAside
from pipeline.errors import SourceError
from pipeline.intake.assemble import read_tree
from pipeline.intake.formats import READERS
from pipeline.intake.latex.known import DOCUMENT, left_out, shown, unknown
from pipeline.intake.latex.scanner import COMMAND, balanced, blanked
from pipeline.intake.markup.nodes import Nodes, descendants, text_of

MACRO = re.compile(r"\\(?:(?:re)?new|provide)command\*?|\\def(?=\\)|\\DeclareMathOperator\*?")
INTERNAL = re.compile(r"\\[A-Za-z]*@|\\(?:ifdim|ifnum|ifx|ifcsname|expandafter|csname|sbox|usebox|vbox|hbox)\b")
WRAPPER = re.compile(r"\\pandocbounded(?=\s*\{)")
PLAIN = re.compile(r"\\(?:[A-Za-z]+\*?|[^A-Za-z])|[{}$~]")
CLASS = "scrap"
PLACEHOLDER = "image"
MOST_MACROS = 400
MOST_ROUNDS = 4


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


def read_tex(text: str, name: str) -> tuple[dict[str, Any], list[SetAside]]:
    """Pandoc's tree of LaTeX, with the words of commands that it does not know, and what it left out all the same.

    Raises SourceError. See `read_tree`.
    """
    for _ in range(MOST_ROUNDS):
        tree, made = read_tree(text.encode(), READERS["latex"], name)
        start = text[: max(text.find(DOCUMENT), 0)].count("\n") + 1
        skipped = [each for each in made.skipped if each.line >= start]
        if not (names := unknown(skipped)):
            break
        text = shown(text, names)
    _without_placeholders(tree)
    return tree, left_out(skipped)


def _without_placeholders(tree: dict[str, Any]) -> None:
    """Pandoc says `image` of every picture."""
    for node in descendants(tree["blocks"]):
        if node["t"] == "Image" and text_of(node["c"][1]) == PLACEHOLDER:
            node["c"][1] = []


@dataclass(slots=True)
class Converted:
    """The blocks of each scrap, in order; and the words of them that pandoc left out."""

    blocks: list[Nodes]
    left_out: list[SetAside] = field(default_factory=list)


def convert(scraps: Sequence[str], macros: str) -> Converted:
    """Scraps of LaTeX; of one that pandoc cannot read the words without any commands."""
    if not scraps:
        return Converted([])
    made = _convert(scraps, macros)
    if made is None and len(scraps) > 1:
        each = [_convert([scrap], "") or Converted([_plain(scrap)]) for scrap in scraps]
        return Converted([one.blocks[0] for one in each], [aside for one in each for aside in one.left_out])
    return made or Converted([_plain(scrap) for scrap in scraps])


def _plain(scrap: str) -> Nodes:
    words = PLAIN.sub(" ", scrap).split()
    inlines = [node for word in words for node in ({"t": "Str", "c": word}, {"t": "Space"})][:-1]
    return [{"t": "Para", "c": inlines}] if inlines else []


def _convert(scraps: Sequence[str], macros: str) -> Converted | None:
    text = macros + "".join(f"\n\n\\begin{{{CLASS}}}\n{scrap}\n\\end{{{CLASS}}}\n\n" for scrap in scraps)
    try:
        tree, left_out = read_tex(text, "")
    except SourceError:
        return None
    found = [node["c"][1] for node in tree["blocks"] if node["t"] == "Div" and CLASS in node["c"][0][1]]
    return Converted(found, [replace(each, line=1) for each in left_out]) if len(found) == len(scraps) else None
