"""Words, as the pipeline counts them when it says that none was lost.

A word is a run of letters or of digits; a capital after a small letter starts a new one, so that
`contentSkip` or `Smith1` count alike before and after they are parted; leading zeros do not count.
Ideographs and syllables of scripts written without spaces count one by one. Compatibility forms are
folded (Unicode NFKC); each mathematical letter, such as the symbols of a product, counts by itself.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
RUN = re.compile(rf"[{UNSPACED}]|\d+|[^\W\d_{UNSPACED}]+")
LOWER = "".join(char for char in map(chr, range(ord("a"), ord("\u0530"))) if char.islower())
SYMBOL = re.compile("[\U0001d400-\U0001d7cb]")
SEAM = re.compile(rf"(?<=[{LOWER}])(?=[A-Z])")
SHORT = 30
ASCII_RUN, ASCII_SEAM = re.compile(r"\d+|[a-z]+"), re.compile(r"(?<=[a-z])(?=[A-Z])")


def words(text: str) -> tuple[str, ...]:
    """The words of `text` in order, case-folded."""
    if len(text) < SHORT:
        return _of_token(text)
    tokens = text.split()
    return tuple([word for token in tokens for word in (_of_token if len(token) < SHORT else _found)(token)])


def count(*texts: str) -> Counter[str]:
    """How often each word stands in `texts`."""
    counts: dict[str, int] = {}
    for token, times in Counter(chain.from_iterable(map(str.split, texts))).items():
        for word in (_of_token if len(token) < SHORT else _found)(token):
            counts[word] = counts.get(word, 0) + times
    return Counter(counts)


def _found(text: str) -> tuple[str, ...]:
    if text.isascii():
        found: list[str] = ASCII_RUN.findall(ASCII_SEAM.sub(" ", text).lower())
    else:
        text = SYMBOL.sub(r" \g<0> ", text)
        found = RUN.findall(SEAM.sub(" ", unicodedata.normalize("NFKC", text)).casefold())
    return tuple([word.lstrip("0") or "0" if word[0] == "0" else word for word in found])


_of_token = lru_cache(20_000)(_found)  # the same words are asked for again and again, from page to page


def rest(text: str, taken: Iterable[str]) -> str:
    """What is left of `text` when the words of the `taken` strings, each once, are struck out."""
    counts = count(*taken)
    kept = []
    for token in text.split():
        own = words(token)
        if own and all(counts[word] >= own.count(word) for word in own):
            counts.subtract(own)
        else:
            kept.append(token)
    left = " ".join(kept)
    return left if words(left) else ""
