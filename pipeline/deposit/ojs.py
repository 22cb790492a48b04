"""OJS: PKP's native XML (as of OJS 3.3), the galleys embedded, for one issue or for articles without one."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.article import Contributor, Element
from pipeline.deposit.builder import Maker, line, paragraphs, root_with, serialize
from pipeline.deposit.record import Record, part
from pipeline.deposit.schemas import check as check_schema
from pipeline.deposit.schemas import own
from pipeline.elements import XSI
from pipeline.findings import Finding, Severity

NEEDS = ("title", "date", "journal", "volume", "email")
PROFILES = ()
SPACE = "http://pkp.sfu.ca"
PUBLISHED = "3"
SECTION = "Articles"
LABELS = {"pdf": "PDF", "html": "HTML", "epub": "EPUB", "docx": "DOCX", "xml": "XML"}

make = Maker(SPACE)


def problems(record: Record) -> list[Finding]:
    if record.article.volume and not record.article.volume.isdecimal():
        message = f"volume {record.article.volume!r} is no number, which OJS needs; give volume in {record.name}.toml"
        return [Finding("bad-volume", Severity.ERROR, message, str(record.path))]
    if not record.galleys.keys() & {"pdf", "html", "epub"}:
        message = f"there is no {record.name}.pdf or .html beside the XML; readers at OJS would have the XML alone"
        return [Finding("no-galley", Severity.WARNING, message, str(record.path))]
    return []


def write(records: Sequence[Record], output: Path) -> bytes:
    """An `issue` for each volume and number; ids are numbers within the file, which OJS replaces."""
    groups = [list(group) for _, group in groupby(records, _key)]
    start, issues = 0, []
    for group in groups:
        issues.append(_issue(group, start))
        start += len(group)
    root = make("issues", issues, attributes={f"{{{XSI}}}schemaLocation": f"{SPACE} native.xsd"})
    return serialize(root_with(root, {None: SPACE, "xsi": XSI}))


def _key(record: Record) -> tuple[str, str]:
    return record.article.volume, record.article.issue


def locale(lang: str | None) -> str:
    """OJS writes a locale as `en_US`, or the language alone."""
    language, _, region = (lang or "en").replace("-", "_").partition("_")
    country = {"en": "US", "pt": "BR", "es": "ES", "fr": "FR", "de": "DE", "ko": "KR"}.get(language.lower(), "")
    return "_".join(filter(None, (language.lower(), region[:2].upper() if len(region) == 2 else country)))


def section(record: Record) -> str:
    return record.article.subjects[0] if record.article.subjects else SECTION


def abbreviation(name: str) -> str:
    return re.sub(r"\W", "", name)[:3].upper() or "ART"


def _issue(records: Sequence[Record], start: int) -> Element:
    first = records[0]
    article = first.article
    published = max(date.iso for record in records if (date := record.published))
    names = list(dict.fromkeys(section(record) for record in records))
    where = locale(article.lang)
    return make(
        "issue",
        _identification(first),
        make("date_published", _day(published)),
        make("last_modified", _day(published)),
        make("sections", [
            make("section", make("abbrev", abbreviation(name), attributes={"locale": where}),
                 make("title", name, attributes={"locale": where}),
                 attributes={"ref": abbreviation(name), "seq": str(number)})
            for number, name in enumerate(names)
        ]),
        make("articles", [_article(record, start + number) for number, record in enumerate(records, 1)]),
        attributes={"published": "1", "current": "0", "access_status": "1"},
    )  # fmt: skip


def _day(iso: str) -> str:
    """OJS takes whole days alone: the first one of a month or year."""
    return f"{iso}-01-01"[:10] if len(iso) < 10 else iso


def _identification(record: Record) -> Element:
    article, published = record.article, record.published
    return make(
        "issue_identification",
        make.maybe("volume", article.volume),
        make.maybe("number", article.issue),
        make("year", f"{published.year}") if published else None,
    )


def embedded(record: Record) -> dict[str, Path]:
    """The files that go in, under their kind: the galleys, and the XML itself."""
    return {kind: record.galleys[kind] for kind in LABELS if kind in record.galleys} | {"xml": record.path}


def _article(record: Record, number: int) -> Element:
    files = {kind: number * 100 + place for place, kind in enumerate(embedded(record))}
    where = locale(record.article.lang)
    date = _day(record.published.iso) if record.published else None
    received = next((each.iso for each in record.article.dates if each.type == "received" and each.day), date)
    given = {
        "locale": where, "date_submitted": received, "status": PUBLISHED,
        "current_publication_id": str(number), "stage": "production",
    }  # fmt: skip
    return make(
        "article",
        _id("internal", str(number), "ignore"),
        [_file(record, kind, identifier, where) for kind, identifier in files.items()],
        _publication(record, number, files, where),
        attributes=given,
    )


def _id(kind: str, value: str, advice: str) -> Element:
    return make("id", value, attributes={"type": kind, "advice": advice})


def _data(record: Record, kind: str) -> bytes:
    return record.data if kind == "xml" else embedded(record)[kind].read_bytes()


def _file(record: Record, kind: str, identifier: int, where: str) -> Element:
    data, name = _data(record, kind), embedded(record)[kind].name
    user = record.profile.deposit.ojs_user
    return make(
        "submission_file",
        make("name", name, attributes={"locale": where}),
        make(
            "file",
            make("embed", b64encode(data).decode("ascii"), attributes={"encoding": "base64"}),
            attributes={"id": str(identifier), "filesize": str(len(data)), "extension": kind},
        ),
        attributes={
            "id": str(identifier), "file_id": str(identifier), "stage": "proof", "viewable": "true",
            "genre": "Article Text", "uploader": user,
        },
    )  # fmt: skip


def _publication(record: Record, number: int, files: dict[str, int], where: str) -> Element:
    article, title, permissions = record.article, record.article.title, record.article.permissions
    people = article.contributors
    main = next((place for place, person in enumerate(people) if person.corresponding), 0)
    return make(
        "publication",
        _id("internal", str(number), "ignore"),
        _id("doi", record.doi, "update") if record.doi else None,
        make("title", line(title.content) if title else "", attributes={"locale": where}),
        [
            make("title", line(each.content), attributes={"locale": locale(each.lang)})
            for each in article.translated_titles
        ],
        make.maybe("subtitle", line(title.subtitle) if title else "", attributes={"locale": where}),
        list(_abstracts(record)),
        make.maybe("licenseUrl", permissions.license_url),
        make.maybe("copyrightHolder", permissions.holder, attributes={"locale": where}),
        make("copyrightYear", permissions.year) if permissions.year.isdecimal() else None,
        [
            make.maybe("keywords", [make("keyword", line(word)) for word in each.words],
                       attributes={"locale": locale(each.lang or article.lang)})
            for each in article.keywords
        ],
        make("authors", [_author(record, person, number * 100 + place, place) for place, person in enumerate(people)])
        if people else None,
        [_galley(record, kind, identifier, where, place) for place, (kind, identifier) in enumerate(files.items())],
        make.maybe("citations", [make("citation", " ".join(each.text.split())) for each in article.references]),
        _identification(record),
        make.maybe("pages", "-".join(filter(None, (article.fpage, article.lpage))) or article.elocation_id),
        attributes={
            "locale": where, "version": "1", "status": PUBLISHED, "url_path": "", "seq": str(number),
            "primary_contact_id": str(number * 100 + main) if people else None,
            "date_published": _day(record.published.iso) if record.published else None,
            "section_ref": abbreviation(section(record)), "access_status": "0",
        },
    )  # fmt: skip


def _abstracts(record: Record) -> Iterator[Element]:
    """An abstract for each locale, in HTML paragraphs."""
    seen: set[str] = set()
    for each in record.article.abstracts:
        where = locale(each.lang or record.article.lang)
        texts = [text for element in each.content for text in paragraphs(element)]
        if not each.type and texts and where not in seen:
            seen.add(where)
            yield make("abstract", "".join(f"<p>{_escaped(text)}</p>" for text in texts), attributes={"locale": where})


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _author(record: Record, person: Contributor, identifier: int, place: int) -> Element:
    where = locale(record.article.lang)
    given, family = (person.name.given, person.name.family) if person.name else (person.collab, "")
    places = record.affiliations(person)
    country = next((code for each in places if (code := each.country_code or part(each, "country"))), "")
    return make(
        "author",
        make("givenname", given or family, attributes={"locale": where}),
        make.maybe("familyname", family if given else "", attributes={"locale": where}),
        make.maybe("affiliation", "; ".join(each.text for each in places), attributes={"locale": where}),
        make.maybe("country", country if len(country) == 2 else ""),
        make("email", person.email or record.profile.deposit.email),
        make("orcid", f"https://orcid.org/{person.orcid}") if person.orcid else None,
        attributes={"include_in_browse": "true", "user_group_ref": "Author", "seq": str(place), "id": str(identifier)},
    )


def _galley(record: Record, kind: str, identifier: int, where: str, place: int) -> Element:
    return make(
        "article_galley",
        _id("internal", str(identifier), "ignore"),
        make("name", LABELS[kind], attributes={"locale": where}),
        make("seq", str(place)),
        make("submission_file_ref", attributes={"id": str(identifier)}),
        attributes={"locale": where, "approved": "false"},
    )


def check(data: bytes, records: Sequence[Record], name: str) -> list[Finding]:
    """The structure OJS 3.3 reads; the embedded files are those that went in."""
    findings = check_schema(own("ojs"), data, name)
    parser = etree.XMLParser(huge_tree=True, no_network=True)
    found: Any = etree.fromstring(data, parser).iter(make.name("embed"))
    made = [b64decode(each.text or "") for each in found]
    if made != [_data(record, kind) for record in records for kind in embedded(record)]:
        findings.append(Finding("package-differs", Severity.ERROR, "what was read back is not what went in", name))
    return findings
