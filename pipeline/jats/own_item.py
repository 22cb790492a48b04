"""The article itself as a CSL item, for "cite as" lines and packages."""

from typing import Any

from pipeline.article import Article, Contributor


def own_item(article: Article) -> dict[str, Any]:
    """CSL-JSON of `article` with the id `article`; empty where it has no title."""
    if article.title is None:
        return {}
    published = next((date for date in article.dates if date.type == "pub"), None)
    pages = "-".join(dict.fromkeys(page for page in (article.fpage, article.lpage) if page))
    fields = {
        "id": "article",
        "type": "article-journal",
        "title": " ".join(article.title.text.split()),
        "author": [_author(person) for person in article.contributors if person.type == "author"],
        "container-title": article.journal.title,
        "volume": article.volume,
        "issue": article.issue,
        "page": pages or article.elocation_id,
        "DOI": article.ids.get("doi", ""),
        "ISSN": next(iter(article.journal.issns.values()), ""),
        "publisher": article.journal.publisher,
        "language": article.lang,
        "issued": {"date-parts": [[int(part) for part in published.iso.split("-")]]} if published else None,
    }
    return {name: value for name, value in fields.items() if value}


def _author(person: Contributor) -> dict[str, str]:
    if person.name is None:
        return {"literal": person.collab}
    parts = {"family": person.name.family, "given": person.name.given, "suffix": person.name.suffix}
    return {name: value for name, value in parts.items() if value}
