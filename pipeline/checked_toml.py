"""TOML files checked against a JSON Schema; a problem is one line that names file and key."""

import difflib
import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import resources
from pipeline.errors import UsageError

LARGEST_FILE = 1_000_000


def read_checked(path: Path, schema: str) -> dict[str, Any]:
    """What stands in `path`, valid against `schemas/SCHEMA`; dates as ISO 8601 strings.

    Raises UsageError: the file cannot be read, is no TOML, or has a key or value the schema does not allow.
    """
    content: dict[str, Any] = _plain(_read(path))
    from fastjsonschema import JsonSchemaValueException

    try:
        _validator(schema)(content)
    except JsonSchemaValueException as error:
        raise UsageError(f"{path}: {_explain(error)}") from None
    return content


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path}: over {LARGEST_FILE:,} bytes; this is no file of settings")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from None


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()[:10]
    return value


@cache
def _validator(schema: str) -> Any:
    from fastjsonschema import compile as compile_schema

    return compile_schema(json.loads(resources.schemas(schema).read_text(encoding="utf-8")))


def _explain(error: Any) -> str:
    """What is wrong and what is expected, from a `JsonSchemaValueException`."""
    key, definition = ".".join(error.path[1:]), error.definition
    if error.rule != "additionalProperties":
        return f"{key}: expected {definition['description']}, not {json.dumps(error.value, ensure_ascii=False)[:60]}"
    known = list(definition["properties"])
    unknown = next(name for name in error.value if name not in known)
    nearest = difflib.get_close_matches(unknown, known, 1)
    hint = f"did you mean {nearest[0]}?" if nearest else f"known here: {', '.join(known)}"
    return f"unknown key {f'{key}.{unknown}' if key else unknown}; {hint}"
