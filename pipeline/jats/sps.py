"""A tree in the form of SciELO Publishing Schema 1.9, which asks for more than JATS and for some things twice.

Source: SciELO PS 1.9 and its Schematron. What only an editor knows (DOI, section, days, countries, licence) is not
made up here; the rules `sps` say what lacks.
"""

import json
import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.article import Affiliation, Element
from pipeline.elements import LANG, append, insert_after, make, put_in_order, text_of
from pipeline.jats.affiliation_reader import read_affiliation
from pipeline.jats.citation_reader import read_reference
from pipeline.jats.front import ORDER

RANGE = re.compile(r"(\s*\d+)(\s*(?:[-–—,;&]|and|und|y|e|et)\s*)(\d+\s*)")
FACES = {"bold", "italic", "sc", "sub", "sup", "underline", "styled-content", "ext-link"}


@cache
def table(name: str) -> Any:
    """A table of `data/sps.json`."""
    return json.loads((Path(__file__).parent / "data" / "sps.json").read_text("utf-8"))[name]


def follow_sps(root: Element) -> None:
    """Bring `root` into the form of SciELO PS; done once more, it changes nothing."""
    root.set("specific-use", table("version"))
    lang = root.get(LANG) or "en"
    for journal in root.iterfind("front/journal-meta"):
        _journal(journal)
    for meta in root.iterfind("front/article-meta"):
        _meta(meta, lang)
        _count(root, meta)
    for aff in root.findall("front/article-meta//aff"):
        _aff(aff)
    for number, ref in enumerate(root.findall("back//ref"), start=1):
        _ref(ref, number)
    _body(root)


def _journal(journal: Element) -> None:
    for abbreviation in journal.iterfind("journal-title-group/abbrev-journal-title"):
        if not abbreviation.get("abbrev-type"):
            abbreviation.set("abbrev-type", "publisher")
    for issn in journal.iterfind("issn"):
        kind = table("issn").get(issn.get("publication-format"))
        if kind and not issn.get("pub-type"):
            issn.set("pub-type", kind)


def _meta(meta: Element, lang: str) -> None:
    for path in ("abstract", "title-group/article-title"):
        for element in meta.iterfind(path):
            if element.get(LANG) == lang:
                del element.attrib[LANG]
    for path in ("kwd-group", "permissions/license"):
        for element in meta.iterfind(path):
            if not element.get(LANG):
                element.set(LANG, lang)
    published = meta.find("pub-date[@date-type='pub']")
    if published is not None and meta.find("pub-date[@date-type='collection']") is None:
        year = make("year", published.findtext("year"))
        collection = make("pub-date", year, date_type="collection", publication_format="electronic")
        put_in_order(meta, collection, ORDER)
    for note in (*meta.iterfind("author-notes/fn"), *meta.iterfind("../../back/fn-group/fn")):
        if not note.get("fn-type"):
            note.set("fn-type", "other")


def _count(root: Element, meta: Element) -> None:
    """`counts` of what is there, and of the pages where they are numbers."""
    if meta.find("counts") is not None:
        return
    counts = make(
        "counts", [make(tag, count=str(sum(1 for _ in root.iter(of)))) for tag, of in table("counts").items()]
    )
    first, last = meta.findtext("fpage", ""), meta.findtext("lpage", "")
    if first.isdecimal() and last.isdecimal() and int(last) >= int(first):
        counts.append(make("page-count", count=str(int(last) - int(first) + 1)))
    put_in_order(meta, counts, ORDER)


def _aff(aff: Element) -> None:
    """The string as printed in one `institution`, and the parts that were tagged in it."""
    if aff.find("institution[@content-type='original']") is not None:
        return
    place = read_affiliation(aff, "")
    if not place.text:
        return
    label, tail = aff.find("label"), aff.tail
    given = {str(name): str(value) for name, value in aff.attrib.items()}
    aff.clear()
    for name, value in given.items():
        aff.set(name, value)
    append(
        aff, deepcopy(label) if label is not None else None, make("institution", place.text, content_type="original")
    )
    append(aff, *_parts(place))
    aff.tail = tail


def _parts(place: Affiliation) -> list[Element]:
    values = [(span.label, place.text[span.start : span.end]) for span in place.spans]
    made = [
        make("institution", value, content_type=table("organisations")[label])
        for label, value in values
        if label in table("organisations")
    ]
    if place.ror:
        name = next((each for each in made if each.get("content-type") == "orgname"), None)
        identifier = make("institution-id", place.ror, institution_id_type="ror")
        wrap = make("institution-wrap", deepcopy(name) if name is not None else None, identifier)
        made = [wrap, *(each for each in made if each is not name)]
    town = [
        make("named-content", value, content_type={"region": "state"}.get(label, label))
        for label, value in values
        if label in ("city", "region")
    ]
    country = next((value for label, value in values if label == "country"), "")
    return [
        *made,
        *([make("addr-line", town)] if town else []),
        *([make("country", country, country=place.country_code)] if country else []),
    ]


def _ref(ref: Element, number: int) -> None:
    """The string as printed, its parts in an `element-citation` beside it."""
    mixed = ref.find("mixed-citation")
    if mixed is None or ref.find("element-citation") is not None:
        return
    item = read_reference(ref, number).item
    kind = mixed.get("publication-type") or "other"
    kind = table("publication_types").get(kind, kind)
    parted = make("element-citation", publication_type=kind if kind in table("known_types") else "other")
    for child in mixed:
        append(parted, _part(child, item))
    _number_months(parted, item)
    if not len(parted):
        parted.append(make("comment", text_of(mixed).strip()))
    plain = make("mixed-citation", _printed(mixed), lang=mixed.get(LANG))
    plain.tail = mixed.tail
    ref.replace(mixed, plain)
    insert_after(plain, parted)


def _part(child: Element, item: dict[str, Any]) -> Element | None:
    """A tagged part as `element-citation` has it; None of what is text in between."""
    copy = deepcopy(child)
    copy.tail = None
    if copy.tag == "uri":
        copy.tag = "ext-link"
        copy.set("ext-link-type", "uri")
    if copy.tag in ("string-name", "collab", "etal", "name"):
        group = make("person-group", copy, person_group_type="author")
        return _people(group)
    if copy.tag == "person-group":
        return _people(copy)
    if copy.tag not in table("parts"):
        return None
    if LANG in copy.attrib:
        del copy.attrib[LANG]
    return copy if all(each.tag in FACES for each in copy) else make(copy.tag, text_of(copy), **_typed(copy))


def _typed(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items() if str(name).endswith("type")}


def _people(group: Element) -> Element:
    """Names without the text between them."""
    made = make("person-group", person_group_type=group.get("person-group-type") or "author")
    for child in group:
        if child.tag in ("string-name", "name"):
            parts = [make(tag, text_of(found)) for tag in ("surname", "given-names", "prefix", "suffix")
                     if (found := child.find(tag)) is not None]  # fmt: skip
            made.append(make("name", parts) if parts and parts[0].tag in ("surname", "given-names") else _collab(child))
        elif child.tag in ("collab", "etal"):
            copy = deepcopy(child)
            copy.tail = None
            made.append(copy)
    return made


def _collab(name: Element) -> Element:
    return make("collab", text_of(name))


def _number_months(parted: Element, item: dict[str, Any]) -> None:
    """Months as numbers, once, as the date of the item says; what is no number goes."""
    dates = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    month = str(dates[1]) if len(dates) > 1 else ""
    for element in parted.findall("month"):
        if month:
            element.text, month = month, ""
        else:
            parted.remove(element)


def _printed(element: Element) -> list[str | Element]:
    """The content of a citation without the tags of its parts; its faces stay, and what is in another language."""
    pieces: list[str | Element] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            content = _printed(child)
            if child.tag in FACES:
                face = make(child.tag, content)
                face.attrib.update(dict(child.attrib))
                content = [face]
            elif child.get(LANG):
                content = [make("styled-content", content, lang=child.get(LANG))]
            pieces += content
        pieces.append(child.tail or "")
    return pieces


def _body(root: Element) -> None:
    for caption in root.iter("caption"):
        first = caption.find("p")
        if caption.find("title") is None and first is not None:
            first.tag = "title"
    for cell in root.iterfind(".//tbody//th"):
        cell.tag = "td"
    for cell in root.iterfind(".//thead//td"):
        cell.tag = "th"
    for link in root.iter("ext-link"):
        if not link.get("ext-link-type"):
            link.set("ext-link-type", "uri")
    for each in root.iter("list"):
        if not each.get("list-type"):
            each.set("list-type", "simple")
    for xref in root.findall(".//xref"):
        _one_target(xref)


def _one_target(xref: Element) -> None:
    """A cross-reference names one target: a pair or a range becomes one to its first and one to its last."""
    targets = (xref.get("rid") or "").split()
    if len(targets) < 2:
        return
    xref.set("rid", targets[0])
    found = RANGE.fullmatch(xref.text or "") if not len(xref) else None
    if found:
        last = make("xref", found.group(3), ref_type=xref.get("ref-type"), rid=targets[-1])
        last.tail, xref.tail = xref.tail, found.group(2)
        xref.text = found.group(1)
        insert_after(xref, last)
