"""The words that rules go by, read from the data files of this room."""

import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
# Vowel signs and points, for a class of characters: they are no letters, and stand with the letter before them.
SIGNS = (
    "\u0300-\u036f\u05b0-\u05c7\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0b82-\u0bcd\u0e31-\u0e4e"
)
APOSTROPHES = re.compile("[’‘`ʻʼ´′]")
AROUND = " :：.*_#-–—|【】［］[]՝։।།"


@cache
def load(name: str) -> dict[str, Any]:
    """The data file `name`, read once; a long list stands there as one string, `word | word`, which is read faster."""
    return {key: _listed(value) for key, value in tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")).items()}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return [word.strip() for word in value.split("|")] if isinstance(value, str) and "|" in value else value


@cache
def names_of(table: str) -> dict[str, str]:
    """Case-folded name to what it names, of the table `countries` (ISO 3166-1 codes) or `months` (numbers)."""
    data: dict[str, list[str]] = json.loads((DATA / f"{table}.json").read_text("utf-8"))
    return {name: key for key, names in data.items() for name in names}


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A label for looking it up: case, apostrophes' forms, final colons and stops do not count."""
    return " ".join(_plain(text).split()).strip(AROUND)


def _plain(text: str) -> str:
    """`text` without case, the two letters i of Turkish as one."""
    return APOSTROPHES.sub("'", text).casefold().replace("i̇", "i").replace("ı", "i")


def cased(word: str) -> str:
    """A word case-folded, the dotted capital of Turkish as one letter."""
    return word.casefold().replace("i̇", "i")


def all_folded(words: Iterable[str]) -> list[str]:
    """Many labels of a data file, which has single spaces, folded in one go."""
    return [word.strip(AROUND) for word in _plain("\n".join(words)).split("\n")]


@cache
def roles(name: str, *tables: str) -> dict[str, str]:
    """Folded word to the role it stands under, for the tables of a data file (or the file itself)."""
    data = load(name)
    sources = [data[table] for table in tables] if tables else [data]
    return {
        word: role
        for table in sources
        for role, words in table.items()
        if isinstance(words, list)
        for word in all_folded(words)
    }


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in load(name)[key])


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for one of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
