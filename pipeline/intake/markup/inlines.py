"""Inline nodes as JATS inline elements and strings."""

import re
from copy import deepcopy

from pipeline.article import Element
from pipeline.elements import CLUSTER, Content, append, make
from pipeline.intake.markup import formulas
from pipeline.intake.markup.citations import cluster
from pipeline.intake.markup.figures import inline_graphic
from pipeline.intake.markup.mapper import Handler, Mapper, as_id
from pipeline.intake.markup.nodes import REFERENCE, Node, attributes, raw_words, role_of, text_of

STYLES = {
    "Emph": "italic", "Strong": "bold", "Underline": "underline", "Strikeout": "strike", "Superscript": "sup",
    "Subscript": "sub", "SmallCaps": "sc",
}  # fmt: skip
QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
SAFE = re.compile(r"(?:https?|ftp)://[^\s<>\"]+|mailto:[^\s<>\"]+|doi:\S+", re.IGNORECASE)
CROSS_REFERENCE = re.compile(r"\[?[\w:.-]+\]")


def styled(mapper: Mapper, node: Node) -> list[Content]:
    content = make(STYLES[node["t"]], mapper.inlines(node["c"]))
    if not len(content) and not (content.text or "").strip():
        return [content.text or ""]
    return _outer_space(content)


def _outer_space(element: Element) -> list[Content]:
    """White space at the ends of emphasis stands outside of it."""
    text = element.text or ""
    lead, element.text = text[: len(text) - len(text.lstrip())], text.lstrip() or None
    last = element[-1] if len(element) else None
    end = (last.tail if last is not None else element.text) or ""
    if last is not None:
        last.tail = end.rstrip() or None
    else:
        element.text = end.rstrip() or None
    return [lead, element, end[len(end.rstrip()) :]]


def quoted(mapper: Mapper, node: Node) -> list[Content]:
    kind, content = node["c"]
    opening, closing = QUOTES[kind["t"]]
    return [opening, mapper.inlines(content), closing]


def math(mapper: Mapper, node: Node) -> list[Content]:
    kind, tex = node["c"]
    element, alternatives = formulas.formula(tex.strip(), kind["t"] == "DisplayMath")
    mapper.formulas.append(alternatives)
    return [mapper.name(element, formulas.label_in(tex))]


def code(mapper: Mapper, node: Node) -> list[Content]:
    """Code; a role of Sphinx and MyST that refers to a place of the document is a link to it."""
    name = node["c"][1]
    if (command := role_of(node["c"])) and as_id(name):
        return [make("xref", rid=as_id(name), specific_use=command)]
    return [make("monospace", node["c"][1])] if node["c"][1] else []


def link(mapper: Mapper, node: Node) -> list[Content]:
    """A link to an address; one to a place within the document, which `links.settle` resolves; a citation."""
    attr, content, (address, _) = node["c"]
    if address.startswith("#"):
        name = address[1:]
        if cited := attributes(attr).get("citation"):
            return [make(CLUSTER, make("cite", key=cited), mapper.inlines(content))]
        if name in mapper.clusters:
            made = deepcopy(mapper.clusters[name])
            append(made, mapper.inlines(content))
            return [made]
        keys = attributes(attr)
        inner = mapper.inlines(content)
        if "reference" in keys and CROSS_REFERENCE.fullmatch(text_of(content)):
            inner = []
        return [make("xref", inner, rid=as_id(name))] if as_id(name) else inner
    inner = mapper.inlines(content)
    if not SAFE.fullmatch(address):
        return inner
    if address.lower().startswith("mailto:"):
        text, mail = text_of(content), address[7:].partition("?")[0]
        return [make("email", mail)] if text in (mail, "", address) else [inner, " (", make("email", mail), ")"]
    href = f"https://doi.org/{address[4:]}" if address.lower().startswith("doi:") else address
    return [make("ext-link", inner or [address], ext_link_type="uri", href=href)]


def note(mapper: Mapper, node: Node) -> list[Content]:
    """A mark without its number, which is set when all notes are known to stand where they stand."""
    place = len(mapper.notes)
    element = make("fn", id=f"fn{place + 1}")
    mapper.notes.append(element)
    append(element, mapper.blocks(node["c"]))
    return [make("xref", ref_type="fn", rid=f"fn{place + 1}")]


def span(mapper: Mapper, node: Node) -> list[Content]:
    (_, classes, _), content = node["c"]
    label = attributes(node["c"][0]).get("label", "")
    inner = mapper.inlines(content)
    if label and len(inner) == 1 and isinstance(inner[0], Element):
        mapper.name(inner[0], label)
    lang = attributes(node["c"][0]).get("lang", "")
    if "smallcaps" in classes:
        inner = [make("sc", inner)]
    return [make("styled-content", inner, lang=lang)] if lang and inner else inner


def raw(mapper: Mapper, node: Node) -> list[Content]:
    """References of raw TeX become links; of anything else raw the words are set aside."""
    form, text = node["c"]
    if form in ("tex", "latex"):
        if formulas.is_formula(text):
            return math(mapper, {"t": "Math", "c": [{"t": "DisplayMath"}, text]})
        found = REFERENCE.fullmatch(text.strip())
        if found and found["command"] != "label":
            names = [as_id(name.strip()) for name in found["names"].split(",")]
            links: list[Content] = []
            for name in filter(None, names):
                links += [", "] if links else []
                links.append(make("xref", rid=name, specific_use=found["command"]))
            return links
    if words := raw_words(form, text):
        mapper.drop(words, "comment" if "<!--" in text else f"raw {form} that JATS has no form for")
    return []


def left_out(mapper: Mapper, node: Node) -> list[Content]:
    return [text_of(node)]


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(STYLES, styled),
    "Str": lambda mapper, node: [node["c"]],
    "Space": lambda mapper, node: [" "],
    "SoftBreak": lambda mapper, node: [" "],
    "LineBreak": lambda mapper, node: [make("break")],
    "Quoted": quoted,
    "Math": math,
    "Code": code,
    "Link": link,
    "Image": inline_graphic,
    "Note": note,
    "Span": span,
    "Cite": cluster,
    "RawInline": raw,
}
