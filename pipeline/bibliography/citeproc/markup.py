"""The little markup that CSL-JSON strings may hold, and their quotation marks, as a stream."""

import re
from functools import lru_cache

from pipeline.bibliography.citeproc.stream import CLOSE, NOCASE, QUOTE, STYLE, Open, Stream, Token
from pipeline.bibliography.richtext import Style

TAG = re.compile(
    r"<(?P<simple>i|b|sup|sub|sc)>|<span\s+style=[\"']font-variant:\s*small-caps;?[\"']>"
    r"|<span\s+class=[\"'](?P<class>nocase|nodecor)[\"']>|</(?P<end>i|b|sup|sub|sc|span)>"
)
STYLES = {
    "i": Style.ITALIC,
    "b": Style.BOLD,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
    "sc": Style.SMALL_CAPS,
}
SPECIAL = re.compile("[<\"'“”‘’«»]")
QUOTES = re.compile("[\"'“”‘’«»]")
OPENING = {"“": "”", "‘": "’", "«": "»"}
LONGEST = 5_000
"""A field of more characters than this is none, and is printed as it is: pairing marks takes the square of them."""
CLOSING = {"”": "“", "’": "‘", "»": "«"}


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> tuple[Token, ...]:
    return tuple(_quoted(tagged(text)))


def parse(text: str) -> Stream:
    """`text` with `<i> <b> <sup> <sub> <sc>`, small caps and `nocase` spans, and its quotations, as marks.

    Tags that do not match stay text, as does everything else between angle brackets.
    """
    if len(text) > LONGEST or not SPECIAL.search(text):
        return [text] if text else []
    return list(_parsed(text))


def tagged(text: str) -> Stream:
    """`text` with its tags as marks, its quotation marks and apostrophes as they are: what a style's affixes hold."""
    if "<" not in text:
        return [text] if text else []
    stream: Stream = []
    opened: list[tuple[int, str, str]] = []
    position = 0
    for match in TAG.finditer(text):
        if match.start() > position:
            stream.append(text[position : match.start()])
        position = match.end()
        end = match["end"]
        if end is None:
            name = match["simple"] or "span"
            opened.append((len(stream), name, match[0]))
            stream.append(_open(match))
        elif any(name == end for _, name, _ in opened):
            while opened[-1][1] != end:
                index, _, source = opened.pop()
                stream[index] = source
            opened.pop()
            stream.append(CLOSE)
        else:
            stream.append(match[0])
    for index, _, source in opened:
        stream[index] = source
    if position < len(text):
        stream.append(text[position:])
    return stream


def _open(match: re.Match[str]) -> Open:
    if match["simple"]:
        return Open(STYLE, STYLES[match["simple"]])
    if match["class"] == "nocase":
        return Open(NOCASE)
    return Open(STYLE, Style.NORMAL if match["class"] else Style.SMALL_CAPS)


def _quoted(stream: Stream) -> Stream:
    """The stream with pairs of quotation marks as marks of their own and apostrophes as such."""
    pieces: list[tuple[str, int]] = []
    result: Stream = []
    before = " "
    for position, token in enumerate(stream):
        if not isinstance(token, str):
            result.append(token)
            continue
        start = 0
        for match in QUOTES.finditer(token):
            if match.start() > start:
                result.append(token[start : match.start()])
                before = token[match.start() - 1]
            follows = token[match.end() : match.end() + 1] or _next(stream, position)
            role = _role(match[0], before, follows)
            if role:
                pieces.append((role, len(result)))
            result.append(match[0])
            before, start = match[0], match.end()
        if start < len(token):
            result.append(token[start:])
            before = token[-1]
    _pair(result, pieces)
    return _joined(result)


def _next(stream: Stream, position: int) -> str:
    return next((token[0] for token in stream[position + 1 :] if isinstance(token, str) and token), " ")


def _role(mark: str, before: str, after: str) -> str:
    """`mark` with `(` or `)`: as it may open or close a quotation; empty for an apostrophe within a word."""
    if mark in OPENING:
        return f"({mark}"
    if mark in CLOSING and mark != "’":
        return f"){CLOSING[mark]}"
    if mark == "’":
        return "" if before.isalnum() and after.isalnum() else ")‘"
    if mark == "'" and before.isalnum() and after.isalnum():
        return ""
    if before.isspace() and after.isspace():
        return ""
    opens = not after.isspace() and (before.isspace() or before in "([{/-–—\"'“‘«")
    return f"({mark}" if opens else f"){mark}"


def _pair(stream: Stream, pieces: list[tuple[str, int]]) -> None:
    """Replaces matching marks; what has no partner stays a character, `'` an apostrophe."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for role, index in pieces:
        if role[0] == "(":
            opened.append((role[1], index))
        elif any(mark == role[1] for mark, _ in opened):
            while opened[-1][0] != role[1]:
                opened.pop()
            pairs.append((opened.pop()[1], index))
    for start, end in pairs:
        if _balanced(stream[start + 1 : end]):
            stream[start], stream[end] = Open(QUOTE, _typographic(str(stream[start]), str(stream[end]))), CLOSE
    for index, piece in enumerate(stream):
        if piece == "'":
            stream[index] = "’"


def _typographic(opening: str, closing: str) -> tuple[str, str] | None:
    """The author's own marks, where they are typographic ones."""
    return (opening, closing) if opening in OPENING else None


def _balanced(stream: Stream) -> bool:
    depth = 0
    for token in stream:
        if isinstance(token, Open):
            depth += 1
        elif token is CLOSE:
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _joined(stream: Stream) -> Stream:
    result: Stream = []
    for token in stream:
        if isinstance(token, str) and result and isinstance(result[-1], str):
            result[-1] += token
        else:
            result.append(token)
    return result
