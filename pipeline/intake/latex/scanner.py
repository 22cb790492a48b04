"""Commands and environments of a LaTeX source, found without expanding anything."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{\1\}", re.DOTALL)
COMMAND = re.compile(r"\\([A-Za-z]+)(\*?)")
SPACE = re.compile(r"[ \t]*\n?[ \t]*")
LONGEST = 200_000
PAIRS = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Command:
    """`\\name[options]{arguments}` at `text[start:end]`."""

    name: str
    options: tuple[str, ...]
    arguments: tuple[str, ...]
    start: int
    end: int

    @property
    def argument(self) -> str:
        return self.arguments[0] if self.arguments else ""

    @property
    def option(self) -> str:
        return self.options[0] if self.options else ""


def without_comments(text: str) -> str:
    """The source without comments; verbatim text is left as it is, no line is lost."""
    pieces, position = [], 0
    for match in VERBATIM.finditer(text):
        pieces += [COMMENT.sub(r"\1", text[position : match.start()]), match.group()]
        position = match.end()
    return "".join([*pieces, COMMENT.sub(r"\1", text[position:])])


def commands(text: str, names: Collection[str]) -> Iterator[Command]:
    """The commands of these names in order; one within the argument of another is not given again."""
    end = 0
    for match in COMMAND.finditer(text):
        if match.start() >= end and match[1] in names:
            command = _read(text, match)
            end = command.end
            yield command


def _read(text: str, match: re.Match[str]) -> Command:
    options: list[str] = []
    arguments: list[str] = []
    position = match.end()
    while True:
        start = after_space(text, position)
        opening = text[start : start + 1]
        if opening not in PAIRS or (opening == "[" and arguments):
            break
        inner = balanced(text, start)
        if inner is None:
            break
        (arguments if opening == "{" else options).append(inner)
        position = start + len(inner) + 2
    return Command(match[1], tuple(options), tuple(arguments), match.start(), position)


def after_space(text: str, position: int) -> int:
    """Behind the white space at `position`, which holds no empty line."""
    return SPACE.match(text, position).end()  # type: ignore[union-attr]


def balanced(text: str, start: int) -> str | None:
    """What stands between the bracket at `start` and its partner; None where that is missing or far away."""
    closing, depth, position = PAIRS[text[start]], 0, start + 1
    limit = min(len(text), start + LONGEST)
    while position < limit:
        char = text[position]
        if char == "\\":
            position += 2
            continue
        if char == closing and not depth:
            return text[start + 1 : position]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        if depth < 0:
            return None
        position += 1
    return None


def environment(text: str, *names: str) -> tuple[str, int, int] | None:
    """The content of the first environment of one of these names, and where the whole of it stands."""
    opening = re.compile(rf"\\begin\{{({'|'.join(map(re.escape, names))})\}}")
    match = opening.search(text)
    if match is None:
        return None
    end = text.find(f"\\end{{{match[1]}}}", match.end())
    if end < 0:
        return None
    return text[match.end() : end], match.start(), end + len(match[1]) + 6


def blanked(text: str, start: int, end: int) -> str:
    """`text` with spaces in the place of `text[start:end]`; its lines keep their numbers."""
    return text[:start] + re.sub(r"[^\n]+", " ", text[start:end]) + text[end:]
