"""Names of people: is a piece of text one, and which of its words are the family name."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from pipeline.article import Name
from pipeline.structure.affiliations import is_institution, unspaced_words
from pipeline.structure.vocabulary import SIGNS, cased, word_set

CJK = re.compile(
    r"[\u3400-\u9fff]{2,6}|[\uac00-\ud7af]{2,5}"
    r"|(?=[^\u3040-\u30ff]*[\u3040-\u30ff])(?![\u30a0-\u30ff]*ー[\u30a0-\u30ff]*$)[\u3040-\u30ff\u3400-\u9fff]{2,10}"
)
CHARACTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[.'’ʼ`\u200c{SIGNS}-])*|\([^\W\d_]+\)")
# An earlier family name behind the present one.
BRACKETED = re.compile(r"\([^\W\d_]+(?:-[^\W\d_]+)?\)")
INITIALS = re.compile(r"(?:[^\W\d_]\.?[-\s]?){1,4}")
# Letters that no decomposition parts from their stroke or to their dot.
UNDIVIDED = str.maketrans("ıłøđħ", "ilodh")
MOST_INITIALS = 4
LEADING_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,5}")
NUMBERED = re.compile(r"^\s*(?:\[\d+\]|\d+\.)\s*")
BEFORE_FAMILY = re.compile(r"[;&]|\band\b|^\s*\d+\.")
LONGEST_NAME = 70
MOST_TOKENS = 7
MOST_CASELESS, MOST_HANGUL = 5, 3
SURNAMES_OF_TWO = "欧阳 司马 上官 诸葛 東方 东方 남궁 황보 제갈 선우".split()


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """A word without case, accents and marks, for comparing spellings."""
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(UNDIVIDED)
    return "".join(char for char in plain if char.isalnum())


def is_particle(token: str) -> bool:
    word = token.casefold()
    return word in word_set("people", "family_particles") or word in word_set("people", "given_particles")


def looks_like_name(text: str) -> bool:
    """Two to seven words, each with a capital or a particle (or, without letter case, a few characters)."""
    if not 2 <= len(text) <= LONGEST_NAME:
        return False
    if not text.isascii() and any(word in text for word in unspaced_words()):
        return False
    if CJK.fullmatch(text.replace(" ", "")):
        return True
    tokens = text.split()
    if not 2 <= len(tokens) <= MOST_TOKENS or not all(CHARACTERS.fullmatch(token) for token in tokens):
        return False
    if not _could_be_unspaced(text, len(tokens)):
        return False
    if any(is_institution(cased(token).strip(".,()")) for token in tokens):
        return False
    return _begins_well(tokens) and sum(not is_particle(token) for token in tokens) >= 2


def _could_be_unspaced(text: str, count: int) -> bool:
    """Where letters have no case, any words look like names, but no name has many."""
    if text.upper() != text.lower():
        return True
    return count <= (MOST_HANGUL if "가" <= text[0] <= "힣" else MOST_CASELESS)


def _begins_well(tokens: list[str]) -> bool:
    return all(
        is_particle(token) or not token[0].islower() or ("-" in token and token.partition("-")[2][:1].isupper())
        for token in tokens
    )


def match_name(tokens: list[str], cited: Name) -> tuple[int, Name] | None:
    """How many of `tokens`, which begin with a full name, belong to it, and the name with `cited`'s split.

    `cited` is the name as the article's own citation has it, its given names perhaps initials.
    """
    if cited.given and tokens and CJK.fullmatch(cited.given) and (count := _unparted(tokens, cited)):
        return count, Name(cited.family, cited.given, style="eastern")
    if tokens and cited.given.endswith(".") and (found := _abbreviated(tokens[0], cited)):
        return 1, found
    family = [folded(word) for word in cited.family.split()]
    given = [folded(word) for word in re.split(r"[\s.]+", cited.given) if folded(word)]
    plain = [folded(token) for token in tokens[:12]]
    for start in range(len(plain)):
        if not family or plain[start : start + len(family)] != family:
            continue
        end = start + len(family)
        if start and _fits(plain[:start], given):
            return end, Name(_bare(tokens[start:end]), " ".join(tokens[:start]))
        count = _matching(plain[end:], given)
        if start == 0 and count:
            return end + count, Name(_bare(tokens[:end]), " ".join(tokens[end : end + count]).rstrip(","))
    return None


def inverted(text: str, cited: Name) -> Name | None:
    """`Family, Given Names` where the citation has the family name and an initial."""
    family, comma, given = text.partition(", ")
    alone = bool(comma) and "," not in given and len(given.split()) <= MOST_TOKENS
    same = alone and folded(family) == folded(cited.family) and folded(given)[:1] == folded(cited.given)[:1]
    return Name(family, given) if same and folded(given) else None


def split_as_cited(tokens: list[str], citation: str) -> tuple[int, Name] | None:
    """How many of `tokens`, which begin with a full name, belong to it, and the name as `citation` parts it.

    Where the citation has a family name before a comma and an initial, the longest such run of tokens is the family
    name; names in characters stand there as `family, given`, or parted by a space.
    """
    if tokens and CJK.fullmatch(tokens[0]):
        whole = tokens[0]
        cuts = [cut for cut in range(1, len(whole)) if f"{whole[:cut]}, {whole[cut:]}" in citation]
        cuts += [cut for cut in range(1, len(whole)) if f"{whole[:cut]} {whole[cut:]}" in citation]
        cuts += [cut for cut in range(1, len(whole)) if f"{whole[cut:]} {whole[:cut]}" in citation]
        return (1, Name(whole[: cuts[0]], whole[cuts[0] :], style="eastern")) if cuts else None
    plain = [folded(token) for token in tokens[: MOST_TOKENS + 1]]
    cited = _cited_families(citation)
    for start in range(1, len(plain)):
        for end in range(len(plain), start, -1):
            if plain[0] and (tuple(plain[start:end]), plain[0][0]) in cited:
                return end, Name(_bare(tokens[start:end]), " ".join(tokens[:start]))
    return None


@lru_cache(maxsize=16)
def _cited_families(citation: str) -> frozenset[tuple[tuple[str, ...], str]]:
    """The family names of a citation, as folded words, each with an initial.

    `Silva Costa, Ana` and `Silva Costa, A.`, `Silva Costa A`, `A. Silva Costa`.
    """
    heads = [BEFORE_FAMILY.split(head)[-1] for head in citation.split(",")]
    plain = [tuple(filter(None, map(folded, head.split()))) for head in heads]
    found = {(head, after[0][0]) for head, after in pairwise(plain) if head and after}
    found |= {(head[:-1], head[-1][0]) for head in plain if len(head) > 1 and len(head[-1]) <= MOST_INITIALS}
    citation = NUMBERED.sub("", citation)
    for piece in re.split(r",|\band\b|&|;", citation) if LEADING_INITIALS.match(citation) else ():
        if initials := LEADING_INITIALS.match(piece.strip()):
            family = tuple(filter(None, map(folded, piece.strip()[initials.end() :].split())))
            found |= {(family, folded(initials.group())[0])} if family else set()
    return frozenset(found)


def _unparted(tokens: list[str], cited: Name) -> int:
    """How many of `tokens` are the name in its own script, family first, with or without a space."""
    whole = cited.family + cited.given
    return next((count for count in (1, 2) if "".join(tokens[:count]).rstrip(",;") == whole), 0)


def _abbreviated(token: str, cited: Name) -> Name | None:
    """`김민수` where the citation has `김, 민.`: the given name by its first character."""
    whole, family, given = token.rstrip(",;"), cited.family, cited.given.rstrip(". ")
    if len(given) != 1 or not CJK.fullmatch(whole) or not whole.startswith(family + given):
        return None
    return Name(family, whole[len(family) :], style="eastern")


def _bare(tokens: list[str]) -> str:
    return " ".join(tokens).rstrip(",;")


def _fits(words: list[str], given: list[str]) -> bool:
    """Words that may be what the initials or names in `given` stand for; names may be left out."""
    initials = [letter for word in given for letter in (word if len(word) <= 3 and len(given) == 1 else word[:1])]
    return bool(words) and (not given or (words[0][:1] == initials[0] and len(words) <= len(initials) + 3))


def _matching(words: list[str], given: list[str]) -> int:
    """How many words after a family name are the given names."""
    if not given:
        return 0
    count = 0
    for word, wanted in zip(words, given, strict=False):
        if not word or word[:1] != wanted[:1]:
            break
        count += 1
    return count


def split_name(text: str, lang: str = "", doubled: bool = False, initials_last: bool = True) -> Name:
    """A full name split without help: by capitals, a comma or initials at the end, else before the last word.

    `doubled`: two family names are usual where the person is from; `initials_last`: so have the names around.
    """
    if "," in text:
        family, _, given = text.partition(",")
        return Name(family.strip(), given.strip())
    tokens = text.split()
    if CJK.fullmatch("".join(tokens)):
        return _eastern(tokens, lang)
    if len(tokens) == 1:
        return Name(text)
    suffix = tokens.pop() if len(tokens) > 2 and tokens[-1].casefold() in word_set("people", "suffixes") else ""
    other = f" {tokens.pop()}" if len(tokens) > 2 and BRACKETED.fullmatch(tokens[-1]) else ""
    capitals = [len(token.strip(".")) > 2 and token.isupper() and "." not in token for token in tokens]
    if any(capitals) and not all(capitals):
        name = _by_capitals(tokens, capitals)
    else:
        name = _ordered(tokens, lang, doubled, initials_last)
    name.family += other
    name.suffix = suffix
    return name


def _ordered(tokens: list[str], lang: str, doubled: bool, initials_last: bool) -> Name:
    if len(tokens) > 1 and _is_patronymic(tokens[-1]) and len(tokens) == 3 and not _is_patronymic(tokens[1]):
        return Name(tokens[0], " ".join(tokens[1:]))
    trailing = next((n for n in range(1, len(tokens)) if all(_is_initial(token) for token in tokens[n:])), 0)
    if trailing and initials_last and not _is_initial(tokens[0]):
        return Name(" ".join(tokens[:trailing]), " ".join(tokens[trailing:]))
    middle = len(tokens) > 2 and tokens[1].casefold() in word_set("people", "middle_of_vietnamese")
    if (lang == "vi" or middle) and tokens[0].casefold() in word_set("people", "family_first"):
        return Name(tokens[0], " ".join(tokens[1:]))
    start = len(tokens) - 1
    if len(tokens) >= 3 and (doubled or _is_hispanic(tokens[-2])) and _is_second_surname(tokens):
        start -= 1
    particles = word_set("people", "family_particles")
    if lang in ("fr", "nl", "af"):
        particles |= word_set("people", "given_particles")
    while start > 1 and tokens[start - 1].casefold() in particles:
        start -= 1
    if start > 1 and tokens[start - 1].casefold() == "de" and tokens[start].casefold() in ("la", "los", "las"):
        start -= 1
    return Name(" ".join(tokens[start:]), " ".join(tokens[:start]))


def _is_hispanic(token: str) -> bool:
    """A family name of Spanish that is no given name and in other languages no middle name."""
    word = folded(token)
    return word in word_set("people", "hispanic_surnames") or (len(word) > 5 and word.endswith("ez"))


def _is_second_surname(tokens: list[str]) -> bool:
    before = tokens[-2].casefold()
    return not (is_particle(tokens[-2]) or _is_initial(tokens[-2]) or before in word_set("people", "second_given"))


def with_patronymic(name: Name) -> Name:
    """`Илья | Сергеевич Соколов`, parted at the wrong word, as `Илья Сергеевич | Соколов`."""
    first, _, rest = name.family.partition(" ")
    return Name(rest, f"{name.given} {first}".strip()) if rest and _is_patronymic(first) else name


def _is_patronymic(token: str) -> bool:
    return token.casefold().endswith(tuple(word_set("people", "patronymics")))


def ends_in_initials(text: str) -> bool:
    """`Silva J. A.`, `Silva JA`."""
    tokens = text.split()
    return bool(tokens) and _is_initial(tokens[-1]) and not _is_initial(tokens[0])


def _is_initial(token: str) -> bool:
    """`J.`, `J.-P.`, `JA`; a short family name in capitals is taken for one."""
    return INITIALS.fullmatch(token) is not None and (token.endswith(".") or (len(token) <= 3 and token.isupper()))


def _by_capitals(tokens: list[str], capitals: list[bool]) -> Name:
    first, last = capitals.index(True), len(capitals) - 1 - capitals[::-1].index(True)
    while first and _goes_before(tokens[first - 1]):
        first -= 1
    family = " ".join(tokens[first : last + 1])
    return Name(family, " ".join(tokens[:first] + tokens[last + 1 :]))


def _goes_before(token: str) -> bool:
    """A particle of the family name; any particle in capitals is one where the family name is."""
    return token.casefold() in word_set("people", "family_particles") or (token.isupper() and is_particle(token))


def _eastern(tokens: list[str], lang: str) -> Name:
    """Most Chinese and Korean family names have one character, most Japanese ones two."""
    if len(tokens) == 2:
        return Name(tokens[0], tokens[1], style="eastern")
    whole = "".join(tokens)
    size = 2 if whole[:2] in SURNAMES_OF_TWO or (lang == "ja" and len(whole) > 2) else 1
    return Name(whole[:size], whole[size:], style="eastern")


def name_length(tokens: list[str]) -> int:
    """How many words of a line `Name Affiliation` are the name: up to a word that marks an institution."""
    if len(tokens) > 1 and CJK.fullmatch(tokens[0]) and not CJK.fullmatch(tokens[1]):
        return 1
    for position, token in enumerate(tokens):
        word = cased(token).strip(".,()")
        if position >= 2 and (is_institution(word) or not token[0].isalpha() or word in word_set("people", "degrees")):
            return position
        if position >= 1 and token.endswith((",", ";")):
            return position + 1
    return min(len(tokens), 3) if len(tokens) > 5 else len(tokens)
