"""PubMed: an ArticleSet of citations, by PubMed.dtd 2.8 (order and contents as in sets that PubMed took)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from pipeline.article import Abstract, Contributor, Date, Element
from pipeline.deposit.builder import Maker, date_elements, line, paragraphs, serialize
from pipeline.deposit.record import Record, language_of, languages
from pipeline.deposit.schemas import check as check_schema
from pipeline.deposit.schemas import own
from pipeline.findings import Finding, Severity

NEEDS = ("title", "date", "nlm_title", "issn", "publisher", "doi")
PROFILES = ()
DOCTYPE = (
    '<!DOCTYPE ArticleSet PUBLIC "-//NLM//DTD PubMed 2.8//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/in/PubMed.dtd">'
)
HISTORY = {"received": "received", "accepted": "accepted", "rev-recd": "revised"}
TYPES = {
    "review-article": "Review", "editorial": "Editorial", "letter": "Letter", "case-report": "Case Reports",
    "correction": "Published Erratum", "retraction": "Retraction of Publication", "news": "News",
    "systematic-review": "Systematic Review", "obituary": "Biography", "reply": "Comment",
}  # fmt: skip

make = Maker()


def write(records: Sequence[Record], output: Path) -> bytes:
    return serialize(make("ArticleSet", [_article(record) for record in records]), DOCTYPE)


def _article(record: Record) -> Element:
    article = record.article
    english = record.language in ("", "en")
    translated = next((each for each in article.translated_titles if (each.lang or "")[:2] == "en"), None)
    title = record.title if english else line(translated.content) if translated else ""
    abstracts = [each for each in article.abstracts if not each.type]
    main = next((each for each in abstracts if (each.lang or article.lang)[:2] == "en"), None)
    ids = {
        kind: value for kind, value in {"doi": record.doi, "pii": article.ids.get("publisher-id", "")}.items() if value
    }
    return make(
        "Article",
        _journal(record),
        make.maybe("ArticleTitle", title),
        None if english else make("VernacularTitle", record.title),
        make.maybe("FirstPage", article.fpage),
        make.maybe("LastPage", article.lpage if article.fpage else ""),
        [make("ELocationID", value, attributes={"EIdType": kind}) for kind, value in ids.items()],
        make.maybe("Language", record.language.upper()),
        make.maybe("AuthorList", [_author(record, person) for person in record.authors]),
        make("PublicationType", TYPES.get(article.type, "Journal Article")),
        make.maybe(
            "ArticleIdList", [make("ArticleId", value, attributes={"IdType": kind}) for kind, value in ids.items()]
        ),
        make.maybe("History", list(_history(article.dates))),
        make.maybe("Abstract", list(_abstract(main))) if main else None,
        [_other(record, each) for each in abstracts if each is not main],
        make.maybe("CopyrightInformation", article.permissions.statement),
        make.maybe("ObjectList", list(_objects(record))),
    )


def _journal(record: Record) -> Element:
    journal = record.article.journal
    published = record.published
    return make(
        "Journal",
        make("PublisherName", journal.publisher),
        make("JournalTitle", record.profile.deposit.nlm_title),
        make("Issn", journal.issns.get("electronic") or next(iter(journal.issns.values()), "")),
        make.maybe("Volume", record.article.volume),
        make.maybe("Issue", record.article.issue),
        _date(published, "epublish" if "electronic" in journal.issns else "ppublish") if published else None,
    )


def _date(date: Date, status: str) -> Element:
    return make("PubDate", date_elements(make, date, ("Year", "Month", "Day")), attributes={"PubStatus": status})


def _history(dates: Sequence[Date]) -> Iterator[Element]:
    for date in dates:
        if date.type in HISTORY:
            yield _date(date, HISTORY[date.type])


def _author(record: Record, person: Contributor) -> Element:
    if person.name is None:
        return make("Author", make("CollectiveName", person.collab))
    first, _, middle = person.name.given.partition(" ")
    return make(
        "Author",
        make("FirstName", first, attributes={"EmptyYN": None if first else "Y"}),
        make.maybe("MiddleName", middle),
        make("LastName", person.name.family),
        make.maybe("Suffix", person.name.suffix),
        [make("AffiliationInfo", make("Affiliation", place.text)) for place in record.affiliations(person)],
        make("Identifier", f"https://orcid.org/{person.orcid}", attributes={"Source": "ORCID"})
        if person.orcid
        else None,
    )


def _abstract(abstract: Abstract) -> Iterator[Element]:
    """A section each under its title as label."""
    for element in abstract.content:
        title = element.find("title") if element.tag == "sec" else None
        texts = paragraphs(element)
        label = line(title)
        if label and texts[:1] == [label]:
            texts = texts[1:]
        if texts:
            yield make("AbstractText", " ".join(texts), attributes={"Label": label.rstrip(":. ").upper()})


def _other(record: Record, abstract: Abstract) -> Element:
    """An abstract in another language, named by three letters (ISO 639-2/B); in sections only where it has some."""
    code = language_of(abstract.lang or record.article.lang)
    content = list(_abstract(abstract))
    text = [line(each) for each in content] if not any(each.get("Label") for each in content) else []
    given = {"Language": languages().get(code, "und"), "Type": "Publisher"}
    return make("OtherAbstract", " ".join(text) if text else content, attributes=given)


def _objects(record: Record) -> Iterator[Element]:
    """Keywords and grants."""
    for each in record.article.keywords[:1]:
        for word in each.words:
            yield _object("keyword", {"value": line(word)})
    for award in record.awards():
        for number in award.numbers:
            yield _object("grant", {"id": number, "grantor": award.funder})


def _object(kind: str, values: dict[str, str]) -> Element:
    params = [make("Param", value, attributes={"Name": name}) for name, value in values.items()]
    return make("Object", params, attributes={"Type": kind})


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """The structure the NLM documents, and DOIs and authors read back."""
    findings = check_schema(own("pubmed"), data, name)
    made = [
        (line(each.find("ELocationID[@EIdType='doi']")), len(each.findall("AuthorList/Author")))
        for each in etree.fromstring(data).iter("Article")
    ]
    if made != [(record.doi, len(record.authors)) for record in records]:
        findings.append(Finding("package-differs", Severity.ERROR, "what was read back is not what went in", name))
    return findings
