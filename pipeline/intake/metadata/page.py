"""What an HTML page says of its article: `citation_*` and Dublin Core tags, and JSON-LD of schema.org.

Everything becomes metadata as a YAML front matter has them, so that one reader serves both.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from pipeline.article import Article
from pipeline.intake.decode import allowed
from pipeline.intake.metadata.properties import properties_of
from pipeline.intake.metadata.values import as_list, as_text, first
from pipeline.words import words

ARTICLES = {"ScholarlyArticle", "Article", "MedicalScholarlyArticle", "Report", "TechArticle", "Thesis"}
TITLES = ("citation_title", "dc.title", "dcterms.title", "prism.title", "bepress_citation_title", "eprints.title")
AUTHORS = ("citation_author", "bepress_citation_author", "dc.creator", "dcterms.creator", "eprints.creators_name")
ONE = {
    "doi": ("citation_doi", "dc.identifier.doi", "prism.doi", "bepress_citation_doi"),
    "volume": ("citation_volume", "prism.volume", "dc.source.volume", "bepress_citation_volume"),
    "issue": ("citation_issue", "prism.number", "dc.source.issue", "bepress_citation_issue"),
    "fpage": ("citation_firstpage", "prism.startingpage", "bepress_citation_firstpage"),
    "lpage": ("citation_lastpage", "prism.endingpage", "bepress_citation_lastpage"),
    "journal": ("citation_journal_title", "prism.publicationname", "dc.source", "bepress_citation_journal_title"),
    "date": ("citation_publication_date", "citation_date", "citation_online_date", "dc.date", "dcterms.issued",
             "prism.publicationdate", "bepress_citation_date"),
    "abstract": ("citation_abstract", "dc.description", "dcterms.abstract"),
}  # fmt: skip
KEYWORDS = ("citation_keywords", "citation_keyword", "dc.subject", "dcterms.subject", "keywords")
OF_AUTHOR = {"citation_author_institution": "affiliations", "citation_author_email": "email",
             "citation_author_orcid": "orcid"}  # fmt: skip
MOST_JSON = 2_000_000
SITE = re.compile(r"\s+[|–—·•]\s+|\s+-\s+")

Facts = dict[str, Any]


def read_page(text: str) -> tuple[Facts, Article | None]:
    """The metadata that a page states of its article, and its `title`, which says less."""
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return {}, None
    tags = [
        (str(tag.get("name") or tag.get("property") or "").casefold(), tag.get("content")) for tag in root.iter("meta")
    ]
    said = [(name, " ".join(str(content).split())) for name, content in tags if name and content]
    facts = _of_tags(said)
    for data in _linked(root):
        for key, value in _of_schema(data).items():
            if not facts.get(key) or (key == "author" and _names(facts[key]) == _names(value)):
                facts[key] = value
    body = root.find("body")
    shown = " ".join(map(str, body.itertext())) if body is not None else ""
    facts = {key: value for key, value in facts.items() if value and not (key == "abstract" and _within(value, shown))}
    if root.get("lang"):
        facts["lang"] = str(root.get("lang")).partition("-")[0]
    title = " ".join((root.findtext("head/title") or "").split())
    if not facts.get("title") and not facts.get("author"):
        loose = [text for name, text in said if name == "author"]
        return facts, properties_of(title, loose, ", ".join(text for name, text in said if name == "keywords"))
    return facts, None


def _of_tags(said: list[tuple[str, str]]) -> Facts:
    """Facts from `meta` tags; those of an author follow the author's name."""
    scholarly = any(
        name.startswith(("citation_", "dc.", "dcterms.", "prism.", "bepress_", "eprints.")) for name, _ in said
    )
    if not scholarly:
        return {}
    facts: Facts = {}
    title = next((text for wanted in TITLES for name, text in said if name == wanted), "")
    if title:
        facts["title"] = title
    kind = next((wanted for wanted in AUTHORS if any(name == wanted for name, _ in said)), "")
    people: list[Facts] = []
    for name, text in said:
        if name == kind:
            people.append(_person(text))
        elif people and name in OF_AUTHOR:
            place = OF_AUTHOR[name]
            if place == "affiliations":
                people[-1].setdefault(place, []).append(text)
            else:
                people[-1][place] = text
    facts["author"] = people
    if not people and (joined := next((text for name, text in said if name == "citation_authors"), "")):
        facts["author"] = [_person(part.strip()) for part in joined.split(";") if part.strip()]
    for key, names in ONE.items():
        if text := next((text for wanted in names for name, text in said if name == wanted), ""):
            facts[key] = text
    kind = next((wanted for wanted in KEYWORDS if any(name == wanted for name, _ in said)), "")
    found = [part.strip() for name, text in said if name == kind for part in re.split(r"[;,]", text) if part.strip()]
    if found:
        facts["keywords"] = list(dict.fromkeys(found))
    return facts


def _person(text: str) -> Facts:
    family, comma, given = text.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"name": text}


def _linked(root: Any) -> Iterator[Facts]:
    """The articles that JSON-LD of the page describes."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > MOST_JSON:
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from (each for each in _graph(data) if ARTICLES & {str(kind) for kind in as_list(each.get("@type"))})


def _graph(data: Any, depth: int = 0) -> Iterator[Facts]:
    if isinstance(data, list):
        for each in data if depth < 4 else ():
            yield from _graph(each, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if depth < 4:
                yield from _graph(data.get(name), depth + 1)


def _of_schema(data: Facts) -> Facts:
    people = [_schema_person(each) for each in as_list(data.get("author") or data.get("creator"))]
    words_ = data.get("keywords")
    pieces = (
        re.split(r"[;,]", words_)
        if isinstance(words_, str)
        else [as_text(first(each, "name") if isinstance(each, dict) else each) for each in as_list(words_)]
    )
    part = data.get("isPartOf")
    chain = list(_parts(part))
    made: Facts = {
        "title": as_text(data.get("headline") or data.get("name")), "author": [each for each in people if each],
        "abstract": as_text(data.get("abstract")), "date": as_text(data.get("datePublished"))[:10],
        "keywords": [piece.strip() for piece in pieces if piece.strip()],
        "fpage": as_text(data.get("pageStart")), "lpage": as_text(data.get("pageEnd")),
        "license": as_text(data.get("license")),
        "volume": next((as_text(each["volumeNumber"]) for each in chain if each.get("volumeNumber")), ""),
        "issue": next((as_text(each["issueNumber"]) for each in chain if each.get("issueNumber")), ""),
        "journal": next((as_text(each.get("name")) for each in chain if each.get("@type") == "Periodical"), ""),
        "doi": next((text for text in _identifiers(data) if "10." in text), ""),
    }  # fmt: skip
    return {key: value for key, value in made.items() if value}


def _parts(part: Any, depth: int = 0) -> Iterator[Facts]:
    for each in as_list(part):
        if isinstance(each, dict) and depth < 5:
            yield each
            yield from _parts(each.get("isPartOf"), depth + 1)


def _identifiers(data: Facts) -> Iterator[str]:
    for name in ("identifier", "sameAs", "@id", "url"):
        for each in as_list(data.get(name)):
            text = as_text(first(each, "value", "@id") if isinstance(each, dict) else each)
            if re.search(r"(?:doi\.org/|doi:|^)10\.\d{4,9}/", text):
                yield text


def _schema_person(each: Any) -> Facts:
    if not isinstance(each, dict):
        return {"name": as_text(each)} if as_text(each) else {}
    if each.get("@type") == "Organization":
        return {"collaboration": as_text(each.get("name"))}
    family, given = as_text(each.get("familyName")), as_text(each.get("givenName"))
    made: Facts = {"family": family, "given": given} if family else {"name": as_text(each.get("name"))}
    places = [first(place, "name") if isinstance(place, dict) else place for place in as_list(each.get("affiliation"))]
    made["affiliations"] = [as_text(place) for place in places if as_text(place)]
    made["email"] = as_text(each.get("email")).removeprefix("mailto:")
    marks = [as_text(mark) for name in ("@id", "identifier", "sameAs") for mark in as_list(each.get(name))]
    made["orcid"] = next((mark for mark in marks if "orcid.org/" in mark), "")
    return {key: value for key, value in made.items() if value}


def _names(people: Any) -> list[str]:
    """The family names of authors, to tell whether two lists are of the same people."""
    return [
        " ".join(words(as_text(each.get("family")) or as_text(each.get("name")).rpartition(" ")[2])) for each in people
    ]


def _within(text: Any, shown: str) -> bool:
    """Whether the page shows what a tag says."""
    wanted = words(as_text(text))[:12]
    return bool(wanted) and " ".join(wanted) in " ".join(words(shown))


def as_meta(value: Any) -> Any:
    """A plain value as metadata of pandoc's model."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {key: as_meta(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [as_meta(inner) for inner in value]}
    return {"t": "MetaString", "c": allowed(str(value))}
