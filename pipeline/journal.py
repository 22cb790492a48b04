"""What editors say: of a journal (`journal.toml`), and of one article (`NAME.toml` beside its source)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import resources
from pipeline.article import Date, Journal, Permissions
from pipeline.checked_toml import read_checked
from pipeline.errors import UsageError

DATE_TYPES = {"published": "pub", "revised": "rev-recd"}


@dataclass(frozen=True, slots=True)
class License:
    name: str = ""
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a journal changes of its house style, `[look]` of journal.toml; what is empty stays as the style has it.

    `logo` is an absolute path, `font_size` in points. `draft`: numbered lines and a watermark.
    """

    paper: str = ""
    columns: int = 0
    logo: str = ""
    accent: str = ""
    text_font: str = ""
    heading_font: str = ""
    font_size: float = 0
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What an article may cost.

    The size of its source in bytes, the characters of its text, the elements of its XML, the seconds for one article
    or one run of an outside program, and the megabytes that such a program may take.
    """

    source_bytes: int = 20_000_000
    characters: int = 1_000_000
    elements: int = 100_000
    seconds: float = 120.0
    megabytes: int = 1000


@dataclass(frozen=True, slots=True)
class Deposit:
    """What archives and registries ask of the depositor, and where articles are; `[deposit]` of journal.toml."""

    depositor: str = ""
    email: str = ""
    registrant: str = ""
    article_url: str = ""
    pdf_url: str = ""
    image_url: str = ""
    archives: tuple[str, ...] = ()
    nlm_title: str = ""
    destination: str = ""
    ojs_user: str = "admin"
    crossmark: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """`copyright_holder` is `authors`, `journal`, `publisher`, a name, or empty where nothing is to be stated.

    `profiles` are the rules of archives that the journal wants checked.
    `citation_style` and `template` are names or absolute paths; an empty `language` is told from the text, and an
    empty `citation_style` from how the text cites.
    """

    path: Path | None = None
    journal: Journal = field(default_factory=Journal)
    language: str = ""
    doi_prefix: str = ""
    license: License = field(default_factory=License)
    copyright_holder: str = ""
    citation_style: str = ""
    template: str = "default"
    look: Look = field(default_factory=Look)
    profiles: tuple[str, ...] = ()
    deposit: Deposit = field(default_factory=Deposit)
    limits: Limits = field(default_factory=Limits)

    def as_draft(self, draft: bool) -> "Profile":
        """The same journal, its galleys marked as drafts where `draft` says so."""
        return replace(self, look=replace(self.look, draft=True)) if draft else self

    def files(self, style: str = "") -> list[Path]:
        """The files that decide how an article of the journal looks; `style` wins over the journal's own."""
        csl = Path(style or self.citation_style)
        folder = Path(self.template) if Path(self.template).is_absolute() else resources.styles(self.template)
        candidates = [self.path, csl, *sorted(folder.rglob("*")), *([Path(self.look.logo)] if self.look.logo else [])]
        return [path for path in candidates if path is not None and path.is_file()]

    def permissions(self, authors: Sequence[str], year: str) -> Permissions:
        """The `permissions` of an article: whose it is, since when, and under which licence."""
        holders = {"authors": ", ".join(authors), "journal": self.journal.title, "publisher": self.journal.publisher}
        holder = holders.get(self.copyright_holder, self.copyright_holder)
        return Permissions(
            statement=" ".join(part for part in ("©", year, holder) if part) if holder else "",
            holder=holder,
            year=year if holder else "",
            license_url=self.license.url,
            license_text=self.license.text or self.license.name,
        )


@dataclass(frozen=True, slots=True)
class AuthorFacts:
    orcid: str = ""
    email: str = ""
    corresponding: bool | None = None


@dataclass(frozen=True, slots=True)
class AffiliationFacts:
    """`ror` is an address at ror.org, `country` a code of ISO 3166 (two letters)."""

    ror: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Overrides:
    """`authors` stand under the author's number (from 1) or name, `affiliations` and `references` under theirs."""

    path: Path | None = None
    title: str = ""
    language: str = ""
    type: str = ""
    section: str = ""
    doi: str = ""
    volume: str = ""
    issue: str = ""
    fpage: str = ""
    lpage: str = ""
    elocation_id: str = ""
    dates: tuple[Date, ...] = ()
    authors: dict[str, AuthorFacts] = field(default_factory=dict)
    affiliations: dict[str, AffiliationFacts] = field(default_factory=dict)
    references: dict[str, Any] = field(default_factory=dict)


def load_journal(path: Path | None) -> Profile:
    """The profile in `path`; an empty one where there is no path.

    Raises UsageError: one line that names the file, the key and what is expected.
    """
    if path is None:
        return Profile()
    facts = read_checked(path, "journal.schema.json")
    publisher = facts.get("publisher", {})
    given: dict[str, Any] = {key: facts[key] for key in ("language", "doi_prefix") if key in facts}
    given |= {key: _located(facts[key], path) for key in ("citation_style", "template") if key in facts}
    return Profile(
        path=path,
        journal=Journal(
            title=facts.get("title", ""),
            abbreviation=facts.get("abbreviation", ""),
            id=facts.get("id", ""),
            issns=facts.get("issn", {}),
            publisher=publisher.get("name", ""),
            publisher_location=publisher.get("location", ""),
        ),
        license=License(**facts.get("license", {})),
        copyright_holder=facts.get("copyright", {}).get("holder", ""),
        look=_look(facts.get("look", {}), path),
        profiles=tuple(facts.get("profiles", ())),
        deposit=_deposit(facts.get("deposit", {})),
        limits=Limits(**facts.get("limits", {})),
        **given,
    )


def _look(facts: dict[str, Any], file: Path) -> Look:
    return Look(**facts | ({"logo": str((file.parent / facts["logo"]).resolve())} if "logo" in facts else {}))


def _deposit(facts: dict[str, Any]) -> Deposit:
    return Deposit(**facts | {"archives": tuple(facts.get("archives", ()))})


def _located(value: str, file: Path) -> str:
    """A path is meant from the folder of the file it stands in; a name is left as it is."""
    is_path = any(separator in value for separator in "/\\") or value.endswith(".csl")
    return str(file.parent.joinpath(value).resolve()) if is_path else value


def load_overrides(source: Path) -> Overrides:
    """What the `.toml` file beside `source` says; empty where there is none.

    Raises UsageError: one line that names the file, the key and what is expected.
    """
    path = source.with_suffix(".toml")
    if path == source or not path.is_file():
        return Overrides()
    facts = read_checked(path, "article.schema.json")
    first, last = _pages(str(facts.get("pages", "")))
    if first and facts.get("elocation_id"):
        raise UsageError(f"{path}: gives pages and elocation_id; an article has the one or the other")
    plain = ("title", "language", "type", "section", "doi", "volume", "issue", "elocation_id")
    return Overrides(
        path=path,
        fpage=first,
        lpage=last,
        dates=tuple(_date(path, name, str(value)) for name, value in facts.get("dates", {}).items()),
        authors={key: _author(given) for key, given in facts.get("authors", {}).items()},
        affiliations={key: AffiliationFacts(**given) for key, given in facts.get("affiliations", {}).items()},
        references=facts.get("references", {}),
        **{name: str(facts.get(name, "")) for name in plain},
    )


def _pages(text: str) -> tuple[str, str]:
    first, *rest = (part.strip() for part in re.split(r"[-‐-—]", text))
    return first, rest[0] if rest else ""


def _date(path: Path, name: str, text: str) -> Date:
    numbers = [int(part) for part in text.split("-")]
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        raise UsageError(f"{path}: dates.{name}: there is no day {text}; expected a date such as 2021-05-31") from None
    return Date(DATE_TYPES.get(name, name), *numbers)


def _author(facts: dict[str, Any]) -> AuthorFacts:
    return AuthorFacts(**facts | {"orcid": facts.get("orcid", "").rpartition("/")[2]})
