"""The lists of `lists.txt` in every layout: how many entries come back exactly as they were, in `layouts.txt`.

Where not all do, the layout does not tell enough, or we do not see it: a number may rise, and must not fall.
"""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from pipeline.article import Block, Hints
from pipeline.intake.plain_text import read_text
from pipeline.references import split

HERE = Path(__file__).parent


def lists() -> dict[str, list[str]]:
    cases = re.split(r"^=== ", (HERE / "lists.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {case.split("\n")[0]: [line for line in case.split("\n")[1:] if line] for case in cases}


def wrapped(entry: str, width: int, indent: str = "") -> str:
    return textwrap.fill(entry, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def numbered(form: str, entries: list[str], start: int = 1) -> list[str]:
    return [form.format(number) + entry for number, entry in enumerate(entries, start)]


def halves(entries: list[str]) -> list[str]:
    return [*entries[: len(entries) // 2], "Further sources", *entries[len(entries) // 2 :]]


LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "a line each": "\n".join,
    "blank lines between": "\n\n".join,
    "wrapped": lambda each: "\n".join(wrapped(entry, 60) for entry in each),
    "wrapped, narrow": lambda each: "\n".join(wrapped(entry, 34) for entry in each),
    "wrapped, blank lines between": lambda each: "\n\n".join(wrapped(entry, 60) for entry in each),
    "blank lines within": lambda each: "\n\n".join(wrapped(entry, 76) for entry in each).replace("\n", "\n\n"),
    "hanging": lambda each: "\n".join(wrapped(entry, 60, "    ") for entry in each),
    "hanging by a tab": lambda each: "\n".join(wrapped(entry, 60, "\t") for entry in each),
    "hanging, blank lines between": lambda each: "\n\n".join(wrapped(entry, 60, "    ") for entry in each),
    "in one line": " ".join,
    "two a line": lambda each: "\n".join(" ".join(each[i : i + 2]) for i in range(0, len(each), 2)),
    "a heading": lambda each: "\n".join(halves(each)),
    "a heading, wrapped": lambda each: "\n".join(wrapped(entry, 60) for entry in halves(each)),
    "1.": lambda each: "\n".join(numbered("{}. ", each)),
    "1. from 98, wrapped": lambda each: "\n".join(wrapped(entry, 60) for entry in numbered("{}. ", each, 98)),
    "1, wrapped": lambda each: "\n".join(wrapped(entry, 60) for entry in numbered("{} ", each)),
    "1): blank lines": lambda each: "\n\n".join(numbered("{}) ", each)),
    "(1), wrapped": lambda each: "\n".join(wrapped(entry, 60) for entry in numbered("({}) ", each)),
    "[1], wrapped": lambda each: "\n".join(wrapped(entry, 60) for entry in numbered("[{}] ", each)),
    "[1] without space": lambda each: "\n".join(numbered("[{}]", each)),
    "1 without space": lambda each: "\n".join(numbered("{}", each)),
    "[1] above": lambda each: "\n".join(numbered("[{}]\n", each)),
    "1. in one line": lambda each: " ".join(numbered("{}. ", each)),
    "[1] in one line": lambda each: " ".join(numbered("[{}] ", each)),
    "(1) in one line": lambda each: " ".join(numbered("({}) ", each)),
    "[key]": lambda each: "\n".join(f"[{entry[:3]}{len(entry)}] {entry}" for entry in each),
    "(a)": lambda each: "\n".join(f"({chr(97 + i)}) {entry}" for i, entry in enumerate(each)),
}


def blocks(text: str) -> list[Block]:
    """Each line as a block, as a word processor's paragraphs are."""
    found, blank = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            content = etree.Element("p")
            content.text = line
            found.append(Block(content, number, number, Hints(blank_lines_before=blank)))
        blank = 0 if line.strip() else blank + 1
    return found


def pasted(text: str) -> list[Block]:
    return read_text(text).blocks


def test_lists_come_back_from_every_layout(golden: Callable[[Path, str], None]) -> None:
    made = []
    for title, entries in lists().items():
        made.append(f"=== {title}: {len(entries)} entries; from paragraphs, from pasted text")
        for layout, place in LAYOUTS.items():
            wanted = halves(entries) if "heading" in layout else entries
            counts = []
            for read in (blocks, pasted):
                made_of = split(read(place(entries)))
                found = [re.sub(r"^\(\w\) ", "", entry.text) for entry in made_of]
                labelled = sum(bool(entry.label) for entry in made_of)
                counts.append(f"{sum(entry in wanted for entry in found)} of {len(found)}")
                counts[-1] += f" ({labelled} labelled)" if labelled else ""
            made.append(f"{layout}: {', '.join(counts)}")
    golden(HERE / "layouts.txt", "\n".join(made) + "\n")
