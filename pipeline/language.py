"""Which language a text is in, by script and by its commonest words. Tags are BCP 47."""

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "GREEK": "el", "HEBREW": "he",
    "ARABIC": "ar", "CYRILLIC": "ru", "DEVANAGARI": "hi", "GEORGIAN": "ka", "ARMENIAN": "hy", "KHMER": "km",
}  # fmt: skip
DISTINCTIVE = {"ko", "ja", "zh", "th", "el", "he", "ka", "hy", "km"}
SAMPLE = 4000
FIRST_GREEK = "\u0370"
_WORD, _ASCII_WORD = re.compile(r"[^\W\d_]+"), re.compile("[a-z]+")
NO_LETTER = "-"
# Letters that one language alone has, among those that share its script.
LETTERS = {
    char: tag
    for tag, chars in {
        "tr": "ığş", "pl": "łąęśźń", "vi": "ơưảạấầẩậắằặẻẽẹếềểễệỉịỏọốồổỗộớờởỡợủụứừửữựỳỵỷỹ", "hu": "őű", "ru": "ыэъё",
        "uk": "іїєґ", "kk": "әғқңұүһ", "fa": "پچژگ", "az": "ə",
    }.items()
    for char in chars
}  # fmt: skip


@cache
def _languages_of() -> dict[str, list[str]]:
    """Function word to the languages it is one of."""
    path = Path(__file__).with_name("function_words.json")
    found: dict[str, list[str]] = {}
    for tag, words in json.loads(path.read_text("utf-8")).items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(tag)
    return found


@cache
def _script(char: str) -> str:
    """The language that stands for the script of a letter, empty for Latin, `NO_LETTER` for what is none."""
    return SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "") if char.isalpha() else NO_LETTER


def script_language(text: str) -> str | None:
    """The language a non-Latin script stands for, where most letters of `text` are in it."""
    if text.isascii() or max(text) < FIRST_GREEK:
        return None
    counts = Counter(map(_script, text))
    del counts[NO_LETTER]
    if not counts:
        return None
    if counts["ja"] and counts["ja"] + counts["zh"] > counts.total() / 2:
        return "ja"
    tag, count = counts.most_common(1)[0]
    return tag if tag and count > counts.total() / 2 else None


def distinct_script_language(text: str) -> str | None:
    """`script_language`, only where the script alone settles the language (Hangul does, Cyrillic does not)."""
    tag = script_language(text)
    return tag if tag in DISTINCTIVE else None


def detect(text: str, default: str | None = None) -> str | None:
    """The language of running text; `default` where it has too few words to tell."""
    sample = text[:SAMPLE]
    by_script = script_language(sample)
    if by_script in DISTINCTIVE:
        return by_script
    words = (_ASCII_WORD if sample.isascii() else _WORD).findall(sample.casefold())
    languages = _languages_of()
    scores: dict[str, int] = {}
    for tags in filter(None, map(languages.get, words)):
        for tag in tags:
            scores[tag] = scores.get(tag, 0) + 1
    first = max(scores.values(), default=0)
    best = [tag for tag, score in scores.items() if score == first]
    if first >= 3 and first >= len(words) * 0.08 and len(best) == 1:
        return best[0]
    return by_letters(sample) or by_script or default


def likeliest(text: str) -> str | None:
    """The language most of whose commonest words stand in a short `text`, however few they are."""
    words = _WORD.findall(text.casefold())
    scores = Counter(tag for word in words for tag in _languages_of().get(word, ()))
    best = [tag for tag, score in scores.items() if score == max(scores.values())]
    return best[0] if len(best) == 1 else None


def by_letters(text: str) -> str | None:
    """The one language whose own letters stand in `text`, at least one in fifty."""
    if text.isascii():
        return None
    found = Counter(LETTERS[char] for char in text.casefold() if char in LETTERS)
    if len(found) == 1:
        tag, count = found.most_common(1)[0]
        return tag if count * 50 >= len(text) else None
    return None
