"""YAML front matter as pandoc, Quarto, MyST, JOSS and pandoc-scholar write it, as an `Article`."""

import re
from collections.abc import Mapping
from typing import Any

from pipeline.article import (
    Abstract,
    Affiliation,
    Article,
    Contributor,
    Date,
    Element,
    Keywords,
    Name,
    Permissions,
    Title,
)
from pipeline.elements import make
from pipeline.intake.markup.blocks import without_breaks
from pipeline.intake.markup.mapper import Mapper, trimmed
from pipeline.intake.markup.nodes import inlines_of
from pipeline.intake.metadata.values import (
    DOI,
    TRUE,
    as_bool,
    as_list,
    as_text,
    date_in,
    first,
    folded,
    orcid_in,
    plain,
    strings,
)
from pipeline.words import rest

PLACE = ("name", "literal", "department", "division", "institution", "organization", "organisation", "group",
         "address", "street", "city", "region", "state", "postal-code", "postcode", "country")  # fmt: skip
ROR = re.compile(r"(?:https?://ror\.org/)?(0[0-9a-hjkmnp-tv-z]{6}\d{2})")
AUTHOR_LIST = re.compile(r"\s*;\s*|,?\s+(?:and|&|und|et|y|e)\s+|,\s+")
SETTINGS = {
    "bibliography", "csl", "documentclass", "classoption", "geometry", "fontsize", "output", "format",
    "header-includes", "link-citations", "references", "nocite", "lang", "language", "numbersections", "toc",
    "execute", "editor", "crossref", "jupyter", "kernelspec", "filters", "template", "bibliographystyle",
    "biblio-style", "csl-refs", "date-format", "citation-style", "reference-section-title", "mainfont",
    "colorlinks", "linkcolor", "urlcolor", "params", "type", "site", "project", "exports", "pdf-engine",
    "code-fold", "theme", "knit", "linestretch", "papersize", "zotero",
}  # fmt: skip


class FrontMatter:
    """Reads the metadata of a document; `article` holds what it states, `left` what no field was found for."""

    def __init__(self, meta: Mapping[str, Any], mapper: Mapper) -> None:
        self.meta = {key.casefold(): value for key, value in meta.items()}
        self.mapper = mapper
        self.values: dict[str, Any] = {key: plain(value) for key, value in self.meta.items()}
        self.article = Article(lang=as_text(self.values.get("lang") or self.values.get("language")))
        self.keys: dict[str, str] = {}
        self._read()

    def _read(self) -> None:
        article, values = self.article, self.values
        article.title = self._title()
        self._affiliations(first(values, "affiliations", "affiliation", "institute", "institutes", "institutions"))
        people = as_list(first(values, "authors", "author", "by-author"))
        if len(people) == 1 and isinstance(people[0], str) and people[0].count(" ") > 2:
            people = AUTHOR_LIST.split(people[0])
        for value in people:
            self._keyed(value)
        for value in people:
            self._author(value)
        self._abstracts()
        self._keywords(first(values, "keywords", "tags", "keyword"))
        self._facts(first(values, "article") if isinstance(first(values, "article"), dict) else {})
        self._permissions()
        self._funding(first(values, "funding", "funders"))

    def _title(self) -> Title | None:
        title = self._inline("title", "article-title")
        if title is None:
            return None
        subtitle = self._inline("subtitle", "subtitle")
        return Title(title, subtitle)

    def _inline(self, key: str, tag: str) -> Element | None:
        value = self.meta.get(key)
        content: Any = value.get("c") if value else None
        if not content:
            return None
        if value and value["t"] == "MetaBlocks":
            content = [{"t": "Space"} if node["t"] == "LineBreak" else node for node in inlines_of(content)]
        elif value and value["t"] != "MetaInlines":
            return make(tag, as_text(plain(value))) if as_text(plain(value)) else None
        made = trimmed(make(tag, self.mapper.inlines(content)))
        without_breaks(made)
        return made if len(made) or made.text else None

    def _affiliations(self, value: Any) -> None:
        entries = value.items() if isinstance(value, dict) else enumerate(as_list(value), 1)
        for key, entry in entries:
            if isinstance(entry, dict) and len(entry) == 1 and folded(next(iter(entry))) not in map(folded, PLACE):
                key, entry = next(iter(entry.items()))
            self._affiliation(entry, str(key))

    def _affiliation(self, entry: Any, key: str = "") -> str:
        """The id of an affiliation, made where its text is new; `key` is what authors call it by."""
        facts = entry if isinstance(entry, dict) else {}
        parts = [as_text(first(facts, name)) for name in PLACE] if facts else [as_text(entry)]
        text = ", ".join(dict.fromkeys(part for part in parts if part))
        ror = ROR.search(as_text(first(facts, "ror")))
        known = next((each for each in self.article.affiliations if each.text == text), None)
        if known is None and text:
            known = Affiliation(f"aff{len(self.article.affiliations) + 1}", text)
            self.article.affiliations.append(known)
        if known is None:
            return ""
        known.ror = known.ror or (f"https://ror.org/{ror[1]}" if ror else "")
        for name in (key, as_text(first(facts, "index")), as_text(first(facts, "id")), as_text(first(facts, "ref"))):
            if name:
                self.keys.setdefault(name.lstrip("#"), known.id)
        return known.id

    def _author(self, value: Any) -> None:
        if isinstance(value, str):
            self.article.contributors += [Contributor(written=value.strip())] if value.strip() else []
            return
        if not isinstance(value, dict):
            return
        if len(value) == 1 and isinstance(next(iter(value.values())), dict) and "name" not in value:
            written, value = next(iter(value.items()))
            value = {"name": written} | value
        person = _named(value)
        if person is None:
            return
        person.orcid = orcid_in(first(value, "orcid"))
        person.email = as_text(first(value, "email", "mail"))
        person.corresponding = as_bool(
            first(value, "corresponding", "correspondence", "corresp", "corresponding-author")
        )
        person.corresponding = person.corresponding or _attribute(value, "corresponding")
        person.equal_contribution = as_bool(
            first(value, "equal-contrib", "equal-contributor", "equal-contribution", "equal")
        )
        person.equal_contribution = person.equal_contribution or _attribute(value, "equal-contributor")
        person.roles = [role for each in as_list(first(value, "roles", "role", "credit")) if (role := _role(each))]
        for each in as_list(first(value, "affiliation", "affiliations", "institute", "institutes", "institution")):
            person.affiliations += [found for found in self._tied(each) if found not in person.affiliations]
        self.article.contributors.append(person)

    def _keyed(self, person: Any) -> None:
        """Affiliations that one author gives in full under a key that others name."""
        held = first(person, "affiliation", "affiliations") if isinstance(person, dict) else None
        for each in as_list(held):
            if isinstance(each, dict) and as_text(first(each, "id")) and first(each, *PLACE) is not None:
                self._affiliation(each)

    def _tied(self, value: Any) -> list[str]:
        """Ids of the affiliations an author names: by number or key (`1, 2`), or in full."""
        if isinstance(value, dict):
            key = as_text(first(value, "ref", "id", "index")).lstrip("#")
            if key in self.keys and first(value, *PLACE) is None:
                return [self.keys[key]]
            return [found for found in [self._affiliation(value)] if found]
        text = as_text(value)
        if text in self.keys:
            return [self.keys[text]]
        parts = [part.strip().lstrip("#") for part in re.split(r"[,;&]|\band\b", text) if part.strip()]
        if parts and all(part in self.keys for part in parts):
            return [self.keys[part] for part in parts]
        return [found for found in [self._affiliation(text)] if found]

    def _abstracts(self) -> None:
        value = self.meta.get("abstract")
        if not value or not value.get("c"):
            return
        if value["t"] == "MetaInlines":
            content = [self.mapper.paragraph(value["c"])]
        elif value["t"] == "MetaBlocks":
            content = self.mapper.blocks(value["c"])
        else:
            content = [make("p", text) for text in strings(plain(value))]
        for element in content:
            without_breaks(element)
        self.article.abstracts.append(Abstract(content))

    def _keywords(self, value: Any) -> None:
        raw = first(dict(self.meta), "keywords", "tags", "keyword")
        if raw and raw["t"] == "MetaList" and all(each["t"] == "MetaInlines" for each in raw["c"]):
            made = [trimmed(make("kwd", self.mapper.inlines(each["c"]))) for each in raw["c"] if each["c"]]
            self.article.keywords += [Keywords(made)] if made else []
            return
        words = [text for each in as_list(value) if (text := as_text(each))]
        if len(words) == 1 and not isinstance(value, list):
            words = [part.strip() for part in re.split(r";" if ";" in words[0] else r",", words[0]) if part.strip()]
        if words:
            self.article.keywords.append(Keywords([make("kwd", word) for word in words]))

    def _facts(self, facts: dict[str, Any]) -> None:
        article = self.article
        given = facts | self.values
        doi = DOI.search(as_text(first(given, "doi")))
        if doi:
            article.ids["doi"] = doi.group()
        numbers = date_in(as_text(first(given, "date", "published")))
        if numbers:
            article.dates.append(Date("pub", *numbers))
        article.elocation_id = as_text(first(given, "elocation-id"))
        for name in ("volume", "issue") if article.elocation_id else ("volume", "issue", "fpage", "lpage"):
            setattr(article, name, as_text(first(given, name)))
        journal = first(self.values, "journal", "citation")
        if isinstance(journal, dict):
            article.journal.title = as_text(first(journal, "title", "container-title", "name"))
        elif isinstance(journal, str):
            article.journal.title = journal

    def _permissions(self) -> None:
        licence, copyrighted = first(self.values, "license", "licence"), first(self.values, "copyright")
        facts = licence if isinstance(licence, dict) else {}
        text = as_text(first(facts, "text", "name", "id", "type")) if facts else as_text(licence)
        url = as_text(first(facts, "url", "link")) if facts else ""
        if text.startswith("http"):
            text, url = "", text
        permissions = Permissions(license_text=text, license_url=url)
        if isinstance(copyrighted, dict):
            permissions.holder = as_text(first(copyrighted, "holder"))
            permissions.year = as_text(first(copyrighted, "year"))
            permissions.statement = as_text(first(copyrighted, "statement"))
        else:
            permissions.statement = as_text(copyrighted)
        self.article.permissions = permissions

    def _funding(self, value: Any) -> None:
        """Awards with their funders; a statement in words becomes a `funding-statement`."""
        groups, statements = [], []
        for entry in as_list(value):
            facts = entry if isinstance(entry, dict) else {}
            source = first(facts, "source", "funder", "agency", "name", "institution")
            source = first(source, "name", "institution") if isinstance(source, dict) else source
            awards = as_list(first(facts, "award", "award-id", "award-number", "grant", "awards", "id", "number"))
            numbers = [
                as_text(first(each, "id", "number", "award-id") if isinstance(each, dict) else each) for each in awards
            ]
            funder = as_text(source)
            if funder or any(numbers):
                groups.append(
                    make(
                        "award-group",
                        make("funding-source", funder) if funder else None,
                        [make("award-id", number) for number in numbers if number],
                    )
                )
            statements.append(as_text(first(facts, "statement")) if facts else as_text(entry))
        said = [make("funding-statement", text) for text in statements if text]
        if groups or said:
            self.article.meta.append(make("funding-group", groups, said))

    @property
    def left(self) -> str:
        """The words that went into no field, but for the settings of programs."""
        return rest(" ".join(self.said()), self._taken())

    def _is_key(self, text: str) -> bool:
        """Whether it only ties an author to an affiliation, or says yes."""
        parts = [part.strip().lstrip("#") for part in re.split(r"[,;&]", text)]
        return all(part in self.keys or part.casefold() in TRUE for part in parts)

    def said(self) -> list[str]:
        """The strings that are words of the article; an affiliation that several authors name is one."""
        found = [text for key, value in self.values.items() if key not in SETTINGS for text in strings(value)]
        places = {each.text for each in self.article.affiliations}
        again = {number for number, text in enumerate(found) if text in places and text in found[:number]}
        return [
            text
            for number, text in enumerate(found)
            if number not in again and not self._is_key(text) and date_in(text) is None
        ]

    def _taken(self) -> list[str]:
        article = self.article
        taken = ["".join(map(str, element.itertext())) for element in article.meta]
        for title in [article.title] if article.title else []:
            taken += [title.text, "".join(map(str, title.subtitle.itertext())) if title.subtitle is not None else ""]
        for person in article.contributors:
            name = person.name or Name("")
            taken += [person.written, person.collab, name.given, name.family, name.suffix, person.orcid, person.email]
            taken += person.roles
        taken += [f"{each.text} {each.ror}" for each in article.affiliations]
        taken += ["".join(map(str, part.itertext())) for abstract in article.abstracts for part in abstract.content]
        taken += ["".join(map(str, word.itertext())) for group in article.keywords for word in group.words]
        permissions = article.permissions
        taken += [permissions.statement, permissions.holder, permissions.year, permissions.license_text]
        taken += [
            permissions.license_url,
            *article.ids.values(),
            article.journal.title,
        ]
        return [*taken, article.volume, article.issue, article.fpage, article.lpage, article.elocation_id]


def _named(value: dict[str, Any]) -> Contributor | None:
    """A person by parts or as one string, or a group."""
    name = first(value, "name", "author")
    parts = name if isinstance(name, dict) else value
    family = as_text(first(parts, "family", "surname", "last-name", "last", "family-name"))
    given = as_text(first(parts, "given", "given-names", "first-name", "first", "given-name", "firstname"))
    particle = as_text(first(parts, "non-dropping-particle", "dropping-particle"))
    if family:
        whole = " ".join(part for part in (particle, family) if part)
        return Contributor(name=Name(whole, given, suffix=as_text(first(parts, "suffix"))))
    if group := as_text(first(value, "collaboration", "collab", "collective", "group", "literal")):
        return Contributor(collab=group)
    written = as_text(first(name, "literal", "full")) if isinstance(name, dict) else as_text(name)
    return Contributor(written=written) if written else None


def _attribute(value: dict[str, Any], name: str) -> bool:
    """Quarto: `attributes: {corresponding: true}`, also as a list of names."""
    attributes = first(value, "attributes")
    if isinstance(attributes, dict):
        return as_bool(first(attributes, name))
    return folded(name) in [folded(as_text(each)) for each in as_list(attributes)]


def _role(value: Any) -> str:
    if isinstance(value, dict):
        return as_text(first(value, "type", "role", "name", "content")) or next(iter(value), "")
    return as_text(value)
