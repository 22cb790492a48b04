"""Words parted at line ends: is the hyphen the word's own? The text's own vocabulary decides."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
TAIL = re.compile(r"([^\W\d_]+)[-‐]$")
HEAD = re.compile(r"[^\W\d_]+")
REPEATED = re.compile(r"-[^\W\d_]")
HYPHENS = "-‐\xad"
DASHES = "–—"
SHORTEST = 3
LEAST_WHOLE = 8
LONGEST_WORD = 80


class Vocabulary:
    """The words of a text, those parted at line ends left out, and whether it parts words at all.

    They are counted when the first parted word asks for them.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines

    @cached_property
    def _counted(self) -> tuple[Counter[str], bool]:
        words: Counter[str] = Counter()
        parted: list[tuple[str, str]] = []
        before = ""
        for line in self._lines:
            found = WORD.findall(line.casefold())
            if before and found and line[:1].islower():
                parted.append((before, found[0]))
                found = found[1:]
            tail = TAIL.search(line[-LONGEST_WORD:].casefold())
            before = tail[1] if tail else ""
            if tail and found:
                found = found[:-1]
            words.update(found)
        # Parted words that stand whole elsewhere, less those that stand with their hyphen.
        votes = sum((one + other in words) - (f"{one}-{other}" in words) for one, other in parted)
        return words, votes > 0

    def join(self, lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
        """Lines as one string, and the offsets at which lines begin in it."""
        pieces, breaks = [lines[0]], []
        length = len(lines[0])
        for other in lines[1:]:
            cut, glue, skipped = self._seam(pieces[-1], other)
            if cut:
                pieces[-1] = pieces[-1][:-cut]
            pieces.append(glue + other[skipped:])
            length += len(pieces[-1]) - cut
            breaks.append(length - len(other) + skipped)
        return "".join(pieces), tuple(breaks)

    def joined(self, one: str, other: str) -> str:
        """Two lines as one: the hyphen between them dropped or kept, a space put where there is none."""
        return self.join([one, other])[0]

    def _seam(self, one: str, other: str) -> tuple[int, str, int]:
        """How many characters go from the end of `one`, what is put between, how many go from the start of `other`."""
        if one.endswith("\xad"):
            return 1, "", 0
        if one.endswith("-") and REPEATED.match(other):
            return 0, "", 1
        tail, head = TAIL.search(one[-LONGEST_WORD:]), HEAD.match(other[:LONGEST_WORD])
        if tail is None or head is None:
            dashed = one.endswith(tuple(HYPHENS + DASHES)) and not one[:-1].endswith(" ") and other[:1].isalnum()
            return 0, "" if dashed or _unspaced(one[-1], other[0]) else " ", 0
        parted = other[0].islower() and self._is_one_word(tail[1].casefold(), head.group().casefold())
        return int(parted), "", 0

    def _is_one_word(self, one: str, other: str) -> bool:
        words, parts_words = self._counted
        whole, hyphened = words[one + other], words[f"{one}-{other}"]
        if whole != hyphened:
            return whole > hyphened
        known = [part for part in (one, other) if len(part) >= SHORTEST and words[part]]
        return len(known) < 2 if parts_words else not known and len(one + other) >= LEAST_WHOLE


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
