"""Punctuation where two printed pieces meet, and before or after a closing quotation mark."""

from pipeline.bibliography.citeproc.stream import QUOTE, Close, Open, Stream

COLLISIONS = {
    "!.": "!", "!:": "!", "?.": "?", "?:": "?", ":!": "!", ":?": "?", ":.": ":", ";!": "!", ";?": "?",
    "!!": "!", "??": "?", "..": ".", "::": ":", ";;": ";", ",,": ",",
    ";.": ";", ";:": ";", "  ": " ",
}  # fmt: skip
MOVED = ".,!?"
"""What goes before a closing quotation mark where the locale puts punctuation in quotes."""


def settle(stream: Stream, in_quote: bool) -> Stream:
    """The stream with colliding marks reduced; `in_quote` puts comma and full stop before a closing quote."""
    result: Stream = []
    opened: list[bool] = []
    last = -1
    quote_closed = moved = False
    for token in stream:
        if isinstance(token, Open):
            opened.append(token.kind == QUOTE)
            result.append(token)
        elif isinstance(token, Close):
            quote_closed |= opened.pop()
            result.append(token)
        elif token:
            text = token
            if last >= 0:
                end = str(result[last])
                result[last], text = _across_quote(end, text, in_quote, moved) if quote_closed else _meet(end, text)
                moved = quote_closed and text != token
            if text:
                last, quote_closed = len(result), False
                result.append(text)
            elif not result[last]:
                last = _before(result, last)
    return result


def _before(stream: Stream, index: int) -> int:
    """The last string with characters up to `index`, or -1."""
    while index >= 0 and not (isinstance(stream[index], str) and stream[index]):
        index -= 1
    return index


def _meet(first: str, second: str) -> tuple[str, str]:
    pair = first[-1] + second[0]
    kept = COLLISIONS.get(pair)
    if kept is None or kept == pair:
        return first, second
    if kept == pair[0]:
        return _meet(first, second[1:]) if len(second) > 1 and second[1] in ".," else (first, second[1:])
    return first[:-1], second


def _across_quote(first: str, second: str, in_quote: bool, moved: bool) -> tuple[str, str]:
    """The end of a quotation and what follows it; a mark goes before one that was `moved` in already."""
    mark = second[0]
    pair = first[-1] + mark
    kept = COLLISIONS.get(pair, pair)
    if in_quote and mark in MOVED:
        inside = mark + first[-1] if moved and kept == pair else kept
        return first[:-1] + inside, second[1:]
    if in_quote and kept == first[-1]:
        return first, second[1:]
    if mark == "." and first[-1] in ".?!":
        return first, second[1:]
    return first, second
