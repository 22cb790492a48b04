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
_MONTH, _EDITOR, _IN, _ACCESS = (1 << _CLASSES.index(name) for name in ("month", "editor", "in", "access"))
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
        text = text.encode("utf-8", "replace").decode()
        self.text = text
        lower = text.lower()
        shape, bits = _shape(text, lower)
        bits |= table.get(lower, 0)
        self.bits = bits
        word = shape if bits & _ADDRESS else f"#{len(text)}" if text.isdigit() else lower[:24]
        classes = bits & _IN_LEXICON
        self.key = word if not text[0].isalnum() or (classes and len(text) < 5) else f"{shape}{classes or ''}"
        here = [f"w={word}", f"s={shape}"]
        if shape[0] in "Xx" and len(text) > 1:
            here += [f"<{lower[:3]}", f">{lower[-3:]}", f">{lower[-4:]}"]
        elif bits & _NUMBER:
            here.append(f"n={text if len(text) < 3 else text[:2]}")
        if classes:
            here.append(f"l={classes}")
        self.here = _encoded(here)
        self.before = _encoded([f"-w={word}"])
        self.after = _encoded([f"+w={word}"])
        self.before2 = _encoded([f"2-w={word}"])
        self.after2 = _encoded([f"2+w={word}"])


def _encoded(attributes: list[str]) -> list[bytes]:
    """As the CRF takes them, once for all."""
    return [attribute.encode() for attribute in attributes]


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
    """A run of tokens between boundaries and what it holds; `place` counts the segments before it."""

    __slots__ = ("attributes", "bits", "first", "lower", "place", "size", "start")

    def __init__(self, start: int, first: str, place: int) -> None:
        self.start = start
        self.first = first
        self.place = place
        self.bits = 0
        self.size = 0
        self.lower = 0
        self.attributes: list[bytes] = []


_KINDS = sum(1 << _CLASSES.index(name) for name in ("publisher", "journal", "news", "thesis", "report", "place"))
_FORMS = _EDITOR | _COUNTED | _ACCESS | _INITIAL | _NUMBER | _YEAR | _ADDRESS | 1
_SEEN = _MONTH | _EDITOR | _IN | _COUNTED | _ACCESS | _YEAR | _ADDRESS
_QUOTE = 1 << 26


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
        text = word.text
        bits |= word.bits
        if word.bits & _LOWER:
            lower += 1
        ended = text in _STRONG or (
            text in _STOP and not previous & (_INITIAL | _ABBREVIATED) and (i == last or starts[i + 1] > ends[i])
        )
        previous = word.bits
        if not (ended or text in _WEAK or i == last):
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
        if ended:
            strongs += 1
            strong = None
    return strong_of, weak_of


def _describe(chain: list[_Segment], prefix: str, words: list[_Word]) -> None:
    """Fill the attributes of segments that follow each other: what each holds, and what comes after it."""
    for place, segment in enumerate(chain):
        half = 2 if 2 * segment.lower > segment.size else 1 if segment.lower else 0
        length = _LENGTHS[segment.size] if segment.size < 12 else 6
        after = chain[place + 1].bits if place + 1 < len(chain) else None
        following = "$" if after is None else f"{after & _FORMS}|{after & _KINDS}"
        segment.attributes = _encoded(
            [
                f"{prefix}K{segment.bits & _KINDS}",
                f"{prefix}F{segment.bits & _FORMS}|{length}{half}",
                f"{prefix}+{following}",
            ]
        )
        if prefix == "S":
            segment.attributes += _encoded(_place(segment, place, len(chain), words, length))


def _place(segment: _Segment, place: int, count: int, words: list[_Word], length: int) -> list[str]:
    """Where a strong segment stands, and what it begins with."""
    boundary = words[segment.start - 1].key if segment.start else "^"
    opening = segment.first[:12].lower() if segment.bits & _IN else ""
    left = count - place
    return [f"SB{boundary}|{opening}{length}", f"SN{place if place < 7 else 7}|{left if left < 4 else 4}"]


def _style(words: list[_Word]) -> tuple[str, str]:
    """How the reference is set: where its year stands, in brackets or beside a month, whether it quotes; and that
    with how its names begin.
    """
    total = len(words)
    year = "0"
    quotes = 0
    for i, word in enumerate(words):
        if year == "0" and word.bits & _YEAR:
            place = "e" if i < 12 or 3 * i < total else "l"
            beside = any(near.bits & _MONTH for near in words[max(i - 2, 0) : i + 3])
            year = place + ("(" if words[i - 1].text in "([" else "") + ("m" if beside else "")
        if word.text == '"' or _OPENING.get(word.text) == 2:
            quotes = 1
    head = "".join("X" if w.bits & _INITIAL else w.text if w.text in ".,;&" else "w" for w in words[:4])
    capitals = sum(1 for w in words[:8] if len(w.text) > 2 and w.text.isupper())
    sort = f"{year}{quotes}"
    return sort, f"{sort}{head}{'C' if capitals > 1 else ''}"


def features(text: str) -> tuple[list[list[bytes | str]], list[int], list[int]]:
    """The attributes of each token of `text`, the tokens' starts and their ends."""
    texts, starts, ends = tokenize(text)
    words = [_word(token) for token in texts]
    total = len(words)
    strong_of, weak_of = _segments(words, starts, ends)
    _describe(list(dict.fromkeys(strong_of)), "S", words)
    _describe(list(dict.fromkeys(weak_of)), "W", words)
    sort, style = _style(words)
    whole = f"y{style}"
    ahead = _ahead(words)
    padded = [_EDGE, _EDGE, *words, _EDGE, _EDGE]
    items: list[list[bytes | str]] = []
    seen = bracket = quoted = 0
    glued_to = -1
    for i, word in enumerate(words):
        two, one, next1, next2 = padded[i], padded[i + 1], padded[i + 3], padded[i + 4]
        strong, mark, key = strong_of[i], word.text, word.key
        opening = _OPENING.get(mark)
        if opening == 1:
            bracket = 1
        elif opening:
            quoted = 1
        pair, next_pair = f"{one.key}{'' if starts[i] > glued_to and i else '~'}|{key}", f"{key}|{next1.key}"
        depth = i - strong.start
        items.append([
            *word.here, *one.before, *next1.after, *two.before2, *next2.after2,
            *strong.attributes, *weak_of[i].attributes,
            pair, next_pair, f"{two.key}|{one.key}|{key}", f"{next_pair}|{next2.key}",
            f"b{bracket}{quoted}{depth if depth < 3 else 3}", f"<<{seen & _SEEN}{seen & _QUOTE and 'q'}{bracket}",
            f">>{ahead[i + 1]}", f"@{10 * i // total}{i if i < 2 else 2}",
            whole, f"r{sort}|{strong.place if strong.place < 5 else 5}",
        ])  # fmt: skip
        closing = _CLOSING.get(mark)
        if closing == 1:
            bracket = 0
        elif closing:
            quoted, seen = 0, seen | _QUOTE
        elif mark == '"':
            quoted, seen = 1 - quoted, seen | (_QUOTE if quoted else 0)
        seen |= word.bits
        glued_to = ends[i]
    return items, starts, ends


def _ahead(words: list[_Word]) -> list[int]:
    """For each token, and for the end, what is still to come."""
    ahead = [0] * (len(words) + 1)
    bits = 0
    for i in range(len(words) - 1, -1, -1):
        bits |= words[i].bits & _SEEN
        if words[i].text == '"' or _OPENING.get(words[i].text) == 2:
            bits |= _QUOTE
        ahead[i] = bits
    return ahead


_EDGE = _Word("\n", {})
