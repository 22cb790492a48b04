"""Typst: templates and packages are not loaded; what a paper gives to its template is metadata.

Pandoc's reader runs the code of a document. Rules of layout and imports are taken out first, and each function that
it does not know is defined as one that shows its content.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import pandoc
from pipeline.article import Article
from pipeline.errors import LimitReached, SourceError
from pipeline.findings import Finding, Severity
from pipeline.intake.assemble import tree_of
from pipeline.intake.dialects.typst_values import CLOSING, Call, Content, arguments, closing, value
from pipeline.intake.formats import READERS
from pipeline.intake.markup.nodes import BREAKS, Node, Nodes, descendants
from pipeline.intake.metadata.page import as_meta
from pipeline.intake.metadata.properties import properties_of
from pipeline.intake.metadata.values import first

STATEMENT = re.compile(r"^[ \t]*#(import|include|set|show)\b[ \t]*", re.MULTILINE)
UNKNOWN = re.compile(r"Identifier \"?([A-Za-z_][\w-]*)\"? not found|does not contain \"?([\w-]+)")
BIBLIOGRAPHY = re.compile(r"#bibliography\s*\(")
STRINGS = re.compile(r'"([^"\\\n]{1,200})"')
LABEL = re.compile(r"<([A-Za-z_][\w-]{0,60}:[\w:.-]{1,60})>")
REFERENCE = re.compile(r"@([A-Za-z_][\w-]{0,60}:[\w:.-]{0,60}\w)")
MISSING = re.compile(r"File (\S{1,300}) not found")
PLACED = re.compile(r"\(line (\d+), column \d+\)")
CODE = re.compile(
    r"#?[A-Za-z_][\w.-]*(?=[(\[])|\b[A-Za-z_][\w-]*:(?=\s)|#(?:let|if|else|for|while|context|return)\b|[(){}\[\]#]"
)
"""What is code about a paragraph, as far as it can be told without running it."""
NAMED, MOST_NAMED = re.compile(r"[@#][A-Za-z_]"), 6_000
MOST_UNKNOWN, MOST_PLAIN = 12, 12
CALLED = re.compile(r"#([A-Za-z_][\w-]*)(?=[(\[])")
DEFINED = re.compile(r"#?let\s+([A-Za-z_][\w-]*)")
SHOW = (
    "#let {}(..args) = {{ for a in args.named().values() {{ if type(a) == content {{ a; [ ] }} }}; for a in args.pos() "
    "{{ if type(a) == content {{ a; [ ] }} else if type(a) == str {{ [#a ] }} }} }};"
)

ATTRIBUTES = {"Figure": 0, "Table": 0, "Header": 1}
"""Where the attributes of a block stand."""


@cache
def words_of(table: str) -> tuple[str, ...]:
    """A table of `typst.toml`."""
    held = tomllib.loads(Path(__file__).with_name("typst.toml").read_text("utf-8"))
    return tuple(held[table]) if isinstance(held[table], list) else tuple(held[table].split())


@dataclass(slots=True)
class Prepared:
    """`text` keeps the lines of the source; `said` are arguments of a template, `files` what `#include` names."""

    text: str
    said: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    imported: list[str] = field(default_factory=list)
    bibliographies: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


Include = Callable[[str], "str | None"]


def read_typst(text: str, name: str, include: Include) -> tuple[dict[str, Any], list[Finding]]:
    """Pandoc's tree of a paper with its metadata. `include` gives the text of a file beside it.

    Raises SourceError: it is no Typst that can be read. LimitReached: pandoc would take too long for it.
    """
    if len(NAMED.findall(text)) > MOST_NAMED:
        raise LimitReached(f"{name}: more than {MOST_NAMED:,} references and calls; split the article")
    prepared = prepare(text, include)
    tree, stubs, lines = _tree(prepared, name)
    tree["blocks"] = _labelled(tree["blocks"])
    tree["properties"] = _properties(prepared.document, name) if _has_own_title(tree["blocks"]) else None
    if tree["properties"] is None:
        prepared.said = prepared.document | prepared.said
    _meta(tree, prepared, name)
    found = []
    for line in lines:
        message = "this paragraph has code that pandoc cannot run; its words are kept without it"
        found.append(Finding("typst-as-text", Severity.WARNING, message, line=line))
    if stubs:
        message = (
            f"functions of packages are unknown here; their content is kept as it is: {', '.join(sorted(stubs))[:120]}"
        )
        found.append(Finding("typst-function", Severity.INFO, message))
    for each in prepared.refused:
        message = f"{each[:120]} is not a text in the folder of the source; it was not read"
        found.append(Finding("include-refused", Severity.WARNING, message))
    return tree, found


def prepare(text: str, include: Include, depth: int = 0) -> Prepared:
    """Without rules and imports; included texts in their place."""
    made = Prepared("")
    pieces, position = [], 0
    for match in STATEMENT.finditer(text):
        if match.start() < position:
            continue
        end = _end(text, match.end())
        pieces.append(text[position : match.start()])
        pieces.append(_statement(match[1], text[match.end() : end], made, include, depth))
        position = end
    made.text = _with_plain_labels("".join([*pieces, text[position:]]))
    for call in BIBLIOGRAPHY.finditer(made.text):
        positional, _, _ = arguments(made.text, call.end() - 1)
        for each in positional[:1]:
            made.bibliographies += [str(one) for one in (each if isinstance(each, list) else [each])]
    return made


def _with_plain_labels(text: str) -> str:
    """`<fig:a>` and `@fig:a` with a dash: pandoc ends a reference at the colon."""
    names = set(LABEL.findall(text))
    text = LABEL.sub(lambda match: f"<{match[1].replace(':', '-')}>", text)
    return REFERENCE.sub(lambda match: f"@{match[1].replace(':', '-')}" if match[1] in names else match[0], text)


def _end(text: str, position: int) -> int:
    """Behind a statement: at the end of its line, or of the brackets that go beyond it."""
    while position < len(text) and text[position] not in "\n;":
        if text[position] in CLOSING:
            position = closing(text, position)
        elif text[position] == '"' and (string := STRINGS.match(text, position)):
            position = string.end()
        else:
            position += 1
    return position


def _statement(kind: str, code: str, made: Prepared, include: Include, depth: int) -> str:
    lines = "\n" * code.count("\n")
    if kind == "import":
        _, _, names = code.partition('":') if '":' in code else code.partition(":")
        made.imported += re.findall(r"[A-Za-z_][\w-]*", re.sub(r"\bas\b", " ", names))
    elif kind == "include":
        for name in STRINGS.findall(code)[:1]:
            inner = include(name) if depth < 5 else None
            if inner is None:
                made.refused.append(name)
                continue
            held = prepare(inner, include, depth + 1)
            made.imported += held.imported
            made.bibliographies += held.bibliographies
            made.refused += held.refused
            return held.text + lines
    elif kind == "set" and code.startswith(("document", "text")):
        call, _ = value(code, 0)
        if isinstance(call, Call):
            for name in ("lang", "abstract", "title", "author", "keywords"):
                if name in call.named:
                    (made.said if name in ("lang", "abstract") else made.document).setdefault(name, call.named[name])
    elif kind == "show" and code.lstrip().startswith(":"):
        _template(code.lstrip()[1:], made)
    return lines


def _template(code: str, made: Prepared) -> None:
    """`ieee.with(title: …)` or `doc => ieee(title: …, doc)`."""
    start = code.find("(")
    if start < 0:
        return
    if code[:start].strip().endswith((")", "=>")) or "=>" not in code:
        _, named, _ = arguments(code, start)
    else:
        inner = code.find("(", code.index("=>"))
        _, named, _ = arguments(code, inner) if inner >= 0 else ((), {}, 0)
    made.said = named | {key: each for key, each in made.said.items() if key not in named}
    found = first(named, "bibliography", "bibliography-file", "bib", "refs", "references")
    for each in found if isinstance(found, list) else [found]:
        names = (
            [str(one) for one in each.positional] if isinstance(each, Call) else [each] if isinstance(each, str) else []
        )
        made.bibliographies += [name for name in names if "." in name]


def _tree(prepared: Prepared, name: str) -> tuple[dict[str, Any], set[str], list[int]]:
    """The tree, the functions that are shown as their content, and the lines of what was read as text alone."""
    called = set(CALLED.findall(prepared.text)) - set(words_of("known")) - set(DEFINED.findall(prepared.text))
    used = {*called, *(name for name in prepared.imported if name not in words_of("known"))}
    stubs: list[str] = [*words_of("shown"), *sorted(used)]
    tried = 0
    plain: list[int] = []
    text = prepared.text
    while True:
        prelude = "".join(SHOW.format(each) for each in stubs)
        try:
            return tree_of((prelude + text).encode(), READERS["typst"], name), used, plain
        except SourceError as error:
            unknown, place = UNKNOWN.search(str(error)), PLACED.search(str(error))
            if unknown is not None and unknown[1] and unknown[1] not in used and tried < MOST_UNKNOWN:
                tried += 1
                used.add(unknown[1])
                stubs.append(unknown[1])
                continue
            missing = MISSING.search(str(error))
            line = int(place[1]) if place else 0
            if missing and missing[1] in text:
                line = text.count("\n", 0, text.index(missing[1])) + 1
            if not line or line in plain or len(plain) >= MOST_PLAIN:
                raise
            plain.append(line)
            text = _without_code(text, line)


def _without_code(text: str, line: int) -> str:
    """`text` with the paragraph at a line as its words alone."""
    lines = text.split("\n")
    first = last = min(line, len(lines)) - 1
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    words = CODE.sub(" ", "\n".join(lines[first : last + 1]))
    words = re.sub(r"([#@*_$<>\\\[\]`~])", r"\\\1", words)
    return "\n".join([*lines[:first], *words.split("\n"), *lines[last + 1 :]])


def _labelled(blocks: Nodes) -> Nodes:
    """A label behind a figure, a heading or a formula is its name; `@label` prints what the figure is called."""
    made: Nodes = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            block["c"] = _named(block["c"])
            first = block["c"][0] if block["c"] else None
            if first is not None and made and _is_label(first) and made[-1]["t"] in ATTRIBUTES:
                made[-1]["c"][ATTRIBUTES[made[-1]["t"]]][0] = first["c"][0][0]
                block["c"] = block["c"][1:]
            if not block["c"]:
                continue
        made.append(block)
    for node in descendants(made):
        if node["t"] == "Link" and "ref" in node["c"][0][1]:
            name = node["c"][2][0].lstrip("#")
            node |= {"t": "Code", "c": [["", ["interpreted-text"], [["role", "numref"]]], name]}
    return made


def _named(inlines: Nodes) -> Nodes:
    """A displayed formula with the label behind it as one node, which has the label's name."""
    made: Nodes = []
    for node in inlines:
        spaces = [n for n in range(len(made)) if made[n]["t"] not in ("Space", "SoftBreak")]
        before = made[spaces[-1]] if spaces else None
        if _is_label(node) and before is not None and before["t"] == "Math":
            made[spaces[-1] :] = [{"t": "Span", "c": [["", [], [["label", node["c"][0][0]]]], [before]]}]
        else:
            made.append(node)
    return made


def _is_label(node: Node) -> bool:
    return node["t"] == "Span" and not node["c"][1] and bool(node["c"][0][0])


def _meta(tree: dict[str, Any], prepared: Prepared, name: str) -> None:
    """The arguments of the template as metadata."""
    meta, said = tree["meta"], dict(prepared.said)
    content = _Contents(name)
    for key, names in (("title", words_of("titles")), ("subtitle", ("subtitle",)), ("abstract", words_of("abstracts"))):
        if (held := first(said, *names)) is not None and key not in meta:
            made = content.blocks(held)
            if made:
                meta[key] = {"t": "MetaBlocks", "c": made}
    for key in (*words_of("titles"), "subtitle", *words_of("abstracts")):
        said.pop(key, None)
    meta |= {key: as_meta(made) for key, made in _authors(said, content).items() if made}
    words = first(said, *words_of("keywords"))
    words = words if isinstance(words, list) else [words] if words is not None else []
    if words:
        meta["keywords"] = as_meta([content.text(word) for word in words] if len(words) > 1 else content.text(words[0]))
    kept = {*words_of("authors"), *words_of("keywords"), *words_of("places")}
    for key, held in said.items():
        if key in words_of("facts") or (isinstance(held, Content) and key not in kept):
            meta.setdefault(key, as_meta(content.text(held)))
    if prepared.bibliographies:
        meta["bibliography"] = as_meta(list(dict.fromkeys(prepared.bibliographies)))


def _has_own_title(blocks: Nodes) -> bool:
    """Whether a text begins with what its author set as a title: bold, large or centred."""
    first: Node = next(iter(blocks), {"t": "Null"})
    inlines = [node for node in first["c"] if node["t"] not in BREAKS] if first["t"] == "Para" else []
    marked = bool(inlines) and all(node["t"] in ("Strong", "Span") for node in inlines)
    return marked or (first["t"] == "Div" and not first["c"][0][0])


def _properties(document: dict[str, Any], name: str) -> Article | None:
    """What `#set document` says of the file: as the properties of other formats, weaker than the text."""
    content = _Contents(name)
    values = {key: each if isinstance(each, list) else [each] for key, each in document.items()}
    said = {key: [content.text(each) for each in held] for key, held in values.items()}
    return properties_of(" ".join(said.get("title", [])), said.get("author", []), "; ".join(said.get("keywords", [])))


def _authors(said: dict[str, Any], content: "_Contents") -> dict[str, list[Any]]:
    """Authors with their affiliations, and those of nobody; one alone is everybody's."""
    places = _places(first(said, *words_of("places")), content)
    people = list(_people(first(said, *words_of("authors")), content, places))
    untied = [text for text in places.values() if not any(text in each["affiliations"] for each in people)]
    for person in people if len(places) == len(untied) == 1 else ():
        person["affiliations"] = untied
    return {"author": people, "affiliations": untied}


class _Contents:
    """Markup that stands in code, as pandoc reads it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def blocks(self, held: Any) -> list[Any]:
        text = self._markup(held)
        if not text.strip():
            return []
        try:
            return list(_tree(Prepared(text), self.name)[0]["blocks"])
        except (SourceError, pandoc.PandocError):
            return [{"t": "Para", "c": [{"t": "Str", "c": self.text(held)}]}]

    def text(self, held: Any) -> str:
        """Without its markup."""
        if isinstance(held, list):
            return ", ".join(filter(None, map(self.text, held)))
        if isinstance(held, Call) and held.name == "datetime":
            return "-".join(str(held.named[part]) for part in ("year", "month", "day") if part in held.named)
        if isinstance(held, Call):
            return " ".join(filter(None, map(self.text, held.positional)))
        if not isinstance(held, Content):
            return " ".join(held.split()) if isinstance(held, str) else ""
        text = re.sub(r"#(?:super|sub|emph|strong|smallcaps|text|link|box)\b(?:\([^()]{0,200}\))?", "", str(held))
        text = re.sub(r"#linebreak\(\)|\\(?=\s|$)|[\[\]]", " ", text)
        return " ".join(re.sub(r"(?<!\\)[*_]|\\(?=[^\w\s])", "", text).split())

    def _markup(self, held: Any) -> str:
        if isinstance(held, Content):
            return str(held)
        if isinstance(held, Call):
            return " ".join(self._markup(each) for each in held.positional if isinstance(each, (str, Call)))
        if isinstance(held, list):
            return ", ".join(self._markup(each) for each in held)
        if isinstance(held, str):
            return re.sub(r"([#@*_$<>\\\[\]`~])", r"\\\1", held)
        return ""


def _places(held: Any, content: _Contents) -> dict[str, str]:
    """Affiliations by the number or key that authors call them by."""
    if isinstance(held, dict) and not {"name", "id"} & held.keys():
        return {key: _place(each, content) for key, each in held.items()}
    entries = held if isinstance(held, list) else [] if held is None else [held]
    found = {}
    for number, each in enumerate(entries, 1):
        key = content.text(first(each, "id", "key", "index", "label")) if isinstance(each, dict) else ""
        found[key or str(number)] = _place(each, content)
    return found


def _place(held: Any, content: _Contents) -> str:
    if isinstance(held, dict):
        texts = [content.text(each) for name, each in held.items() if name not in ("id", "key", "index", "label")]
        return ", ".join(dict.fromkeys(filter(None, texts)))
    return content.text(held)


def _people(held: Any, content: _Contents, places: dict[str, str]) -> Iterator[dict[str, Any]]:
    if isinstance(held, dict) and not any(key in held for key in ("name", "given", "first-name")):
        held = [{"name": name} | (each if isinstance(each, dict) else {}) for name, each in held.items()]
    entries = held if isinstance(held, list) else [held] if held is not None else []
    for each in entries:
        if not isinstance(each, dict):
            names = re.split(r",\s+|\s+and\s+", content.text(each))
            yield from ({"name": name, "affiliations": []} for name in names if name)
            continue
        person: dict[str, Any] = {name: content.text(each[name]) if not isinstance(each[name], bool) else "true"
                                  for name in words_of("people") if each.get(name)}  # fmt: skip
        named = first(each, "affiliation", "affiliations", "affil", "affiliation-id", "inst")
        keys = [content.text(key) for key in (named if isinstance(named, list) else [named])]
        keys = [part for key in keys for part in ([key] if key in places else re.split(r"\s*,\s*", key))]
        if keys and all(key in places for key in keys):
            person["affiliations"] = [places[key] for key in keys]
        else:
            parts = [_place(each[name], content) for name in words_of("place") if each.get(name)]
            person["affiliations"] = [", ".join(dict.fromkeys(part for part in parts if part))] if parts else []
        yield person
