"""Marks of Markdown in plain text: headings, emphasis, links."""

import re
from collections.abc import Iterable

from pipeline.intake.lines import Line

HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
LINK = re.compile(r"!?\[([^\[\]]{0,2000})\]\(([^()\s]{0,2000})\)")
EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*]{1,2000})(?<=\S)\1(?![\w*])|(?<![\w_])(_{1,3})(?=[^\s_])([^_]{1,2000})(?<=[^\s_])\3(?![\w_])"
)
LEAST_HEADINGS = 2


def is_markdown(lines: Iterable[Line]) -> bool:
    """Whether some lines are Markdown headings (`## Results`)."""
    return sum(HEADING.match(line.text) is not None for line in lines) >= LEAST_HEADINGS


def read_heading(text: str) -> tuple[int | None, str]:
    """The level of a heading, None for other text, and the text without the marks."""
    match = HEADING.match(text)
    return (len(match[1]), text[match.end() :].rstrip("# ")) if match else (None, text)


def without_marks(text: str) -> tuple[str, list[str]]:
    """`text` without marks of emphasis and links, and the addresses of the links."""
    addresses = [match[2] for match in LINK.finditer(text) if match[2]]
    return EMPHASIS.sub(lambda match: match[2] or match[4], LINK.sub(r"\1", text)), addresses
