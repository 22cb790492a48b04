"""`text-case`: what a style does to upper and lower case (CSL 1.0.2, Text-case)."""

import re
from functools import cache
from pathlib import Path

from pipeline.bibliography.citeproc.markup import LONGEST
from pipeline.bibliography.citeproc.stream import NOCASE, STYLE, Close, Open, Stream
from pipeline.bibliography.richtext import Style

WORD = re.compile(r"[^\s/–—:.,;?!()\[\]\"“”‘-]+(?:[.’'][^\s/–—:.,;?!()\[\]\"“”‘-]+)*\.?|\S")
PROPER = re.compile(r"\b[^\W\d_a-z][a-z’']*\b")


@cache
def stop_words() -> frozenset[str]:
    """Words that title case leaves small."""
    return frozenset((Path(__file__).parent / "stopwords.txt").read_text("utf-8").split())


def change(stream: Stream, case: str, english: bool, tag: str = "") -> Stream:
    """The stream in another case; `nocase` stretches keep theirs. Title case is for English only.

    `tag` is the locale's: Turkish and Azerbaijani have a letter İ. What is longer than any field keeps its case.
    """
    if sum(len(token) for token in stream if isinstance(token, str)) > LONGEST:
        return stream
    if case == "title":
        return _titled(stream) if english else stream
    if case == "sentence":
        return _sentence(stream)
    if case == "capitalize-first":
        return _first(stream)
    upper = _upper_dotted if tag[:2] in ("tr", "az") else str.upper
    change = {"lowercase": str.lower, "uppercase": upper, "capitalize-all": _all}.get(case)
    if change is None:
        return stream
    return [change(token) if free and isinstance(token, str) else token for token, free in _walk(stream)]


def _walk(stream: Stream) -> list[tuple[str | Open | Close, bool]]:
    """Each token, and whether its case may change."""
    result: list[tuple[str | Open | Close, bool]] = []
    kept: list[bool] = []
    for token in stream:
        if isinstance(token, Open):
            fixed = token.kind == NOCASE
            fixed |= token.kind == STYLE and token.value in (Style.SUPERSCRIPT, Style.SUBSCRIPT, Style.SMALL_CAPS)
            kept.append(fixed)
        elif isinstance(token, Close):
            kept.pop()
        result.append((token, not any(kept)))
    return result


def _upper_dotted(text: str) -> str:
    return text.replace("i", "İ").upper()


def capitalized(word: str) -> str:
    return word[:1].upper() + word[1:]


def _all(text: str) -> str:
    return re.sub(r"\S+", lambda match: capitalized(match[0]) if match[0].islower() else match[0], text)


def _first(stream: Stream) -> Stream:
    result = list(stream)
    for index, (token, free) in enumerate(_walk(stream)):
        if isinstance(token, str) and token.strip():
            start = next((i for i, char in enumerate(token) if char.isalnum()), 0)
            word = WORD.match(token, start)
            if free and word and word[0].islower():
                result[index] = token[:start] + capitalized(token[start:])
            break
    return result


def _sentence(stream: Stream) -> Stream:
    letters = "".join(token for token in stream if isinstance(token, str))
    shouting = letters.isupper()
    result: Stream = []
    for token, free in _walk(stream):
        if isinstance(token, str) and free:
            token = token.lower() if shouting else PROPER.sub(lambda match: match[0].lower(), token)
        result.append(token)
    return _first(result)


def _titled(stream: Stream) -> Stream:
    text = "".join(token for token in stream if isinstance(token, str))
    words = [match for match in WORD.finditer(text) if match[0][0].isalnum()]
    shouting = text.isupper() and len(words) > 2
    last = words[-1].start() if words else -1
    result: Stream = []
    offset = 0
    for token, free in _walk(stream):
        if isinstance(token, str):
            if free:
                result.append(_titled_piece(text, offset, len(token), last, shouting))
            else:
                result.append(token)
            offset += len(token)
        else:
            result.append(token)
    return result


def _titled_piece(text: str, start: int, length: int, last: int, shouting: bool) -> str:
    piece: list[str] = []
    position = start
    for match in WORD.finditer(text, start, start + length):
        piece.append(text[position : match.start()])
        piece.append(_titled_word(text, match, last, shouting))
        position = match.end()
    piece.append(text[position : start + length])
    return "".join(piece)


def _titled_word(text: str, match: re.Match[str], last: int, shouting: bool) -> str:
    word = match[0]
    if shouting:
        word = word.lower()
    begins = _begins(text, match.start())
    inner = not begins and match.start() != last
    if not word.islower():
        return word
    before, after = text[: match.start()], text[match.end() : match.end() + 1]
    if before[-1:] in ("’", "'") and before[-2:-1].isalnum():
        return word
    if len(word) == 1 and not begins:
        return word
    opens_compound = after == "-" and not before.endswith("-")
    return word if word in stop_words() and inner and not opens_compound else capitalized(word)


def _begins(text: str, position: int) -> bool:
    """Whether a title or subtitle begins here."""
    before = text[:position].rstrip("\"'“‘(«¿¡ \u00a0")
    return not before or before[-1] in ":?!."
