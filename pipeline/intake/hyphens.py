"""Words parted at line ends: is the hyphen the word's own? The text's own vocabulary decides."""

import re
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
TAIL = re.compile(r"([^\W\d_]+)[-‐]$")
HEAD = re.compile(r"[^\W\d_]+")
REPEATED = re.compile(r"-[^\W\d_]")
HYPHENS = "-‐\xad"
DASHES = "–—"
SHORTEST = 3


class Vocabulary:
    """The words of a text, those parted at line ends left out, and whether it parts words at all."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        parted: list[tuple[str, str]] = []
        before = ""
        for line in lines:
            found = WORD.findall(line.casefold())
            if before and found and line[:1].islower():
                parted.append((before, found[0]))
                found = found[1:]
            tail = TAIL.search(line.casefold())
            before = tail[1] if tail else ""
            if tail and found:
                found = found[:-1]
            self.words.update(found)
        self.parts_words = self._votes(parted) > 0

    def _votes(self, parted: Iterable[tuple[str, str]]) -> int:
        """Parted words that stand whole elsewhere, less those that stand with their hyphen."""
        return sum((one + other in self.words) - (f"{one}-{other}" in self.words) for one, other in parted)

    def joined(self, one: str, other: str) -> str:
        """Two lines as one: the hyphen between them dropped or kept, a space put where there is none."""
        if one.endswith("\xad"):
            return one.rstrip("\xad") + other
        if one.endswith("-") and REPEATED.match(other):
            return one + other[1:]
        tail, head = TAIL.search(one), HEAD.match(other)
        if tail is None or head is None:
            glue = (
                ""
                if one.endswith(tuple(HYPHENS + DASHES)) and not one[:-1].endswith(" ") and other[:1].isalnum()
                else " "
            )
            return one + ("" if _unspaced(one[-1], other[0]) else glue) + other
        if other[0].islower() and self._is_one_word(tail[1].casefold(), head.group().casefold()):
            return one[:-1] + other
        return one + other

    def _is_one_word(self, one: str, other: str) -> bool:
        whole, hyphened = self.words[one + other], self.words[f"{one}-{other}"]
        if whole != hyphened:
            return whole > hyphened
        both_are_words = len(one) >= SHORTEST and len(other) >= SHORTEST and self.words[one] and self.words[other]
        return self.parts_words and not both_are_words


def _unspaced(one: str, other: str) -> bool:
    """Chinese and Japanese have no spaces between words."""
    return _is_unspaced(one) and _is_unspaced(other)


def _is_unspaced(char: str) -> bool:
    return (
        "\u3000" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uffef"
    )
