"""A CSL item as `element-citation` (JATS Publishing 1.3): for works whose data is known and not read from a string."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.article import Element
from pipeline.elements import make

ROLES = {"author": "author", "editor": "editor", "translator": "translator", "container-author": "author"}
TAGGED = re.compile(r"</?(?:i|b|sup|sub|span|em|strong)\b[^<>]{0,200}>")
IDENTIFIERS = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid"}
PAGES = re.compile(r"\s*(?P<first>[\w.]{1,20}?)\s*(?:[-–—]+\s*(?P<last>[\w.]{1,20}))?\s*")
NUMBERED = re.compile(r"[A-Za-z]\d{1,19}")
CONTAINED = {"article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference", "entry",
             "entry-encyclopedia", "entry-dictionary", "post-weblog", "review"}  # fmt: skip
TITLES = {"chapter": "chapter-title", "entry": "chapter-title", "entry-encyclopedia": "chapter-title",
          "entry-dictionary": "chapter-title", "dataset": "data-title"}  # fmt: skip


def write_item(item: dict[str, Any], publication_type: str) -> Element:
    """The `element-citation` of an item; its variables in the order in which entries print them."""
    return make("element-citation", list(_children(item)), publication_type=publication_type)


def _children(item: dict[str, Any]) -> Iterator[Element]:
    for role, kind in ROLES.items():
        names = [name for each in item.get(role, []) if (name := _name(each)) is not None]
        if names and not (role == "container-author" and item.get("author")):
            yield make("person-group", names, person_group_type=kind)
    yield from _date(item.get("issued"))
    yield from _titles(item)
    for variable, tag in (("collection-title", "series"), ("edition", "edition"), ("version", "version"),
                          ("volume", "volume"), ("issue", "issue")):  # fmt: skip
        if value := _text(item.get(variable)):
            yield make(tag, value)
    yield from _pages(item)
    if value := _text(item.get("publisher-place")):
        yield make("publisher-loc", value)
    if value := _text(item.get("publisher")):
        yield make("publisher-name", value)
    yield from _identifiers(item)
    accessed = _iso(item.get("accessed"))
    if accessed:
        yield make("date-in-citation", accessed, content_type="access-date", iso_8601_date=accessed)
    if note := _text(item.get("note")):
        yield make("comment", note, content_type="note")


def _text(value: Any) -> str:
    return " ".join(TAGGED.sub("", str(value)).split()) if value not in (None, "") else ""


def _name(name: dict[str, Any]) -> Element | None:
    if literal := _text(name.get("literal")):
        return make("collab", literal)
    particles = [_text(name.get(key)) for key in ("dropping-particle", "non-dropping-particle", "family")]
    family, given, suffix = " ".join(filter(None, particles)), _text(name.get("given")), _text(name.get("suffix"))
    if not family:
        return make("collab", given) if given else None
    return make(
        "name",
        make("surname", family),
        make("given-names", given) if given else None,
        make("suffix", suffix) if suffix else None,
    )


def _iso(date: Any) -> str:
    parts = (date or {}).get("date-parts") or []
    numbers = [int(part) for part in parts[0] if str(part).isdecimal()] if parts and parts[0] else []
    if not numbers or not 0 < numbers[0] <= 9999:
        return ""
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])])


def _date(date: Any) -> Iterator[Element]:
    iso = _iso(date)
    if not iso:
        if literal := _text((date or {}).get("literal") or (date or {}).get("raw")):
            yield make("year", literal)
        return
    numbers = [str(int(part)) for part in iso.split("-")]
    for tag, value in list(zip(("year", "month", "day"), numbers, strict=False)):
        yield make(tag, value, iso_8601_date=iso if tag == "year" else None)


def _titles(item: dict[str, Any]) -> Iterator[Element]:
    title, container = _text(item.get("title")), _text(item.get("container-title"))
    kind = str(item.get("type", ""))
    if container or kind in CONTAINED:
        if title:
            yield make(TITLES.get(kind, "article-title"), title)
        if container:
            yield make("source", container)
    elif title:
        yield make("data-title" if kind == "dataset" else "source", title)
    if event := _text(item.get("event-title") or item.get("event")):
        yield make("conf-name", event)


def _pages(item: dict[str, Any]) -> Iterator[Element]:
    value = _text(item.get("page"))
    match = PAGES.fullmatch(value)
    if match is None:
        if value:
            yield make("page-range", value)
    elif match["last"] is None and (NUMBERED.fullmatch(match["first"]) or item.get("type") == "article-journal"):
        yield make("elocation-id", match["first"])
    else:
        yield make("fpage", match["first"])
        if match["last"]:
            yield make("lpage", match["last"])
    if count := _text(item.get("number-of-pages")):
        yield make("size", count, units="pages")


def _identifiers(item: dict[str, Any]) -> Iterator[Element]:
    for variable, kind in IDENTIFIERS.items():
        if value := _text(item.get(variable)):
            yield make("pub-id", value, pub_id_type=kind)
    for variable, tag in (("ISBN", "isbn"), ("ISSN", "issn")):
        if value := _text(item.get(variable)):
            yield make(tag, value)
    number = _text(item.get("number"))
    if number and str(item.get("type")) in ("report", "patent", "legislation"):
        yield make("pub-id", number, pub_id_type="other")
    if address := _text(item.get("URL")):
        yield make("uri", address, href=address)
