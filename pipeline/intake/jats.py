"""JATS among the sources, told from its first element."""

import codecs
import re
from pathlib import Path

HEAD = 64_000
ENCODINGS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
FIRST = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
WRAPPERS = {"pmc-articleset", "OAI-PMH", "articles", "record"}


def holds_jats(path: Path) -> bool:
    """Whether a file is to be read as JATS: its first element is an article, or a set that a repository gives one in.

    Other XML that says what it is, but for XHTML, is taken too, to be refused by its name.
    """
    if not path.is_file():
        return False  # what comes through a pipe can be read once
    try:
        with path.open("rb") as file:
            data = file.read(HEAD)
    except OSError:
        return False
    encoding = next((name for mark, name in ENCODINGS if data.startswith(mark)), "latin-1")
    text = data.decode(encoding, errors="replace")
    position = 0
    while before := BEFORE.match(text, position):
        position = before.end()
    first = FIRST.match(text, position)
    if first is None:
        return False
    declared = text.startswith("<?xml") and first.group(1) != "html"
    return declared or first.group(1) == "article" or first.group(1) in WRAPPERS
