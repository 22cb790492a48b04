"""DOAJ: records for its upload, as XML (doajArticles.xsd) or as JSON (its article API)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.deposit.builder import Maker, line, paragraphs, serialize
from pipeline.deposit.record import Record, languages
from pipeline.deposit.schemas import check as check_schema
from pipeline.deposit.schemas import own
from pipeline.findings import Finding, Severity

NEEDS = ("title", "date", "journal", "issn", "url")
PROFILES = ("doaj",)
MOST_KEYWORDS = 6

make = Maker()


def write(records: Sequence[Record], output: Path) -> bytes:
    """JSON where the name of `output` says so, else XML."""
    if output.suffix == ".json":
        return (json.dumps([_json(record) for record in records], ensure_ascii=False, indent=2) + "\n").encode()
    return serialize(make("records", [_record(record) for record in records]))


def _language(lang: str | None, record: Record) -> str:
    return languages().get((lang or record.article.lang).partition("-")[0].lower(), "")


def _record(record: Record) -> Element:
    article = record.article
    published = record.published
    places = list(dict.fromkeys(place.id for person in record.authors for place in record.affiliations(person)))
    known = {place.id: place.text for place in article.affiliations}
    return make(
        "record",
        make.maybe("language", _language(None, record)),
        make.maybe("publisher", article.journal.publisher),
        make("journalTitle", article.journal.title),
        make.maybe("issn", article.journal.issns.get("print", "")),
        make.maybe("eissn", article.journal.issns.get("electronic", "")),
        make("publicationDate", published.iso if published else ""),
        make.maybe("volume", article.volume),
        make.maybe("issue", article.issue),
        make.maybe("startPage", article.fpage or article.elocation_id),
        make.maybe("endPage", article.lpage),
        make.maybe("doi", record.doi),
        make.maybe("publisherRecordId", article.ids.get("publisher-id", "")),
        make.maybe("documentType", article.subjects[0] if article.subjects else ""),
        make("title", record.title, attributes={"language": _language(None, record)}),
        [
            make("title", line(other.content), attributes={"language": _language(other.lang, record)})
            for other in article.translated_titles
        ],
        make.maybe("authors", [_author(record, number, places) for number in range(len(record.authors))]),
        make.maybe(
            "affiliationsList",
            [
                make("affiliationName", known[identifier], attributes={"affiliationId": str(number)})
                for number, identifier in enumerate(places, 1)
            ],
        ),
        [
            make("abstract", "\n".join(_abstract(each.content)), attributes={"language": _language(each.lang, record)})
            for each in article.abstracts
            if not each.type
        ],
        make("fullTextUrl", record.url, attributes={"format": "html"}),
        [
            make.maybe(
                "keywords",
                [make("keyword", line(word)) for word in each.words[:MOST_KEYWORDS]],
                attributes={"language": _language(each.lang, record)},
            )
            for each in article.keywords
        ],
    )


def _abstract(content: Sequence[Element]) -> list[str]:
    return [text for element in content for text in paragraphs(element)]


def _author(record: Record, number: int, places: Sequence[str]) -> Element:
    person = record.authors[number]
    return make(
        "author",
        make("name", person.display),
        make.maybe("email", person.email),
        [make("affiliationId", str(places.index(place.id) + 1)) for place in record.affiliations(person)],
        make("orchid_id", f"https://orcid.org/{person.orcid}") if person.orcid else None,
    )


def _json(record: Record) -> dict[str, Any]:
    article, published = record.article, record.published
    identifiers = [{"type": "doi", "id": record.doi}] if record.doi else []
    kinds = {"print": "pissn", "electronic": "eissn"}
    identifiers += [{"type": kinds.get(kind, "eissn"), "id": value} for kind, value in article.journal.issns.items()]
    own_abstract = next((each for each in article.abstracts if not each.type), None)
    facts = {
        "title": record.title,
        "author": [
            {
                key: value
                for key, value in {
                    "name": person.display,
                    "affiliation": "; ".join(place.text for place in record.affiliations(person)),
                    "orcid_id": f"https://orcid.org/{person.orcid}" if person.orcid else "",
                }.items()
                if value
            }
            for person in record.authors
        ],
        "identifier": identifiers,
        "journal": {
            key: value
            for key, value in {
                "title": article.journal.title,
                "publisher": article.journal.publisher,
                "volume": article.volume,
                "number": article.issue,
                "language": [record.language.upper()] if record.language else [],
            }.items()
            if value
        },
        "year": f"{published.year}" if published else "",
        "month": f"{published.month}" if published and published.month else "",
        "start_page": article.fpage or article.elocation_id,
        "end_page": article.lpage,
        "abstract": "\n".join(_abstract(own_abstract.content)) if own_abstract else "",
        "keywords": [line(word) for each in article.keywords[:1] for word in each.words[:MOST_KEYWORDS]],
        "link": [{"type": "fulltext", "url": record.url, "content_type": "HTML"}],
    }
    return {"bibjson": {key: value for key, value in facts.items() if value}}


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """The structure DOAJ documents, and titles, DOIs and authors read back."""
    if data.lstrip().startswith(b"["):
        read = json.loads(data)
        made = [(each["bibjson"]["title"], len(each["bibjson"].get("author", []))) for each in read]
        findings: list[Finding] = []
    else:
        findings = check_schema(own("doaj"), data, name)
        made = [
            (line(each.find("title")), len(each.findall("authors/author")))
            for each in etree.fromstring(data).iter("record")
        ]
    if made != [(record.title, len(record.authors)) for record in records]:
        findings.append(Finding("package-differs", Severity.ERROR, "what was read back is not what went in", name))
    return findings
