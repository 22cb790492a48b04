"""What search engines, reference managers and shared links read in the head of an HTML page."""

import json
import textwrap
from typing import Any

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography, plain
from pipeline.elements import text_of as element_text
from pipeline.render.document import Document
from pipeline.render.notices import notices_of
from pipeline.render.pandoc_ast import text_of

SHORT = 300
STATUS = {"retracted": "Retracted", "partly_retracted": "Partially retracted", "removed": "Removed"}
ABOUT_ANOTHER = frozenset({"retracts", "corrects", "concerns", "adds"})
Pairs = list[tuple[str, str]]


def meta_tags(article: Article, document: Document, bibliography: FormattedBibliography) -> dict[str, Pairs]:
    """`name` pairs (Google Scholar's `citation_*`, Dublin Core) and `property` pairs (Open Graph), in order."""
    names = highwire(article, document, bibliography) + dublin_core(article, document)
    return {
        "name": [(key, " ".join(value.split())) for key, value in names if value.strip()],
        "property": [(key, " ".join(value.split())) for key, value in open_graph(document) if value.strip()],
    }


def keyword_list(article: Article) -> list[str]:
    return [" ".join(element_text(word).split()) for group in article.keywords for word in group.words]


def abstract_text(document: Document) -> str:
    """The abstract proper, in the article's language where there are several."""
    parts = [part for part in document.abstracts if not part.type] or document.abstracts
    return " ".join(text_of(document.pieces[parts[0].piece]).split()) if parts else ""


def shortened(text: str) -> str:
    """The beginning of a text, no word cut."""
    return textwrap.shorten(text, SHORT, placeholder=" …") if " " in text[:SHORT] else text[:SHORT]


def highwire(article: Article, document: Document, bibliography: FormattedBibliography) -> Pairs:
    front = document.front
    places = {place.id: place.text for place in article.affiliations}
    pairs: Pairs = [("citation_title", front["title"])]
    for person in front["authors"]:
        pairs.append(("citation_author", person["name"]))
        pairs += [("citation_author_institution", places.get(place, "")) for place in person["affiliations"]]
        pairs += [("citation_author_orcid", person["orcid_url"]), ("citation_author_email", person["email"])]
    pairs += [
        ("citation_publication_date", front["date"].replace("-", "/")),
        ("citation_article_type", article.type.replace("-", " ")),
        ("citation_journal_title", front["journal"]["title"]),
        ("citation_journal_abbrev", front["journal"]["abbreviation"]),
        *(("citation_issn", issn) for issn in front["journal"]["issns"].values()),
        ("citation_publisher", front["journal"]["publisher"]),
        ("citation_volume", article.volume),
        ("citation_issue", article.issue),
        ("citation_firstpage", article.fpage or article.elocation_id),
        ("citation_lastpage", article.lpage),
        ("citation_doi", front["doi"]),
        ("citation_abstract_html_url", front["addresses"]["article"]),
        ("citation_fulltext_html_url", front["addresses"]["article"] if article.body else ""),
        ("citation_pdf_url", front["addresses"]["pdf"]),
        ("citation_pmid", article.ids.get("pmid", "")),
        ("citation_language", article.lang),
        ("citation_keywords", "; ".join(keyword_list(article))),
    ]
    return pairs + references(article, bibliography)


def references(article: Article, bibliography: FormattedBibliography) -> Pairs:
    """A `citation_reference` an entry: its DOI, which says all, or where it has none what is printed."""
    dois = {reference.id: reference.item.get("DOI", "") for reference in article.references}
    return [
        ("citation_reference", f"citation_doi={dois[entry.id]}" if dois.get(entry.id) else plain(entry.content))
        for entry in bibliography.entries
    ]


def dublin_core(article: Article, document: Document) -> Pairs:
    front = document.front
    return [
        ("DC.title", front["title"]),
        *(("DC.creator", person["name"]) for person in front["authors"]),
        *(("DC.subject", word) for word in keyword_list(article)),
        ("DC.description", shortened(abstract_text(document))),
        ("DC.publisher", front["journal"]["publisher"]),
        ("DC.date", front["date"]),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.identifier", front["doi_url"]),
        ("DC.source", ", ".join(filter(None, (front["journal"]["title"], front["issue_line"])))),
        ("DC.language", article.lang),
        ("DC.rights", front["license_url"] or front["copyright"]),
        *(("DC.relation", notice.address) for notice in notices_of(article)),
    ]


def open_graph(document: Document) -> Pairs:
    front = document.front
    return [
        ("og:type", "article"),
        ("og:title", front["title"]),
        ("og:description", shortened(abstract_text(document))),
        ("og:site_name", front["journal"]["title"]),
        ("og:url", front["addresses"]["article"] or front["doi_url"]),
        ("og:image", front["addresses"]["image"]),
        ("og:locale", front["lang"].replace("-", "_")),
        ("article:published_time", front["date"]),
    ]


def json_ld(article: Article, document: Document) -> str:
    """schema.org `ScholarlyArticle`; `<`, `>` and `&` are escaped, so that no `</script>` can stand in it."""
    value = _without_empty(scholarly_article(article, document))
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def scholarly_article(article: Article, document: Document) -> dict[str, Any]:
    front = document.front
    places = {place.id: {"@type": "Organization", "name": place.text} for place in article.affiliations}
    periodical = {
        "@type": "Periodical",
        "name": front["journal"]["title"],
        "issn": list(front["journal"]["issns"].values()),
        "publisher": {"@type": "Organization", "name": front["journal"]["publisher"]},
    }
    became, about = status(article, front["labels"])
    volume = {"@type": "PublicationVolume", "volumeNumber": article.volume, "isPartOf": periodical}
    issue = {"@type": "PublicationIssue", "issueNumber": article.issue, "isPartOf": volume}
    return {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": front["doi_url"],
        "url": front["doi_url"],
        "headline": front["title"],
        "author": [
            {
                "@type": "Person" if person["family"] or person["given"] else "Organization",
                "name": person["name"],
                "givenName": person["given"],
                "familyName": person["family"],
                "@id": person["orcid_url"],
                "affiliation": [
                    {"@type": "Organization", "name": places[place]}
                    for place in person["affiliations"]
                    if place in places
                ],
            }
            for person in front["authors"]
        ],
        "datePublished": front["date"],
        "isPartOf": issue if article.issue else volume if article.volume else periodical,
        "pageStart": article.fpage,
        "pageEnd": article.lpage,
        "pagination": front["pages"],
        "identifier": front["doi_url"] and {"@type": "PropertyValue", "propertyID": "DOI", "value": front["doi"]},
        "publisher": periodical["publisher"],
        "creativeWorkStatus": became,
        "correction": about["correction"],
        "about": about["about"],
        "copyrightYear": article.permissions.year,
        "copyrightHolder": holder(article),
        "funder": funders(article),
        "isAccessibleForFree": bool(front["license_url"]) or None,
        "inLanguage": article.lang,
        "keywords": keyword_list(article),
        "abstract": abstract_text(document),
        "license": front["license_url"],
    }


def status(article: Article, labels: dict[str, str]) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """`Retracted` or `Removed`; what corrects the article (`correction`), and, of a notice, what it is `about`."""
    found = notices_of(article)
    became = next((STATUS[notice.kind] for notice in found if notice.kind in STATUS), "")
    return became, {
        "correction": [
            {"@type": "CorrectionComment", "text": labels[f"notice_{notice.kind}"], "url": notice.address}
            for notice in found
            if notice.kind not in ABOUT_ANOTHER
        ],
        "about": [
            {"@type": "ScholarlyArticle", "@id": notice.address} for notice in found if notice.kind in ABOUT_ANOTHER
        ],
    }


def holder(article: Article) -> dict[str, str]:
    name = article.permissions.holder
    return {"@type": "Organization" if name == article.journal.publisher else "Thing", "name": name}


def funders(article: Article) -> list[dict[str, str]]:
    names = (" ".join(element_text(each).split()) for part in article.meta for each in part.iter("funding-source"))
    return [{"@type": "Organization", "name": name} for name in dict.fromkeys(names)]


def _without_empty(value: Any) -> Any:
    """Without empty values, and without objects of which only the type is known."""
    if isinstance(value, list):
        return [kept for each in value if (kept := _without_empty(each))]
    if not isinstance(value, dict):
        return value
    kept = {key: each for key, old in value.items() if (each := _without_empty(old))}
    return kept if set(kept) - {"@type"} else {}
