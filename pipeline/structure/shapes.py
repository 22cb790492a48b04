"""What a piece of text looks like, whatever it says."""

import re
from functools import lru_cache

YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b")
NO_DATE = re.compile(r"\((?:n\.\s?d\.|s\.\s?[adf]\.|o\.\s?J\.|б\.\s?г\.)", re.IGNORECASE)
AUTHOR_START = re.compile(
    r"(?:\W{0,2}\d{1,3}[.)\]]?\s+)?(?:[^\W\d_][\w'’.-]*,?\s+){1,5}?(?:[A-ZÀ-ÝА-Я]\.|[A-Z]{1,3}[,.;])"
)
# `BRASIL. Decreto nº 6.096 … 25 abr. 2007.`
CAPITAL_START = re.compile(r"[^\W\d_a-zß-ÿа-я]{3,40}(?:,\s[^.,;]{1,40})?\.\s")
YEAR_END = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?\.?$")
YEAR_START = re.compile(r".{2,150}?(?:[(\[]|[,.]\s)\s?(?:(?:1[5-9]|20)\d\d[a-z]?\b|n\.\s?d\.)")
LOCATION = re.compile(
    r"doi|https?:|\bpp?\.\s?\d|\bvol\.|(?<!\d)\d++(?:\s?\(\d+\)|\s?[:,]\s?e?\d++[-–—]\d)|\bIn:?\s[A-Z]|\(Eds?\.\)",
    re.IGNORECASE,
)
DETAIL = re.compile(r"retrieved|accessed|available|disponível|disponible|press\b|\bed\.", re.IGNORECASE)
LIST_SEPARATOR = re.compile(r"\s*[;；•·|]\s*|\s*[,，、،؛]\s*")
SENTENCE = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,}+[.!?]\s+[A-ZÀ-Ý]\w*\s+[a-zß-ÿ]+\s+[a-zß-ÿ]+")
# The mark of a note behind the last sentence.
NOTE_MARK = re.compile(r"(?<=[.!?…”»)])(?:\[?\d{1,3}\]?|[⁰¹²³⁴-⁹]{1,3})$")
TWO_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?։]\s+[^\W\d_a-z]|[。！？]\S|[।۔။។།።]\s?\S")
LEAST_ABSTRACT = 120
DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Scripts that part no words.
UNSPACED = re.compile("[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")
LEAST_UNSPACED = 180
SENTENCE_END = tuple(".!?。．؟…”»)։۔।॥။។៕།።")


@lru_cache(maxsize=1024)
def looks_like_reference(text: str) -> bool:
    """A bibliographic entry: a year, and an author's start or the year early, with publication details."""
    if not 15 <= len(text) <= 1500:
        return False
    dated = YEAR.search(text) is not None or NO_DATE.search(text) is not None
    start = (YEAR_START.match(text) is not None) + (AUTHOR_START.match(text) is not None)
    start += CAPITAL_START.match(text) is not None and YEAR_END.search(text) is not None
    details = (LOCATION.search(text) is not None) + (DETAIL.search(text) is not None)
    sentences = len(SENTENCE.findall(text))
    return 2 * dated + start + details >= 3 and (start > 0 or details > 1) and sentences <= 5 + details


def looks_like_keywords(text: str) -> bool:
    """A short list without a sentence: `ASEAN-Korea, COVID 19, Cooperation`."""
    pieces = [piece for piece in LIST_SEPARATOR.split(text.rstrip(".")) if piece]
    short = all(len(piece.split()) <= 6 for piece in pieces)
    sentence = re.search(r"[.!?]\s+[A-ZÀ-Ý]", text) is not None
    return len(pieces) >= 3 and short and len(text) < 500 and not sentence and not YEAR_START.match(text)


def looks_like_short_abstract(text: str) -> bool:
    """Two sentences or more of running text, for a place where an abstract is expected."""
    dense = 0 if text.isascii() else len(DENSE.findall(text))
    long = len(text) + dense * 2 >= LEAST_ABSTRACT and text.rstrip().endswith(SENTENCE_END)
    return long and TWO_SENTENCES.search(text) is not None and text.count(",") * 20 < len(text)


def looks_like_abstract(text: str) -> bool:
    """One long paragraph of sentences. Characters of a whole syllable or word count for more."""
    if not text.isascii() and len(UNSPACED.findall(text)) * 2 > len(text):
        return len(text) >= LEAST_UNSPACED
    dense = 0 if text.isascii() else len(DENSE.findall(text))
    sentences = NOTE_MARK.sub("", text.rstrip()).endswith(SENTENCE_END) and (
        text.count(" ") >= 30 or dense * 2 > len(text)
    )
    return (len(text) + dense * 2 >= 250 and sentences) or len(text) >= 1000
