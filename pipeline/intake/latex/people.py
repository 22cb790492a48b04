"""Authors and affiliations of LaTeX classes: `authblk`, `elsarticle`, `revtex`, `IEEEtran`, `llncs`, `amsart`,
`acmart`, `sn-jnl`, `apa6`, MDPI, Copernicus, and plain `article` with `\\and`, `\\thanks` and `\\\\`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.intake.latex.scanner import Command, commands

AUTHORS = ("author", "Author", "authors", "authorsnames", "Authors")
AFFILIATIONS = ("affil", "affiliation", "address", "institute", "Affil", "affils", "authorsaffiliations", "Address",
                "affiliations", "alsoaffiliation", "curraddr")  # fmt: skip
ADDRESSES = ("email", "ead", "emails", "Email", "correspondingemail")
IDENTIFIERS = ("orcid", "orcidlink", "orcidID", "ORCID", "orcidicon", "orcidauthor")
NOTES = ("note", "thanks", "footnote", "tnoteref", "titlenote", "authornote")
GROUPS = ("collaboration",)
ALSO = ("altaffiliation", "altaffil")
NAMES = (*AUTHORS, *AFFILIATIONS, *ADDRESSES, *IDENTIFIERS, *GROUPS, *ALSO)
MARKS = ("inst", "corref", "fnref", "IEEEauthorrefmark", "textsuperscript", "footnotemark", "affilnum", "sup")
DROPPED = (
    "CJKfamily",
    "IEEEmembership",
    "cortext",
    "fntext",
    "vspace",
    "hspace",
    "label",
    "includegraphics",
)
MATH_MARK = re.compile(r"\$\s*\{?\s*\}?\^\s*(?:\{([^{}$]{1,60})\}|(\\?\w+|\*))\s*\$")
RAISED = re.compile(r"\\(?:IEEEauthorrefmark|affilnum|inst|sup|textsuperscript)\s*\{\s*(?:\\[a-z]+\s+)?([^{}]{1,60})\}")
NAMED = re.compile(r"\\at(?![A-Za-z])")
AND = re.compile(r"\\(?:and|And|AND|quad|qquad|hfill)(?![A-Za-z])")
SEPARATOR = re.compile(rf"{AND.pattern}|;")
SEMICOLON = "\ue013"
LINE = re.compile(r"\\\\(?:\[[^\]]{0,20}\])?|\\newline(?![A-Za-z])|\\par(?![A-Za-z])|\n\s*\n")
COMMAS = re.compile(r"[\s~]*,[\s~]*(?:(?:and|\\&|&)[\s~]+)?|(?<=[\s~\ufdd7])(?:and|und|et|y|e)[\s~]+|[\s~]*\\?&[\s~]*")
ORDINAL = re.compile(r"\b\d{1,2}\s*\\textsuperscript\s*\{\s*(?:st|nd|rd|th)\s*\}")
ORCID = re.compile(
    r"(?:ORCID(?:\s*iD)?\s*:?\s*)?(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])", re.IGNORECASE
)
LEADING_AND = re.compile(r"^\s*(?:and|und|et)[\s~]+")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
GROUPED = re.compile(r"\{([\w.,;\s-]{1,200})\}\s*@([\w.-]{1,100})")
KEY_VALUE = re.compile(r"(?P<key>organization|addressline|city|postcode|state|country|department)\s*=\s*")
PART_NAMES = (
    "institution department orgdiv orgname orgaddress street city state postcode country postal streetaddress position "
    "fnm sur spfx pfx sfx IEEEauthorblockA IEEEauthorblockN small footnotesize normalsize large Large textsc textnormal"
)
PARTICLE = re.compile(r"\\fnm\s*\{([^{}]{0,80})\}\s*\\spfx\s*\{([^{}]{0,40})\}\s*\\sur\s*\{([^{}]{0,80})\}")
PARTS = re.compile(
    rf"\\(?:{'|'.join(PART_NAMES.split())})\*?(?:\[[^\]]{{0,40}}\])?\s*\{{((?:[^{{}}]|\{{[^{{}}]*\}}){{0,2000}})\}}"
)


@dataclass(slots=True)
class Author:
    """A name as TeX, what marks stand beside it, what is said of the person; affiliations are places in a list."""

    name: str
    marks: list[str] = field(default_factory=list)
    email: str = ""
    orcid: str = ""
    corresponding: bool = False
    notes: list[str] = field(default_factory=list)
    affiliations: list[int] = field(default_factory=list)
    is_group: bool = False


@dataclass(slots=True)
class People:
    """Authors, and the TeX of their affiliations with the mark of each; `notes` are of these; no field holds `left`."""

    authors: list[Author] = field(default_factory=list)
    affiliations: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def place(self, mark: str, text: str) -> int:
        entry = (mark, text.strip(" ,;"))
        if entry not in self.affiliations:
            self.affiliations.append(entry)
        return self.affiliations.index(entry)


def read_people(found: list[Command]) -> People:
    """People from the commands of a source, in their order."""
    people = People()
    since: list[Author] = []
    closed = False
    for command in found:
        if command.name in AUTHORS:
            if closed:
                since, closed = [], False
            since += _authors(command, people)
        elif command.name in AFFILIATIONS:
            people.notes += _notes(command.argument)
            named = command.name == "institute" and NAMED.search(command.argument)
            closed = (_named(command, people) if named else _affiliations(command, people, since)) or closed
        elif command.name in GROUPS:
            people.authors.append(Author(command.argument, is_group=True))
        elif since and command.name in ALSO:
            text = _flat(f"{command.option.strip()} {command.argument}")
            since[-1].affiliations.append(people.place("", text))
        elif since and command.name in ADDRESSES and len(addresses := _addresses(command.argument)) < 2:
            since[-1].email = since[-1].email or "".join(addresses)
        elif since and command.name in IDENTIFIERS:
            since[-1].orcid = since[-1].orcid or command.argument
    _tie(people)
    for text in _with_addresses(found):
        _give_addresses(text, people)
    return people


def _notes(text: str) -> Iterator[str]:
    """What the notes of an affiliation say; `tnoteref` names another's."""
    return (note.argument for note in commands(text, NOTES) if note.name != "tnoteref" and note.argument)


def _with_addresses(found: list[Command]) -> Iterator[str]:
    """What may hold addresses of mail beside those of a name."""
    for command in found:
        if command.name in AUTHORS:
            yield from (block.argument for block in commands(command.argument, ("IEEEauthorblockA",)))
        elif command.name in (*AFFILIATIONS, *ADDRESSES):
            yield command.argument


def _give_addresses(text: str, people: People) -> None:
    """Addresses of mail among affiliations to the authors whose names they hold."""
    for address in _addresses(text):
        if any(author.email == address for author in people.authors):
            continue
        local = re.sub(r"[^a-z]", "", address.partition("@")[0].casefold())
        parts = ((author, part) for author in people.authors for part in _plain_parts(author.name))
        owner = next((author for author, part in parts if not author.email and len(part) > 1 and part in local), None)
        if owner is not None:
            owner.email = address
        else:
            people.left.append(address)


def _addresses(text: str) -> list[str]:
    """`{a, b}@c.org` is two."""
    text = text.replace("\\_", "_").replace("\\{", "{").replace("\\}", "}")
    text = GROUPED.sub(lambda match: " ".join(f"{one.strip()}@{match[2]}" for one in match[1].split(",")), text)
    return EMAIL.findall(text)


def _plain_parts(name: str) -> list[str]:
    """The parts of a name, last first, in the letters of addresses."""
    letters = unicodedata.normalize("NFKD", re.sub(r"\\[A-Za-z]+|[\\{}'\"`^~]", " ", name)).casefold()
    return re.findall("[a-z]+", re.sub("[\u0300-\u036f]", "", letters))[::-1]


def _affiliations(command: Command, people: People, since: list[Author]) -> bool:
    """Whether they belong to the authors before them, as they have no mark."""
    marks = [mark.strip() for mark in command.option.split(",") if mark.strip()]
    if command.name == "affiliation" and len(command.arguments) == 2:
        marks, texts = [command.arguments[0].strip()], [command.arguments[1]]
    elif command.name in ("institute", "authorsaffiliations", "affils"):
        texts = _several(command)
        marks = [str(number) for number, _ in enumerate(texts, 1)] if len(texts) > 1 or _has_marks(people) else []
    else:
        texts = [command.argument]
    parted = [piece for text in texts for piece in _by_mark(text)]
    if any(mark for mark, _ in parted):
        for mark, text in parted:
            people.place(mark, _flat(text))
        return False
    if marks and (_has_marks(people) or not people.authors):
        for mark, text in (
            zip(marks, texts, strict=False) if len(texts) > 1 else [(mark, texts[0]) for mark in marks[:1]]
        ):
            people.place(mark, _flat(text))
        return False
    for text in texts:
        email = EMAIL.search(text.replace("\\_", "_"))
        if email and since and not since[-1].email and len(since) == 1:
            since[-1].email = email.group()
        if flat := _flat(text):
            place = people.place("", flat)
            for author in since:
                if place not in author.affiliations:
                    author.affiliations.append(place)
    return True


def _named(command: Command, people: People) -> bool:
    """`A. Silva, R. Costa \\at Harbour University \\and …`: each institution after the names of its authors."""
    waiting = ""
    for part in re.split(r"\\(?:and|And)(?![A-Za-z])", command.argument):
        names, _, text = part.partition("\\at")
        names = f"{waiting} {names}"
        waiting = "" if _flat(text) else names
        if waiting:
            continue
        place = people.place("", _flat(text))
        here = names.replace("~", " ").casefold()
        named = [author for author in people.authors if author.name.rpartition(" ")[2].casefold() in here]
        for author in named:
            author.affiliations.append(place)
        if named and (found := EMAIL.search(text.replace("\\_", "_"))):
            named[0].email = named[0].email or found.group()
    return True


def _has_marks(people: People) -> bool:
    return any(author.marks for author in people.authors)


def _several(command: Command) -> list[str]:
    if command.argument.lstrip().startswith("{"):
        groups = re.findall(r"\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", command.argument)
        return [group for group in groups if group.strip()]
    parts = re.split(r"\\(?:and|And)(?![A-Za-z])", command.argument)
    return [part for part in parts if part.strip()]


def _by_mark(text: str) -> list[tuple[str, str]]:
    """`\\textsuperscript{1} One \\\\ $^2$ Two`: each with its mark."""
    text = _marks_as_commands(text)
    pieces = re.split(r"\\textsuperscript\{([^{}]{1,30})\}", text)
    if len(pieces) < 3 or re.sub(r"\\\w+(?:\{[^{}]*\})?|[\s\\]", "", pieces[0]):
        return [("", text)]
    return [(mark.strip(" ,"), body) for mark, body in zip(pieces[1::2], pieces[2::2], strict=True) if body.strip()]


def _marks_as_commands(text: str) -> str:
    """Every form of a mark as `\\textsuperscript{…}`."""
    text = MATH_MARK.sub(lambda match: f"\\textsuperscript{{{match[1] or match[2]}}}", text)
    return RAISED.sub(lambda match: f"\\textsuperscript{{{match[1]}}}", text)


def _flat(text: str) -> str:
    """The TeX of an affiliation on one line, its parts after commas, addresses of mail left out."""
    pairs = list(KEY_VALUE.finditer(text))
    if pairs:
        ends = [match.start() for match in pairs[1:]] + [len(text)]
        values = [text[match.end() : end].strip(" ,\n\t") for match, end in zip(pairs, ends, strict=True)]
        text = ", ".join(value[1:-1] if value[:1] == "{" and value[-1:] == "}" else value for value in values)
    for command in list(commands(text, (*ADDRESSES, *DROPPED, "url", *NOTES)))[::-1]:
        text = text[: command.start] + text[command.end :]
    text = re.sub(r"(?<=\})\s*(?=\\(?:institution|department|city|country|state|postcode|streetaddress)\b)", ", ", text)
    text = _without_parts(text)
    lines = [line.strip(" ,\n\t~") for line in LINE.split(text)]
    kept = [line for line in lines if line and not EMAIL.fullmatch(line.replace("\\_", "_").strip("{}()<> "))]
    return re.sub(r"\s+", " ", ", ".join(kept)).strip(" ,")


def _authors(command: Command, people: People) -> list[Author]:
    """The authors of one command, with the lines that follow a name as its affiliation."""
    if command.name == "Author" and len(command.arguments) >= 2 and command.options:
        email = EMAIL.search(" ".join(command.options[1:]))
        name = " ".join(command.arguments[:2])
        made = [Author(name, _split_marks(command.option), email=email.group() if email else "")]
    else:
        given = _split_marks(command.option) if "," in command.option or len(command.option) <= 6 else []
        made = [author for part in _parts(command.argument) for author in _part(part, given, people)]
        each = re.findall(r"\{[^{}]*\}|[^,{}]+", command.option)
        if command.name == "authorsnames" and len(each) == len(made):
            for author, marks in zip(made, each, strict=True):
                author.marks = _split_marks(marks)
    people.authors += made
    return made


def _parts(text: str) -> list[str]:
    """Semicolons part authors only where no lines with their affiliations follow."""
    if "\\\\" in text or "IEEEauthorblock" in text:
        return AND.split(text)
    for command in list(commands(text, NOTES))[::-1]:
        inner = text[command.start : command.end]
        text = text[: command.start] + inner.replace(";", SEMICOLON) + text[command.end :]
    return [part.replace(SEMICOLON, ";") for part in SEPARATOR.split(text)]


def _part(part: str, marks: list[str], people: People) -> Iterator[Author]:
    blocks = list(commands(part, ("IEEEauthorblockN", "IEEEauthorblockA")))
    if blocks:
        names = " , ".join(block.argument for block in blocks if block.name.endswith("N"))
        lines = [names, *(block.argument for block in blocks if block.name.endswith("A"))]
    else:
        lines = LINE.split(_marks_as_commands(part))
    lines = [line for line in lines if line.strip(" {}~\n\t")]
    if not lines:
        return
    authors = list(_names(lines[0], marks, people))
    rest = [line for line in lines[1:] if not _is_names(line)]
    for line in (line for line in lines[1:] if _is_names(line)):
        authors += _names(line, marks, people)
    people.notes += [note for line in rest for note in _notes(line)]
    emails = [found.group() for line in rest if (found := EMAIL.search(line.replace("\\_", "_")))]
    if len(authors) == 1 and emails:
        authors[0].email = authors[0].email or emails[0]
    if len(authors) == 1 and (orcid := next(filter(None, map(ORCID.search, rest)), None)):
        authors[0].orcid = authors[0].orcid or orcid[1]
    rest = [line for line in (ORCID.sub("", line) for line in rest) if line.strip(" {}~\n\t")]
    marked = _by_mark("\n".join(rest)) if rest else []
    if any(mark for mark, _ in marked):
        for mark, text in marked:
            people.place(mark, _flat(text))
    elif flat := _flat(" \\\\ ".join(rest)):
        place = people.place("", flat)
        for author in authors:
            author.affiliations.append(place)
    yield from authors


def _is_names(line: str) -> bool:
    """A further line of names: each with a mark, no institution."""
    return "\\textsuperscript" in line and not line.lstrip().startswith("\\textsuperscript") and "@" not in line


def _names(text: str, marks: list[str], people: People) -> Iterator[Author]:
    text, facts = _taken_out(_marks_as_commands(ORDINAL.sub("", text)))
    for number, written in enumerate(part for part in COMMAS.split(text) if part and _bare(part)):
        name, found = _marked(written)
        author = Author(name, [*marks, *found])
        for command in (each for each in facts if each[0] == number):
            _give(author, command[1], people)
        author.corresponding = any(mark.strip("\\") in ("*", "ast", "star", "cor1", "\\ast") for mark in author.marks)
        yield author


def _taken_out(text: str) -> tuple[str, list[tuple[int, Command]]]:
    """The text without notes, addresses and identifiers; and they, with the number of the name they stand beside."""
    found = list(commands(text, (*NOTES, *ADDRESSES, *IDENTIFIERS, *MARKS, *DROPPED)))
    facts: list[tuple[int, Command]] = []
    pieces, position = [], 0
    for command in found:
        pieces.append(text[position : command.start])
        before = "".join(pieces)
        number = len([part for part in COMMAS.split(before) if part and _bare(part)]) - 1
        if command.name in MARKS:
            pieces.append(f"\ufdd6{command.argument.replace(',', chr(0xFDD8)) or '*'}\ufdd7")
        else:
            facts.append((max(number, 0), command))
        position = command.end
    return "".join([*pieces, text[position:]]), facts


def _bare(part: str) -> str:
    return re.sub(r"\ufdd6[^\ufdd7]*\ufdd7|[\s~{}\\,.*]", "", part)


def _marked(written: str) -> tuple[str, list[str]]:
    marks = [
        mark
        for group in re.findall("\ufdd6([^\ufdd7]*)\ufdd7", written)
        for mark in _split_marks(group.replace("\ufdd8", ","))
    ]
    name = LEADING_AND.sub("", re.sub("\ufdd6[^\ufdd7]*\ufdd7", "", written))
    return re.sub(r"\s+", " ", _without_parts(name).replace("~", " ")).strip(" ,*"), marks


def _without_parts(text: str) -> str:
    """What commands for parts of a name or an address hold, in their place; a particle with its family name first."""
    before = ""
    text = PARTICLE.sub(r"\2 \3, \1", text)
    while text != before:
        before, text = text, PARTS.sub(r"\1", text)
    return text


def _split_marks(text: str) -> list[str]:
    return [mark for part in re.split(r"[,;\s]+|(?<=\d)(?=[*\\a-z])", text) if (mark := part.strip("$^{} "))]


def _give(author: Author, command: Command, people: People) -> None:
    if command.name in ADDRESSES:
        found = EMAIL.search(command.argument.replace("\\_", "_"))
        author.email = found.group() if found else author.email
    elif command.name in IDENTIFIERS:
        author.orcid = command.argument
    elif command.name in NOTES:
        author.notes.append(command.argument)
    elif command.name == "IEEEmembership":
        people.left.append(command.argument)


def _tie(people: People) -> None:
    """Affiliations by their marks; one alone belongs to all."""
    by_mark = {mark: place for place, (mark, _) in enumerate(people.affiliations)}
    for author in people.authors:
        author.affiliations += [by_mark[mark] for mark in author.marks if mark in by_mark]
    bare = [author for author in people.authors if not author.affiliations and not author.is_group]
    if len(people.affiliations) == 1 and len(bare) == len([each for each in people.authors if not each.is_group]):
        for author in bare:
            author.affiliations.append(0)
