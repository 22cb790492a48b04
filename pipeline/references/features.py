"""What the tagger sees of each token, as attribute strings.

Everything that depends on a token's text alone is made once a text and cached; what depends on the place
in the reference (brackets, quotes, segments, what came before and is to come) is a few short strings a token.
"""

import tomllib
from functools import cache
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
_EDITOR, _IN, _ACCESS = (1 << _CLASSES.index(name) for name in ("editor", "in", "access"))
_COUNTED = sum(1 << _CLASSES.index(name) for name in ("page", "volume", "issue"))
_ABBREVIATED = _EDITOR | _COUNTED
_IN_LEXICON = (1 << len(_CLASSES)) - 1
# Bits beside those of the lexicon.
_INITIAL, _CAPITALISED, _LOWER, _NUMBER, _YEAR, _ADDRESS = (1 << bit for bit in range(20, 26))
_OPENING = dict.fromkeys("([{", 1) | dict.fromkeys("“«„‘", 2)
_CLOSING = dict.fromkeys(")]}", 1) | dict.fromkeys("”»’", 2)
_STRONG = frozenset('()[]{}“”«»„"')
_WEAK = frozenset(",;:")
_STOP = frozenset(".?!。")


class _Word:
    """The attributes that come with a text wherever it stands, ready to be put together."""

    __slots__ = ("after", "after2", "before", "before2", "bits", "here", "key", "text")

    def __init__(self, text: str, table: dict[str, int]) -> None:
        self.text = text
        lower = text.lower()
        shape, bits = _shape(text, lower)
        bits |= table.get(lower, 0)
        self.bits = bits
        word = f"#{len(text)}" if text.isdigit() else lower[:24]
        if bits & _ADDRESS:
            word = shape
        classes = bits & _IN_LEXICON
        self.key = word if not text[0].isalnum() or (classes and len(text) < 5) else f"{shape}{classes or ''}"
        self.here = [f"w={word}", f"s={shape}", f"k={self.key}"]
        if shape[0] in "Xx" and len(text) > 1:
            self.here += [f"<{lower[:3]}", f">{lower[-3:]}", f">{lower[-4:]}"]
        elif bits & _NUMBER:
            self.here.append(f"n={text if len(text) < 3 else text[:2]}")
        if classes:
            self.here.append(f"l={classes}")
        self.before = [f"-w={word}", f"-k={self.key}"]
        self.after = [f"+w={word}", f"+k={self.key}"]
        self.before2 = [f"2-w={word}"]
        self.after2 = [f"2+w={word}"]


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
    found = _words.get(text)
    if found is None:
        if len(_words) > CACHE_LIMIT:
            _words.clear()
        found = _words[text] = _Word(text, lexicon())
    return found


class _Segment:
    """A run of tokens between boundaries and what it holds."""

    __slots__ = ("attributes", "bits", "first", "lower", "size", "start")

    def __init__(self, start: int, first: str) -> None:
        self.start = start
        self.first = first
        self.bits = 0
        self.size = 0
        self.lower = 0
        self.attributes: list[str] = []


_KINDS = sum(1 << _CLASSES.index(name) for name in ("publisher", "journal", "news", "thesis", "report", "place"))
_FORMS = _EDITOR | _COUNTED | _ACCESS | _INITIAL | _NUMBER | _YEAR | _ADDRESS | 1
_SEEN = _EDITOR | _IN | _COUNTED | _ACCESS | _YEAR | _ADDRESS
_QUOTE = 1 << 26


def _length(size: int) -> int:
    return size if size < 4 else 4 if size < 7 else 5 if size < 12 else 6


def _segments(words: list[_Word], starts: list[int], ends: list[int]) -> tuple[list[_Segment], list[int], list[int]]:
    """All segments, then for each token its strong one (sentence, bracket, quotation) and its weak one (comma)."""
    segments: list[_Segment] = []
    strong_of: list[int] = []
    weak_of: list[int] = []
    strong = weak = -1
    last = len(words) - 1
    previous = 0
    for i, word in enumerate(words):
        text = word.text
        if strong < 0:
            strong = len(segments)
            segments.append(_Segment(i, text))
        if weak < 0:
            weak = len(segments)
            segments.append(_Segment(i, text))
        strong_of.append(strong)
        weak_of.append(weak)
        for segment in (segments[strong], segments[weak]):
            segment.bits |= word.bits
            segment.size += 1
            segment.lower += 1 if word.bits & _LOWER else 0
        ends_here = text in _STRONG or (
            text in _STOP and not previous & (_INITIAL | _ABBREVIATED) and (i == last or starts[i + 1] > ends[i])
        )
        if ends_here:
            strong = weak = -1
        elif text in _WEAK:
            weak = -1
        previous = word.bits
    return segments, strong_of, weak_of


def _describe(segments: list[_Segment], chain: list[int], prefix: str, words: list[_Word]) -> None:
    """Fill the attributes of the segments that `chain` lists in order."""
    count = len(chain)
    for place, number in enumerate(chain):
        segment = segments[number]
        before = segments[chain[place - 1]] if place else None
        after = segments[chain[place + 1]] if place + 1 < count else None
        half = 2 if 2 * segment.lower > segment.size else 1 if segment.lower else 0
        kinds, forms = segment.bits & _KINDS, segment.bits & _FORMS
        boundary = words[segment.start - 1].key if segment.start else "^"
        segment.attributes = [
            f"{prefix}K{kinds}",
            f"{prefix}F{forms}|{_length(segment.size)}{half}",
            f"{prefix}B{boundary}|{segment.first[:12].lower() if segment.bits & _IN else ''}{_length(segment.size)}",
            f"{prefix}+{after.bits & _FORMS}|{after.bits & _KINDS}" if after else f"{prefix}+$",
            f"{prefix}-{before.bits & _FORMS}" if before else f"{prefix}-^",
            f"{prefix}N{min(place, 7)}|{min(count - place, 4)}",
        ]


def _style(words: list[_Word], total: int) -> str:
    """How the reference is set: where its year stands, whether it quotes, how its names begin."""
    year = "0"
    quotes = 0
    for i, word in enumerate(words):
        if year == "0" and word.bits & _YEAR:
            place = "e" if i < 12 or 3 * i < total else "l"
            year = place + ("(" if words[i - 1].text in "([" else "")
        quotes |= _OPENING.get(word.text, 0) & 2 or word.text == '"'
    head = "".join("X" if w.bits & _INITIAL else w.text if w.text in ".,;&" else "w" for w in words[:4])
    capitals = sum(1 for w in words[:8] if len(w.text) > 2 and w.text.isupper())
    return f"{year}{int(bool(quotes))}{head}{'C' if capitals > 1 else ''}"


def features(text: str) -> tuple[list[list[str]], list[int], list[int]]:
    """The attributes of each token of `text`, the tokens' starts and their ends."""
    texts, starts, ends = tokenize(text)
    words = [_word(token) for token in texts]
    total = len(words)
    segments, strong_of, weak_of = _segments(words, starts, ends)
    strong_chain = list(dict.fromkeys(strong_of))
    _describe(segments, strong_chain, "S", words)
    _describe(segments, list(dict.fromkeys(weak_of)), "W", words)
    rank = {number: min(place, 5) for place, number in enumerate(strong_chain)}
    style = _style(words, total)

    ahead = [0] * (total + 1)
    for i in range(total - 1, -1, -1):
        ahead[i] = ahead[i + 1] | words[i].bits
        if words[i].text in _OPENING and _OPENING[words[i].text] == 2 or words[i].text == '"':
            ahead[i] |= _QUOTE

    items: list[list[str]] = []
    seen = bracket = quoted = 0
    for i, word in enumerate(words):
        token = word.text
        one = words[i - 1] if i else _EDGE
        two = words[i - 2] if i > 1 else _EDGE
        next1 = words[i + 1] if i + 1 < total else _EDGE
        next2 = words[i + 2] if i + 2 < total else _EDGE
        if token in _OPENING:
            if _OPENING[token] == 1:
                bracket = 1
            else:
                quoted = 1
        strong = segments[strong_of[i]]
        key, key1, key2 = word.key, one.key, two.key
        glued = "" if i and starts[i] > ends[i - 1] else "~"
        items.append(
            word.here + one.before + next1.after + two.before2 + next2.after2
            + strong.attributes + segments[weak_of[i]].attributes
            + [
                f"{key1}{glued}|{key}", f"{key}|{next1.key}", f"{key2}|{key1}|{key}", f"{key}|{next1.key}|{next2.key}",
                f"b{bracket}{quoted}{min(i - strong.start, 3)}", f"<<{seen & _SEEN}{seen & _QUOTE and 'q'}{bracket}",
                f">>{ahead[i + 1] & (_SEEN | _QUOTE)}", f"@{10 * i // total}{min(i, 2)}",
                f"y{style}", f"r{style[:2]}{rank[strong_of[i]]}",
            ]
        )  # fmt: skip
        if token in _CLOSING:
            if _CLOSING[token] == 1:
                bracket = 0
            else:
                quoted, seen = 0, seen | _QUOTE
        elif token == '"':
            quoted, seen = 1 - quoted, seen | (_QUOTE if quoted else 0)
        seen |= word.bits
    return items, starts, ends


_EDGE = _Word("\n", {})
