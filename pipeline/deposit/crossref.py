"""Crossref: one batch of journal articles, by the deposit schema 5.3.1."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from json import loads
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.article import Abstract, Affiliation, Contributor, Date, Element, Reference
from pipeline.deposit.builder import Maker, date_elements, line, root_with, serialize
from pipeline.deposit.crossmark import SPACE, VERSION, crossmark
from pipeline.deposit.crossmark import problems as crossmark_problems
from pipeline.deposit.packing import now
from pipeline.deposit.record import DATA, Record, bare_doi, institution, language_of, part
from pipeline.deposit.schemas import check as check_schema
from pipeline.deposit.schemas import xsd
from pipeline.elements import LANG, MML, XSI, append
from pipeline.findings import Finding, Severity

NEEDS = ("doi", "title", "date", "journal", "issn", "depositor", "email", "registrant", "url")
PROFILES = ("crossref",)
JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
FUNDING = "http://www.crossref.org/fundref.xsd"
ACCESS = "http://www.crossref.org/AccessIndicators.xsd"
RELATIONS = "http://www.crossref.org/relations.xsd"
PREFIXES = {None: SPACE, "xsi": XSI, "jats": JATS, "fr": FUNDING, "ai": ACCESS, "rel": RELATIONS, "mml": MML}
FACES = {
    "bold": "b", "italic": "i", "underline": "u", "overline": "ovl", "sup": "sup", "sub": "sub", "sc": "scp",
    "monospace": "tt",
}  # fmt: skip
ABSTRACT = {
    "p", "sec", "title", "bold", "italic", "underline", "sup", "sub", "sc", "monospace", "list", "list-item", "label",
}  # fmt: skip
ROLES = ("author", "editor", "chair", "reviewer", "reader", "translator")
LONGEST_GIVEN, LONGEST_CITED = 60, 32

make, fund, access, relate, jats = Maker(SPACE), Maker(FUNDING), Maker(ACCESS), Maker(RELATIONS), Maker(JATS)


problems = crossmark_problems


def write(records: Sequence[Record], output: Path) -> bytes:
    """The batch; articles of one volume and issue stand under one `journal`."""
    first = records[0]
    root = make(
        "doi_batch", _head(first), make("body", [_journal(list(group)) for _, group in groupby(records, _issue)]),
        attributes={"version": VERSION, f"{{{XSI}}}schemaLocation": f"{SPACE} https://www.crossref.org/schemas/crossref{VERSION}.xsd"},
    )  # fmt: skip
    return serialize(root_with(root, PREFIXES))


def _issue(record: Record) -> tuple[str, str, str]:
    return record.article.journal.title, record.article.volume, record.article.issue


def _head(record: Record) -> Element:
    stamp = now().strftime("%Y%m%d%H%M%S")
    deposit = record.profile.deposit
    return make(
        "head",
        make("doi_batch_id", f"{record.article.journal.id or record.name}-{stamp}"[:100]),
        make("timestamp", stamp),
        make("depositor", make("depositor_name", deposit.depositor), make("email_address", deposit.email)),
        make("registrant", deposit.registrant),
    )


def _journal(records: Sequence[Record]) -> Element:
    first = records[0]
    journal, article = first.article.journal, first.article
    issns = [make("issn", value, attributes={"media_type": kind}) for kind, value in journal.issns.items()]
    numbered = bool(article.volume or article.issue)
    dates = [record.published for record in records if record.published]
    return make(
        "journal",
        make(
            "journal_metadata", make("full_title", journal.title), make.maybe("abbrev_title", journal.abbreviation),
            issns, _archives(first), attributes={"language": first.language},
        ),
        make(
            "journal_issue",
            _date("publication_date", max(dates, key=lambda date: date.iso)),
            make("journal_volume", make("volume", article.volume)) if article.volume else None,
            make.maybe("issue", article.issue),
        ) if numbered and dates else None,
        [_article(record) for record in records],
    )  # fmt: skip


def _article(record: Record) -> Element:
    article = record.article
    published, accepted = record.published, next((date for date in article.dates if date.type == "accepted"), None)
    return make(
        "journal_article",
        list(_titles(record)),
        make.maybe("contributors", list(_contributors(record))),
        [_abstract(each, article.lang) for each in article.abstracts],
        _date("publication_date", published) if published else None,
        _date("acceptance_date", accepted) if accepted else None,
        make.maybe("pages", make.maybe("first_page", article.fpage), make.maybe("last_page", article.lpage)),
        _article_number(article.elocation_id),
        crossmark(record, _funding(record), _license(record)),
        _relations(record),
        _archives(record),
        make("doi_data", make("doi", record.doi), make("resource", record.url, attributes={"content_version": "vor"})),
        make.maybe("citation_list", [_citation(each) for each in article.references]),
        attributes={"publication_type": "full_text", "language": record.language},
    )  # fmt: skip


def _article_number(number: str) -> Element | None:
    given = {"item_number_type": "article_number"}
    return make("publisher_item", make("item_number", number, attributes=given)) if number else None


def _titles(record: Record) -> Iterator[Element]:
    title = record.article.title
    if title is None:
        return
    content: list[Any] = [make("title", *faces(title.content))]
    if title.subtitle is not None:
        content.append(make("subtitle", *faces(title.subtitle)))
    yield make("titles", content)
    for other in record.article.translated_titles:
        yield make("titles", make("title", *faces(other.content)))


def faces(element: Element) -> Iterator[str | Element]:
    """The content of a title in Crossref's face markup; what has none there is its text."""
    yield element.text or ""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in FACES:
            yield make(FACES[name], *faces(child))
        elif name == "math":
            yield _alone(child)
        elif name not in ("", "xref", "fn"):
            yield from faces(child)
        yield child.tail or ""


def _alone(element: Element) -> Element:
    copy: Element = etree.fromstring(etree.tostring(element, with_tail=False))
    return copy


def _contributors(record: Record) -> Iterator[Element]:
    for number, person in enumerate(record.article.contributors):
        given = {
            "sequence": "additional" if number else "first",
            "contributor_role": person.type if person.type in ROLES else "author",
        }
        if person.name is None:
            yield (
                make("organization", person.collab, attributes=given)
                if person.collab
                else make("anonymous", attributes=given)
            )
            continue
        yield make(
            "person_name",
            make.maybe("given_name", person.name.given[:LONGEST_GIVEN]),
            make("surname", person.name.family or person.name.given),
            make.maybe("suffix", person.name.suffix),
            make.maybe("affiliations", [_institution(place) for place in record.affiliations(person)]),
            _orcid(person),
            attributes=given,
        )  # fmt: skip


def _orcid(person: Contributor) -> Element | None:
    return make("ORCID", f"https://orcid.org/{person.orcid}") if person.orcid else None


def _institution(place: Affiliation) -> Element:
    towns = ", ".join(filter(None, (part(place, label) for label in ("city", "region", "country"))))
    return make(
        "institution",
        make("institution_name", institution(place)),
        make("institution_id", place.ror, attributes={"type": "ror"}) if place.ror else None,
        make.maybe("institution_place", towns),
        make.maybe("institution_department", part(place, "department")),
    )


def _abstract(abstract: Abstract, lang: str) -> Element:
    given = {"abstract-type": abstract.type, LANG: language_of(abstract.lang or lang)}
    title = jats("title", abstract.title) if abstract.title else None
    return jats(
        "abstract", title, [_in_jats(each) for each in abstract.content if each.tag in ABSTRACT], attributes=given
    )


def _in_jats(element: Element) -> Element:
    """`element` in Crossref's namespace of JATS; elements it may not have there are their content."""
    copy = jats(etree.QName(element).localname)
    append(copy, *_content_in_jats(element))
    return copy


def _content_in_jats(element: Element) -> Iterator[str | Element]:
    yield element.text or ""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in ABSTRACT:
            yield _in_jats(child)
        elif name:
            yield from _content_in_jats(child)
        yield child.tail or ""


def _date(tag: str, date: Date) -> Element:
    """Crossref has month and day before the year."""
    return make(tag, date_elements(make, date, ("month", "day", "year")), attributes={"media_type": "online"})


def _funding(record: Record) -> Element | None:
    groups = []
    for award in record.awards():
        identifier = (
            fund("assertion", award.identifier, attributes={"name": "funder_identifier"}) if award.identifier else None
        )
        name = fund("assertion", award.funder, identifier, attributes={"name": "funder_name"})
        numbers = [fund("assertion", number, attributes={"name": "award_number"}) for number in award.numbers]
        groups.append(fund("assertion", name, numbers, attributes={"name": "fundgroup"}))
    return fund("program", groups, attributes={"name": "fundref"}) if groups else None


def _license(record: Record) -> Element | None:
    url = record.article.permissions.license_url
    if not url:
        return None
    start = record.published.iso if record.published and record.published.day else None
    given = {"applies_to": "vor", "start_date": start}
    return access("program", access("free_to_read") if "creativecommons.org" in url else None,
                  access("license_ref", url, attributes=given), attributes={"name": "AccessIndicators"})  # fmt: skip


@cache
def _kinds() -> dict[str, list[str]]:
    table: dict[str, list[str]] = loads((DATA / "relations.json").read_text(encoding="utf-8"))
    return table


def _relations(record: Record) -> Element | None:
    items = []
    for relation in record.relations():
        if relation.scheme in ("doi", "pmid", "pmcid", "uri") and relation.type in _kinds():
            scope, kind = _kinds()[relation.type]
            given = {"relationship-type": kind, "identifier-type": relation.scheme}
            items.append(
                relate(
                    "related_item", relate(f"{scope}_work_relation", bare_doi(relation.identifier), attributes=given)
                )
            )
    return relate("program", items, attributes={"name": "relations"}) if items else None


def _archives(record: Record) -> Element | None:
    names = record.profile.deposit.archives
    return make.maybe("archive_locations", [make("archive", attributes={"name": name}) for name in names])


def _citation(reference: Reference) -> Element:
    """The parts Crossref knows, and the whole string."""
    item = reference.item
    in_journal = item.get("type") == "article-journal"
    authors = item.get("author") or []
    year = re.search(r"\d{4}", str((((item.get("issued") or {}).get("date-parts") or [[""]])[0] or [""])[0]))
    parts: dict[str, str] = {
        "journal_title": str(item.get("container-title") or "") if in_journal else "",
        "author": str((authors[0].get("family") or authors[0].get("literal") or "") if authors else ""),
        "volume": str(item.get("volume") or ""),
        "issue": str(item.get("issue") or ""),
        "first_page": re.split(r"[-–]", str(item.get("page") or ""))[0].strip(),
        "cYear": year.group() if year else "",
        "doi": str(item.get("DOI") or ""),
        "volume_title": "" if in_journal else str(item.get("container-title") or item.get("title") or ""),
        "article_title": str(item.get("title") or "") if in_journal or item.get("container-title") else "",
    }  # fmt: skip
    short = {name for name in ("volume", "issue", "first_page") if len(parts[name]) > LONGEST_CITED}
    doi_is_good = re.fullmatch(r"10\.[0-9]{4,9}/.{1,200}", parts["doi"])
    kept = {
        name: value for name, value in parts.items() if value and name not in short and (name != "doi" or doi_is_good)
    }
    text = " ".join(reference.text.split())
    return make(
        "citation",
        [make(name, value) for name, value in kept.items()],
        make.maybe("unstructured_citation", text),
        attributes={"key": reference.id[:128]},
    )


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """The official schema, and what went in read back."""
    findings = check_schema(xsd("crossref", "deposit"), data, name)
    articles = etree.fromstring(data).iter(f"{{{SPACE}}}journal_article")
    made = [_facts(each) for each in articles]
    wanted = [_wanted(record) for record in records]
    lost = [(have, want) for have, want in zip(made, wanted, strict=False) if have != want]
    if len(made) != len(wanted) or lost:
        message = f"what was read back is not what went in: {lost[:1] or (len(made), len(wanted))}"
        findings.append(Finding("package-differs", Severity.ERROR, message, name))
    return findings


def _facts(article: Element) -> tuple[str, str, int, int]:
    find = etree.ETXPath
    names: Any = find(f"count({{{SPACE}}}contributors/*)")(article)
    cited: Any = find(f"count({{{SPACE}}}citation_list/*)")(article)
    return (
        line(article.find(f"{{{SPACE}}}doi_data/{{{SPACE}}}doi")),
        "".join(line(article.find(f"{{{SPACE}}}titles/{{{SPACE}}}title")).split()),
        int(names),
        int(cited),
    )


def _wanted(record: Record) -> tuple[str, str, int, int]:
    title = record.article.title
    text = "".join(each if isinstance(each, str) else line(each) for each in faces(title.content)) if title else ""
    return record.doi, "".join(text.split()), len(record.article.contributors), len(record.article.references)
