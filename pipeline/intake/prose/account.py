"""Which words of a source pandoc did not give."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.words import UNSPACED, words

SHORTEST, SHORTEST_NUMBER = 2, 3


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of one line of a source that are nowhere in what was read."""

    line: int
    words: tuple[str, ...]


def unread(prose: str, read: str) -> list[Dropped]:
    """The words of `prose` that stand there more often than in `read`, at the lines that hold most of them.

    A word that is joined with others in `read`, or parted, counts as read; letters and short numbers do not count.
    """
    given = Counter(word for word in words(prose) if _counts(word))
    missing = given - Counter(words(read))
    if not missing:
        return []
    surplus = Counter(words(read)) - Counter(words(prose))
    joined = "\0".join(surplus)
    for word in [word for word in missing if word in joined or _is_parted(word, surplus)]:
        del missing[word]
    return list(_placed(prose, missing))


def _counts(word: str) -> bool:
    if word.isdecimal():
        return len(word) >= SHORTEST_NUMBER
    return len(word) >= SHORTEST or "\u0e00" <= word <= UNSPACED[-1]


def _is_parted(word: str, surplus: Collection[str]) -> bool:
    return any(word[:end] in surplus and word[end:] in surplus for end in range(1, len(word)))


def _placed(prose: str, missing: Counter[str]) -> Iterator[Dropped]:
    lines = [words(line) for line in prose.split("\n")]
    share = {
        number: sum(word in missing for word in line) / len(line) for number, line in enumerate(lines, 1) if line
    }  # fmt: skip
    left, found = Counter(missing), {}
    for number in sorted((number for number in share if share[number]), key=lambda one: (-share[one], one)):
        taken = []
        for word in lines[number - 1]:
            if left[word] > 0:
                left[word] -= 1
                taken.append(word)
        if taken:
            found[number] = Dropped(number, tuple(taken))
    yield from (found[number] for number in sorted(found))
