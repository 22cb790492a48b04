"""What the tagger sees of each token, as attribute strings.

Everything that depends on a token's text alone is made once a text and cached; what depends on the place
in the reference (brackets, quotes, segments, what came before and is to come) is a few short strings a token.
"""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from operator import add, ne

from pipeline.references.tokens import STOPS, tokenize

CACHE_LIMIT = 200_000


@cache
def lexicon() -> dict[str, int]:
    """Word (lower case) to the bits of its classes, numbered as in `_CLASSES`."""
    tables: dict[str, str] = tomllib.loads((files(__package__) / "data" / "lexicon.toml").read_text("utf-8"))
    words: dict[str, int] = {}
    for name, listed in tables.items():
        for word in listed.split():
            words[word] = words.get(word, 0) | 1 << _CLASSES.index(name)
    return words


_CLASSES = (
    "month", "editor", "translator", "edition", "page", "volume", "issue", "in", "publisher", "journal",
    "news", "access", "thesis", "report", "date", "etal", "and", "place",
)  # fmt: skip
_MONTH, _EDITOR, _IN, _ACCESS = (1 << _CLASSES.index(name) for name in ("month", "editor", "in", "access"))
_COUNTED = sum(1 << _CLASSES.index(name) for name in ("page", "volume", "issue"))
_ABBREVIATED = _EDITOR | _COUNTED
_IN_LEXICON = (1 << len(_CLASSES)) - 1
# Bits beside those of the lexicon.
_INITIAL, _CAPITALISED, _LOWER, _NUMBER, _YEAR, _ADDRESS = (1 << bit for bit in range(20, 26))
_QUOTE = 1 << 26
_KINDS = sum(1 << _CLASSES.index(name) for name in ("publisher", "journal", "news", "thesis", "report", "place"))
_FORMS = _EDITOR | _COUNTED | _ACCESS | _INITIAL | _NUMBER | _YEAR | _ADDRESS | 1
_SEEN = _MONTH | _EDITOR | _IN | _COUNTED | _ACCESS | _YEAR | _ADDRESS

# What a mark does to brackets and quotations, and which segment it ends.
_OPENS_BRACKET, _CLOSES_BRACKET, _OPENS_QUOTE, _CLOSES_QUOTE, _TURNS_QUOTE = range(1, 6)
_MARKS = (
    dict.fromkeys("([{（［【", _OPENS_BRACKET)
    | dict.fromkeys(")]}）］】", _CLOSES_BRACKET)
    | dict.fromkeys("“«„‘「『《〈", _OPENS_QUOTE)
    | dict.fromkeys("”»’」』》〉", _CLOSES_QUOTE)
    | {'"': _TURNS_QUOTE}
)
_WEAK, _STOP, _STRONG = range(1, 4)
_ENDS = (
    dict.fromkeys(",;:，、；：", _WEAK)
    | dict.fromkeys(".?!．？！", _STOP)
    | dict.fromkeys('()[]{}“”«»„"（）［］【】「」『』《》〈〉。', _STRONG)
)


class _Word:
    """The attributes that come with a token wherever it stands, ready to be put together."""

    __slots__ = (
        "after", "before", "bits", "ends", "head", "here", "is_loud", "key", "key_", "mark", "text", "told"
    )  # fmt: skip

    def __init__(self, token: str, table: dict[str, int]) -> None:
        token = token if token.isascii() else token.encode("utf-8", "replace").decode()
        text = token.rstrip(STOPS) or token[0]
        self.text = text
        stops = token[len(text) :]
        self.mark = _MARKS.get(text, 0)
        self.ends = max(_ENDS.get(text, 0), _ENDS.get(stops[-1:], 0))
        lower = text.lower()
        shape, bits = _shape(text, lower)
        bits |= table.get(lower, 0)
        self.bits = bits
        self.told = bits & _SEEN | (_QUOTE if self.mark in (_OPENS_QUOTE, _TURNS_QUOTE) else 0)
        self.head = ("X" if bits & _INITIAL else "&" if text == "&" else "w") + stops
        self.is_loud = len(text) > 2 and text.isupper()
        word = shape if bits & _ADDRESS else f"#{len(text)}" if text.isdigit() else lower[:24]
        classes = bits & _IN_LEXICON
        key = word if not text[0].isalnum() or (classes and len(text) < 5) else f"{shape}{classes or ''}"
        self.key = f"{key}{stops}".encode()
        self.key_ = self.key + b"|"
        this = f"w={word}".encode()
        self.before, self.after = b"-" + this, b"+" + this
        here = [f"s={shape}{stops}"] if word != shape else []
        if shape[0] in "Xx" and len(text) > 1:
            here += [f"<{lower[:3]}", f">{lower[-3:]}"]
        elif bits & _NUMBER:
            here.append(f"n={text if len(text) < 3 else text[:2]}")
        if classes:
            here.append(f"l={classes}")
        self.here = (this, *map(str.encode, here))


def _shape(text: str, lower: str) -> tuple[str, int]:
    first = text[0]
    if text.isdigit():
        if len(text) == 4 and "1400" <= text <= "2049":
            return "year", _NUMBER | _YEAR
        return f"d{min(len(text), 6)}", _NUMBER
    if lower.startswith(("http", "www.", "ftp:")) and len(text) > 5:
        return ("resolver" if lower.endswith("/") and "doi" in lower else "url"), _ADDRESS
    if text.startswith("10.") and len(text) > 5:
        return "doi", _ADDRESS
    if not first.isalpha():
        return (first if len(text) == 1 else first * 2), 0
    if lower == text and first.upper() == first:
        return ("han" if "\u2e80" <= first <= "\u9fff" else "hangul" if first >= "\uac00" else "script"), _CAPITALISED
    if len(text) == 1:
        return ("X", _INITIAL | _CAPITALISED) if lower != text else ("x", _LOWER)
    if lower == text:
        return "xx", _LOWER
    if text.isupper():
        return (f"XX{min(len(text), 4)}" if "-" not in text else "X-X"), _CAPITALISED
    if first != lower[0]:
        return (
            "Xx-Xx" if "-" in text or "'" in text or "’" in text else "Xx" if text[1:] == lower[1:] else "XxX"
        ), _CAPITALISED
    return "xX", _LOWER


class _Words(dict[str, _Word]):
    """Token to word; a word that is not there is made."""

    def __missing__(self, token: str) -> _Word:
        if len(self) > CACHE_LIMIT:
            self.clear()
        word = self[token] = _Word(token, lexicon())
        return word


_words = _Words()


class _Segment:
    """A run of tokens between boundaries and what it holds; a weak one is in a strong one."""

    __slots__ = ("attributes", "bits", "first", "lower", "size", "start", "strong")

    def __init__(self, start: int, first: str, strong: "_Segment | None" = None) -> None:
        self.start = start
        self.first = first
        self.strong = strong or self
        self.bits = 0
        self.size = 0
        self.lower = 0
        self.attributes: tuple[bytes, ...] = ()


_LENGTHS = (0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5)


def _segments(words: list[_Word], parted: list[bool]) -> tuple[list[_Segment], list[_Segment]]:
    """The strong segments (sentence, bracket, quotation) and the weak ones (comma) of a reference, in order."""
    strongs: list[_Segment] = []
    weaks: list[_Segment] = []
    start = bits = lower = 0
    strong: _Segment | None = None
    last = len(words) - 1
    for i, word in enumerate(words):
        now = word.bits
        bits |= now
        if now & _LOWER:
            lower += 1
        kind = word.ends
        if kind == _STOP and not now & (_INITIAL | _ABBREVIATED) and (i == last or parted[i + 1]):
            kind = _STRONG
        if kind in (0, _STOP) and i != last:
            continue
        first = words[start].text
        if strong is None:
            strong = _Segment(start, first)
            strongs.append(strong)
        weak = _Segment(start, first, strong)
        weaks.append(weak)
        weak.bits, weak.size, weak.lower = bits, i + 1 - start, lower
        strong.bits |= bits
        strong.size += weak.size
        strong.lower += lower
        start, bits, lower = i + 1, 0, 0
        if kind == _STRONG:
            strong = None
    return strongs, weaks


def _describe(strongs: list[_Segment], weaks: list[_Segment], words: list[_Word], sort: str) -> None:
    """Fill the attributes of segments: what each holds, what comes after it, and of a strong one where it stands."""
    for place, weak in enumerate(weaks):
        following = weaks[place + 1].bits if place + 1 < len(weaks) else -1
        weak.attributes = _held("W", weak.bits, following, _LENGTHS[weak.size] if weak.size < 12 else 6, _half(weak))
    count = len(strongs)
    for place, strong in enumerate(strongs):
        following = strongs[place + 1].bits if place + 1 < count else -1
        length = _LENGTHS[strong.size] if strong.size < 12 else 6
        boundary = words[strong.start - 1].key_ if strong.start else b"^|"
        opening = strong.first[:12].lower() if strong.bits & _IN else ""
        left = count - place
        strong.attributes = (
            *_held("S", strong.bits, following, length, _half(strong)),
            b"SB" + boundary + f"{opening}{length}".encode(),
            f"SN{place if place < 7 else 7}|{left if left < 4 else 4}{sort}".encode(),
        )


def _half(segment: _Segment) -> int:
    """2 where most tokens are words in lower case, 1 where some are."""
    return 2 if 2 * segment.lower > segment.size else 1 if segment.lower else 0


@lru_cache(CACHE_LIMIT)
def _held(prefix: str, bits: int, following: int, length: int, half: int) -> tuple[bytes, ...]:
    after = "$" if following < 0 else f"{following & _FORMS}|{following & _KINDS}"
    return (
        f"{prefix}F{bits & _FORMS}|{length}{half}".encode(),
        f"{prefix}+{after}".encode(),
    )


def _style(words: list[_Word], quotes: bool) -> tuple[str, bytes]:
    """How the reference is set: where its year stands, in brackets or beside a month, whether it quotes; and that
    with how its names begin.
    """
    year = "0"
    place = next((i for i, word in enumerate(words) if word.bits & _YEAR), -1)
    if place >= 0:
        year = "e" if place < 12 or 3 * place < len(words) else "l"
        year += "(" if words[place - 1].text in "([" else ""
        year += "m" if any(near.bits & _MONTH for near in words[max(place - 2, 0) : place + 3]) else ""
    head = "".join([word.head for word in words[:3]])
    loud = sum([word.is_loud for word in words[:8]])
    sort = f"{year}{1 if quotes else 0}"
    return sort, f"y{sort}{head}{'C' if loud > 1 else ''}".encode()


# By bracket and quotation, depth in the segment, tenth of the reference, and whether it is its first or second token.
_PLACES = [
    [f"b{b}{q}{d}@{tenth}{i}".encode() for d in range(4) for tenth in range(10) for i in range(3)]
    for b in (0, 1)
    for q in (0, 1)
]
_DEPTHS = (0, 30, 60)


@lru_cache(1_000)
def _tenths(total: int) -> list[int]:
    """Where each of `total` tokens stands, as it is counted in `_PLACES`."""
    return [10 * i // total * 3 + min(i, 2) for i in range(total)]


def features(text: str) -> tuple[list[list[bytes]], list[int], list[int]]:
    """The attributes of each token of `text`, the tokens' starts and their ends without their stops.

    What is said of the whole and of a strong segment stands at the first tokens of weak segments only: the chain
    carries it on.
    """
    texts, starts, ends = tokenize(text)
    words = [_words[token] for token in texts]
    ahead, coming = _ahead(words)
    sort, whole = _style(words, bool(ahead & _QUOTE))
    parted = [True, *map(ne, map(add, starts, map(len, texts)), starts[1:])]
    strongs, weaks = _segments(words, parted)
    _describe(strongs, weaks, words, sort)
    items = _items(words, parted, coming, strongs, weaks)
    for weak in weaks:
        items[weak.start] += (*weak.strong.attributes, whole)
    return items, starts, ends


def _items(
    words: list[_Word], parted: list[bool], coming: list[bytes], strongs: list[_Segment], weaks: list[_Segment]
) -> list[list[bytes]]:
    """For each token what it is, its neighbours, its place, its weak segment, and what has passed and is coming.

    `parted` says of each token whether a space is before it.
    """
    around = [_EDGE, *words, _EDGE]
    pairs = [one.key_ + two.key for one, two in pairwise(around)]
    threes = [one.key_ + pair for one, pair in zip(around, pairs[1:], strict=False)]
    befores = [pair if space else b"~" + pair for pair, space in zip(pairs, parted, strict=False)]
    held = [weak.attributes for weak in weaks for _ in range(weak.size)]
    depths = [_DEPTHS[d] if d < 3 else 90 for strong in strongs for d in range(strong.size)]
    rows, passed = _passing(words)
    columns = (
        around, words, around[2:], befores, pairs[1:], threes, held, _tenths(len(words)), depths, rows, passed, coming
    )  # fmt: skip
    return [
        [
            *word.here, one.before, other.after, before, after, three, *inside, row[tenth + depth], seen, to_come
        ]
        for one, word, other, before, after, three, inside, tenth, depth, row, seen, to_come
        in zip(*columns, strict=False)
    ]  # fmt: skip


def _passing(words: list[_Word]) -> tuple[list[list[bytes]], list[bytes]]:
    """For each token the row of `_PLACES` of the brackets and quotations around it, and what has passed before it."""
    rows: list[list[bytes]] = []
    passed: list[bytes] = []
    seen = bracket = quoted = 0
    row, before = _PLACES[0], _passed(0, 0)
    for word in words:
        mark = word.mark
        if mark in (_OPENS_BRACKET, _OPENS_QUOTE):
            bracket, quoted = (1, quoted) if mark == _OPENS_BRACKET else (bracket, 1)
            row, before = _PLACES[2 * bracket + quoted], _passed(seen, bracket)
        rows.append(row)
        passed.append(before)
        if mark > _OPENS_BRACKET or word.told:
            if mark == _CLOSES_BRACKET:
                bracket = 0
            elif mark == _CLOSES_QUOTE:
                quoted, seen = 0, seen | _QUOTE
            elif mark == _TURNS_QUOTE:
                quoted, seen = 1 - quoted, seen | (_QUOTE if quoted else 0)
            seen |= word.bits & _SEEN
            row, before = _PLACES[2 * bracket + quoted], _passed(seen, bracket)
    return rows, passed


@lru_cache(CACHE_LIMIT)
def _passed(seen: int, bracket: int) -> bytes:
    return f"<<{seen}{bracket}".encode()


def _ahead(words: list[_Word]) -> tuple[int, list[bytes]]:
    """What the reference holds, and for each token what is still to come after it."""
    coming: list[bytes] = []
    bits, after = 0, _coming(0)
    for word in reversed(words):
        coming.append(after)
        if word.told & ~bits:
            bits |= word.told
            after = _coming(bits)
    coming.reverse()
    return bits, coming


@lru_cache(CACHE_LIMIT)
def _coming(ahead: int) -> bytes:
    return f">>{ahead}".encode()


_EDGE = _Word("\n", {})
