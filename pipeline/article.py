"""The values that travel between the rooms.

Inline and block content is held as JATS elements (lxml), so that nothing a source format knew is
flattened on the way; everything that has one plain value is a string. Language tags are BCP 47.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from lxml.etree import _Element

Element: TypeAlias = _Element
IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff々]+")


@dataclass(slots=True)
class Hints:
    """What the source format says about a block's role; nothing of it is needed.

    `breaks` are offsets of the block's text at which a line of the source began.
    """

    level: int | None = None
    style: str | None = None
    marker: str | None = None
    bold: bool = False
    blank_lines_before: int = 0
    breaks: tuple[int, ...] = ()


@dataclass(slots=True)
class Block:
    """One piece of a source: a JATS block element, and the 1-based lines it came from."""

    content: Element
    line: int
    last_line: int
    hints: Hints = field(default_factory=Hints)

    @property
    def text(self) -> str:
        if not len(self.content):
            return self.content.text or ""
        return "".join(map(str, self.content.itertext()))


@dataclass(frozen=True, slots=True)
class SetAside:
    """Text of a source that is left out of the article, and why."""

    line: int
    text: str
    reason: str


class Span(NamedTuple):
    """`text[start:end]` (code points) of an exact string, and what it is.

    Labels of references: author, editor, translator, date, title, container-title, volume, issue,
    pages, publisher, location, doi, url, edition, series, type, label, note, other.
    `parts` are the finer spans within it, in order, without overlap, in offsets of the same string:
    of a person group `person` (with `family`, `given`, `prefix`, `suffix`), `collab`, `etal`;
    of a date `year`, `month`, `day`, `season`; of pages `first`, `last`.
    Labels of affiliations: department, institution, city, region, country, postal-code.
    """

    label: str
    start: int
    end: int
    confidence: float = 1.0
    parts: tuple["Span", ...] = ()


@dataclass(slots=True)
class Reference:
    """An entry of the reference list: the author's exact string, how it was read, and its CSL item.

    `element` is the `ref` of a JATS file that was read, kept to be written back as it was; `marked` a paragraph with
    the same string and its italics. `is_known`: the item was
    not read from the string but given with the source (a bibliography, the data of a citation program).
    """

    text: str
    spans: tuple[Span, ...] = ()
    item: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    label: str = ""
    lang: str | None = None
    line: int | None = None
    element: Element | None = None
    marked: Element | None = None
    is_known: bool = False


@dataclass(slots=True)
class ReferenceList:
    """A list of references of a JATS file: its heading, what it says before its entries, and their ids.

    `depth`: 0 for a list of the article, 1 for one within that, and so on; one within another follows it.
    """

    title: str = ""
    depth: int = 0
    content: list[Element] = field(default_factory=list)
    references: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Name:
    """A personal name as JATS `name` has it."""

    family: str
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    style: str = "western"


@dataclass(slots=True)
class Contributor:
    """A person (`name`) or a group (`collab`); `affiliations` are ids of `Affiliation`, `orcid` is without address.

    `more`: what else a JATS file says of them (degrees, members of a group, other forms of the name), to be printed.
    `written` is a name as one string, where a source format states it so; the structure room splits it.
    """

    name: Name | None = None
    collab: str = ""
    type: str = "author"
    affiliations: list[str] = field(default_factory=list)
    orcid: str = ""
    email: str = ""
    corresponding: bool = False
    equal_contribution: bool = False
    roles: list[str] = field(default_factory=list)
    biography: list[Element] = field(default_factory=list)
    more: list[Element] = field(default_factory=list)
    written: str = ""

    @property
    def display(self) -> str:
        """The name as it is read: the family name first in ideographs, without a space, and in the eastern style."""
        name = self.name
        if name is None:
            return self.collab
        if name.family and name.given and IDEOGRAPHS.fullmatch(name.family + name.given):
            return name.family + name.given + name.suffix
        parts = (name.family, name.given) if name.style == "eastern" else (name.given, name.family)
        return " ".join(part for part in (*parts, name.suffix) if part)


@dataclass(slots=True)
class Affiliation:
    """The exact string of an affiliation and its labelled parts (see `Span`)."""

    id: str
    text: str
    spans: tuple[Span, ...] = ()
    label: str = ""
    country_code: str = ""
    ror: str = ""
    lang: str | None = None


@dataclass(slots=True)
class Title:
    """`content` is an `article-title` (or `trans-title`) element, `subtitle` likewise."""

    content: Element
    subtitle: Element | None = None
    lang: str | None = None

    @property
    def text(self) -> str:
        """On one line."""
        return "".join(_in_one_line(self.content))


def _in_one_line(element: Element) -> Iterator[str]:
    yield " " if element.tag == "break" else element.text or "" if isinstance(element.tag, str) else ""
    for child in element:
        yield from _in_one_line(child)
        yield child.tail or ""


@dataclass(slots=True)
class Abstract:
    """`content`: `p` and `sec` elements. `type` is JATS `abstract-type`, empty for the abstract proper."""

    content: list[Element]
    title: str = ""
    type: str = ""
    lang: str | None = None


@dataclass(slots=True)
class Keywords:
    """`words`: `kwd` elements."""

    words: list[Element]
    title: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """`type` is JATS `date-type`: pub, received, accepted, rev-recd …; numbers as printed, no zeros."""

    type: str
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)


@dataclass(slots=True)
class Journal:
    """`journal-meta`. `issns` maps publication format (`electronic`, `print`) to ISSN."""

    title: str = ""
    abbreviation: str = ""
    id: str = ""
    issns: dict[str, str] = field(default_factory=dict)
    publisher: str = ""
    publisher_location: str = ""


@dataclass(slots=True)
class Permissions:
    statement: str = ""
    holder: str = ""
    year: str = ""
    license_url: str = ""
    license_text: str = ""


@dataclass(slots=True)
class Article:
    """A whole article.

    `body` and `back` are JATS elements in order (`back` without its `ref-list`); `meta` are children
    of `article-meta` that no field here holds, kept as they were read; so are `floats` (children of
    `floats-group`) and `sub_articles` (`sub-article` and `response` elements). `more` are parts of the front of a
    JATS file that only galleys know what to do with: other titles, events that are no date; they are not written again.
    Nor are `reference_lists`, which say how the references of a JATS file are divided.
    """

    lang: str = "en"
    type: str = "research-article"
    subjects: list[str] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)
    ids: dict[str, str] = field(default_factory=dict)
    title: Title | None = None
    translated_titles: list[Title] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    volume: str = ""
    issue: str = ""
    fpage: str = ""
    lpage: str = ""
    elocation_id: str = ""
    permissions: Permissions = field(default_factory=Permissions)
    abstracts: list[Abstract] = field(default_factory=list)
    keywords: list[Keywords] = field(default_factory=list)
    meta: list[Element] = field(default_factory=list)
    more: list[Element] = field(default_factory=list)
    body: list[Element] = field(default_factory=list)
    back: list[Element] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    references_title: str = ""
    reference_lists: list[ReferenceList] = field(default_factory=list)
    floats: list[Element] = field(default_factory=list)
    sub_articles: list[Element] = field(default_factory=list)
