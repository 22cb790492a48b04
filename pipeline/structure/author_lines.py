"""What a line about authors looks like: pairs with affiliations, a name with its own, a note on correspondence."""

import re

from pipeline.structure.affiliations import EMAIL, has_country, looks_like_affiliation, split_label
from pipeline.structure.authors import HIGH, SYMBOLS
from pipeline.structure.names import looks_like_name
from pipeline.structure.vocabulary import alternatives, load, word_set

ORCID = re.compile(r"(?:(?:https?://)?(?:www\.)?orcid\.org/)?\b(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])\b")
# The same with what stands around it: `(ORCID: 0000-…)`.
IDENTIFIER = re.compile(
    r"(?<!\s)\s*+(?:[(\[]\s*+)?(?:ORCID(?:\s?iD)?\s?:?\s*+)?(?:(?:https?://)?(?:www\.)?orcid\.org/)?"
    r"(?P<orcid>\d{4}-\d{4}-\d{4}-\d{3}[\dXx])(?:\s?[)\]])?|(?<!\s)\s*+[(\[]\s?ORCID\s?[)\]]",
    re.IGNORECASE,
)
PAIR = re.compile(
    rf"[,;]?\s*+(?:(?:{alternatives(load('people')['conjunctions'])})\s++)?"
    r"(?P<name>[^(),;\s][^(),;]{1,69}?)\s*\((?P<affiliation>[^()]{4,200})\)"
)
AT = re.compile(r"(?P<names>.{3,200}?)\s(?:is|are|was|were)\s(?:also\s)?(?:with|at)\s(?:the\s)?(?P<place>.{4,400}?)\.?")
CITY = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:[\s/-](?:am|an der|de|do|of)?\s?[^\W\d_a-z][^\W\d_]+){0,2}")
LONGEST_INLINE_NAME = 5
WORD = r"[^\W\d_a-z][^\W\d_]+(?:[-’'][^\W\d_]+)?"
INVERTED = re.compile(
    rf"(?P<family>(?:(?:de|del|da|dos|van|von)\s)?{WORD}(?:\s(?:de\s|la\s|del\s)?{WORD}){{0,2}}),\s"
    rf"(?P<given>{WORD}(?:\s(?:{WORD}|[^\W\d_a-z]\.)){{0,2}})[\s\d,*†‡§]*"
)
NARROW = str.maketrans("（）", "()")
# What parts a name from its affiliation: `Ivan Babić ; Institut …`, `Ana Lima – Universidade …`.
INLINE = re.compile(r"^(?P<name>[^,;–—]{3,70}?)(?:\s?;|\s[–—])\s")


def split_pairs(text: str) -> list[tuple[str, str]]:
    """`Name (affiliation) and Name (affiliation)`; empty where the line is not made of such pairs alone."""
    text = text.translate(NARROW)
    pairs = [(match["name"].strip(), match["affiliation"].strip()) for match in PAIR.finditer(text)]
    alone = not PAIR.sub("", text).strip(" ,;.")
    named = all(looks_like_name(name) for name, _ in pairs)
    placed = all(looks_like_affiliation(place) or (len(pairs) > 1 and CITY.fullmatch(place)) for _, place in pairs)
    return pairs if alone and named and placed else []


def is_inline(text: str) -> bool:
    """`Name, affiliation` on one line."""
    name, _, rest = INLINE.sub(r"\g<name>, ", text).partition(",")
    return (
        looks_like_name(name.strip())
        and len(name.split()) <= LONGEST_INLINE_NAME
        and looks_like_affiliation(rest.strip())
    )


def is_correspondence(text: str) -> bool:
    """A note on correspondence or on equal work, or an address behind the mark of the author whose it is."""
    plain = text.casefold()
    noted = any(word in plain for word in word_set("people", "corresponding")) or is_equal(text)
    mark, rest = split_label(text)
    return len(text) < 500 and (noted or (mark in tuple(SYMBOLS) and EMAIL.fullmatch(rest) is not None))


def is_equal(text: str) -> bool:
    plain = text.casefold()
    return any(word in plain for word in word_set("people", "equal"))


def inverted_name(text: str) -> tuple[str, str] | None:
    """`Mamani Condori, Rubén¹`, one name on a line: the family name and what follows it."""
    match = INVERTED.fullmatch("".join(char for char in text if char not in HIGH).strip())
    if match is None or looks_like_affiliation(text) or has_country(text):
        return None
    return match["family"], match["given"]


def is_edited(text: str) -> bool:
    """`Academic Editor: Ana Silva`: who saw to the article for its journal."""
    label, colon, name = text.partition(":")
    return bool(colon and name.strip()) and label.strip().casefold() in word_set("people", "edited")


def is_marked_place(text: str) -> bool:
    """An affiliation, or what a mark says to be one: an address behind it may be that of any of its authors."""
    label, rest = split_label(text)
    return looks_like_affiliation(text) or (label.isalnum() and bool(rest))


def without_part(text: str, start: int, end: int, label: str) -> str:
    """`text` without what stands from start to end and the label before it."""
    before = re.sub(
        rf"[\s,;.(\[|–-]*+(?:{alternatives(load('people')[label])})?\s*+[:：]?\s*+$",
        "",
        text[:start][-40:],
        flags=re.IGNORECASE,
    )
    before = text[:start][:-40] + before if len(text[:start]) > 40 else before
    after = text[end:].lstrip(" ,;)]|")
    return f"{before} {after}".strip() if after.strip(" .") else before
