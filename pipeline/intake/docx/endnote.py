"""EndNote's records (`<EndNote><Cite><record>…`) as CSL items."""

import re
from typing import Any

from pipeline.article import Element
from pipeline.errors import SourceError
from pipeline.intake.archive import parse_part

TYPES = {"Journal Article": "article-journal", "Book": "book", "Book Section": "chapter", "Edited Book": "book",
         "Conference Proceedings": "paper-conference", "Conference Paper": "paper-conference", "Thesis": "thesis",
         "Report": "report", "Web Page": "webpage", "Newspaper Article": "article-newspaper",
         "Magazine Article": "article-magazine", "Electronic Article": "article-journal", "Dataset": "dataset",
         "Computer Program": "software", "Government Document": "report", "Patent": "patent"}  # fmt: skip
FIELDS = {"titles/title": "title", "titles/secondary-title": "container-title",
          "periodical/full-title": "container-title",
          "titles/tertiary-title": "collection-title", "volume": "volume", "number": "issue", "pages": "page",
          "publisher": "publisher", "pub-location": "publisher-place", "edition": "edition", "isbn": "ISBN",
          "electronic-resource-num": "DOI", "urls/related-urls/url": "URL"}  # fmt: skip
DOI = re.compile(r"10\.\d{4,9}/\S+")


def items_of_endnote(data: bytes) -> list[dict[str, Any]]:
    """The works of one citation, those without data left out."""
    if not data:
        return []
    try:
        root = parse_part(data, "EndNote")
    except SourceError:
        return []
    return [item for cite in root.iter("Cite") if (item := _item(cite)) is not None]


def _item(cite: Element) -> dict[str, Any] | None:
    record = cite.find("record")
    if record is None:
        return None
    kind = record.find("ref-type")
    item: dict[str, Any] = {
        "id": f"endnote-{_text(cite.find('RecNum')) or _text(record.find('rec-number'))}",
        "type": TYPES.get((kind.get("name") or "") if kind is not None else "", "article-journal"),
    }
    for path, variable in FIELDS.items():
        if (text := _text(record.find(path))) and variable not in item:
            item[variable] = text
    for path, role in (("contributors/authors/author", "author"), ("contributors/secondary-authors/author", "editor")):
        names = [_name(_text(each)) for each in record.iterfind(path) if _text(each)]
        if names:
            item[role] = names
    year = re.search(r"\d{4}", _text(record.find("dates/year")) or _text(cite.find("Year")))
    if year:
        item["issued"] = {"date-parts": [[int(year.group())]]}
    if doi := DOI.search(item.pop("DOI", "")):
        item["DOI"] = doi.group()
    return item if item.get("title") else None


def _text(element: Element | None) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def _name(text: str) -> dict[str, str]:
    family, _, given = text.partition(",")
    if not given.strip():
        words = text.split()
        return (
            {"family": words[-1], "given": " ".join(words[:-1])}
            if 1 < len(words) < 4
            else {"literal": text.strip(", ")}
        )
    return {"family": family.strip(), "given": given.strip()}
