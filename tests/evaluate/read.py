"""What a reader of the XML finds in it: the fields that are measured, from our output and from a publisher's JATS."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pipeline.article import Element
from pipeline.elements import text_of
from pipeline.words import words

COUNTED = {
    "sec": "body//sec|back//sec|back/ack|back/notes|back//app",
    "par": "body//p[not(ancestor::fig|ancestor::table-wrap|ancestor::fn|ancestor::disp-quote)]|back/ack//p|back//sec//p",
    "fig": "body//fig",
    "tab": "body//table-wrap",
    "fn": "body//fn|back//fn",
    "eq": "body//disp-formula",
    "lst": "body//list[not(ancestor::list)]",
}
RANGE = re.compile(r"\s*[-‐–—]\s*")


def plain(root: Element, path: str) -> str:
    """The text of the first element at `path`, its white space made single."""
    found = root.find(path)
    return " ".join(text_of(found).split()) if found is not None else ""


def authors(root: Element) -> list[tuple[str, str]]:
    people = root.findall("front/article-meta/contrib-group/contrib")
    return [(plain(person, ".//surname"), plain(person, ".//given-names")) for person in people]


def affiliations(root: Element) -> list[list[str]]:
    """The affiliations of each author, in order."""
    texts = {}
    for aff in root.iterfind("front/article-meta//aff"):
        label = aff.find("label")
        text = " ".join(text_of(aff).split())
        texts[aff.get("id", "")] = text.removeprefix(text_of(label).strip()).strip() if label is not None else text
    people = root.findall("front/article-meta/contrib-group/contrib")
    links = [[rid for xref in person.iterfind("xref[@ref-type='aff']") for rid in xref.get("rid", "").split()] for person in people]
    return [[texts[rid] for rid in rids if rid in texts] for rids in links]


def abstract(root: Element) -> str:
    """The words of the article's own abstract, its title left out."""
    found = root.find("front/article-meta/abstract")
    if found is None:
        return ""
    pieces = [text_of(child) for child in found if child.tag != "title"]
    return " ".join(" ".join(pieces).split())


def keywords(root: Element) -> list[str]:
    group = root.find("front/article-meta/kwd-group")
    return [" ".join(text_of(word).split()) for word in group.iterfind("kwd")] if group is not None else []


def headings(root: Element) -> list[tuple[int, str]]:
    """Level and title of each section of the body and of what stands in `back` as a section, in order."""
    found = []
    for section in root.xpath("body//sec|back//sec|back/ack|back//notes|back//app|back/fn-group"):
        title = section.find("title")
        label = section.find("label")
        if title is None:
            continue
        level = 1 + sum(1 for parent in section.iterancestors() if parent.tag in ("sec", "app"))
        found.append((level, " ".join(f"{text_of(label)} {text_of(title)}".split())))
    return found


def counts(root: Element) -> dict[str, int]:
    return {name: len(root.xpath(path)) for name, path in COUNTED.items()}


def citations(root: Element) -> dict[str, Counter[int]]:
    """For each paragraph (its first letters), how often each reference (its place in the list) is linked."""
    places = {ref.get("id", ""): place for place, ref in enumerate(root.iterfind(".//ref-list//ref"))}
    found: dict[str, Counter[int]] = {}
    for paragraph in root.iterfind("body//p"):
        linked = Counter(_linked(paragraph, places))
        if linked:
            key = paragraph_key(paragraph)
            found[key] = found.get(key, Counter()) + linked
    return found


def paragraph_key(paragraph: Element) -> str:
    return "".join(words(text_of(paragraph)))[:40]


def _linked(paragraph: Element, places: dict[str, int]) -> Iterator[int]:
    """Places of the references linked; `1–3` counts as three, whether it is one link or two with a dash between."""
    before: Element | None = None
    for xref in paragraph.iterfind(".//xref[@ref-type='bibr']"):
        linked = [places[rid] for rid in xref.get("rid", "").split() if rid in places]
        if before is not None and linked and RANGE.fullmatch(before.tail or "") and xref.getprevious() is before:
            last = places.get(before.get("rid", "").split()[-1], linked[0])
            if last + 1 < linked[0] < last + 50:
                yield from range(last + 1, linked[0])
        yield from linked
        before = xref


def parse(data: bytes) -> Element:
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False, huge_tree=False)
    return etree.fromstring(data, parser)
