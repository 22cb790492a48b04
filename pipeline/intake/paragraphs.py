"""What a word processor says of each paragraph beside its text: its number in the document, its style, its names.

A mark at the beginning of its text, in characters that no text holds, leads from pandoc's paragraph back to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.article import Hints
from pipeline.intake.markup.document import Place
from pipeline.intake.markup.nodes import Node, descendants

OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
ROLES = {
    "title": "title", "subtitle": "subtitle", "author": "author", "authors": "author", "affiliation": "affiliation",
    "affiliations": "affiliation", "abstract": "abstract", "keywords": "keywords", "keyword": "keywords",
    "bibliography": "references", "references": "references", "reference": "references", "caption": "caption",
    "date": "date", "quote": "quote", "intense quote": "quote", "block text": "quote", "quotations": "quote",
    "block quotation": "quote", "author list": "author", "authorlist": "author", "author names": "author",
    "authornames": "author", "author name": "author", "papertitle": "title", "article title": "title",
    "paper title": "title", "table caption": "caption", "figure caption": "caption",
    "author affiliation": "affiliation",
}  # fmt: skip
ENDS = ("title", "author", "authors", "authornames", "affiliation", "abstract", "keywords", "caption", "references")
SURE = ("author", "authors", "authornames", "affiliation", "abstract", "keywords")
"""Ends of a style's name that say what it is for, whatever stands before them."""
TEMPLATES = ("article", "paper", "els", "mdpi", "papertitle", "p", "springer", "acm", "ieee", "jats")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits: its name as its program shows it, whether it is bold."""

    name: str = ""
    bold: bool = False
    parents: tuple[str, ...] = ()

    @property
    def role(self) -> str | None:
        for name in (self.name, *self.parents):
            plain = re.sub(r"[^a-z ]", "", name.casefold().replace("_", " ")).strip()
            if plain in ROLES:
                return ROLES[plain]
            last = plain.rsplit(" ", 1)[-1]
            if last in ENDS and (plain.startswith(TEMPLATES) or last in SURE or plain.find(" ") == 1):
                return ROLES[last]
        return None


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs of a document by number, and the place in it of pandoc's."""

    styles: Mapping[str, Style]
    hints: dict[int, Hints] = field(default_factory=dict)
    names: dict[int, tuple[str, ...]] = field(default_factory=dict)
    last: int = 0

    def add(self, number: int, hints: Hints, names: tuple[str, ...]) -> str:
        """Remember what is said of a paragraph; the mark to put before its text."""
        self.hints[number], self.names[number] = hints, names
        return f"{OPEN}{number}{CLOSE}"

    def __call__(self, node: Node) -> Place | None:
        """The place of a paragraph of pandoc's tree; its mark is taken away."""
        found = take_marks(node)
        if found:
            self.last = found[0]
        hints, names = (self.hints.get(self.last, Hints()), self.names.get(self.last, ())) if found else (Hints(), ())
        return Place(self.last or 1, replace(hints), names)


def take_marks(node: Node) -> list[int]:
    numbers = []
    for each in descendants(node):
        if each["t"] == "Str" and OPEN in each["c"]:
            numbers += [int(number) for number in MARK.findall(each["c"])]
            each["c"] = MARK.sub("", each["c"])
    return numbers
