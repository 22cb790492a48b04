"""Inline elements: faces, links, cross-references, named content."""

import re

from pipeline.article import Element
from pipeline.elements import HREF, text_of
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast.mapper import Handler, Mapper, child, children, has_text, local_name, plain, safe_href
from pipeline.render.pandoc_ast import Nodes

ORCID_ADDRESS = "https://orcid.org/"
NOTE_CALLS = ("fn", "table-fn")
PUB_ID_ADDRESSES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "arxiv": "https://arxiv.org/abs/",
}


def face(kind: str) -> Handler:
    def handle(mapper: Mapper, element: Element) -> Nodes:
        content = mapper.inline(element)
        return [ast.styled(kind, content)] if content else []

    return handle


def classed(name: str) -> Handler:
    def handle(mapper: Mapper, element: Element) -> Nodes:
        return [ast.span(mapper.inline(element), anchor=element.get("id", ""), classes=[name])]

    return handle


def code(mapper: Mapper, element: Element) -> Nodes:
    return [ast.code(text_of(element))]


def superscript(mapper: Mapper, element: Element) -> Nodes:
    content = mapper.inline(element)
    if content and all(node["t"] == "Note" for node in content):
        return content
    return [ast.styled("Superscript", content)] if content else []


def line_break(mapper: Mapper, element: Element) -> Nodes:
    return [ast.line_break()]


def nothing(mapper: Mapper, element: Element) -> Nodes:
    return []


def external_link(mapper: Mapper, element: Element) -> Nodes:
    content = mapper.inline(element)
    written = text_of(element).strip()
    href = element.get(HREF, "").strip() or written
    if element.get("ext-link-type") == "doi" and href.startswith("10."):
        href = PUB_ID_ADDRESSES["doi"] + href
    elif re.match(r"(?:www|ftp)\.", href):
        href = f"https://{href}"
    if not safe_href(href):
        if element.get(HREF):
            mapper.find("unsafe-link", f"link to “{href}” is printed without being followed", element)
        return content
    return [ast.link(href, content or [ast.string(href)])]


def email(mapper: Mapper, element: Element) -> Nodes:
    address = plain(element)
    return [ast.link(f"mailto:{address}", mapper.inline(element))] if "@" in address else mapper.inline(element)


def pub_id(mapper: Mapper, element: Element) -> Nodes:
    identifier, kind = plain(element), element.get("pub-id-type", "")
    href = element.get(HREF) or (PUB_ID_ADDRESSES[kind] + identifier if kind in PUB_ID_ADDRESSES else "")
    content = mapper.inline(element)
    return [ast.link(href, content)] if safe_href(href) else content


def cross_reference(mapper: Mapper, element: Element) -> Nodes:
    """A link to the first of the targets; where the XML has no words for it, the target's label.

    Where there are more, its attribute `targets` names them all.
    """
    targets = element.get("rid", "").split()
    content = mapper.inline(element)
    if not targets:
        return content
    if element.get("ref-type") in NOTE_CALLS and not _raised(element, content):
        content = [ast.styled("Superscript", content)] if content else content
    if not content:
        content = [ast.string(", ".join(mapper.targets.get(target, target) for target in targets))]
    every = " ".join(targets) if len(targets) > 1 else ""
    return [ast.link(f"#{targets[0]}", content, classes=[element.get("ref-type", "xref")], targets=every)]


def _raised(element: Element, content: Nodes) -> bool:
    parent = element.getparent()
    return (parent is not None and parent.tag == "sup") or any(node["t"] == "Superscript" for node in content)


def target(mapper: Mapper, element: Element) -> Nodes:
    return [ast.span(mapper.inline(element), anchor=element.get("id", ""))]


def ruby(mapper: Mapper, element: Element) -> Nodes:
    """Base text, and its reading in brackets."""
    result: Nodes = []
    for part in children(element):
        if local_name(part) != "rp":
            inner = mapper.inline(part)
            result += [ast.string("("), *inner, ast.string(")")] if local_name(part) == "rt" else inner
    return result


def name(mapper: Mapper, element: Element) -> Nodes:
    """A personal name as it is read, its parts where there is nothing between them."""
    if has_text(element):
        return mapper.inline(element)
    family, given = (mapper.one_line(child(element, part)) for part in ("surname", "given-names"))
    first, second = (family, given) if element.get("name-style") == "eastern" else (given, family)
    before, after = (mapper.one_line(child(element, part)) for part in ("prefix", "suffix"))
    parts = [part for part in (before, first, second, after) if part]
    return [node for part in parts for node in (ast.space(), *part)][1:]


def spaced(mapper: Mapper, element: Element) -> Nodes:
    """Parts of one thing, such as a date."""
    return mapper.inline(element) if has_text(element) else mapper.listing(element, joint=" ")


def alternatives(mapper: Mapper, element: Element) -> Nodes:
    """The first form of several that say the same."""
    first = next(children(element), None)
    return [] if first is None else mapper.inline_element(first)


INLINES: dict[str, Handler] = {
    "italic": face("Emph"),
    "bold": face("Strong"),
    "underline": face("Underline"),
    "strike": face("Strikeout"),
    "sc": face("SmallCaps"),
    "sub": face("Subscript"),
    "sup": superscript,
    "monospace": code,
    "roman": classed("roman"),
    "sans-serif": classed("sans-serif"),
    "overline": classed("overline"),
    "styled-content": classed("styled-content"),
    "named-content": classed("named-content"),
    "abbrev": classed("abbrev"),
    "break": line_break,
    "hr": nothing,
    "index-term": nothing,
    "name": name,
    "string-name": name,
    "date": spaced,
    "pub-date": spaced,
    "conf-date": spaced,
    "compound-kwd": spaced,
    "compound-subject": spaced,
    "ext-link": external_link,
    "uri": external_link,
    "self-uri": external_link,
    "license_ref": external_link,
    "email": email,
    "pub-id": pub_id,
    "object-id": pub_id,
    "xref": cross_reference,
    "target": target,
    "ruby": ruby,
    "alternatives": alternatives,
}
