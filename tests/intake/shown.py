"""A source that was read, as a text that a person can check."""

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.article import Article
from pipeline.elements import PREFIXES
from pipeline.intake import Source


def shown(source: Source) -> str:
    """Everything a source holds but the words that are counted, a line each."""
    return "".join(f"{line}\n" for line in _lines(source))


def _lines(source: Source) -> Iterator[str]:
    yield from _stated("front", source.front)
    yield from _stated("properties", source.properties)
    for block in source.blocks:
        hints = [f"{name} {value}" for name, value in _given(block.hints)]
        yield f"{block.line}-{block.last_line}: {', '.join([*hints, _plain(block.content)])}"
    for note in source.notes:
        yield f"note: {_plain(note)}"
    for reference in source.references:
        yield f"reference: {', '.join(f'{name} {_plain(value)}' for name, value in _given(reference))}"
    for key, item in source.items.items():
        yield f"item {key}: {json.dumps(item, ensure_ascii=False, sort_keys=True)}"
    for name, data in source.media.items():
        yield f"picture {name}: {data[:4]!r}"
    for aside in source.set_aside:
        yield f"set aside: {aside.line}: {aside.text} ({aside.reason})"
    for finding in source.findings:
        yield f"{finding.severity} {finding.code} {finding.line or '-'}: {finding.message}"
    yield f"beside: {', '.join(sorted(path.name for path in source.used))}"
    yield f"is_numbered {source.is_numbered}, is_plain {source.is_plain}"


def _stated(name: str, article: Article | None) -> Iterator[str]:
    for field, value in _given(article) if article is not None else ():
        for each in value if isinstance(value, list) else [value]:
            yield f"{name} {field}: {_plain(each)}"


def _given(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a value that are not as they are by default."""
    for field in dataclasses.fields(value):
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        found = getattr(value, field.name)
        if isinstance(found, etree._Element) or found != default:
            yield field.name, found


def _plain(value: Any) -> str:
    if isinstance(value, etree._Element):
        text = etree.tostring(value, encoding="unicode", with_tail=False)
        for prefix, uri in PREFIXES.items():
            text = text.replace(f' xmlns:{prefix}="{uri}"', "")
        return text.replace("\n", "⏎")
    if dataclasses.is_dataclass(value):
        return f"{type(value).__name__}({', '.join(f'{name} {_plain(each)}' for name, each in _given(value))})"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_plain, value))}]"
    return str(value)
