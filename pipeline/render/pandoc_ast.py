"""Pandoc's document model as JSON values: constructors, and one way to rewrite a tree.

A node is a dict `{"t": name, "c": content}`; names and shapes are those of pandoc-types 1.23. A block may have a
third key, `line`, its line in the XML, which pandoc does not read.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

API_VERSION = [1, 23, 1]

Node = dict[str, Any]
Nodes = list[Node]
Attr = list[Any]


def attr(anchor: str = "", classes: Iterable[str] = (), attributes: Mapping[str, str] | None = None) -> Attr:
    return [anchor, list(classes), [[key, value] for key, value in (attributes or {}).items() if value]]


def string(text: str) -> Node:
    return {"t": "Str", "c": text}


def space() -> Node:
    return {"t": "Space"}


def line_break() -> Node:
    return {"t": "LineBreak"}


def styled(kind: str, content: Nodes) -> Node:
    """`kind`: Emph, Strong, Superscript, Subscript, SmallCaps, Strikeout or Underline."""
    return {"t": kind, "c": content}


def span(content: Nodes, anchor: str = "", classes: Iterable[str] = (), **attributes: str) -> Node:
    return {"t": "Span", "c": [attr(anchor, classes, attributes), content]}


def link(href: str, content: Nodes, classes: Iterable[str] = (), **attributes: str) -> Node:
    return {"t": "Link", "c": [attr("", classes, attributes), content, [href, ""]]}


def image(source: str, alternative: str, **attributes: str) -> Node:
    return {"t": "Image", "c": [attr("", (), attributes), [string(alternative)] if alternative else [], [source, ""]]}


def code(text: str) -> Node:
    return {"t": "Code", "c": [attr(), text]}


def math(tex: str, display: bool) -> Node:
    return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, tex]}


def note(blocks: Nodes) -> Node:
    return {"t": "Note", "c": blocks}


def raw_inline(writer: str, text: str) -> Node:
    return {"t": "RawInline", "c": [writer, text]}


def raw_block(writer: str, text: str) -> Node:
    return {"t": "RawBlock", "c": [writer, text]}


def para(content: Nodes) -> Node:
    return {"t": "Para", "c": content}


def plain(content: Nodes) -> Node:
    return {"t": "Plain", "c": content}


def header(level: int, content: Nodes, anchor: str = "", classes: Iterable[str] = (), **attributes: str) -> Node:
    return {"t": "Header", "c": [level, attr(anchor, classes, attributes), content]}


def div(blocks: Nodes, anchor: str = "", classes: Iterable[str] = (), **attributes: str) -> Node:
    return {"t": "Div", "c": [attr(anchor, classes, attributes), blocks]}


def block_quote(blocks: Nodes) -> Node:
    return {"t": "BlockQuote", "c": blocks}


def code_block(text: str, language: str = "") -> Node:
    return {"t": "CodeBlock", "c": [attr("", [language] if language else []), text]}


def line_block(lines: list[Nodes]) -> Node:
    return {"t": "LineBlock", "c": lines}


def bullet_list(items: list[Nodes]) -> Node:
    return {"t": "BulletList", "c": items}


def ordered_list(items: list[Nodes], style: str = "Decimal", delimiter: str = "Period", start: int = 1) -> Node:
    return {"t": "OrderedList", "c": [[start, {"t": style}, {"t": delimiter}], items]}


def definition_list(items: list[tuple[Nodes, list[Nodes]]]) -> Node:
    return {"t": "DefinitionList", "c": [[term, definitions] for term, definitions in items]}


def document(blocks: Nodes, meta: Mapping[str, Any] | None = None) -> bytes:
    """The JSON that pandoc's `json` reader takes."""
    value = {"pandoc-api-version": API_VERSION, "meta": dict(meta or {}), "blocks": blocks}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def meta_string(text: str) -> Node:
    return {"t": "MetaString", "c": text}


Rewrite = Callable[[Node], Node | Nodes | None]


def rewrite(value: Any, rule: Rewrite) -> Any:
    """`value` with `rule` applied to each node, innermost first.

    `rule` gives what stands in the node's place: a node, several, or None to leave it alone.
    """
    if isinstance(value, list):
        result: list[Any] = []
        for item in value:
            if isinstance(item, str):
                result.append(item)
                continue
            new = rewrite(item, rule)
            if isinstance(new, list) and isinstance(item, dict):
                result += new
            else:
                result.append(new)
        return result
    if isinstance(value, dict) and "t" in value:
        content = value.get("c")
        if isinstance(content, list):
            value = value | {"c": rewrite(content, rule)}
        new = rule(value)
        return value if new is None else new
    return value


def text_of(value: Any) -> str:
    """The readable characters of nodes; blocks end with a line feed."""
    if isinstance(value, list):
        return "".join(text_of(item) for item in value)
    if not isinstance(value, dict):
        return ""
    kind, content = value["t"], value.get("c", "")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "CodeBlock", "Math"):
        return str(content[1])
    if kind in ("RawInline", "RawBlock", "Note"):
        return ""
    text = text_of(content)
    return text + "\n" if kind in ("Para", "Plain", "Header") else text


def size_of(value: Any) -> int:
    """The number of nodes."""
    if isinstance(value, list):
        return sum(map(size_of, value))
    return 1 + size_of(value.get("c")) if isinstance(value, dict) else 0


def line_where(value: Any, found: Callable[[Node], bool], line: int | None = None) -> int | None:
    """The line of the first node that `found` holds for: its own, or that of the block around it."""
    if isinstance(value, list):
        return next((where for item in value if (where := line_where(item, found, line))), None)
    if not isinstance(value, dict):
        return None
    line = value.get("line", line)
    return line if line and found(value) else line_where(value.get("c"), found, line)


def framed(lead: Nodes, blocks: Nodes, tail: Nodes) -> Nodes:
    """Blocks with `lead` before the first words and `tail` after the last."""
    if not blocks or blocks[0]["t"] != "Para":
        blocks = [para([]), *blocks]
    first = para([*lead, space(), *blocks[0]["c"]])
    blocks = [first, *blocks[1:]]
    if blocks[-1]["t"] != "Para":
        return [*blocks, para(tail)]
    return [*blocks[:-1], para([*blocks[-1]["c"], *tail])]


def tidy(inlines: Nodes) -> Nodes:
    """Inlines with white space collapsed as XML prose has it: none at either end, none doubled; one string a run."""
    open_space = [True]

    def text(run: Nodes) -> Nodes:
        pieces = []
        for node in run:
            piece = node.get("c", " ")
            piece = piece.lstrip(" ") if open_space[0] else piece
            if piece:
                open_space[0] = piece.endswith(" ")
                pieces.append(piece)
        return [string("".join(pieces))] if pieces else []

    def collapse(nodes: Nodes) -> Nodes:
        kept: Nodes = []
        for is_text, run in groupby(nodes, lambda node: node["t"] in ("Str", "Space")):
            if is_text:
                kept += text(list(run))
                continue
            for node in run:
                kind = node["t"]
                if kind == "LineBreak":
                    open_space[0] = True
                elif kind in ("Code", "Math", "Image", "RawInline", "Note"):
                    open_space[0] = False
                else:
                    node = {"t": kind, "c": _with_content(node, collapse(_content(node)))}
                kept.append(node)
        return kept

    tidied = collapse(inlines)
    _strip_end(tidied)
    return [node for node in tidied if node != string("")]


def _content(node: Node) -> Nodes:
    content = node["c"]
    return content[1] if node["t"] in ("Span", "Link") else content  # type: ignore[no-any-return]


def _with_content(node: Node, inlines: Nodes) -> Any:
    content = node["c"]
    return [content[0], inlines, *content[2:]] if node["t"] in ("Span", "Link") else inlines


def _strip_end(inlines: Sequence[Node]) -> None:
    if not inlines:
        return
    last = inlines[-1]
    if last["t"] == "Str":
        last["c"] = last["c"].rstrip(" ")
    elif last["t"] in ("Emph", "Strong", "Span", "Link", "Superscript", "Subscript", "SmallCaps", "Underline"):
        _strip_end(_content(last))
