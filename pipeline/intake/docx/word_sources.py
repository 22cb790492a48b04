"""Word's own bibliography (`b:Sources`, ECMA-376, Part 1, 22.6) as CSL items."""

import re
from typing import Any

from pipeline.article import Element

B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
STRICT = "{http://purl.oclc.org/ooxml/officeDocument/bibliography}"
TYPES = {"JournalArticle": "article-journal", "ArticleInAPeriodical": "article-magazine", "Book": "book",
         "BookSection": "chapter", "ConferenceProceedings": "paper-conference", "Report": "report",
         "InternetSite": "webpage", "DocumentFromInternetSite": "webpage", "ElectronicSource": "webpage",
         "Patent": "patent", "Case": "legal_case", "Film": "motion_picture", "Misc": "document"}  # fmt: skip
FIELDS = {"Title": "title", "JournalName": "container-title", "PeriodicalTitle": "container-title",
          "BookTitle": "container-title", "ConferenceName": "container-title", "InternetSiteTitle": "container-title",
          "Volume": "volume", "Issue": "issue", "Pages": "page", "Publisher": "publisher", "City": "publisher-place",
          "Edition": "edition", "DOI": "DOI", "URL": "URL"}  # fmt: skip
ROLES = {"Author": "author", "Editor": "editor", "Translator": "translator", "BookAuthor": "container-author"}


def read_sources(root: Element) -> dict[str, dict[str, Any]]:
    """Items by their tags."""
    found = {}
    for source in [*root.iter(f"{B}Source"), *root.iter(f"{STRICT}Source")]:
        values = {_name(child): " ".join("".join(map(str, child.itertext())).split()) for child in source}
        tag = values.get("Tag", "")
        if tag:
            found[tag] = {"id": tag} | _item(source, values)
    return found


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _item(source: Element, values: dict[str, str]) -> dict[str, Any]:
    kind = TYPES.get(values.get("SourceType", ""), "document")
    item: dict[str, Any] = {"type": kind}
    for name, variable in FIELDS.items():
        if values.get(name) and variable not in item:
            item[variable] = values[name]
    holder = next((child for child in source if _name(child) == "Author"), None)
    for role in holder if holder is not None else ():
        people = [_person(each) for each in role.iter() if _name(each) == "Person"]
        corporate = [{"literal": "".join(map(str, each.itertext()))} for each in role if _name(each) == "Corporate"]
        if _name(role) in ROLES and (people or corporate):
            item[ROLES[_name(role)]] = people or corporate
    for prefix, variable in (("", "issued"), ("Accessed", "accessed")):
        numbers = [values.get(f"{part}{prefix}", "") for part in ("Year", "Month", "Day")]
        if re.fullmatch(r"\d{4}", numbers[0]):
            item[variable] = {"date-parts": [[int(number) for number in _until_gap(numbers)]]}
    return item


def _until_gap(numbers: list[str]) -> list[str]:
    """Year, and month and day as far as they are numbers."""
    kept = []
    for number in numbers:
        if not number.isdecimal():
            break
        kept.append(number)
    return kept


def _person(element: Element) -> dict[str, str]:
    parts = {_name(child): (child.text or "").strip() for child in element}
    given = " ".join(part for part in (parts.get("First", ""), parts.get("Middle", "")) if part)
    name = {"family": parts.get("Last", ""), "given": given}
    return {key: text for key, text in name.items() if text}
