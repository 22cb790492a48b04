"""What nodes print while a citation is made: a flat list of strings and of marks that open and close.

Flat, because punctuation meets across any markup between it; one walk over a list sees every seam.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.bibliography.richtext import Link, RichText, Style, Styled

STYLE, QUOTE, LINK, NOCASE = "style", "quote", "link", "nocase"
NAMES, NAME_LIST, PERSON = "names", "name-list", "person"
YEAR_SUFFIX, YEAR, LABEL, NUMBER, BLOCK = "year-suffix", "year", "label", "citation-number", "block"


@dataclass(frozen=True, slots=True)
class Open:
    """Begins a stretch; `value` is a Style, an address, or what a region is told by."""

    kind: str
    value: Any = None


class Close:
    """Ends the innermost open stretch."""

    __slots__ = ()


CLOSE = Close()
Token = str | Open | Close
Stream = list[Token]


def wrap(stream: Stream, kind: str, value: Any = None) -> Stream:
    return [Open(kind, value), *stream, CLOSE] if stream else stream


def text_of(stream: Iterable[Token]) -> str:
    """The characters alone, with a plain mark for each quotation mark."""
    return "".join(
        token if isinstance(token, str) else '"' if isinstance(token, Open) and token.kind == QUOTE else ""
        for token in stream
    )


def find(stream: Stream, kind: str) -> tuple[int, int] | None:
    """Where the first stretch of a kind opens and closes: `stream[start]` is its mark, `stream[end]` its close."""
    for start, token in enumerate(stream):
        if isinstance(token, Open) and token.kind == kind:
            return start, end_of(stream, start)
    return None


def end_of(stream: Stream, start: int) -> int:
    depth = 0
    for index in range(start, len(stream)):
        token = stream[index]
        if isinstance(token, Open):
            depth += 1
        elif isinstance(token, Close):
            depth -= 1
            if not depth:
                return index
    return len(stream) - 1


def without(stream: Stream, kind: str) -> Stream:
    """The stream with the stretches of a kind taken out."""
    result: Stream = []
    index = 0
    while index < len(stream):
        token = stream[index]
        if isinstance(token, Open) and token.kind == kind:
            index = end_of(stream, index)
        else:
            result.append(token)
        index += 1
    return result


def blocks_apart(stream: Stream) -> Stream:
    """A space where a block (`display`) begins or ends and nothing else parts it from what is beside it."""
    result: Stream = []
    kinds: list[str] = []
    end, boundary = " ", -1
    for token in stream:
        if isinstance(token, str):
            if boundary >= 0 and token and not end.isspace() and not token[0].isspace():
                result.insert(boundary, " ")
            if token:
                end, boundary = token[-1], -1
        elif isinstance(token, Open):
            kinds.append(token.kind)
            if token.kind == BLOCK and boundary < 0:
                boundary = len(result)
        elif kinds.pop() == BLOCK and boundary < 0:
            boundary = len(result) + 1
        result.append(token)
    return result


def rich(stream: Stream, quotes: tuple[str, str, str, str]) -> RichText:
    """The tree of a stream: quotation marks by depth (outer pair, inner pair), slants flipped within slants.

    Typographic marks of the item itself follow the depth where they are the locale's own, the inner pair only
    within others; elsewhere they stay as they are.
    """
    root: list[str | Styled | Link] = []
    stack: list[tuple[Open, list[str | Styled | Link]]] = []
    closing: list[str] = []
    nodes = root
    depth = 0
    for token in stream:
        if isinstance(token, str):
            _append(nodes, token)
        elif isinstance(token, Open):
            if token.kind == QUOTE:
                opening, close = _marks(token, depth, quotes)
                _append(nodes, opening)
                closing.append(close)
                depth += 1
            elif token.kind in (STYLE, LINK):
                stack.append((token, nodes))
                nodes = []
                continue
            stack.append((token, nodes))
        elif stack:
            opened, outer = stack.pop()
            if opened.kind == QUOTE:
                depth -= 1
                _append(nodes, closing.pop())
            elif opened.kind in (STYLE, LINK):
                inner = tuple(nodes)
                nodes = outer
                _close(nodes, opened, inner, [mark.value for mark, _ in stack if mark.kind == STYLE])
    return tuple(root)


def _marks(quote: Open, depth: int, quotes: tuple[str, str, str, str]) -> tuple[str, str]:
    """The marks of a quotation within `depth` others."""
    outer, inner = quotes[:2], quotes[2:]
    own: tuple[str, str] | None = quote.value
    if own not in (None, outer) and (not depth or own != inner):
        return own
    return inner if depth % 2 else outer


def _append(nodes: list[str | Styled | Link], text: str) -> None:
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] += text
    elif text:
        nodes.append(text)


def _close(nodes: list[str | Styled | Link], opened: Open, inner: RichText, outer: list[Style]) -> None:
    if not inner:
        return
    if opened.kind == LINK:
        nodes.append(Link(opened.value, inner))
        return
    style = opened.value
    active = _active(outer)
    if style in FLIPPING and style in active:
        style = Style.NORMAL
    elif style is Style.NORMAL and not active:
        for node in inner:
            if isinstance(node, str):
                _append(nodes, node)
            else:
                nodes.append(node)
        return
    nodes.append(Styled(style, inner))


FLIPPING = (Style.ITALIC, Style.BOLD, Style.SMALL_CAPS)


def _active(outer: list[Style]) -> set[Style]:
    """Which slants and weights hold inside these styles, outermost first."""
    active: set[Style] = set()
    for style in outer:
        if style is Style.NORMAL:
            active.clear()
        elif style in FLIPPING:
            active ^= {style}
    return active
