"""What a reader of the XML finds in it: the fields that are measured, from our output and from a publisher's JATS."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pipeline.article import Element
from pipeline.elements import text_of

OUTSIDE = "ancestor::fig|ancestor::table-wrap|ancestor::fn|ancestor::disp-quote"
COUNTED = {
    "sec": "body//sec|back//sec|back/ack|back/notes|back//app",
    "par": f"body//p[not({OUTSIDE})]|back/ack//p|back//sec//p",
    "fig": "body//fig",
    "tab": "body//table-wrap",
    "fn": "body//fn|back//fn",
    "eq": "body//disp-formula",
    "lst": "body//list[not(ancestor::list)]",
}
SKIPPED = {"fig", "fig-group", "table-wrap", "fn", "title", "label", "ref-list"}
FOLLOWING = 24
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
    links = [
        [rid for xref in person.iterfind("xref[@ref-type='aff']") for rid in xref.get("rid", "").split()]
        for person in people
    ]
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


def citations(root: Element) -> Counter[tuple[str, int]]:
    """How often each reference (its place in the list) is linked, by the letters that follow the link.

    Captions and tables are left out. `1–3` counts as three, whether it is one link or two with a dash between.
    """
    places = {ref.get("id", ""): place for place, ref in enumerate(root.iterfind(".//ref-list//ref"))}
    pieces: list[str] = []
    links: list[tuple[int, int]] = []
    for body in root.iterfind("body"):
        _read_links(body, places, pieces, links)
    text = "".join(pieces)
    return Counter((text[position : position + FOLLOWING], place) for position, place in links)


def _read_links(element: Element, places: dict[str, int], pieces: list[str], links: list[tuple[int, int]]) -> None:
    """Collect the letters of `element`, and for each link how many stand before its end, and its reference."""
    if element.tag in SKIPPED:
        return
    pieces.append(_letters(element.text))
    before: Element | None = None
    for child in element:
        if child.tag == "xref" and child.get("ref-type") == "bibr":
            pieces.append(_letters(text_of(child)))
            position = sum(map(len, pieces))
            linked = [places[rid] for rid in child.get("rid", "").split() if rid in places]
            links += [(position, place) for place in [*_between(before, child, linked, places), *linked]]
            before = child
        else:
            _read_links(child, places, pieces, links)
        pieces.append(_letters(child.tail))


def _between(before: Element | None, xref: Element, linked: list[int], places: dict[str, int]) -> Iterator[int]:
    """References within a range whose ends are linked."""
    if before is not None and linked and RANGE.fullmatch(before.tail or "") and xref.getprevious() is before:
        last = places.get(before.get("rid", "").split()[-1], linked[0])
        if last + 1 < linked[0] < last + 50:
            yield from range(last + 1, linked[0])


def _letters(text: str | None) -> str:
    return "".join(char for char in (text or "").casefold() if char.isalpha())


def parse(data: bytes) -> Element:
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False, huge_tree=False)
    return etree.fromstring(data, parser)
