"""Constructs of NLM 1–3 and of JATS 1.4 that JATS Publishing 1.3 writes in another way, each by what replaced it.

Sources: the change reports of the tag libraries (NLM 2.3 to 3.0, 3.0 to JATS 1.0, JATS 1.3 to 1.4).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.elements import ALI, HREF, LANG, MML, PREFIXES, XSI, insert_after, line_of, make, text_of

ORCID = re.compile(r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])/?")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)(10\.\d{4,9}/\S+)", re.IGNORECASE)
CITATIONS = ("citation", "nlm-citation")
IN_CITATION = ("mixed-citation", "element-citation", "product", "related-object")


@cache
def table(name: str) -> Any:
    """A table of `data/constructs.json`."""
    tables = json.loads((Path(__file__).parent / "data" / "constructs.json").read_text("utf-8"))
    return tables[name]


@dataclass(frozen=True, slots=True)
class Change:
    """`what` was done, in words that are the same for every case; where; the string that went and that which came."""

    what: str
    line: int | None
    old: str = ""
    new: str = ""


def in_jats_namespaces(root: Element) -> Element:
    """A copy of `root` whose elements of JATS have no namespace, and whose others have the prefixes of the DTD."""
    copy = etree.Element(_name(root), dict(_attributes(root)), PREFIXES)
    _copy_content(root, copy)
    return copy


def _copy_content(element: Element, copy: Element) -> None:
    copy.text = element.text
    for child in element:
        if isinstance(child.tag, str):
            made = etree.SubElement(copy, _name(child), dict(_attributes(child)))
            made_line: Any = made
            made_line.sourceline = child.sourceline
            _copy_content(child, made)
        else:
            made = etree.Comment(child.text) if child.tag is etree.Comment else etree.PI(child.target, child.text)
            copy.append(made)
        made.tail = child.tail


def _name(element: Element) -> str:
    name = etree.QName(element)
    return name.text if name.namespace in (MML, ALI) else name.localname


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if etree.QName(str(name)).namespace != XSI:
            yield str(name), str(value)


def modernize(root: Element) -> list[Change]:
    """Every construct of `CONSTRUCTS` in `root` as 1.3 has it."""
    return [change for construct in CONSTRUCTS for change in construct(root)]


def _rename(root: Element) -> Iterator[Change]:
    renamed, attributes = table("renamed"), table("attributes")
    for element in list(root.iter(*renamed)):
        yield Change(f"{element.tag} made {renamed[element.tag]}", line_of(element))
        element.tag = renamed[element.tag]
    for old, new in attributes.items():
        for element in root.iterfind(f".//*[@{old}]"):
            value = element.attrib.pop(old)
            if not element.get(new):
                element.set(new, value)
            yield Change(f"{old} made {new}", line_of(element))


def _values(root: Element) -> Iterator[Change]:
    """Values that 1.3 lists under another name."""
    for name, others in table("values").items():
        for element in root.iterfind(f".//*[@{name}]"):
            value = element.get(name) or ""
            if value in others:
                element.set(name, others[value])
                yield Change(f"{name}={value!r} made {others[value]!r}", line_of(element))


def _citations(root: Element) -> Iterator[Change]:
    """`citation` and `nlm-citation`: with text between the parts `mixed-citation`, else `element-citation`."""
    for element in list(root.iter(*CITATIONS)):
        old = element.tag
        element.tag = "mixed-citation" if has_text(element) or not len(element) else "element-citation"
        yield Change(f"{old} made {element.tag}", line_of(element))


def has_text(element: Element) -> bool:
    """Whether an element holds text itself, beside or between its parts."""
    return any(text and text.strip() for text in (element.text, *(child.tail for child in element)))


def _dates_in_citations(root: Element) -> Iterator[Change]:
    for element in list(root.iter("access-date", "time-stamp")):
        if not element.get("content-type"):
            element.set("content-type", element.tag)
        yield Change(f"{element.tag} made date-in-citation", line_of(element))
        element.tag = "date-in-citation"


def _page_counts(root: Element) -> Iterator[Change]:
    """`page-count` of a citation, which had its number in an attribute."""
    for element in list(root.iter("page-count")):
        parent = element.getparent()
        if parent is not None and parent.tag in IN_CITATION:
            element.text = str(element.attrib.pop("count", ""))
            element.tag = "size"
            element.set("units", "page")
            yield Change("page-count made size", line_of(element), new=element.text)


def _permissions(root: Element) -> Iterator[Change]:
    """Copyright and licence that stood in `article-meta` itself."""
    for meta in list(root.iter("article-meta", "front-stub")):
        loose = [each for name in ("copyright-statement", "copyright-year", "copyright-holder", "license")
                 for each in meta.findall(name)]  # fmt: skip
        if loose:
            permissions = meta.find("permissions")
            if permissions is None:
                permissions = make("permissions")
                insert_after(loose[0], permissions)
            permissions.extend(loose)
            for each in loose:
                each.tail = None
            yield Change("copyright and licence put into permissions", line_of(loose[0]))


def _translated_titles(root: Element) -> Iterator[Change]:
    for group in list(root.iter("title-group")):
        for title in group.findall("trans-title"):
            holder = make("trans-title-group", lang=str(title.attrib.pop(LANG, "")))
            insert_after(title, holder)
            subtitle = holder.getnext()
            holder.append(title)
            title.tail = None
            if subtitle is not None and subtitle.tag == "trans-subtitle":
                subtitle.tail = None
                holder.append(subtitle)
            yield Change("trans-title put into trans-title-group", line_of(title))


def _awards(root: Element) -> Iterator[Change]:
    """Sponsors and their numbers that stood in `article-meta` itself: a number goes with the sponsor it names."""
    for meta in list(root.iter("article-meta", "front-stub")):
        sources, numbers = meta.findall("funding-source"), meta.findall("award-id")
        if not sources and not numbers:
            continue
        group = make("funding-group")
        insert_after((sources or numbers)[0], group)
        awards = [make("award-group", source) for source in sources] or [make("award-group")]
        for number in numbers:
            named = (number.attrib.pop("rid", "") or "").split()
            award = next((each for each in awards if len(each) and each[0].get("id") in named), awards[0])
            award.append(number)
        for element in (*sources, *numbers):
            element.tail = None
        group.extend(awards)
        yield Change("contract put into funding-group", line_of((sources or numbers)[0]))


def _orcids(root: Element) -> Iterator[Change]:
    """`uri` that is an ORCID, and an ORCID in another form than the registry's own."""
    for element in list(root.iter("uri", "ext-link")):
        parent = element.getparent()
        address = (element.get(HREF) or text_of(element)).strip()
        found = ORCID.fullmatch(address) if "orcid.org" in address else None
        if found and parent is not None and parent.tag == "contrib":
            old, new = text_of(element), f"https://orcid.org/{found.group(1).upper()}"
            element.attrib.clear()
            element.tag, element.text = "contrib-id", new
            element.set("contrib-id-type", "orcid")
            yield Change("address at orcid.org made contrib-id", line_of(element), old, new)
    for element in root.iter("contrib-id"):
        old = text_of(element)
        found = ORCID.fullmatch(old.strip())
        if element.get("contrib-id-type") == "orcid" and found:
            new = f"https://orcid.org/{found.group(1).upper()}"
            if new != old:
                element.text = new
                yield Change("orcid written as its address", line_of(element), old, new)


def _dois(root: Element) -> Iterator[Change]:
    for element in root.iterfind(".//article-id[@pub-id-type='doi']"):
        old = text_of(element)
        found = DOI.fullmatch(old.strip())
        if found:
            element.text = found.group(1)
            yield Change("doi written without an address", line_of(element), old, found.group(1))


CONSTRUCTS = (
    _rename, _values, _citations, _dates_in_citations, _page_counts, _permissions, _translated_titles, _awards, _orcids,
    _dois,
)  # fmt: skip
