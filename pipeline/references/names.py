"""Person groups: one string with several names in it to persons, bodies and "et al.", by offsets.

Terms as in JATS 1.3 `string-name` and CSL-JSON: `family` includes its particles, `given` may be initials,
`prefix` is an honorific, `suffix` is Jr, III and the like.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.article import Span
from pipeline.references.name_patterns import (
    ALONE,
    DOTTED,
    HAN,
    HANGUL,
    HANGUL_BODY,
    INITIAL,
    INITIALS,
    KANA,
    LETTER,
    PLAIN,
    REGULAR,
    RUN,
    SEPARATORS,
    SPANISH,
    STATES,
    UNBROKEN,
)


@dataclass(frozen=True, slots=True)
class Words:
    """`data/names.toml`, ready for use."""

    particles: frozenset[str]
    suffixes: frozenset[str]
    honorifics: frozenset[str]
    inner: frozenset[str]
    bodies: frozenset[str]
    beginnings: tuple[str, ...]
    korean: frozenset[str]
    vietnamese: frozenset[str]
    compounds: frozenset[str]
    short_japanese: frozenset[str]
    companies: re.Pattern[str]
    conjunctions: re.Pattern[str]
    etal: re.Pattern[str]
    roles: re.Pattern[str]


@cache
def words() -> Words:
    data = tomllib.loads((files(__package__) / "data" / "names.toml").read_text("utf-8"))
    bodies = data["bodies"].split()
    joined = "|".join(f"(?-i:{word})" if len(word) == 1 else word for word in data["conjunctions"] if word != "&")
    return Words(
        particles=frozenset(data["particles"].split()),
        suffixes=frozenset(data["suffixes"].split()),
        honorifics=frozenset(data["honorifics"].split()),
        inner=frozenset(data["inner"].split()),
        bodies=frozenset(word for word in bodies if not word.endswith("*")),
        beginnings=tuple(word[:-1] for word in bodies if word.endswith("*")),
        korean=frozenset(data["korean"].split()),
        vietnamese=frozenset(data["vietnamese"].split()),
        compounds=frozenset((data["compound_hangul"] + " " + data["compound_han"]).split()),
        short_japanese=frozenset(data["short_japanese"].split()),
        companies=re.compile(rf"[^,;]+, (?:{data['companies']})\.?", re.IGNORECASE),
        conjunctions=re.compile(rf"\.\s?\.\s?\.|…|&(?:amp;)?|(?<![^\W_])(?:{joined})(?=\s)", re.IGNORECASE),
        etal=re.compile(f"(?<![^\\W_])(?:{'|'.join(data['etal'])})", re.IGNORECASE),
        roles=re.compile("|".join(data["roles"]), re.IGNORECASE),
    )


@dataclass(slots=True)
class _Chunk:
    """A piece between separators; `hard` where a semicolon or a conjunction stands before it."""

    start: int
    end: int
    hard: bool
    text: str


def split_names(text: str, start: int, end: int, inverted: bool = False) -> tuple[Span, ...]:
    """The persons, bodies and "et al." of `text[start:end]`, in offsets of `text`.

    `inverted` says that this style writes persons as Family, Given, so that a name without a comma is a body.
    """
    regular = _regular(text, start, end)
    if regular:
        return regular
    table = words()
    parts: list[Span] = []
    tail = table.etal.search(text, start, end)
    if tail:
        parts.append(Span("etal", tail.start(), tail.end()))
        regular = _regular(text, start, tail.start()) if tail.end() >= end - 1 else ()
        if regular:
            return (*regular, *parts)
    masked = _masked(text, start, end, tail, table)
    group = masked[start:end].strip(" .,;")
    if table.companies.fullmatch(group):
        parts.append(Span("collab", *_trimmed(masked, start, end)))
    elif is_body(group) and _begins_with_body(group) and not _has_person(group):
        bodies = [_trimmed(masked, *piece) for piece in _pieces(masked, start, end)]
        parts += [Span("collab", *piece) for piece in bodies if piece[0] < piece[1]]
    else:
        parts += _persons(masked, _chunks(masked, start, end, table), inverted)
    return tuple(sorted(parts, key=lambda part: part.start))


def _regular(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The persons of a group in one of the regular orders, or none."""
    for order in REGULAR:
        people: list[Span] = []
        position = start
        while position < end and (name := order.match(text, position, end)):
            people.append(_regular_person(name))
            position = name.end()
        if position == end:
            return tuple(people)
    eastern = HAN.match(text, start, end) or HANGUL.match(text, start, end)
    alone = None if eastern else ALONE.fullmatch(text, start, end)
    if alone and not is_body(text[start:end]) and not _is_suffix(alone["given"]):
        return (_regular_person(alone),)
    return ()


def _regular_person(name: re.Match[str]) -> Span:
    parts = [Span("family", *name.span("family")), Span("given", *name.span("given"))]
    return _person(parts if parts[0].start < parts[1].start else parts[::-1])


def _masked(text: str, start: int, end: int, tail: re.Match[str] | None, table: Words) -> str:
    """`text` with roles ("Eds.") and "et al." blanked, offsets kept."""
    head, group = text[:start], text[start:end]
    if tail:
        group = group[: tail.start() - start] + " " * (tail.end() - tail.start()) + group[tail.end() - start :]
    return head + table.roles.sub(lambda role: " " * len(role.group()), group) + text[end:]


def _begins_with_body(group: str) -> bool:
    """Whether what is before a comma is a body; a common word alone may be a family name, as in `Church, Alonzo`."""
    head, *rest = (piece.strip() for piece in group.split(","))
    return is_body(head) and (not rest or head.lower() not in words().bodies or is_body(rest[0]))


def _has_person(group: str) -> bool:
    """Whether initials follow a comma, alone or before a family name, as they do in no name of a body."""
    pieces = [piece.strip(" .") for piece in group.split(",")[1:]]
    return any(INITIALS.fullmatch(piece) or re.match(rf"{INITIAL}\.\s", piece) for piece in pieces)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Parts between semicolons, or between commas and "&" where every part is a body of its own."""
    for separator in (";", r",\s|\s&\s"):
        cuts = [(start + match.start(), start + match.end()) for match in re.finditer(separator, text[start:end])]
        bounds = [start, *(place for cut in cuts for place in cut), end]
        pieces = list(zip(bounds[::2], bounds[1::2], strict=True))
        sides = [text[a:b].strip(" .,") for a, b in pieces]
        if cuts and (separator == ";" or all(side[:1].isupper() and is_body(side) for side in sides)):
            return pieces
    return [(start, end)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n.,;:&*":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:&*":
        end -= 1
    if (
        end > start
        and text[end - 1] == "."
        and not re.search(r"(?:\b\w|\b(?:Inc|Ltd|Co|Corp|Jr|Sr))\.$", text[start:end])
    ):
        end -= 1
    return start, end


def is_body(name: str) -> bool:
    """Whether a name (of one party) is that of a body, by its words."""
    table = words()
    tokens = UNBROKEN.findall(name)
    if not tokens or HANGUL.fullmatch(name):
        return HANGUL_BODY.fullmatch(name) is not None
    if len(tokens) > 1 and all(DOTTED.fullmatch(token) for token in tokens[:-1]) and tokens[0] not in STATES:
        return False
    for token in tokens:
        lower = token.lower().rstrip(".,:")
        if lower in table.bodies or (len(lower) > 4 and lower.startswith(table.beginnings)):
            return len(tokens) == 1 or not INITIALS.fullmatch(tokens[-1])
    acronym = len(tokens) == 1 and name.isupper() and 2 <= len(name) <= 9 and "." not in name
    expanded = re.fullmatch(r"[A-Z][\w&-]{1,10} \(.{8,}\)|.{8,} \([A-Z][\w&-]{1,10}\)", name) is not None
    return acronym or expanded or (len(tokens) > 2 and any(t.lower() in ("of", "for", "the", "on") for t in tokens))


def _chunks(text: str, start: int, end: int, table: Words) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    marks = [(m.start(), m.end(), m.group().strip() not in ",，") for m in SEPARATORS.finditer(text, start, end)]
    marks += [(m.start(), m.end(), True) for m in table.conjunctions.finditer(text, start, end) if m.end() > m.start()]
    position, hard = start, True
    for left, right, strong in [*sorted(marks), (end, end, True)]:
        if left < position:
            position, hard = max(position, right), hard or strong
            continue
        first, last = _trimmed(text, position, left)
        if first < last and LETTER.search(text, first, last):
            chunks.append(_Chunk(first, last, hard, text[first:last]))
            hard = strong
        else:
            hard = hard or strong
        position = right
    return chunks


def _persons(text: str, chunks: list[_Chunk], inverted: bool) -> list[Span]:
    """Commas stand between persons or inside them; what is beside them tells which."""
    people: list[Span] = []
    i = 0
    while i < len(chunks):
        chunk = chunks[i]
        following = chunks[i + 1] if i + 1 < len(chunks) and not chunks[i + 1].hard else None
        if people and not chunk.hard and _is_suffix(chunk.text):
            people[-1] = _joined(people[-1], Span("suffix", chunk.start, chunk.end))
            i += 1
        elif following and _pairs(chunk, following, i == 0 or chunk.hard or " " not in chunk.text, len(chunks)):
            family = _family_parts(text, chunk.start, chunk.end)
            given = Span("given", following.start, following.end)
            people.append(_person([*family, given]))
            i += 2
        else:
            people.append(_single(text, chunk, inverted and len(chunks) == 1))
            i += 1
    return people


def _is_suffix(text: str) -> bool:
    return text.lower() in words().suffixes


def _is_initials(text: str) -> bool:
    if text.upper() == text.lower():
        return False
    return (
        INITIALS.fullmatch(text) is not None
        or (len(text) == 2 and text[0].isalpha() and text[1] == ".")
        or (RUN.fullmatch(text.replace(".", "")) is not None and len(text) < 5)
    )


def _pairs(chunk: _Chunk, following: _Chunk, leading: bool, count: int) -> bool:
    """Whether two chunks with a comma between them are one person, `Family, Given`."""
    if (
        _is_suffix(following.text)
        or (INITIALS.fullmatch(chunk.text) and not chunk.text.isalpha())
        or _has_initials(chunk.text)
        or (_begins_with_initials(chunk.text) and _begins_with_initials(following.text))
    ):
        return False
    if _is_initials(_without_particles(following.text)):
        return True
    core = [word for word in chunk.text.split() if word.lower() not in words().particles]
    if len(core) > 1 and is_body(chunk.text):
        return False
    given = re.sub(r"\s*\(.*\)", "", following.text).split() or [following.text]
    if _has_initials(following.text):
        # "Smith, John A." against "John Smith, Mary A. Jones"
        return leading and len(given[0].rstrip(".")) > 1 and (_is_initials(given[-1]) or len(chunk.text.split()) == 1)
    if HANGUL.fullmatch(chunk.text) or HAN.fullmatch(chunk.text):
        return False
    return leading and len(core) <= 2 and len(given) <= 3 and (len(core) == 1 or len(given) == 1 or count == 2)


def _without_particles(text: str) -> str:
    """`J. A. da` and `M. de A.` without their small words."""
    return " ".join(token for token in text.split() if token not in words().particles) or text


def _begins_with_initials(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and _is_initials(first)


def _has_initials(text: str) -> bool:
    tokens = [token.strip("()") for token in text.split()]
    tokens = tokens[:-1] if len(tokens) > 2 and _is_suffix(tokens[-1]) else tokens
    return len(tokens) > 1 and (
        (_is_initials(tokens[0]) and "." in tokens[0])
        or _is_initials(tokens[-1])
        or any(re.fullmatch(rf"(?:{INITIAL}\.)+", token) for token in tokens)
    )


def _single(text: str, chunk: _Chunk, body_likely: bool) -> Span:
    """A chunk that is a whole name."""
    name = chunk.text
    plain = PLAIN.fullmatch(text, chunk.start, chunk.end)
    if plain and plain["given"] and plain["given"] not in STATES:
        return _person([Span("given", *plain.span("given")), Span("family", *plain.span("family"))])
    if plain and plain["before"]:
        return _person([Span("family", *plain.span("before")), Span("given", *plain.span("after"))])
    if (HANGUL.fullmatch(name) or HAN.fullmatch(name)) and not is_body(name):
        cut = chunk.start + _family_length(name, text)
        return _person([Span("family", chunk.start, cut), Span("given", cut, chunk.end)])
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", name) if LETTER.search(m.group())]
    tokens = [_unbracketed(text, chunk.start + a, chunk.start + b) for a, b in tokens]
    if is_body(name) or len(tokens) == 1 or len(tokens) > 6 or (body_likely and not _has_initials(name)):
        return Span("collab", chunk.start, chunk.end)
    return _person(_ordered(text, tokens))


def _family_length(name: str, text: str) -> int:
    """How many characters of a Korean, Chinese or Japanese name are the family name; kana in `text` say Japanese."""
    table = words()
    kana = KANA.search(name)
    if kana and kana.start():
        return kana.start()
    if name[:2] in table.compounds:
        return 2
    if HANGUL.match(name) or len(name) == 2:
        return 1
    return 2 if len(name) > 3 or (KANA.search(text) and name[0] not in table.short_japanese) else 1


def _unbracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """`(Y.)` without its brackets."""
    enclosed = end - start > 2 and text[start] == "(" and text[end - 1] == ")"
    return (start + 1, end - 1) if enclosed else (start, end)


def _ordered(text: str, tokens: list[tuple[int, int]]) -> list[Span]:
    """Parts of one name without a comma inside it."""
    table = words()
    parts: list[Span] = []
    if text[slice(*tokens[0])].lower() in table.honorifics and len(tokens) > 2:
        parts.append(Span("prefix", *tokens.pop(0)))
    if text[slice(*tokens[-1])].strip(".,").lower() in table.suffixes and len(tokens) > 2:
        parts.append(Span("suffix", *tokens.pop()))
    values = [text[a:b] for a, b in tokens]
    cut = _family_start(values)
    if cut > 0:
        parts += [Span("given", tokens[0][0], tokens[cut - 1][1]), Span("family", tokens[cut][0], tokens[-1][1])]
    else:
        parts += [Span("family", tokens[0][0], tokens[-cut - 1][1]), Span("given", tokens[-cut][0], tokens[-1][1])]
    return sorted(parts, key=lambda part: part.start)


def _family_start(values: list[str]) -> int:
    """Where the family name begins; negative: how many leading tokens are the family name."""
    table = words()
    last = len(values) - 1
    trailing = last + 1
    while trailing > 1 and (_is_initials(values[trailing - 1].strip("()"))):
        trailing -= 1
    if trailing <= last and not (_is_initials(values[0]) and "." in values[0]):
        return -trailing
    leading = 0
    while leading < last and _is_initials(values[leading]):
        leading += 1
    capitals = [i for i, value in enumerate(values) if len(value) > 2 and value.isupper()]
    if capitals and capitals[-1] - capitals[0] < last and not leading:
        return capitals[0] if capitals[-1] == last else -(capitals[-1] + 1)
    first = values[0].lower()
    if not leading and (
        (first in table.vietnamese and values[-1].lower() not in table.vietnamese)
        or (first in table.korean and ("-" in values[-1] or last == 2) and values[-1].lower() not in table.korean)
    ):
        return -1
    cut = max(leading, 1) if leading and leading == last else last
    for i in range(max(leading, 1), last):
        if values[i].lower() in table.particles:
            return i
    if last > 2 and not leading and any(SPANISH.search(value) for value in values):
        return last - 1
    return max(leading, 1) if leading and last - leading < 2 else cut


def _family_parts(text: str, start: int, end: int) -> list[Span]:
    """Of `Family` before a comma: an honorific or a suffix may stand with it."""
    tokens = text[start:end].split()
    if len(tokens) > 1 and _is_suffix(tokens[-1]):
        cut = end - len(tokens[-1])
        return [Span("family", start, len(text[:cut].rstrip())), Span("suffix", cut, end)]
    return [Span("family", start, end)]


def _person(parts: list[Span]) -> Span:
    return Span("person", parts[0].start, parts[-1].end, parts=tuple(parts))


def _joined(person: Span, part: Span) -> Span:
    if person.label != "person":
        return person
    return Span("person", person.start, part.end, parts=(*person.parts, part))
