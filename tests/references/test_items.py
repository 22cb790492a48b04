"""From marked fields to spans with parts, items and findings, without the tagger: `marked.txt`, `tagged.txt`."""

import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.article import Reference, Span
from pipeline.references import build_item, parse
from pipeline.references.refine import refine

MARKED, TAGGED = (Path(__file__).with_name(name) for name in ("marked.txt", "tagged.txt"))


def unmarked(line: str) -> tuple[str, list[Span]]:
    """A line without its marks, and the spans that they say."""
    text, spans = "", []
    for before, label, doubt, words in re.findall(r"([^{}]*)(?:\{([a-z-]+)(\??):([^{}]*)\}|$)", line):
        text += before
        if label:
            spans.append(Span(label, len(text), len(text) + len(words), 0.5 if doubt else 0.7))
            text += words
    return text, spans


def shown(text: str, span: Span) -> str:
    parts = "; ".join(shown(text, part) for part in span.parts)
    doubt = "?" if span.confidence < 0.6 else ""
    return f"{span.label}{doubt} {text[span.start : span.end]}" + (f" <{parts}>" if parts else "")


def given(path: Path) -> Iterator[str]:
    yield from (line for line in path.read_text("utf-8").splitlines() if not line.startswith("    "))


def refined() -> Iterator[str]:
    for line in given(MARKED):
        yield line
        if line and not line.startswith("#"):
            text, spans = unmarked(line)
            fine = refine(text, spans)
            yield from (f"    {shown(text, span)}" for span in fine)
            yield f"    {json.dumps(build_item(text, fine), ensure_ascii=False)}"


def parsed() -> Iterator[str]:
    entries: list[str] = []
    for line in [*given(TAGGED), ""]:
        if line and not line.startswith("#"):
            entries.append(line)
            continue
        references, findings = parse([Reference(unmarked(entry)[0], line=n) for n, entry in enumerate(entries, 1)])
        for entry, each in zip(entries, references, strict=True):
            fields = "; ".join(f"{span.label} {each.text[span.start : span.end]}" for span in each.spans)
            yield from (entry, f"    {fields}", f"    {json.dumps(each.item, ensure_ascii=False)}")
        yield from (f"    {found.line}: {found.code}: {found.message}" for found in findings)
        entries = []
        yield line


@pytest.mark.usefixtures("fresh")
def test_marked_references(golden: Callable[[Path, str], None]) -> None:
    golden(MARKED, "\n".join(refined()) + "\n")


def test_tagged_lists(golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    tags = {text: tuple(spans) for text, spans in map(unmarked, given(TAGGED))}
    monkeypatch.setattr(import_module("pipeline.references.parse"), "tag", tags.__getitem__)
    golden(TAGGED, "\n".join(parsed()))
