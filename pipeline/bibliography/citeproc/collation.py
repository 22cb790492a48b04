"""Order of strings as a locale sorts them: the Unicode collation algorithm (pyuca), with each language's own letters.

`collation.json` has what languages change: letters that follow another as letters of their own, and the
script that comes first, told by its first and last letter.
"""

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

Key = tuple[int, ...]
LONGEST = 500
AFTER = "\U000f0000"
"""An unassigned character: it sorts behind all letters, so that `n` + AFTER stands behind every `n…`."""


@cache
def _collator() -> Any:
    from pyuca import Collator  # type: ignore[import-untyped, unused-ignore]

    return Collator()


@cache
def _tailoring(tag: str) -> tuple[dict[int, str], tuple[int, int] | None]:
    """What replaces a letter before it is weighed, and the weights of the script that comes first."""
    data = json.loads((Path(__file__).parent / "collation.json").read_text("utf-8"))
    language = tag.split("-")[0]
    letters = data["letters"].get(language, {})
    table = {
        ord(letter): base + chr(ord(AFTER) + index)
        for base, following in letters.items()
        for index, letter in enumerate(following)
    }
    ends = data["scripts"].get(tag[:7]) or data["scripts"].get(language)
    if not ends:
        return table, None
    first, last = (_collator().sort_key(letter)[0] for letter in ends)
    return table, (first, last)


@lru_cache(maxsize=50_000)
def key(text: str, tag: str) -> Key:
    """A sort key of the first `LONGEST` characters of `text` in the locale `tag`; punctuation does not count."""
    table, script = _tailoring(tag)
    words = "".join(char for char in text[:LONGEST] if char.isalnum() or char.isspace() or unicodedata.combining(char))
    weights: Key = _collator().sort_key(words.casefold().translate(table) if table else words)
    if script is None:
        return weights
    latin = _collator().sort_key("a")[0]
    width = script[1] - script[0] + 1
    return tuple(_reordered(weight, script, latin, width) for weight in weights)


def _reordered(weight: int, script: tuple[int, int], latin: int, width: int) -> int:
    if script[0] <= weight <= script[1]:
        return weight - script[0] + latin
    return weight + width if weight >= latin else weight
