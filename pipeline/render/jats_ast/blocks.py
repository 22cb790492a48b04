"""Block elements: sections, paragraphs, lists, quotations, code, and what stands in the back."""

import re
from itertools import takewhile

from pipeline.article import Element
from pipeline.elements import text_of
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast.mapper import (
    Handler,
    Mapper,
    child,
    children,
    has_text,
    local_name,
    only_plain,
    plain,
    with_lead,
)
from pipeline.render.pandoc_ast import Nodes

HEADED = frozenset({"label", "title", "sec-meta", "subtitle"})
DEFINED = frozenset({"title", "label", "term-head", "def-head", "def-item"})
LIST_STYLES = {
    "order": "Decimal", "alpha-lower": "LowerAlpha", "alpha-upper": "UpperAlpha",
    "roman-lower": "LowerRoman", "roman-upper": "UpperRoman",
}  # fmt: skip


def paragraph(mapper: Mapper, element: Element) -> Nodes:
    blocks = mapper.flow(element)
    identifier = element.get("id", "")
    return [ast.div(blocks, anchor=identifier)] if identifier and blocks else blocks


def heading(mapper: Mapper, element: Element) -> Nodes:
    """The label and title of a section-like element as one line; the subtitle after a colon's space."""
    label, title, subtitle = (mapper.one_line(child(element, name)) for name in ("label", "title", "subtitle"))
    line = [ast.span(label, classes=["label"]), ast.space()] if label else []
    line += title
    if subtitle:
        line += [ast.space(), ast.span(subtitle, classes=["subtitle"])]
    return ast.tidy(line)


def section(mapper: Mapper, element: Element) -> Nodes:
    title = heading(mapper, element)
    mapper.level += bool(title)
    facts = child(element, "sec-meta")
    content = ([] if facts is None else mapper.block(facts)) + mapper.flow(element, HEADED)
    mapper.level -= bool(title)
    identifier = element.get("id", "")
    if title:
        return [ast.header(mapper.level, title, anchor=identifier), *content]
    lead = list(takewhile(lambda block: block["t"] != "Header", content))
    return [ast.div(lead, anchor=identifier), *content[len(lead) :]] if identifier else content


def titled_by(label: str) -> Handler:
    """A section of the back matter whose title, where the XML has none, is a label of the house."""

    def handle(mapper: Mapper, element: Element) -> Nodes:
        result = section(mapper, element)
        if result and result[0]["t"] != "Header" and mapper.labels.get(label):
            result.insert(0, ast.header(mapper.level, [ast.string(mapper.labels[label])]))
        return result

    return handle


def run_in_section(mapper: Mapper, element: Element) -> Nodes:
    """A section of an abstract: its title runs into the first paragraph."""
    title = heading(mapper, element)
    lead = [ast.span([ast.styled("Strong", title)], classes=["run-in"])] if title else []
    content: Nodes = []
    for part in children(element):
        if local_name(part) == "sec":
            content += run_in_section(mapper, part)
        elif local_name(part) not in HEADED:
            content += mapper.block(part)
    return with_lead(lead, content)


def stray_title(mapper: Mapper, element: Element) -> Nodes:
    content = mapper.one_line(element)
    return [ast.para([ast.styled("Strong", content)])] if content else []


def above(mapper: Mapper, element: Element) -> Nodes:
    """Label and title of what is no section, as a line of its own."""
    line = heading(mapper, element)
    return [ast.para([ast.styled("Strong", line)])] if line else []


def item_list(mapper: Mapper, element: Element) -> Nodes:
    items = [item for item in children(element) if local_name(item) == "list-item"]
    kind = element.get("list-type", "bullet")
    contents = [only_plain(mapper.flow(item, frozenset({"label"}))) for item in items]
    labels = [mapper.one_line(child(item, "label")) for item in items]
    if kind in LIST_STYLES and not _own_labels(items):
        result = ast.ordered_list(contents, LIST_STYLES[kind])
    elif any(labels):
        rows = [with_lead(label, content) for label, content in zip(labels, contents, strict=True)]
        result = ast.div([ast.div(row, classes=["list-item"]) for row in rows], classes=["labelled-list"])
    elif kind == "simple":
        result = ast.div([ast.div(content, classes=["list-item"]) for content in contents], classes=["simple-list"])
    else:
        result = ast.bullet_list(contents)
    return [*above(mapper, element), result]


def _own_labels(items: list[Element]) -> bool:
    """Whether the items carry labels that counting 1, 2, 3 would not give."""
    labels = [re.sub(r"\W", "", plain(child(item, "label"))) for item in items]
    return any(labels) and labels != [str(number) for number in range(1, len(labels) + 1)]


def definitions(mapper: Mapper, element: Element) -> Nodes:
    heads = [part for part in children(element) if local_name(part) in ("term-head", "def-head")]
    entries: list[tuple[Nodes, list[Nodes]]] = []
    for item in children(element):
        if local_name(item) == "def-item":
            label, term = (mapper.one_line(child(item, name)) for name in ("label", "term"))
            term = [*label, ast.space(), *term] if label else term
            marks = [mark for part in children(item) if local_name(part) == "x" for mark in mapper.one_line(part)]
            term += [ast.space(), *marks] if marks else []
            meanings = [mapper.flow(part) for part in children(item) if local_name(part) == "def"]
            entries.append((term, meanings or [[]]))
    others = [part for part in children(element) if local_name(part) not in DEFINED]
    if heads:
        entries.insert(
            0, (mapper.one_line(heads[0]), [[ast.plain(mapper.one_line(head))] for head in heads[1:]] or [[]])
        )
    return [*above(mapper, element), *([ast.definition_list(entries)] if entries else []), *mapper.elements(others)]


def quotation(mapper: Mapper, element: Element) -> Nodes:
    blocks = mapper.flow(element, frozenset({"attrib"}))
    for attribution in children(element):
        if local_name(attribution) == "attrib":
            blocks.append(ast.para([ast.span(mapper.one_line(attribution), classes=["attrib"])]))
    return [ast.block_quote(blocks)]


def verse(mapper: Mapper, element: Element) -> Nodes:
    result: Nodes = []
    lines: list[Nodes] = []
    for part in children(element):
        if local_name(part) == "verse-line":
            lines.append(mapper.one_line(part))
            continue
        if lines:
            result.append(ast.line_block(lines))
            lines = []
        result += mapper.block(part)
    if lines:
        result.append(ast.line_block(lines))
    return [ast.div(result, anchor=element.get("id", ""), classes=["verse"])]


def preformatted(mapper: Mapper, element: Element) -> Nodes:
    return [ast.code_block(text_of(element), element.get("language", ""))]


def boxed(name: str) -> Handler:
    def handle(mapper: Mapper, element: Element) -> Nodes:
        title, caption = heading(mapper, element), mapper.one_line(child(element, "caption"))
        line = [*title, *([ast.space()] if title else []), *caption] if caption else title
        lead = [ast.para([ast.styled("Strong", line)])] if line else []
        content = mapper.flow(element, HEADED | {"caption"})
        return [ast.div([*lead, *content], anchor=element.get("id", ""), classes=[name])]

    return handle


def attribution(mapper: Mapper, element: Element) -> Nodes:
    return [ast.para([ast.span(mapper.one_line(element), classes=["attrib"])])]


def group(mapper: Mapper, element: Element) -> Nodes:
    return mapper.flow(element)


def credit(mapper: Mapper, element: Element) -> Nodes:
    """Facts about a part of an article, such as who wrote it: a line in small print."""
    line = mapper.inline(element) if has_text(element) else mapper.listing(element)
    return [ast.para([ast.span(line, classes=["attrib"])])] if line else []


def permissions(mapper: Mapper, element: Element) -> Nodes:
    """The statement of rights, or year and holder where there is none, and the licence."""
    statement = child(element, "copyright-statement") is not None
    stated = frozenset({"copyright-year", "copyright-holder"}) if statement else frozenset()
    line = mapper.listing(element, stated, " ")
    return [ast.para([ast.span(line, classes=["attrib"])])] if line else []


def references(mapper: Mapper, element: Element) -> Nodes:
    """A list of references that is not the article's own."""
    return section(mapper, element)


def reference(mapper: Mapper, element: Element) -> Nodes:
    """An entry as its author wrote it."""
    label = mapper.one_line(child(element, "label"))
    content = mapper.flow(element, frozenset({"label"}))
    return [ast.div(with_lead(label, content), anchor=element.get("id", ""), classes=["entry"])]


def signature(mapper: Mapper, element: Element) -> Nodes:
    return [ast.div(mapper.flow(element), classes=["sig-block"])]


BLOCKS: dict[str, Handler] = {
    "p": paragraph,
    "sec": section,
    "title": stray_title,
    "subtitle": stray_title,
    "list": item_list,
    "def-list": definitions,
    "disp-quote": quotation,
    "attrib": attribution,
    "verse-group": verse,
    "code": preformatted,
    "preformat": preformatted,
    "boxed-text": boxed("boxed-text"),
    "statement": boxed("statement"),
    "speech": group,
    "sig-block": signature,
    "ack": titled_by("acknowledgements"),
    "app-group": group,
    "app": titled_by("appendix"),
    "glossary": titled_by("glossary"),
    "bio": section,
    "notes": section,
    "sec-meta": group,
    "contrib-group": credit,
    "kwd-group": credit,
    "permissions": permissions,
    "ref-list": references,
    "ref": reference,
}
