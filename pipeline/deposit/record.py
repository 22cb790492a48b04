"""One reading of an article for every target: its XML, what journal.toml and NAME.toml add, the files beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from json import loads
from pathlib import Path

from pipeline import jats
from pipeline.addresses import address
from pipeline.article import Affiliation, Article, Contributor, Date, Element
from pipeline.deposit.builder import line
from pipeline.elements import HREF
from pipeline.journal import Profile, load_overrides
from pipeline.settle import settle
from pipeline.validation.links import FILES, find_file
from pipeline.validation.parse import read_article

GALLEYS = ("pdf", "html", "docx", "epub")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Award:
    """A grant: who gave it, the funder's identifier (an address or a DOI) and the numbers."""

    funder: str
    identifier: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """Another work: `type` is JATS `related-article-type`, `scheme` its `ext-link-type` (doi, uri …)."""

    type: str
    scheme: str
    identifier: str


@dataclass(slots=True)
class Record:
    """`article` has what journal.toml and NAME.toml say; `root` and `data` are the file as it is."""

    path: Path
    data: bytes
    root: Element
    article: Article
    profile: Profile
    galleys: dict[str, Path] = field(default_factory=dict)
    files: dict[str, Path | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def doi(self) -> str:
        return self.article.ids.get("doi", "")

    @property
    def title(self) -> str:
        """Title and subtitle in one line."""
        title = self.article.title
        return ": ".join(filter(None, (line(title.content), line(title.subtitle)))) if title else ""

    @property
    def published(self) -> Date | None:
        """The fullest date of publication."""
        found = [date for date in self.article.dates if date.type == "pub"]
        return max(found, key=lambda date: (date.month is not None) + (date.day is not None), default=None)

    @property
    def url(self) -> str:
        """The article's address, by the pattern of journal.toml."""
        return address(self.profile.deposit.article_url, self.article, self.name)

    @property
    def authors(self) -> list[Contributor]:
        return [person for person in self.article.contributors if person.type == "author"]

    @property
    def language(self) -> str:
        """ISO 639-1, or empty."""
        return language_of(self.article.lang)

    def affiliations(self, person: Contributor) -> list[Affiliation]:
        known = {place.id: place for place in self.article.affiliations}
        return [known[identifier] for identifier in person.affiliations if identifier in known]

    def awards(self) -> list[Award]:
        """The grants of `funding-group`, one for each `award-group`."""
        groups = self.root.findall("front/article-meta/funding-group/award-group")
        return [award for group in groups for award in _awards(group)]

    def relations(self) -> list[Relation]:
        return [
            Relation(
                each.get("related-article-type") or "", each.get("ext-link-type") or "", (each.get(HREF) or "").strip()
            )
            for each in self.root.findall("front/article-meta/related-article")
            if each.get(HREF)
        ]


def open_record(path: Path, data: bytes, profile: Profile) -> Record:
    """The article of the JATS file `data`, read from `path`.

    Raises SourceError (no JATS article) and UsageError (a mistake in NAME.toml beside it).
    """
    root = read_article(path, data)
    article = jats.read(root)
    settle(article, load_overrides(path), profile)
    galleys = {to: found for to in GALLEYS if (found := path.with_suffix(f".{to}")).is_file()}
    hrefs = dict.fromkeys(each.get(HREF) or "" for each in root.iter(*FILES))
    files = {href: find_file(path.parent, href) for href in hrefs if href and "://" not in href and href[0] != "#"}
    return Record(path, data, root, article, profile, galleys, files)


def _awards(group: Element) -> Iterator[Award]:
    numbers = tuple(line(each) for each in group.findall("award-id") if line(each))
    for source in group.findall("funding-source"):
        identifier = next((line(each) for each in source.iter("institution-id")), source.get(HREF) or "")
        institution = source.find(".//institution")
        name = line(institution if institution is not None else source)
        if name:
            yield Award(name, identifier, numbers)


def part(place: Affiliation, label: str) -> str:
    """The first part of an affiliation with a label (see `Span`)."""
    return next((place.text[span.start : span.end] for span in place.spans if span.label == label), "")


def institution(place: Affiliation) -> str:
    """The institution, or the whole affiliation where none is tagged."""
    return part(place, "institution") or place.text


def bare_doi(identifier: str) -> str:
    """A DOI without the address or the scheme that it may be written with."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", identifier)


def language_of(lang: str | None) -> str:
    code = (lang or "").partition("-")[0].lower()
    return code if code in languages() else ""


@cache
def languages() -> dict[str, str]:
    """ISO 639-2/B codes by those of ISO 639-1."""
    table: dict[str, str] = loads((DATA / "languages.json").read_text(encoding="utf-8"))
    return table
