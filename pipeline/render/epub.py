"""An EPUB 3 publication of one article: the HTML page as its content, with navigation and full metadata."""

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from pipeline.archives import pack
from pipeline.article import Article, Element
from pipeline.bibliography.richtext import FormattedBibliography
from pipeline.elements import LANG, MML
from pipeline.render import html, opc
from pipeline.render.document import Document, Heading
from pipeline.render.house import House
from pipeline.render.metadata import abstract_text, keyword_list
from pipeline.render.xhtml import EPUB_TYPE, OPS, SVG, XHTML, content_document, spaces

MEDIA_TYPE = b"application/epub+zip"
FOLDER = "EPUB"
PACKAGE, NAVIGATION, CONTENT, STYLE = "package.opf", "nav.xhtml", "article.xhtml", "article.css"
OPF = "http://www.idpf.org/2007/opf"
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
DOI_OF_ONIX = "06"
DEEPEST = 3
ROLES = {"author": "aut", "editor": "edt", "translator": "trl", "reviewer": "rev"}
SUMMARY = (
    "One article with headings for every section, a table of contents, reading order in the markup, formulas as "
    "MathML, tables with marked heads, and text alternatives of pictures as the author or the caption gives them."
)


def write(article: Article, document: Document, bibliography: FormattedBibliography, house: House) -> bytes:
    """A zip (OCF 3.3) that is the same bytes each time; dated SOURCE_DATE_EPOCH, or else its publication."""
    content, names = content_document(html.page(article, document, bibliography, house), STYLE)
    used = {image.get("src") for image in content.iter(f"{{{XHTML}}}img")}
    images = [image for image in (*document.images, *html.logo_of(house)) if image.name in used]
    files = {
        "mimetype": MEDIA_TYPE,
        "META-INF/container.xml": serialized(container()),
        f"{FOLDER}/{PACKAGE}": serialized(package(article, document, content, images)),
        f"{FOLDER}/{NAVIGATION}": serialized(navigation(document, names), doctype="<!DOCTYPE html>"),
        f"{FOLDER}/{CONTENT}": serialized(content, doctype="<!DOCTYPE html>"),
        f"{FOLDER}/{STYLE}": html.style_of(house, "epub.css").encode(),
    }
    files |= {f"{FOLDER}/{image.name}": image.data for image in images}
    return pack(files, time.gmtime(opc.epoch())[:6], stored=("mimetype",))


def serialized(root: Element, doctype: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}'.encode() + etree.tostring(root, encoding="UTF-8")


def container() -> Element:
    root = etree.Element(f"{{{CONTAINER}}}container", {"version": "1.0"}, spaces(CONTAINER))
    roots = etree.SubElement(root, f"{{{CONTAINER}}}rootfiles")
    attributes = {"full-path": f"{FOLDER}/{PACKAGE}", "media-type": "application/oebps-package+xml"}
    etree.SubElement(roots, f"{{{CONTAINER}}}rootfile", attributes)
    return root


def package(article: Article, document: Document, content: Element, images: Sequence[Any]) -> Element:
    """`package.opf` (EPUB 3.3, §5)."""
    attributes = {"version": "3.0", "unique-identifier": "id"}
    root = etree.Element(f"{{{OPF}}}package", attributes, spaces(OPF, dc=opc.DC))
    root.set(LANG, article.lang)
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata")
    metadata.extend([*description(article, document), *accessibility(content, images)])
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
    for item in items(content, images):
        etree.SubElement(manifest, f"{{{OPF}}}item", item)
    direction = {"page-progression-direction": "rtl"} if document.front["dir"] == "rtl" else {}
    spine = etree.SubElement(root, f"{{{OPF}}}spine", direction)
    etree.SubElement(spine, f"{{{OPF}}}itemref", {"idref": "article"})
    return root


def items(content: Element, images: Sequence[Any]) -> Iterator[dict[str, str]]:
    xhtml = "application/xhtml+xml"
    holds = {"mathml": f"{{{MML}}}math", "svg": f"{{{SVG}}}svg"}
    properties = " ".join(name for name, tag in holds.items() if next(content.iter(tag), None) is not None)
    yield {"id": "nav", "href": NAVIGATION, "media-type": xhtml, "properties": "nav"}
    article = {"id": "article", "href": CONTENT, "media-type": xhtml}
    yield article | ({"properties": properties} if properties else {})
    yield {"id": "style", "href": STYLE, "media-type": "text/css"}
    for number, image in enumerate(images, 1):
        yield {"id": f"image-{number}", "href": image.name, "media-type": image.media_type}


def description(article: Article, document: Document) -> Iterator[Element]:
    """Dublin Core, who did what, and the journal as the collection that the article belongs to."""
    front = document.front
    yield dublin_core("identifier", identifier(front), id="id")
    if front["doi"]:
        yield meta("identifier-type", DOI_OF_ONIX, refines="#id", scheme="onix:codelist5")
    yield dublin_core("title", front["title"] or front["journal"]["title"] or front["doi"] or "–", id="title")
    yield dublin_core("language", article.lang)
    people = [person for person in (*front["authors"], *front["others"]) if person["name"]]
    for number, person in enumerate(people, 1):
        anchor = f"person-{number}"
        yield dublin_core("creator" if person["type"] == "author" else "contributor", person["name"], id=anchor)
        yield meta("role", ROLES.get(person["type"], "ctb"), refines=f"#{anchor}", scheme="marc:relators")
        if person["family"] and person["given"]:
            yield meta("file-as", f"{person['family']}, {person['given']}", refines=f"#{anchor}")
    values = [
        ("publisher", front["journal"]["publisher"]), ("date", front["date"]),
        ("description", abstract_text(document)), *(("subject", word) for word in keyword_list(article)),
        ("rights", " ".join(filter(None, (front["copyright"], front["license_text"], front["license_url"])))),
        ("source", next((f"urn:issn:{issn}" for issn in front["journal"]["issns"].values()), "")),
        ("type", article.type),
    ]  # fmt: skip
    yield from (dublin_core(name, value) for name, value in values if value.strip())
    if front["journal"]["title"]:
        yield meta("belongs-to-collection", front["journal"]["title"], id="journal")
        yield meta("collection-type", "series", refines="#journal")
        if front["volume"]:
            position = ".".join(filter(str.isdecimal, (front["volume"], front["issue"])))
            yield from [meta("group-position", position, refines="#journal")] if position else []
    yield meta("dcterms:modified", modified(front))


def identifier(front: Mapping[str, Any]) -> str:
    """The DOI as an address; without one a UUID that the same journal and title always have."""
    name = "\n".join([front["journal"]["title"], front["title"], *(person["name"] for person in front["authors"])])
    return str(front["doi_url"]) or uuid.uuid5(uuid.NAMESPACE_OID, name).urn


def modified(front: Mapping[str, Any]) -> str:
    """SOURCE_DATE_EPOCH; where it is not set, the day of publication."""
    if opc.epoch() or not front["date"]:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(opc.epoch()))
    year, month, day = [*front["date"].split("-"), "01", "01"][:3]
    return f"{year}-{month}-{day}T00:00:00Z"


def accessibility(content: Element, images: Sequence[Any]) -> Iterator[Element]:
    """What EPUB Accessibility 1.1 (§3.2) asks for: what can be read how. Conformance is for a person to claim."""
    formulas = next(content.iter(f"{{{MML}}}math"), None) is not None
    described = all(image.get("alt") for image in content.iter(f"{{{XHTML}}}img"))
    modes = ["textual", *(["visual"] if images else [])]
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"]
    features += ["MathML"] if formulas else []
    features += ["alternativeText"] if images and described else []
    for mode in modes:
        yield meta("schema:accessMode", mode)
    if not images or described:
        yield meta("schema:accessModeSufficient", "textual")
    if images:
        yield meta("schema:accessModeSufficient", "textual,visual")
    for feature in features:
        yield meta("schema:accessibilityFeature", feature)
    yield meta("schema:accessibilityHazard", "none")
    yield meta("schema:accessibilitySummary", SUMMARY)


def dublin_core(name: str, value: str, **attributes: str) -> Element:
    made = etree.Element(f"{{{opc.DC}}}{name}", attributes)
    made.text = " ".join(value.split())
    return made


def meta(name: str, value: str, **attributes: str) -> Element:
    made = etree.Element(f"{{{OPF}}}meta", {"property": name, **attributes})
    made.text = " ".join(value.split())
    return made


def navigation(document: Document, names: Mapping[str, str]) -> Element:
    """`nav.xhtml` (EPUB 3.3, §7): the headings as nested lists."""
    front = document.front
    attributes = {"lang": front["lang"], "dir": front["dir"]}
    root = etree.Element(f"{{{XHTML}}}html", attributes, spaces(XHTML, epub=OPS))
    root.set(LANG, front["lang"])
    head, body = (etree.SubElement(root, f"{{{XHTML}}}{name}") for name in ("head", "body"))
    etree.SubElement(head, f"{{{XHTML}}}title").text = front["labels"]["contents"]
    nav = etree.SubElement(body, f"{{{XHTML}}}nav", {EPUB_TYPE: "toc", "role": "doc-toc", "id": "toc"})
    etree.SubElement(nav, f"{{{XHTML}}}h1").text = front["labels"]["contents"]
    start = Heading("", front["title"] or front["labels"]["contents"], 1)
    shown = (heading for heading in document.contents if heading.text and heading.level <= DEEPEST)
    _list(nav, [start, *(Heading(names[each.anchor], each.text, each.level) for each in shown if each.anchor in names)])
    return root


def _list(parent: Element, headings: Sequence[Heading]) -> None:
    """`ol` of the headings of the first one's level, each with a list of those below it."""
    made = etree.SubElement(parent, f"{{{XHTML}}}ol")
    while headings:
        first, *rest = headings
        below = next((number for number, each in enumerate(rest) if each.level <= first.level), len(rest))
        item = etree.SubElement(made, f"{{{XHTML}}}li")
        target = f"{CONTENT}#{first.anchor}" if first.anchor else CONTENT
        etree.SubElement(item, f"{{{XHTML}}}a", {"href": target}).text = first.text
        if below:
            _list(item, rest[:below])
        headings = rest[below:]
