"""Where a personal name ends in a line, and which of its words are the family name."""

import re
import unicodedata

from pipeline.article import Name
from pipeline.structure.affiliations import institution_words

PARTICLES = {
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ten", "ter",
    "el", "al", "bin", "binti", "ibn", "st.", "e", "y", "zu", "af", "av",
}  # fmt: skip
SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "filho", "neto", "júnior", "junior", "sobrinho"}
MARK = re.compile(r"[\d*†‡§¶,]+$|[¹²³⁴⁵⁶⁷⁸⁹⁰]+$")


def folded(word: str) -> str:
    """A word without case, accents and marks, for comparing spellings."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if char.isalnum())


def match_name(tokens: list[str], cited: Name) -> tuple[int, Name] | None:
    """How many of `tokens`, which begin with a full name, belong to it, and the name with `cited`'s split.

    `cited` is the name as the article's own citation has it, its given names perhaps initials.
    """
    family = [folded(word) for word in cited.family.split()]
    given = [folded(word) for word in re.split(r"[\s.]+", cited.given) if folded(word)]
    plain = [folded(token) for token in tokens[:12]]
    for start in range(len(plain) - len(family) + 1):
        if not family or plain[start : start + len(family)] != family:
            continue
        end = start + len(family)
        if start and _fits(plain[:start], given):
            return end, Name(" ".join(tokens[start:end]), " ".join(tokens[:start]))
        count = len(given)
        if start == 0 and count and _fits(plain[end : end + count], given):
            return end + count, Name(" ".join(tokens[:end]), " ".join(tokens[end : end + count]))
    return None


def _fits(words: list[str], given: list[str]) -> bool:
    """Words that may be what the initials or names in `given` stand for; names may be left out."""
    return bool(words) and (not given or (words[0][:1] == given[0][:1] and len(words) <= len(given) + 2))


def split_name(text: str) -> Name:
    """A full name without any help: `FAMILY` in capitals, `Family, Given`, else the last word with its particles."""
    if "," in text:
        family, _, given = text.partition(",")
        return Name(family.strip(), given.strip())
    tokens = text.split()
    if len(tokens) == 1:
        return Name(text)
    capitals = [len(token) > 2 and token.isupper() and "." not in token for token in tokens]
    if any(capitals) and not all(capitals):
        return _by_capitals(tokens, capitals)
    suffix = tokens.pop() if len(tokens) > 2 and tokens[-1].casefold() in SUFFIXES else ""
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].casefold() in PARTICLES:
        start -= 1
    return Name(" ".join(tokens[start:]), " ".join(tokens[:start]), suffix=suffix)


def _by_capitals(tokens: list[str], capitals: list[bool]) -> Name:
    first, last = capitals.index(True), len(capitals) - 1 - capitals[::-1].index(True)
    while first and tokens[first - 1].casefold() in PARTICLES:
        first -= 1
    family = " ".join(tokens[first : last + 1])
    return Name(family, " ".join(tokens[:first] + tokens[last + 1 :]))


def name_length(tokens: list[str]) -> int:
    """How many words of a line `Name Affiliation` are the name: up to a word that marks an institution."""
    for position, token in enumerate(tokens):
        word = token.casefold().strip(".,()")
        if position >= 2 and (word in institution_words() or not token[0].isalpha() or word in ("phd", "md", "dr")):
            return position
        if position >= 1 and token.endswith((",", ";")):
            return position + 1
    return min(len(tokens), 3) if len(tokens) > 5 else len(tokens)
