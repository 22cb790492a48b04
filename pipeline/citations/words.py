"""The words that citations go by, read from `words.toml`."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path


@cache
def load() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def word_set(key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in load()[key])


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for one of `words`, the longest first; spaces in them may be any."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in ordered)
