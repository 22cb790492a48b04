"""The regular expressions of the package: those of the modules and their data, and those written in functions."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pipeline

CALLS = frozenset({"sub", "subn", "match", "search", "findall", "split", "fullmatch", "finditer"})
CALL = re.compile(rf"\bre\s*\.\s*(?:{'|'.join(CALLS)})\b")
PROGRAMS = ("__main__", "typst_worker")
DEEPEST = 5


def patterns() -> dict[str, re.Pattern[str]]:
    """Each pattern under the place where it stands; equal ones once."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for module in _modules():
        for place, pattern in (*_values(vars(module), module.__name__, 0), *_written(module)):
            if isinstance(pattern.pattern, str):
                found.setdefault((pattern.pattern, pattern.flags), (place, pattern))
    return dict(sorted(found.values(), key=lambda each: each[0]))


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not info.name.endswith(PROGRAMS):
            yield importlib.import_module(info.name)


def _values(value: Any, place: str, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif depth > DEEPEST or isinstance(value, (str, bytes, type, ModuleType)):
        return
    elif isinstance(value, Mapping):
        for key, item in list(value.items()):
            yield from _values(item, f"{place}.{key}", depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for number, item in enumerate(value):
            yield from _values(item, f"{place}[{number}]", depth + 1)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _values(getattr(value, field.name, None), f"{place}.{field.name}", depth + 1)
    elif hasattr(value, "cache_info") and value.cache_info().currsize == 0:
        yield from _cached(value, place, depth)


def _cached(function: Any, place: str, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    """What a function without arguments keeps: patterns made from data files are often made there."""
    if function.__wrapped__.__code__.co_argcount == 0 and "Pattern" in str(function.__annotations__.get("return")):
        yield from _values(function(), place, depth + 1)


def _written(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that calls such as `re.sub(r"…", …)` name; a value known only when it runs counts as a letter."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    if not CALL.search(source):
        return
    for node in ast.walk(ast.parse(source)):
        if _is_call_of_re(node) and (pattern := _evaluated(node.args[0], vars(module))) is not None:  # type: ignore[attr-defined]
            yield f"{module.__name__}:{node.lineno}", pattern  # type: ignore[attr-defined]


def _is_call_of_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and bool(node.args)
    )


def _evaluated(node: ast.expr, names: dict[str, Any]) -> re.Pattern[str] | None:
    if isinstance(node, ast.JoinedStr):
        parts = [_part(part, names) for part in node.values]
        text: Any = "".join(parts)
    elif isinstance(node, ast.Constant):
        text = node.value
    else:
        return None
    return re.compile(text) if isinstance(text, str) else None


def _part(part: ast.expr, names: dict[str, Any]) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    try:
        return str(eval(compile(ast.Expression(part.value), "pattern", "eval"), names))  # noqa: S307
    except NameError:
        return "x"
