"""Control words, groups and characters of RTF (Rich Text Format Specification 1.9.1)."""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
CODECS = {
    0: "cp1252", 1: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
"""Code pages by the character set of a font (`fcharset`)."""


class Token(NamedTuple):
    """`word` is a control word or symbol, `{` or `}`; empty where `data` are bytes of the text."""

    word: str
    number: int | None
    data: bytes


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file; binary data (`\\bin`) come as those of the word `bin`."""
    position = 0
    while match := TOKEN.search(data, position):
        position = match.end()
        number = int(match["number"]) if match["number"] else None
        if match["word"] == b"bin":
            end = position + max(0, number or 0)
            yield Token("bin", number, data[position:end])
            position = end
        elif match["word"]:
            yield Token(match["word"].decode(), number, b"")
        elif match["byte"]:
            yield Token("", None, bytes.fromhex(match["byte"].decode()))
        elif match["symbol"]:
            yield Token(match["symbol"].decode("latin-1"), None, b"")
        elif match["brace"]:
            yield Token(match["brace"].decode(), None, b"")
        else:
            yield Token("", None, match["text"].replace(b"\r", b"").replace(b"\n", b""))


def codec_of(charset: int) -> str:
    return CODECS.get(charset, "cp1252")


def codec_of_page(page: int | None) -> str:
    """The codec of `\\ansicpg`, that of Western Europe where Python has none."""
    name = f"cp{page or 1252}"
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
