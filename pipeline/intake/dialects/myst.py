"""Markdown of MyST: its roles and directives in the words of pandoc's Markdown."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.intake.metadata.page import as_meta

CODE_SPAN = re.compile(
    r"(?:\{(?P<role>[a-z][a-z:_-]{0,30})\})?(?<!`)(?P<tick>`{1,9})(?!`)(?P<text>[^\n]{1,2000}?)(?<!`)(?P=tick)(?!`)"
)
"""Code within a line, which a role before it makes another thing."""
FENCE = re.compile(
    r"^(?P<indent> {0,3})(?P<fence>`{3,}|:{3,}|~{3,})"
    r"\{(?P<name>[a-zA-Z][\w:-]{0,40})\}[ \t]*(?P<argument>[^\n]*)$"
)
OPTION = re.compile(r"^:(?P<name>[\w-]{1,40}):[ \t]*(?P<value>.*)$")
TARGET = re.compile(r"^\((?P<name>[\w:.-]{1,100})\)=\s*$")
PART = re.compile(r"^\+\+\+[ \t]*(?P<data>\{.{0,300}\})?[ \t]*$")
ABSTRACT = re.compile(r"\"part\"\s*:\s*\"(?P<name>[\w-]+)\"")
EXPLICIT = re.compile(r"(?P<text>[^<]*)<(?P<target>[^<>]{1,300})>")
REFERENCES = {"ref", "numref", "eq", "any", "prf:ref"}
LANGUAGES = {"r", "python", "julia", "bash"}
"""Of code that R Markdown and Quarto run: their fences look like directives."""
FIGURES = {"figure", "image", "iframe"}
ADMONITIONS = {"note", "warning", "tip", "important", "admonition", "hint", "caution", "danger", "attention", "seealso",
               "error", "dropdown", "card", "prf:theorem", "prf:proof", "prf:lemma", "prf:definition",
               "prf:proposition", "prf:corollary", "prf:remark", "prf:example", "epigraph", "aside",
               "margin"}  # fmt: skip
CODE = {"code-block", "code", "code-cell", "sourcecode", *LANGUAGES}
TABLES = {"table", "list-table", "csv-table"}
DROPPED = {"bibliography", "tableofcontents", "toctree", "contents"}
PLAIN = {"math", *FIGURES, *TABLES, *DROPPED, *CODE}
"""Directives whose content is no Markdown with directives of its own."""
DEEPEST = 20


def prepare(text: str) -> str:
    """`text` with what only MyST has written as pandoc reads it; other Markdown stays as it is."""
    if not is_myst(text):
        return text
    return "\n".join(_lines(text.split("\n")))


def is_myst(text: str) -> bool:
    return any(match["role"] for match in CODE_SPAN.finditer(text)) or any(
        FENCE.match(line) or PART.match(line) or TARGET.match(line) for line in text.split("\n")
    )


def settle(tree: dict[str, Any], text: str) -> None:
    """The parts of a page that MyST names in the front matter (`parts`, `abstract`) are metadata already."""
    names = re.findall(r"^\s*```\{bibliography\}[ \t]*(\S+)", text, re.MULTILINE)
    if names and "bibliography" not in tree["meta"]:
        tree["meta"]["bibliography"] = as_meta(names)


def _lines(lines: list[str], depth: int = 0) -> Iterator[str]:
    """Code is left alone, and what is nested beyond any use."""
    if depth > DEEPEST:
        yield from lines
        return
    place, closing = 0, ""
    pending, part = "", False
    while place < len(lines):
        line = lines[place]
        if closing:
            closing = "" if line.strip() == closing else closing
            yield line
        elif match := PART.match(line):
            found = ABSTRACT.search(match["data"] or "")
            yield from ["", ":::", ""] if part else [""]
            yield from [f"::: {{#{found['name']} .{found['name']}}}"] if found else []
            part = found is not None
        elif target := TARGET.match(line):
            pending = target["name"]
            yield ""
        elif fence := FENCE.match(line):
            end = _end(lines, place, fence["fence"])
            yield from _directive(fence, lines[place + 1 : end], pending, depth)
            pending, place = "", end
        else:
            plain = re.match(r"\s{0,3}(`{3,}|~{3,})", line)
            closing = plain[1] if plain else ""
            if pending and line.startswith("#") and "{#" not in line:
                line = f"{line} {{#{pending}}}"
            pending = "" if line.strip() else pending
            yield _with_roles(line)
        place += 1
    if part:
        yield from ["", ":::"]


def _end(lines: list[str], start: int, fence: str) -> int:
    """The line that closes the fence; behind the last where none does."""
    for place in range(start + 1, len(lines)):
        if lines[place].strip().startswith(fence) and not lines[place].strip().strip(fence[0]):
            return place
    return len(lines)


def _directive(fence: re.Match[str], body: list[str], target: str, depth: int) -> list[str]:
    options: dict[str, str] = {}
    start = 0
    while start < len(body) and (option := OPTION.match(body[start].strip())):
        options[option["name"]] = option["value"].strip()
        start += 1
    inner, argument, name = body[start:], fence["argument"].strip(), fence["name"]
    identifier = options.get("name") or options.get("label") or target
    if name in ADMONITIONS or name not in PLAIN:
        heading = _with_roles(argument)
        heading = f"**{heading}**" if name in ADMONITIONS and heading else heading
        return ["", *([heading, ""] if heading else []), *_lines(inner, depth + 1), ""]
    return _made(name, argument, options, inner, identifier)


def _made(name: str, argument: str, options: dict[str, str], inner: list[str], identifier: str) -> list[str]:
    mark = f"#{identifier} " if identifier else ""
    if name == "math":
        tex = "\n".join([argument, *inner]).strip()
        label = f"\\label{{{identifier}}}" if identifier else ""
        return ["", f"$${tex}{label}$$".replace("\n\n", "\n"), ""]
    if name in FIGURES:
        size = " ".join(f'{key}="{options[key]}"' for key in ("width", "height", "alt") if options.get(key))
        caption = " ".join(_with_roles(line.strip()) for line in inner if line.strip()) if name != "image" else ""
        return ["", f"![{caption or options.get('alt', '')}]({argument}){{{mark}{size}}}", ""]
    if name in TABLES:
        rows = list(map(_with_roles, inner))
        table = rows if name == "table" else _list_table(rows) if name == "list-table" else _csv_table(rows, options)
        caption = _with_roles(argument)
        said = f"{': ' if table else ''}{caption} {f'{{{mark.strip()}}}' if mark else ''}" if caption else ""
        return ["", *table, "", said, ""]
    if name in DROPPED:
        return [""]
    return ["", f"```{argument or (name if name in LANGUAGES else '')}", *inner, "```", ""]


def _list_table(rows: list[str]) -> list[str]:
    """`* - one` / `  - two` as rows of a pipe table."""
    cells: list[list[str]] = []
    for line in rows:
        if match := re.match(r"\s*[*-]\s+[-*]\s?(.*)$", line):
            cells.append([match[1].strip()])
        elif cells and (match := re.match(r"\s+[-*]\s?(.*)$", line)):
            cells[-1].append(match[1].strip())
        elif cells and line.strip():
            cells[-1][-1] += f" {line.strip()}"
    return _piped(cells)


def _csv_table(rows: list[str], options: dict[str, str]) -> list[str]:
    import csv

    head = [options["header"]] if options.get("header") else []
    return _piped(
        [[cell.strip() for cell in row] for row in csv.reader([*head, *filter(str.strip, rows)], skipinitialspace=True)]
    )


def _piped(cells: list[list[str]]) -> list[str]:
    if not cells:
        return []
    wide = max(map(len, cells))
    lines = [
        "| " + " | ".join([*(cell.replace("|", "\\|") for cell in row), *[""] * (wide - len(row))]) + " |"
        for row in cells
    ]
    return [lines[0], "|" + "---|" * wide, *lines[1:]]


def _with_roles(line: str) -> str:
    return CODE_SPAN.sub(lambda match: _role(match) if match["role"] else match[0], line)


def _role(match: re.Match[str]) -> str:
    role, text = match["role"], match["text"]
    explicit = EXPLICIT.fullmatch(text.strip())
    if role.startswith(("cite", "footcite")):
        keys = [key.strip() for key in (explicit["target"] if explicit else text).split(",") if key.strip()]
        if role in ("cite:t", "cite:ct") and len(keys) == 1:
            return f"@{keys[0]}"
        return f"[{'; '.join(f'@{key}' for key in keys)}]"
    if role in REFERENCES:
        target = (explicit["target"] if explicit else text).strip().lstrip("#")
        said = explicit["text"].strip() if explicit else ""
        return f"[{said}](#{target})" if said else f"`{target}`{{.interpreted-text role={role.replace(':', '-')}}}"
    if role == "math":
        return f"${text.strip()}$"
    if role in ("sub", "subscript"):
        return f"~{text.replace(' ', chr(92) + ' ')}~"
    if role in ("sup", "superscript"):
        return f"^{text.replace(' ', chr(92) + ' ')}^"
    if role in ("code", "kbd", "samp", "file", "program"):
        return f"{match['tick']}{text}{match['tick']}"
    if role in ("term", "abbr", "u", "del", "smallcaps", "sc", "underline", "emphasis", "strong"):
        wrap = {"emphasis": "*", "strong": "**", "del": "~~"}.get(role, "")
        return f"{wrap}{explicit['text'].strip() if explicit and role == 'term' else text}{wrap}"
    if explicit and role in ("download", "github", "doc"):
        return f"[{explicit['text'].strip()}]({explicit['target']})"
    return text
