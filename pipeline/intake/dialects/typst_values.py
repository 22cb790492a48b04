"""Values in Typst's code: strings, content, arrays and dictionaries, as far as papers state their metadata in them."""

import re
from dataclasses import dataclass, field
from typing import Any

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
KEY = re.compile(r'\s*(?:([A-Za-z_][\w-]*)|"([^"\\]{1,100})")\s*:(?!:)\s*')
NAME = re.compile(r"[A-Za-z_][\w.-]*")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
DEEPEST = 30
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Content(str):
    """Markup between square brackets."""


@dataclass(frozen=True, slots=True)
class Call:
    """`name(positional, key: value)[content]`."""

    name: str
    positional: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


def skip(text: str, position: int) -> int:
    """Behind white space and comments."""
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif text.startswith("//", position):
            position = _behind(text, "\n", position)
        elif text.startswith("/*", position):
            position = _behind(text, "*/", position + 2)
        else:
            break
    return position


def _behind(text: str, end: str, position: int) -> int:
    found = text.find(end, position)
    return found + len(end) if found >= 0 else len(text)


def closing(text: str, start: int) -> int:
    """Behind the partner of the bracket at `start`; the end of the text where it has none."""
    stack, position = [CLOSING[text[start]]], start + 1
    while stack and position < len(text):
        char = text[position]
        if char == "\\":
            position += 1
        elif char == '"' and stack[-1] != "]" and (string := STRING.match(text, position)):
            position = string.end() - 1
        elif text.startswith("//", position) and text[position - 1] != ":":
            position = max(position, text.find("\n", position))
        elif char in CLOSING and not (char != "[" and stack[-1] == "]" and text[position - 1] not in "#)"):
            if char != "{" or stack[-1] != "]":
                stack.append(CLOSING[char])
        elif char == stack[-1]:
            stack.pop()
        elif char == "]" and "]" in stack:
            while stack.pop() != "]":
                pass
        position += 1
    return position


def arguments(text: str, start: int, depth: int = 0) -> tuple[tuple[Any, ...], dict[str, Any], int]:
    """The arguments between the parentheses that open at `start`, and the position behind them."""
    positional: list[Any] = []
    named: dict[str, Any] = {}
    position = skip(text, start + 1)
    while position < len(text) and text[position] != ")":
        before = position
        key = KEY.match(text, position)
        if key:
            named[key[1] or key[2]], position = value(text, key.end(), depth + 1)
        else:
            made, position = value(text, position, depth + 1)
            positional.append(made)
        position = skip(text, position)
        while position < len(text) and text[position] not in ",)":
            position = closing(text, position) if text[position] in CLOSING else position + 1
        position = skip(text, position + 1) if text[position : position + 1] == "," else position
        if position <= before:
            break
    return tuple(positional), named, position + 1


def value(text: str, position: int, depth: int = 0) -> tuple[Any, int]:
    """The value at a position, and where it ends."""
    position = skip(text, position)
    if string := STRING.match(text, position):
        return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), string[1]), string.end()
    char = text[position : position + 1]
    if char == "[":
        end = closing(text, position)
        return Content(text[position + 1 : end - 1]), end
    if char == "(" and depth < DEEPEST:
        positional, named, end = arguments(text, position, depth)
        return (named if named else list(positional)), end
    if char in CLOSING:
        return None, closing(text, position)
    name = NAME.match(text, position)
    if name is None:
        end = position
        while end < len(text) and text[end] not in ",)]}\n":
            end += 1
        return text[position:end].strip(), max(end, position + 1)
    return _call(text, name, depth)


def _call(text: str, name: re.Match[str], depth: int) -> tuple[Any, int]:
    position = name.end()
    positional: tuple[Any, ...] = ()
    named: dict[str, Any] = {}
    if text[position : position + 1] == "(" and depth < DEEPEST:
        positional, named, position = arguments(text, position, depth)
    while text[position : position + 1] == "[":
        end = closing(text, position)
        positional = (*positional, Content(text[position + 1 : end - 1]))
        position = end
    if position == name.end():
        return {"true": True, "false": False, "none": None, "auto": None}.get(name[0], name[0]), position
    return Call(name[0], positional, named), position
