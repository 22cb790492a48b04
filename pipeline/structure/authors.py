"""A line of authors: their names, and the marks that point to affiliations and notes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pipeline.structure.names import is_particle, looks_like_name
from pipeline.structure.vocabulary import alternatives, load, word_set

SYMBOLS = "*†‡§¶#✉✝∗⁎⁕＊"
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ", "0123456789abcdefghij")
HIGH = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲ")
ROMAN = "[ᴵⱽˣ]{1,4}"
MARK = re.compile(rf"\d{{1,2}}|{ROMAN}|[{re.escape(SYMBOLS)}]{{1,3}}|[a-z]")
AFTER = re.compile(
    rf"[\s,]*(?:[(\[]\s*\d[\d\s,]*[)\]]|\d{{1,2}}[)）]?|{ROMAN}|\*{{2,3}}|[{re.escape(SYMBOLS)}]|[+−]|ORCID(?:\s?iD)?|iD)$"
)
ONE = rf"(?:\d{{1,2}}|[a-z]|[{re.escape(SYMBOLS)}])"
GROUP = re.compile(rf"\s?[(\[]\s?({ONE}(?:\s?[,;]\s?{ONE}){{0,9}})\s?[)\]]")
# `L. Moretti,1 S. Dubois,1, 2 and K. Tanaka`: the marks after a comma are those of the name before it.
AFTER_COMMA = re.compile(r"(?<=[^\W\d_]),(\d{1,2}(?:,\s?\d{1,2}){0,5})(?=\s+[^\W\d_])")
# `M. Grzybowska,*ᵇ R. K. Deshmukh`: the same with marks set high.
HIGH_ONE = rf"[{re.escape(SYMBOLS)}]{{0,2}}[{''.join(sorted(HIGH))}]"
HIGH_AFTER_COMMA = re.compile(
    rf"(?<=[^\W\d_])(?<![{''.join(sorted(HIGH))}]),({HIGH_ONE}(?:[,\s]?{HIGH_ONE}){{0,4}})\s+(?=[^\W\d_]{{1,2}})"
)
# `山田　太郎1)　佐藤　花子2)`: nothing but wide spaces and marks between the names.
SPACED = re.compile(r"(?<=[\d)）*＊])[\s\u3000]+(?=[\u3400-\u9fff])")
LISTED_LETTERS = re.compile(r"\s[a-k](?:,\s?[a-k])+$")
GLUED_LETTERS = "abcdefghijk"
# `Ana Lima1*† Thomas Berg2 Wei Zhang3`: nothing but marks between the names.
SIGN = re.escape(SYMBOLS)
UNPARTED = re.compile(rf"(?:(?<=[^\W\d_][\d{SIGN}])|(?<=[\d{SIGN}][{SIGN}]))\s+(?=[^\W\d_]{{2}})")
# `Иванов И. И. Петров П. П.`: nothing but initials.
INITIALED = rf"[^\W\d_][\w’'-]+\s(?:[^\W\d_]\.\s?+){{1,3}}[\d{SIGN}]{{0,3}}"
ALL_INITIALED = re.compile(rf"(?:{INITIALED}\s?+){{2,20}}")
AFTER_INITIALS = re.compile(rf"(?<=\.)\s?([\d{SIGN}]{{0,3}})\s(?=[^\W\d_][\w’'-])")
PARTED = re.compile(r"[;、，；،؛•·|]|,\s?[^\W\d_]")
# `1st Ana Silva`, as a template of conferences numbers its authors.
ORDINAL = re.compile(r"^\d{1,2}(?:st|nd|rd|th)\s+(?=[^\W\d_])")
# `LL.M. (Yale)`.
HELD_AT = re.compile(r"\s?\([^()]{2,40}\)$")
# `канд. экон. наук`, `доктор филологических наук`.
SCIENCES = re.compile(
    r"(?:канд|кандидат|д-р|докт|доктор)\.?\s[^\W\d_.-]{3,30}\.?(?:-[^\W\d_]{3,12}\.?)?\sнаук", re.IGNORECASE
)
LONGEST = 3000


@dataclass(slots=True)
class Author:
    """A name as written, and its marks."""

    text: str
    marks: list[str] = field(default_factory=list)
    degrees: list[str] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return any(word.casefold().strip(".,") in word_set("people", "group") for word in self.text.split())


def has_conjunction(text: str) -> bool:
    return _conjunction().search(text) is not None


@cache
def _conjunction() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{alternatives(load('people')['conjunctions'])})(?=\s)")


def parse_authors(text: str, letters: bool = False) -> list[Author]:
    """The authors of a line; empty where it is no line of authors.

    `letters`: affiliations are marked by letters, so that `Silvaa,b` may end in one.
    """
    if len(text) > LONGEST or not text:
        return []
    return [Author(author.text, [*author.marks], [*author.degrees]) for author in _parse(text, letters)]


@lru_cache(maxsize=512)
def _parse(text: str, letters: bool) -> list[Author]:
    """A line of a page is asked about again and again."""
    text = _plain_marks(SPACED.sub(", ", text))
    if not PARTED.search(text):
        text = UNPARTED.sub(", ", text)
        text = AFTER_INITIALS.sub(r"\1, ", text) if ALL_INITIALED.fullmatch(text) else text
    semicolons = ";" in text
    if not semicolons and _is_inverted(text):
        return _parted([read_author(text)], letters)
    authors: list[Author] = []
    text = re.sub(r"\s/\s", "; " if semicolons else ", ", text)
    for piece in _pieces(text, ";" if semicolons else ",;·•|、，；،؛"):
        mark = _only_marks(piece)
        bare, marks = _stripped(piece)
        if mark and authors:
            authors[-1].marks += mark
        elif authors and (HELD_AT.sub("", bare).casefold().rstrip(".") in _degrees() or SCIENCES.fullmatch(bare)):
            authors[-1].degrees.append(bare)
            authors[-1].marks += marks
        elif piece:
            authors.append(read_author(piece))
    authors = _parted(authors, letters)
    good = [author for author in authors if author.is_group or looks_like_name(author.text.replace(",", ""))]
    return authors if authors and len(good) == len(authors) else []


def _is_inverted(text: str) -> bool:
    """`SILVA, João Pedro`: one person, the family name in capitals."""
    family, comma, given = _stripped(text)[0].partition(", ")
    return (
        bool(comma) and family.isupper() and len(family) > 2
        and not given.isupper() and "," not in given and looks_like_name(f"{given} {family}")
    )  # fmt: skip


def _plain_marks(text: str) -> str:
    """Marks in brackets or set high as plain characters, parted from the name by a space."""
    text = HIGH_AFTER_COMMA.sub(_before_comma, AFTER_COMMA.sub(r" \1,", text))
    text = GROUP.sub(lambda match: " " + re.sub(r"\s", "", match[1]), text)
    if not any(char in HIGH for char in text):
        return text
    spaced = re.sub(rf"(?<=[^\s,{''.join(HIGH)}])(?=[{''.join(HIGH)}])", " ", text)
    return spaced.translate(SUPERSCRIPTS)


def _before_comma(match: re.Match[str]) -> str:
    """Marks behind a comma in front of it, symbols last."""
    letters = "".join(char for char in match[1] if char not in SYMBOLS)
    return f" {letters}{''.join(char for char in match[1] if char in SYMBOLS)}, "


@cache
def _degrees() -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in word_set("people", "degrees"))


def _pieces(text: str, separators: str) -> Iterable[str]:
    """Parts between separators and words for `and`; such a word is none where a single letter may be a mark."""
    for part in re.split(rf"[{re.escape(separators)}]", text):
        position = 0
        for match in _conjunction().finditer(part):
            before, after = part[position : match.start()].strip(), part[match.end() :].strip()
            word = match.group().strip()
            named = looks_like_name(_stripped(before)[0]) or _only_marks(before)
            if len(word) == 1 and not (named and _begins_with_name(after)):
                continue
            yield before
            position = match.end()
        rest = part[position:].strip()
        words = rest.split(None, 1)
        if len(words) == 2 and len(words[0]) > 1 and words[0] in load("people")["conjunctions"]:
            rest = words[1]
        if rest.startswith("& "):
            rest = rest[2:]
        yield rest.rstrip(".") if rest.count(".") == 1 and len(rest.split()[-1]) > 3 else rest


def _begins_with_name(text: str) -> bool:
    """Two words or more with capitals: `y Ferrer` goes on with the family name before it."""
    return text[:1].isupper() and len(_conjunction().split(text)[0].split()) > 1


def _only_marks(piece: str) -> list[str]:
    bare = piece.strip("()[] ")
    tokens = re.split(r"[\s,]+", bare)
    if bare and all(
        MARK.fullmatch(token) or re.fullmatch(rf"\d{{1,2}}[{re.escape(SYMBOLS)}]{{1,3}}", token) for token in tokens
    ):
        return [
            mark
            for token in tokens
            for mark in re.findall(rf"\d{{1,2}}|{ROMAN}|\*+|[{re.escape(SYMBOLS)}]|[a-z]", token)
        ]
    return []


def _stripped(piece: str) -> tuple[str, list[str]]:
    """A piece without the marks at its end, and they."""
    marks: list[str] = []
    name = piece.strip()
    while match := AFTER.search(name[-12:]):
        cut = len(name) - len(name[-12:]) + match.start()
        marks = re.findall(rf"\d{{1,2}}|{ROMAN}|\*{{2,3}}|[{re.escape(SYMBOLS)}]", name[cut:]) + marks
        name = name[:cut].rstrip(" ,")
    if listed := LISTED_LETTERS.search(name[-24:]):
        marks = re.findall("[a-k]", listed.group()) + marks
        name = name[: len(name) - len(listed.group())].rstrip(" ,")
    words = name.split()
    if len(words) > 2 and len(words[-1]) == 1 and words[-1].islower() and not is_particle(words[-1] + "_"):
        marks = [words[-1], *marks]
        name = " ".join(words[:-1])
    return name, marks


def read_author(piece: str) -> Author:
    """One name, with what stands around it: marks, degrees, academic titles."""
    name, marks = _stripped(ORDINAL.sub("", piece))
    words = name.split()
    degrees: list[str] = []
    while len(words) > 2 and words[-1].strip("(),").casefold().rstrip(".") in _degrees():
        degrees.insert(0, words.pop())
        words[-1] = words[-1].rstrip(",")
    while len(words) > 2 and words[0].casefold().rstrip(".") in _degrees() - word_set("people", "no_titles"):
        degrees.append(words.pop(0))
    return Author(" ".join(words), marks, degrees)


def _parted(authors: list[Author], letters: bool) -> list[Author]:
    """Letters glued to names (`Medeirosa,b`): where no mark stands apart from its name, each name ends in one."""
    glued = letters and not any("a" in author.marks for author in authors)
    if glued and all(author.text[-1:] in GLUED_LETTERS and len(author.text.split()) > 1 for author in authors):
        for author in authors:
            author.marks.insert(0, author.text[-1])
            author.text = author.text[:-1].rstrip()
    return authors


def are_degrees(text: str) -> bool:
    """A line of titles and degrees alone: `кандидат економічних наук, доцент`."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    return bool(pieces) and all(
        SCIENCES.fullmatch(piece) or piece.casefold().rstrip(".") in _degrees() for piece in pieces
    )


def normal_mark(mark: str) -> str:
    """A mark for comparing: forms of asterisks and superscripts are one."""
    plain = unicodedata.normalize("NFKC", mark.translate(SUPERSCRIPTS)).strip("()[].,: ")
    return re.sub(r"[∗⁎⁕＊]", "*", plain)
