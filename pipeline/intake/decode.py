"""Bytes to clean text: the right encoding or a refusal, never mojibake; only characters XML 1.0 allows."""

import codecs
import re
from typing import Any

from pipeline.errors import SourceError
from pipeline.findings import Finding, Severity

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
SIGNATURES = {
    b"%PDF-": "a PDF; copy its text into a .txt file", b"PK\x03\x04": "a ZIP container (DOCX, ODT, EPUB)",
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old Word document; save it as DOCX", b"\x1f\x8b": "a gzip archive",
    b"II*\x00": "a TIFF image",
}  # fmt: skip
LASTS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{LASTS}]")
NOT_XML = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{LASTS}]")
"""Of text: the ends of its pages are told by form feeds; characters that are none are marks of our own."""
INVISIBLE = re.compile("\xad(?!\n)|[\u200b\u2060\ufeff]")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüœŒŸÿ‘’‚“”„–—…•°ºª§©«»¡¿´·€±×²³µ½\xa0\xad")
WESTERN_SHARE = 0.97
HIGH_SHARE = 0.15
CONTROL_SHARE = 0.02
REPLACED_SHARE = 0.05


def decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """The text of a plain-text file, cleaned (see `clean`), and what the editor should know of it.

    Raises SourceError for what is no text.
    """
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise SourceError(f"{name}: not plain text but {kind}")
    text, findings = _decode(data, name)
    return clean(text), findings


def _decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, name)
    if sum(data.count(bytes([control])) for control in range(9)) > len(data) * CONTROL_SHARE:
        raise SourceError(f"{name}: not text (control bytes); give the article as text in UTF-8")
    return text, []


def _decode_legacy(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """Text that is not UTF-8: a few bad bytes in UTF-8 are replaced and said, else the code page is detected."""
    text = data.decode("utf-8", errors="replace")
    multibyte = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    if text.count("\ufffd") <= max(8, len(text) * REPLACED_SHARE) and multibyte * 4 > text.count("\ufffd"):
        line = text[: text.index("\ufffd")].count("\n") + 1
        message = f"{text.count(chr(0xFFFD))} places are not valid UTF-8 and were replaced by \ufffd"
        return text, [Finding("bad-utf8", Severity.WARNING, message, name, line)]
    return _detect(data, name)


def _detect(data: bytes, name: str) -> tuple[str, list[Finding]]:
    from charset_normalizer import from_bytes

    controls = sum(1 for byte in data if byte < 9 or 13 < byte < 27)
    western = _western(data) if controls <= len(data) * CONTROL_SHARE else None
    if western is not None:
        message = "the file is not UTF-8; read as cp1252"
        return western, [Finding("legacy-encoding", Severity.WARNING, message, name, 1)]
    best = from_bytes(data).best() if controls <= len(data) * CONTROL_SHARE else None
    if best is None:
        raise SourceError(f"{name}: not text in any encoding that could be recognised; save it as UTF-8")
    message = f"the file is not UTF-8; read as {best.encoding}"
    return str(best), [Finding("legacy-encoding", Severity.WARNING, message, name, 1)]


def _western(data: bytes) -> str | None:
    """The text in Windows-1252, where its letters beyond ASCII are those of western languages, and rare."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [char for char in text if char > "\x7f"]
    known = sum(char in WESTERN for char in high)
    letters = sum(char.isalpha() for char in text)
    return text if known >= len(high) * WESTERN_SHARE and len(high) < letters * HIGH_SHARE else None


def allowed(value: Any) -> Any:
    """Plain data without the characters that XML forbids, which references such as `&#1;` put into it."""
    match value:
        case str():
            return FORBIDDEN.sub("", value)
        case dict():
            return {key: allowed(inner) for key, inner in value.items()}
        case list():
            return [allowed(inner) for inner in value]
    return value


def clean(text: str) -> str:
    """Line ends as `\\n`, form feeds kept; what XML forbids and invisible marks removed; ligatures spelled out.

    A soft hyphen stays at the end of a line, where it says that a word goes on.
    """
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    characters = "".join(set(text) - {"\n"})
    if NOT_XML.search(characters):
        text = NOT_XML.sub("", text)
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    if INVISIBLE.search(characters):
        text = INVISIBLE.sub("", text)
    return SPACES.sub(" ", text) if SPACES.search(characters) else text
