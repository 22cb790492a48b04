"""HTML within Markdown: tables, figures and pictures, which pandoc's Markdown would leave as raw tags."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import SourceError
from pipeline.intake.assemble import tree_of
from pipeline.intake.formats import READERS
from pipeline.intake.markup.nodes import Node, Nodes, descendants

OPENING = re.compile(r" {0,3}<(?P<tag>table|figure|center|p|picture)\b[^<>]{0,500}>", re.IGNORECASE)
FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})")
READ = re.compile(r"<(?:table|figure|img|center|picture|p)\b", re.IGNORECASE)
CLASS = "scrap"
MOST_LINES = 5000


def prepare(text: str) -> str:
    """Each such block as raw HTML, whole."""
    return "\n".join(_lines(text.split("\n"))) if "<" in text else text


def _lines(lines: list[str]) -> Iterator[str]:
    place, fence = 0, ""
    while place < len(lines):
        line = lines[place]
        if found := FENCE.match(line):
            fence = found["fence"] if not fence else "" if line.strip() == fence else fence
        opening = OPENING.match(line) if not fence else None
        end = _end(lines, place, opening["tag"].lower()) if opening else -1
        if end < 0:
            yield line
            place += 1
            continue
        yield from ("", "```{=html}", *(part.strip() for part in lines[place : end + 1]), "```", "")
        place = end + 1


def _end(lines: list[str], start: int, tag: str) -> int:
    """The line at whose end the element that begins at a line is closed; -1 where there is none."""
    depth = 0
    for place in range(start, min(len(lines), start + MOST_LINES)):
        line = lines[place].lower()
        if tag == "p" and not line.strip():
            return -1
        depth += len(re.findall(rf"<{tag}\b", line)) - line.count(f"</{tag}>")
        if depth <= 0:
            return place if line.rstrip().endswith(">") else -1
    return -1


def settle(tree: dict[str, Any]) -> None:
    """What raw HTML shows in its place in `tree`."""
    found = [
        node for node in descendants(tree["blocks"])
        if node["t"] in ("RawBlock", "RawInline") and node["c"][0].startswith("html") and READ.search(node["c"][1])
    ]  # fmt: skip
    if not found:
        return
    text = "".join(f'<div class="{CLASS}">{node["c"][1]}</div>' for node in found)
    try:
        made = [each["c"][1] for each in tree_of(text.encode(), READERS["html"], "")["blocks"] if _is_scrap(each)]
    except SourceError:
        return
    if len(made) == len(found):
        for node, blocks in zip(found, made, strict=True):
            _replace(node, blocks)


def _is_scrap(node: Node) -> bool:
    return bool(node["t"] == "Div" and CLASS in node["c"][0][1])


def _replace(node: Node, blocks: Nodes) -> None:
    if node["t"] == "RawBlock":
        node |= {"t": "Div", "c": [["", [], []], blocks]}
    else:
        inner = [each for block in blocks if block["t"] in ("Para", "Plain") for each in block["c"]]
        node |= {"t": "Span", "c": [["", [], []], inner]}
