"""How entries of a list of references begin and end, and that the entries of one list begin alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.references import names
from pipeline.references.identifiers import contains_any

_PARTICLES = r"(?:(?:van|von|der|den|de|del|della|di|da|dos|la|le|les|el|al|bin|ten|ter|du|d['’]|O['’])\s?)*"
CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
NAME = rf"{_PARTICLES}{CAPITAL}[\w'’‐-]++(?:[\s‐-]{CAPITAL}[\w'’‐-]++){{0,2}}"
_INITIALS = rf"{CAPITAL}{{1,3}}(?:-{CAPITAL})?"
_DOTTED = rf"(?:(?:{CAPITAL}|Ch|Kh|Sh|Th|Ts|Ya|Yu|Zh)\.[\s-]?){{1,4}}"
_AND = "and|&|y|e|et|und"
# Ways to write the first author, the most telling first.
SHAPES = {
    name: re.compile(pattern)
    for name, pattern in {
        "repeated": r"(?:[_—–―-]\s?){2,}|[—―]\s?[.,]",
        "family, initials": rf"{NAME},\s?{_DOTTED}",
        "family initials": rf"(?:{NAME}\s{_INITIALS}:|{NAME},?\s{_INITIALS}(?:[,.;]|\s[(&]|\s(?:and|et|y|e)\s))",
        "family, given": rf"{NAME},\s{CAPITAL}[\w'’-]+(?:\s{CAPITAL}[\w'’.-]*){{0,3}}(?:[,.;(]|\s(?:{_AND}|\())",
        "initials family": rf"{_DOTTED}\s?{NAME}(?:,|\.|:|\s(?:and|&|et)\s|\s\()",
        "given family": rf"{CAPITAL}[\w'’-]+(?:\s{CAPITAL}\.)?\s{NAME}(?:,|\s(?:and|&)\s)",
        "collaboration": rf"{CAPITAL}[^.,;()]{{0,40}}\s(?:Collaboration|Collab\.|Consortium)[^.;]{{0,40}}[,.]",
        "characters": r"[\u3040-\u9fff\uac00-\ud7af]{2,}",
        "body and year": r"[^.]{3,120}\.?\s\((?:\d{4}[a-z]?|n\.d\.|s\.f\.|in press|forthcoming)[^)]{0,20}\)",
        "body. year": r"[^\W\d_][^.]{3,80}\.\s(?:1[5-9]|20)\d\d[a-z]?\.",
        "body. title": rf"{CAPITAL}[^.,;:]{{3,60}}\.\s{CAPITAL}",
    }.items()
}  # fmt: skip
# Shapes that a title, a place or a journal within an entry may have, too.
WEAK_IN_ORDER = {"body. title", "given family"}
WEAK = {"body and year", "body. year", *WEAK_IN_ORDER}
# The end of an entry: a year, pages or an address, a bracket that closes them; not initials, not an abbreviation.
_STRONG_END = re.compile(
    r"(?:\d[a-z]?|https?://\S+|\b10\.\d{4,9}/\S+|[\d”\"»])[)\]]?[.;]?$|\d\s?(?:p|pp|с|S)\.$|\d\)[.;]?$"
)
_WEAK_END = re.compile(r"(?<!\s[^\W\d_])(?<![.\s][^\W\d_]{2})\.$")
_HANGING = tuple(",;:&–—(№")
_HANGS = re.compile(
    r"\b(?:and|und|et|y|e|of|the|in|for|by|de|der|la|(?<!\d\s)(?:pp?|т)\.|vol\.|no\.|n\.|v\.|nº)$", re.IGNORECASE
)
_LAST_WORD = 5
_YEAR = re.compile(r"(?:1[5-9]|20)(?<!\d\d\d)\d\d(?!\d)")
_NO_YEAR = re.compile(r"n\.(?<=\bn\.)\s?d\b")
_NOT_YET = ("forthcoming", "in press")
REACH = 400
SHORTEST = 30
TAIL = 80
SHARED = 0.6
ORDERED = 0.8
LEAST_ORDERED = 5


def shape_of(text: str) -> str:
    """The name of the way in which `text` begins, if it is one of an entry."""
    return next((name for name, pattern in SHAPES.items() if pattern.match(text[:REACH])), "")


def hangs(text: str) -> bool:
    """Whether the end of `text` asks for more."""
    end = text.rstrip()
    return end.endswith(_HANGING) or _HANGS.search(end, max(len(end) - _LAST_WORD, 0)) is not None


def dated(text: str) -> bool:
    """Whether `text` has a year, or says that it has none yet."""
    if _YEAR.search(text):
        return True
    plain = text.lower()
    return contains_any(plain, _NOT_YET) or _NO_YEAR.search(plain) is not None


def years(text: str) -> int:
    """How many years stand in `text`, or words in the place of one."""
    plain = text.lower()
    return len(_YEAR.findall(text)) + sum(map(plain.count, _NOT_YET)) + len(_NO_YEAR.findall(plain))


def ends_strongly(text: str) -> bool:
    return _STRONG_END.search(text[-TAIL:].rstrip()) is not None


def _ends(text: str) -> bool:
    return ends_strongly(text) or _WEAK_END.search(text[-TAIL:].rstrip()) is not None


class Habit:
    """How the entries of one list begin, as seen from those whose beginnings are sure."""

    def __init__(self, starts: Sequence[str]) -> None:
        counts = Counter(filter(None, map(shape_of, starts)))
        self.shapes = {name for name, count in counts.items() if count >= max(2, len(starts) * 0.1)}
        self.shapes |= {name for name, _ in counts.most_common(1)}
        keys = [key for key in map(_key, starts) if key]
        rising = sum(one <= other for one, other in pairwise(keys))
        self.is_ordered = len(keys) >= LEAST_ORDERED and rising >= ORDERED * (len(keys) - 1)

    def begins(self, before: str, after: str, following: str = "") -> bool:
        """Whether an entry ends with `before` and another begins with `after`; `following`: the next sure one."""
        if len(before) < SHORTEST or hangs(before) or not _ends(before):
            return False
        shape = shape_of(after)
        ordered = self.is_ordered and shape != "repeated"
        usual = shape in self.shapes or (ordered and shape not in ("", *WEAK_IN_ORDER))
        if not usual or (shape != "repeated" and not _could_begin(after)):
            return False
        if ordered and not _in_order(_key(before), _key(after), _key(following)):
            return False
        clear = ends_strongly(before) or shape not in (WEAK_IN_ORDER if ordered else WEAK)
        return clear and dated(before)


def _could_begin(text: str) -> bool:
    first = text.lstrip("“\"'«(")[:1]
    return first.isalpha() and (not first.islower() or text.split()[0].casefold() in names.words().particles)


def _key(text: str) -> str:
    """What a list in alphabetical order goes by: the first word, without particles, case and accents."""
    particles = names.words().particles
    words = [word for word in text[:TAIL].split() if word.casefold() not in particles]
    plain = unicodedata.normalize("NFKD", words[0].casefold()) if words else ""
    return "".join(char for char in plain if char.isalpha())


def _in_order(before: str, key: str, following: str) -> bool:
    return bool(key) and before <= key and (not following or key <= following)
