"""DataCite: the metadata of one DOI, by kernel 4.4."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from pipeline.article import Contributor, Element
from pipeline.deposit.builder import Maker, line, paragraphs, root_with, serialize
from pipeline.deposit.record import Award, Record, institution, language_of
from pipeline.deposit.schemas import check as check_schema
from pipeline.deposit.schemas import xsd
from pipeline.elements import LANG, XSI
from pipeline.findings import Finding, Severity

NEEDS = ("doi", "title", "date", "publisher")
PROFILES = ()
ONE_ARTICLE = True
SPACE = "http://datacite.org/schema/kernel-4"
LOCATION = f"{SPACE} https://schema.datacite.org/meta/kernel-4.4/metadata.xsd"
DATES = {"pub": "Issued", "received": "Submitted", "accepted": "Accepted", "corrected": "Updated"}
ARTICLE = "JournalArticle"
TYPES = {"data-paper": "DataPaper", "reviewer-report": "PeerReview", "preprint": "Preprint"}
FUNDERS = {"ror.org": "ROR", "10.13039": "Crossref Funder ID", "isni.org": "ISNI", "grid": "GRID"}

make = Maker(SPACE)


def write(records: Sequence[Record], output: Path) -> bytes:
    record = records[0]
    article = record.article
    root = make(
        "resource",
        make("identifier", record.doi, attributes={"identifierType": "DOI"}),
        make("creators", [_creator(record, person) for person in record.authors or article.contributors]),
        make("titles", list(_titles(record))),
        make("publisher", article.journal.publisher),
        make("publicationYear", f"{record.published.year}" if record.published else ""),
        make("resourceType", article.type, attributes={"resourceTypeGeneral": TYPES.get(article.type, ARTICLE)}),
        make.maybe("subjects", [make("subject", line(word), attributes={LANG: language_of(each.lang)})
                                for each in article.keywords for word in each.words]),
        make.maybe("dates", list(_dates(record))),
        make.maybe("language", record.language),
        make.maybe("relatedIdentifiers", list(_related(record))),
        _rights(record),
        make.maybe("descriptions", list(_descriptions(record))),
        make.maybe("fundingReferences", [_funding(award) for award in record.awards()]),
        _journal(record),
        attributes={f"{{{XSI}}}schemaLocation": LOCATION},
    )  # fmt: skip
    return serialize(root_with(root, {None: SPACE, "xsi": XSI}))


def _creator(record: Record, person: Contributor) -> Element:
    if person.name is None:
        return make("creator", make("creatorName", person.collab, attributes={"nameType": "Organizational"}))
    name = ", ".join(filter(None, (person.name.family, person.name.given)))
    orcid = {"nameIdentifierScheme": "ORCID", "schemeURI": "https://orcid.org"}
    return make(
        "creator",
        make("creatorName", name, attributes={"nameType": "Personal"}),
        make.maybe("givenName", person.name.given),
        make.maybe("familyName", person.name.family),
        make("nameIdentifier", person.orcid, attributes=orcid) if person.orcid else None,
        [
            make("affiliation", institution(place), attributes={
                "affiliationIdentifier": place.ror, "affiliationIdentifierScheme": "ROR" if place.ror else None})
            for place in record.affiliations(person)
        ],
    )  # fmt: skip


def _titles(record: Record) -> Iterator[Element]:
    title = record.article.title
    if title is None:
        return
    yield make("title", line(title.content), attributes={LANG: record.language})
    if title.subtitle is not None:
        yield make("title", line(title.subtitle), attributes={"titleType": "Subtitle", LANG: record.language})
    for other in record.article.translated_titles:
        given = {"titleType": "TranslatedTitle", LANG: language_of(other.lang)}
        yield make("title", line(other.content), attributes=given)


def _dates(record: Record) -> Iterator[Element]:
    known = [*record.article.dates]
    for kind, name in DATES.items():
        date = record.published if kind == "pub" else next((each for each in known if each.type == kind), None)
        if date:
            yield make("date", date.iso, attributes={"dateType": name})


def _related(record: Record) -> Iterator[Element]:
    for issn in record.article.journal.issns.values():
        given = {"relatedIdentifierType": "ISSN", "relationType": "IsPartOf"}
        yield make("relatedIdentifier", issn, attributes=given)
    for reference in record.article.references:
        if doi := str(reference.item.get("DOI") or ""):
            given = {"relatedIdentifierType": "DOI", "relationType": "References"}
            yield make("relatedIdentifier", doi, attributes=given)


def _rights(record: Record) -> Element | None:
    permissions = record.article.permissions
    if not permissions.license_url:
        return None
    text = permissions.license_text or permissions.license_url
    return make("rightsList", make("rights", text, attributes={"rightsURI": permissions.license_url}))


def _descriptions(record: Record) -> Iterator[Element]:
    for abstract in record.article.abstracts:
        text = "\n".join(text for element in abstract.content for text in paragraphs(element))
        kind = "Other" if abstract.type else "Abstract"
        lang = language_of(abstract.lang or record.article.lang)
        if text:
            yield make("description", text, attributes={"descriptionType": kind, LANG: lang})


def _funding(award: Award) -> Element:
    kind = next((name for mark, name in FUNDERS.items() if mark in award.identifier), "Other")
    return make(
        "fundingReference",
        make("funderName", award.funder),
        make("funderIdentifier", award.identifier, attributes={"funderIdentifierType": kind})
        if award.identifier
        else None,
        make.maybe("awardNumber", award.numbers[0] if award.numbers else ""),
    )


def _journal(record: Record) -> Element | None:
    """The journal the article stands in (`relatedItem`, kernel 4.4)."""
    article = record.article
    if not article.journal.title:
        return None
    issn = next(iter(article.journal.issns.values()), "")
    given = {"relatedItemIdentifierType": "ISSN"}
    return make(
        "relatedItems",
        make(
            "relatedItem",
            make("relatedItemIdentifier", issn, attributes=given) if issn else None,
            make("titles", make("title", article.journal.title)),
            make.maybe("volume", article.volume),
            make.maybe("issue", article.issue),
            make.maybe("number", article.elocation_id, attributes={"numberType": "Article"}),
            make.maybe("firstPage", article.fpage),
            make.maybe("lastPage", article.lpage),
            attributes={"relatedItemType": "Journal", "relationType": "IsPublishedIn"},
        ),
    )


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """The official schema, and DOI, title and creators read back."""
    findings = check_schema(xsd("datacite", "metadata"), data, name)
    root, record = etree.fromstring(data), records[0]
    title = record.article.title
    made = (line(root.find(make.name("identifier"))), line(root.find(f".//{make.name('title')}")))
    if made != (record.doi, line(title.content) if title else ""):
        findings.append(Finding("package-differs", Severity.ERROR, "what was read back is not what went in", name))
    return findings
