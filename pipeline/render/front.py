"""The facts of the front matter as plain values, ready for a template: no format's markup in them."""

import datetime
import re
from typing import Any

from pipeline.article import Article, Contributor, Date
from pipeline.render import house as houses
from pipeline.render.jats_ast.mapper import safe_href

DOI_ADDRESS = "https://doi.org/"
ORCID_ADDRESS = "https://orcid.org/"
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
HISTORY = {"received": "received", "rev-recd": "revised", "accepted": "accepted", "pub": "published"}
PUBLISHED = ("pub", "epub", "ppub", "collection", "")
EN_DASH = "\u2013"


def front_of(article: Article, labels: dict[str, str]) -> dict[str, Any]:
    """Keys as the templates use them; every value a string, number, list or dict."""
    doi = article.ids.get("doi", "")
    permissions = article.permissions
    marks = affiliation_marks(article)
    published = published_date(article)
    return {
        "lang": article.lang,
        "dir": houses.direction(article.lang),
        "labels": labels,
        "journal": {
            "title": article.journal.title,
            "abbreviation": article.journal.abbreviation,
            "issns": dict(article.journal.issns),
            "publisher": article.journal.publisher,
        },
        "type": article.type,
        "subjects": article.subjects,
        "title": " ".join(article.title.text.split()) if article.title else "",
        "volume": article.volume,
        "issue": article.issue,
        "year": str(published.year) if published else "",
        "pages": pages(article),
        "first_page": int(article.fpage) if article.fpage.isdecimal() else 1,
        "elocation_id": article.elocation_id,
        "issue_line": issue_line(article, labels),
        "doi": doi,
        "doi_url": DOI_ADDRESS + doi if doi else "",
        "authors": [author(person, marks) for person in article.contributors if person.type == "author"],
        "others": [other(person, marks, labels) for person in article.contributors if person.type != "author"],
        "affiliations": [
            {"mark": marks.get(place.id, ""), "text": place.text, "lang": place.lang or ""}
            for place in article.affiliations
        ],
        "dates": dates(article, labels),
        "date": published.iso if published else "",
        "license_url": safe_href(permissions.license_url),
        "license_text": permissions.license_text,
        "copyright": sentence(copyright_line(article)),
    }


def affiliation_marks(article: Article) -> dict[str, str]:
    """The superscript of each affiliation: the author's own label, else its number; none where there is but one."""
    places = article.affiliations
    if len(places) < 2 and not any(place.label for place in places):
        return {}
    return {place.id: place.label or str(number) for number, place in enumerate(places, 1)}


def author(person: Contributor, marks: dict[str, str]) -> dict[str, Any]:
    orcid = match.group() if (match := ORCID.search(person.orcid)) else ""
    return {
        "name": person.display,
        "family": person.name.family if person.name else "",
        "given": person.name.given if person.name else "",
        "marks": [marks[place] for place in person.affiliations if place in marks],
        "affiliations": person.affiliations,
        "orcid": orcid,
        "orcid_url": ORCID_ADDRESS + orcid if orcid else "",
        "email": person.email,
        "corresponding": person.corresponding,
        "equal": person.equal_contribution,
        "roles": person.roles,
        "type": person.type,
    }


def other(person: Contributor, marks: dict[str, str], labels: dict[str, str]) -> dict[str, Any]:
    """Who is no author: besides, what they did, in the words of the article or by the type of contributor."""
    said = ", ".join(person.roles)
    by_type = labels["editor"] if person.type == "editor" else person.type.replace("-", " ").capitalize()
    return author(person, marks) | {"role": said[:1].upper() + said[1:] or by_type}


def published_date(article: Article) -> Date | None:
    """The date of publication, the fullest where several are given."""
    found = [date for date in article.dates if date.type in PUBLISHED]
    return min(found, key=lambda date: (date.month is None, PUBLISHED.index(date.type)), default=None)


def pages(article: Article) -> str:
    if article.fpage and article.lpage and article.lpage != article.fpage:
        return f"{article.fpage}{EN_DASH}{article.lpage}"
    return article.fpage or article.elocation_id


def issue_line(article: Article, labels: dict[str, str]) -> str:
    """Volume, issue, year and pages in the words of the language: `Vol. 17, No. 2 (2021), pp. 101–129`."""
    published = published_date(article)
    parts = []
    if article.volume:
        parts.append(labels["volume"].format(article.volume))
    if article.issue:
        parts.append(labels["issue"].format(article.issue))
    line = ", ".join(parts)
    if published:
        line = f"{line} ({published.year})" if line else str(published.year)
    if article.fpage:
        many = bool(article.lpage) and article.lpage != article.fpage
        line = ", ".join(filter(None, (line, labels["pages" if many else "page"].format(pages(article)))))
    elif article.elocation_id:
        line = ", ".join(filter(None, (line, article.elocation_id)))
    return line


def dates(article: Article, labels: dict[str, str]) -> list[dict[str, str]]:
    """The history of the article in its order; a bare year of publication stands elsewhere.

    Each: `label`; `iso`, the date as ISO 8601; `text`, the date as the language of the article writes it.
    """
    published = published_date(article)
    history = [date for kind in HISTORY if kind != "pub" for date in article.dates if date.type == kind]
    history += [date for date in article.dates if date.type not in HISTORY and date.type not in PUBLISHED]
    return [
        {
            "label": labels[HISTORY[date.type]] if date.type in HISTORY else _kind(date, labels),
            "iso": date.iso,
            "text": date_text(date, article.lang),
        }
        for date in [*history, *([published] if published and published.month else [])]
    ]


def _kind(date: Date, labels: dict[str, str]) -> str:
    """What a date of another type is called: by its type, since no label of the house names it."""
    return labels["published"] if date.type in PUBLISHED else date.type.replace("-", " ").capitalize()


def date_text(date: Date, lang: str) -> str:
    """The date in the words of `lang` (BCP 47): `17 de noviembre de 2020`; ISO 8601 where the language is unknown."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date, format_skeleton

    try:
        locale = Locale.parse(lang.replace("-", "_"))
        day = datetime.date(date.year, date.month or 1, date.day or 1)
    except (UnknownLocaleError, ValueError):
        return date.iso
    if not date.month:
        return str(date.year)
    return format_date(day, "long", locale) if date.day else format_skeleton("yMMMM", day, locale=locale)


def copyright_line(article: Article) -> str:
    permissions = article.permissions
    if permissions.statement:
        return permissions.statement
    if permissions.holder or permissions.year:
        return " ".join(filter(None, ("©", permissions.year, permissions.holder)))
    return ""


def sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?。" else f"{text}."
