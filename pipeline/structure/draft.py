"""An article in the making: zones of blocks that recognisers empty one after another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.article import Article, Block, Element, Name, Reference, SetAside
from pipeline.findings import Finding, Severity
from pipeline.structure.names import with_patronymic
from pipeline.words import rest, words

ReadCitation = Callable[[str], Reference]


@dataclass(slots=True)
class Zone:
    """Consecutive blocks under one label; `role` is what the label or the shape of the blocks says.

    `is_section`: the source marks the label as the heading of a section, of this `level`.
    """

    role: str
    label: str = ""
    label_line: int = 0
    blocks: list[Block] = field(default_factory=list)
    is_section: bool = False
    level: int = 0


@dataclass(slots=True)
class Draft:
    """`read_citation` reads a citation string (the references room's function, given by the caller).

    `blocks`: all that was read; `is_page`: the text is a page of a journal's site; `is_stated`: the
    source format itself says what the title is; `notes` are the authors'
    `corresp` and `fn` elements, `footnotes` the `fn` elements of a format that has real ones.
    `properties`: what the file says of itself beside the text.
    `is_numbered`: floats and equations get their numbers here; `added` are such strings, which
    the source does not hold.
    """

    zones: list[Zone]
    article: Article
    read_citation: ReadCitation
    blocks: Sequence[Block] = ()
    is_page: bool = False
    is_stated: bool = False
    citation: Reference | None = None
    references: list[Block] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    footnotes: Sequence[Element] = ()
    is_numbered: bool = False
    properties: Article | None = None
    added: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def lang(self) -> str:
        return self.article.lang

    def take(self, *roles: str) -> list[Zone]:
        """Remove and return the zones of these roles, in order."""
        taken = [zone for zone in self.zones if zone.role in roles]
        self.zones = [zone for zone in self.zones if zone.role not in roles]
        return taken

    def cited_names(self) -> list[Name]:
        """The authors as the article's own citation has them."""
        authors = self.citation.item.get("author", []) if self.citation else []
        names = [
            Name(_tidy(f"{author.get('non-dropping-particle', '')} {author['family']}"), _tidy(author.get("given", "")))
            for author in authors
            if author.get("family")
        ]
        return list(map(with_patronymic, names))

    def cited_title(self) -> str:
        return str(self.citation.item.get("title", "")) if self.citation else ""

    def drop(self, blocks: Iterable[Block], reason: str) -> None:
        """Set whole blocks aside."""
        self.set_aside += [SetAside(block.line, block.text, reason) for block in blocks if words(block.text)]

    def drop_label(self, zone: Zone, reason: str = "label of the page") -> None:
        if zone.label:
            self.set_aside.append(SetAside(zone.label_line, zone.label, reason))

    def set_aside_line(self, text: str, reason: str) -> None:
        """Set aside a string whose line is not known any more."""
        self.set_aside.append(SetAside(0, text, reason))

    def drop_rest(self, line: int, text: str, taken: Iterable[str], reason: str) -> None:
        """Set aside what is left of `text` after the strings that went into the article."""
        left = rest(text, taken)
        if left:
            self.set_aside.append(SetAside(line, left, reason))

    def note(self, code: str, message: str, line: int | None, severity: Severity = Severity.WARNING) -> None:
        self.findings.append(Finding(code, severity, message, line=line))


def _tidy(text: str) -> str:
    """A name without the stray stops that sites put behind initials."""
    words = text.split()
    while words and not any(char.isalnum() for char in words[-1]):
        words.pop()
    return " ".join(words)
