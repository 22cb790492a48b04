"""Pandoc's document model as JSON values: what readers of it need to know (pandoc-types 1.23)."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Node = dict[str, Any]
Nodes = list[Node]

BREAKS = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}


def text_of(value: Any) -> str:
    """The characters of a node or of anything that holds nodes; notes are no part of the text around them."""
    match value:
        case {"t": "Note"}:
            return ""
        case {"t": "Str", "c": str(text)}:
            return text
        case {"t": "Code" | "Math" | "RawInline", "c": [_, str(text)]}:
            return text
        case {"t": "Quoted", "c": [_, content]}:
            return f"“{text_of(content)}”"
        case {"t": str(name), **rest}:
            return BREAKS[name] if name in BREAKS else text_of(rest.get("c"))
        case list():
            return "".join(map(text_of, value))
    return ""


def inlines_of(blocks: Nodes) -> Nodes:
    """The inlines of the paragraphs, a line break between them."""
    made: Nodes = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            made += [{"t": "LineBreak"}] if made else []
            made += block["c"]
        elif block["t"] == "Div":
            made += inlines_of(block["c"][1])
    return made


def attributes(attr: Any) -> dict[str, str]:
    """The key-value pairs of an attribute triple (id, classes, pairs)."""
    return dict(attr[2])


ROLES = {"ref": "ref", "numref": "autoref", "eq": "eqref", "any": "ref", "prf-ref": "ref"}
"""Roles of Sphinx, MyST and Typst that refer to a place of the document, and the LaTeX command each is like."""


def role_of(code: Any) -> str:
    """The command that interpreted text is like; empty for code and other roles."""
    attr, _ = code
    return ROLES.get(attributes(attr).get("role", ""), "") if "interpreted-text" in attr[1] else ""


def descendants(value: Any) -> Iterator[Node]:
    """Every node within `value`, in document order, `value` itself included."""
    if isinstance(value, dict):
        if "t" in value:
            yield value
        for inner in value.values():
            yield from descendants(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from descendants(inner)


COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
TAG = re.compile(r"<[^<>]{0,2000}>")
REFERENCE = re.compile(r"\\(?P<command>[A-Za-z]*ref|label)\*?\{(?P<names>[^{}]{1,300})\}")


def raw_words(form: str, text: str) -> str:
    """The words of raw HTML, comments with them but no tags; of raw TeX, all but labels and references."""
    if form.startswith("html"):
        return " ".join(TAG.sub(" ", COMMENT.sub(r" \1 ", text)).split())
    return " ".join(REFERENCE.sub(" ", text).split())


CELL = 5
BLOCKS = {"Para", "Plain", "Header", "CodeBlock", "LineBlock", "RawBlock", "Cell", "Figure", "Table", "DefinitionList"}


def source_text(value: Any) -> str:
    """All text of a document, notes and descriptions of pictures too, blocks and cells apart; for counting words.

    What pandoc itself writes in the place of a citation or of an unresolved reference is left out.
    """
    return "".join(_source_text(value))


def _source_text(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _source_text(inner)
            if isinstance(inner, list) and len(inner) == CELL:
                yield "\n"
    elif isinstance(value, dict) and "t" in value:
        name, content = value["t"], value.get("c")
        if name in PIECES:
            yield from PIECES[name](content)
        elif content is not None:
            yield from _source_text(content)
            yield "\n" if name in BLOCKS else ""


def _citation(content: Any) -> Iterator[str]:
    for citation in content[0]:
        yield from _source_text([citation["citationPrefix"], citation["citationSuffix"]])
        yield " "


def _link(content: Any) -> Iterator[str]:
    """What is said, of a bare address of mail without its scheme."""
    (_, _, pairs), inner, (address, _) = content
    if address.startswith("mailto:") and text_of(inner) == address:
        yield address.removeprefix("mailto:").partition("?")[0]
    elif not (any(key == "reference" for key, _ in pairs) and text_of(inner).startswith("[")):
        yield from _source_text(inner)


def _definitions(content: Any) -> Iterator[str]:
    for term, meanings in content:
        yield from _source_text(term)
        yield "\n"
        yield from _source_text(meanings)


def _note(content: Any) -> Iterator[str]:
    yield " \n"
    yield from _source_text(content)
    yield " \n"


PIECES: dict[str, Callable[[Any], Iterable[str]]] = {
    "Str": lambda content: (content,),
    "Space": lambda content: (" ",),
    "SoftBreak": lambda content: (" ",),
    "LineBreak": lambda content: (" ",),
    "Code": lambda content: ("",) if role_of(content) else (content[1],),
    "Math": lambda content: (f" {content[1]} ",),
    "CodeBlock": lambda content: (f"\n{content[1]}\n",),
    "RawInline": lambda content: (f" {raw_words(*content)} ",),
    "RawBlock": lambda content: (f" {raw_words(*content)} ",),
    "Cite": _citation,
    "Link": _link,
    "Note": _note,
    "DefinitionList": _definitions,
}
