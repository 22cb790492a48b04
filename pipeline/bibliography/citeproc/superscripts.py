"""Raised letters and digits of Unicode set as superscripts, so that every font has them."""

import re
import unicodedata
from functools import cache

from pipeline.bibliography.citeproc.stream import CLOSE, STYLE, Open, Stream
from pipeline.bibliography.richtext import Style


@cache
def _table() -> dict[int, str]:
    table = {}
    for code in (*range(0xAA, 0xBB), *range(0x2B0, 0x2E5), *range(0x6E5, 0x6E7), *range(0x1D2C, 0x1DC0),
                 *range(0x2070, 0x2080), 0x2120, 0x2122, *range(0x3192, 0x31A0)):  # fmt: skip
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind == "<super>":
            table[code] = "".join(chr(int(letter, 16)) for letter in letters.split())
    return table


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"([{''.join(map(chr, _table()))}]+)")


def raise_letters(stream: Stream) -> Stream:
    result: Stream = []
    for token in stream:
        if isinstance(token, str) and not token.isascii() and _pattern().search(token):
            for index, piece in enumerate(_pattern().split(token)):
                if index % 2:
                    result += [Open(STYLE, Style.SUPERSCRIPT), piece.translate(_table()), CLOSE]
                elif piece:
                    result.append(piece)
        else:
            result.append(token)
    return result
