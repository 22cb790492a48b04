"""What the tagger sees of each token, as attribute strings.

Everything that depends on a token's text alone is made once a text and cached; what depends on the place
in the reference (brackets, quotes, segments, what came before and is to come) is a few short strings a token.
"""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.references.tokens import tokenize

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
    dict.fromkeys("([{", _OPENS_BRACKET)
    | dict.fromkeys(")]}", _CLOSES_BRACKET)
    | dict.fromkeys("“«„‘", _OPENS_QUOTE)
    | dict.fromkeys("”»’", _CLOSES_QUOTE)
    | {'"': _TURNS_QUOTE}
)
_WEAK, _STOP, _STRONG = range(1, 4)
_ENDS = dict.fromkeys(",;:", _WEAK) | dict.fromkeys(".?!。", _STOP) | dict.fromkeys('()[]{}“”«»„"', _STRONG)


class _Word:
    """The attributes that come with a text wherever it stands, ready to be put together."""

    __slots__ = ("after", "after2", "before", "before2", "bits", "ends", "here", "key", "mark", "text")

    def __init__(self, text: str, table: dict[str, int]) -> None:
        text = text if text.isascii() else text.encode("utf-8", "replace").decode()
        self.text = text
        self.mark = _MARKS.get(text, 0)
        self.ends = _ENDS.get(text, 0)
        lower = text.lower()
        shape, bits = _shape(text, lower)
        bits |= table.get(lower, 0)
        self.bits = bits
        word = shape if bits & _ADDRESS else f"#{len(text)}" if text.isdigit() else lower[:24]
        classes = bits & _IN_LEXICON
        self.key = word if not text[0].isalnum() or (classes and len(text) < 5) else f"{shape}{classes or ''}"
        this = f"w={word}".encode()
        self.before, self.after, self.before2, self.after2 = b"-" + this, b"+" + this, b"2-" + this, b"2+" + this
        here = [f"s={shape}"]
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


_words: dict[str, _Word] = {}


def _word(text: str) -> _Word:
    """The word of a text that is not in the cache, put there."""
    if len(_words) > CACHE_LIMIT:
        _words.clear()
    found = _words[text] = _Word(text, lexicon())
    return found


class _Segment:
    """A run of tokens between boundaries and what it holds; `place` counts the segments before it."""

    __slots__ = ("attributes", "bits", "first", "lower", "place", "size", "start")

    def __init__(self, start: int, first: str, place: int) -> None:
        self.start = start
        self.first = first
        self.place = place
        self.bits = 0
        self.size = 0
        self.lower = 0
        self.attributes: tuple[bytes, ...] = ()


_LENGTHS = (0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5)


def _segments(words: list[_Word], starts: list[int], ends: list[int]) -> tuple[list[_Segment], list[_Segment]]:
    """For each token its strong segment (sentence, bracket, quotation) and its weak one (comma)."""
    strong_of: list[_Segment] = []
    weak_of: list[_Segment] = []
    strongs = weaks = previous = start = 0
    strong: _Segment | None = None
    bits = lower = 0
    last = len(words) - 1
    for i, word in enumerate(words):
        bits |= word.bits
        if word.bits & _LOWER:
            lower += 1
        kind = word.ends
        if kind == _STOP and not previous & (_INITIAL | _ABBREVIATED) and (i == last or starts[i + 1] > ends[i]):
            kind = _STRONG
        previous = word.bits
        if kind in (0, _STOP) and i != last:
            continue
        weak = _Segment(start, words[start].text, weaks)
        strong = strong or _Segment(start, weak.first, strongs)
        size = i + 1 - start
        weak.bits, weak.size, weak.lower = bits, size, lower
        strong.bits |= bits
        strong.size += size
        strong.lower += lower
        weak_of += [weak] * size
        strong_of += [strong] * size
        weaks += 1
        start, bits, lower = i + 1, 0, 0
        if kind == _STRONG:
            strongs += 1
            strong = None
    return strong_of, weak_of


def _describe(strongs: list[_Segment], weaks: list[_Segment], words: list[_Word], sort: str) -> None:
    """Fill the attributes of segments: what each holds, what comes after it, and of a strong one where it stands."""
    for place, weak in enumerate(weaks):
        following = weaks[place + 1].bits if place + 1 < len(weaks) else -1
        weak.attributes = _held("W", weak.bits, following, _LENGTHS[weak.size] if weak.size < 12 else 6, _half(weak))
    count = len(strongs)
    for place, strong in enumerate(strongs):
        following = strongs[place + 1].bits if place + 1 < count else -1
        length = _LENGTHS[strong.size] if strong.size < 12 else 6
        boundary = words[strong.start - 1].key if strong.start else "^"
        opening = strong.first[:12].lower() if strong.bits & _IN else ""
        left = count - place
        strong.attributes = (
            *_held("S", strong.bits, following, length, _half(strong)),
            f"SB{boundary}|{opening}{length}".encode(),
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


def _style(words: list[_Word], quotes: bool) -> tuple[str, str]:
    """How the reference is set: where its year stands, in brackets or beside a month, whether it quotes; and that
    with how its names begin.
    """
    year = "0"
    place = next((i for i, word in enumerate(words) if word.bits & _YEAR), -1)
    if place >= 0:
        year = "e" if place < 12 or 3 * place < len(words) else "l"
        year += "(" if words[place - 1].text in "([" else ""
        year += "m" if any(near.bits & _MONTH for near in words[max(place - 2, 0) : place + 3]) else ""
    head = "".join("X" if w.bits & _INITIAL else w.text if w.text in ".,;&" else "w" for w in words[:4])
    capitals = sum(1 for w in words[:8] if len(w.text) > 2 and w.text.isupper())
    sort = f"{year}{1 if quotes else 0}"
    return sort, f"y{sort}{head}{'C' if capitals > 1 else ''}"


# By bracket, quotation, depth in the segment, tenth of the reference, and whether it is its first or second token.
_PLACES = [
    [[[[f"b{b}{q}{d}@{tenth}{i}".encode() for i in range(3)] for tenth in range(10)] for d in range(4)] for q in (0, 1)]
    for b in (0, 1)
]


def features(text: str) -> tuple[list[list[bytes]], list[int], list[int]]:
    """The attributes of each token of `text`, the tokens' starts and their ends."""
    texts, starts, ends = tokenize(text)
    words = [_words.get(token) or _word(token) for token in texts]
    total = len(words)
    ahead = _ahead(words)
    sort, style = _style(words, bool(ahead[0] & _QUOTE))
    strong_of, weak_of = _segments(words, starts, ends)
    strongs, weaks = list(dict.fromkeys(strong_of)), list(dict.fromkeys(weak_of))
    _describe(strongs, weaks, words, sort)
    whole = style.encode()
    for weak in weaks:
        weak.attributes = (*strong_of[weak.start].attributes, *weak.attributes)
    items: list[list[bytes]] = []
    seen = bracket = quoted = 0
    two = one = _EDGE
    pair, left, next_left, glued_to = b"", f"{_EDGE.key}|".encode(), b"", -1
    for i, (word, next1, next2) in enumerate(zip(words, [*words[1:], _EDGE], [*words[2:], _EDGE, _EDGE], strict=False)):
        mark, key = word.mark, word.key
        if mark == _OPENS_BRACKET:
            bracket = 1
        elif mark == _OPENS_QUOTE:
            quoted = 1
        joined, before_pair = f"{key}|{next1.key}", pair
        pair, right = joined.encode(), f"{joined}|{next2.key}".encode()
        if i == 0:
            next_left = left + pair
        depth = i - strong_of[i].start
        items.append([
            *word.here, one.before, next1.after, two.before2, next2.after2, *weak_of[i].attributes,
            before_pair if starts[i] > glued_to and i else f"{one.key}~|{key}".encode(), pair, left, right,
            _PLACES[bracket][quoted][depth if depth < 3 else 3][10 * i // total][i if i < 2 else 2],
            _passed(seen, bracket), _coming(ahead[i + 1]), whole,
        ])  # fmt: skip
        if mark > _OPENS_BRACKET:
            if mark == _CLOSES_BRACKET:
                bracket = 0
            elif mark == _CLOSES_QUOTE:
                quoted, seen = 0, seen | _QUOTE
            elif mark == _TURNS_QUOTE:
                quoted, seen = 1 - quoted, seen | (_QUOTE if quoted else 0)
        seen |= word.bits & _SEEN
        left, next_left = next_left, right
        glued_to, two, one = ends[i], one, word
    return items, starts, ends


@lru_cache(CACHE_LIMIT)
def _passed(seen: int, bracket: int) -> bytes:
    return f"<<{seen}{bracket}".encode()


@lru_cache(CACHE_LIMIT)
def _coming(ahead: int) -> bytes:
    return f">>{ahead}".encode()


def _ahead(words: list[_Word]) -> list[int]:
    """For each token, and for the end, what is still to come."""
    ahead = [0] * (len(words) + 1)
    bits = 0
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        bits |= word.bits & _SEEN
        if word.mark in (_OPENS_QUOTE, _TURNS_QUOTE):
            bits |= _QUOTE
        ahead[i] = bits
    return ahead


_EDGE = _Word("\n", {})
