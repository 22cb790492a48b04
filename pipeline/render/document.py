"""An article laid out as named pieces of pandoc's document model, the same for every format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from pipeline.article import Article, Element
from pipeline.bibliography.richtext import FormattedBibliography, RichText
from pipeline.elements import text_of
from pipeline.findings import Finding, Severity
from pipeline.render import house as houses
from pipeline.render import pandoc_ast as ast
from pipeline.render import richtext
from pipeline.render.floats import placed
from pipeline.render.front import front_of
from pipeline.render.information import information
from pipeline.render.jats_ast import Image, Mapper, formulas, notes
from pipeline.render.jats_ast.blocks import run_in_section
from pipeline.render.jats_ast.mapper import local_name
from pipeline.render.notices import notices
from pipeline.render.pandoc_ast import Node, Nodes
from pipeline.render.references import references
from pipeline.render.sub_articles import sub_articles

AFTER_REFERENCES = frozenset({"app-group", "app", "bio", "glossary"})
HEADED_PIECES = ("body", "back", "references", "appendices", "sub-articles", "information")
REFERENCES = "references"
KEYWORD_SEPARATOR = "; "


@dataclass(slots=True)
class Part:
    """An abstract or a keyword list: its heading in its own language, and the name of its piece."""

    piece: str
    title: str
    lang: str
    type: str = ""

    @property
    def dir(self) -> str:
        return houses.direction(self.lang)


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    text: str
    level: int


@dataclass(slots=True)
class Document:
    """`front`: plain facts for templates. `pieces`: blocks by name, in printed order."""

    front: dict[str, Any]
    pieces: dict[str, Nodes]
    abstracts: list[Part] = field(default_factory=list)
    keywords: list[Part] = field(default_factory=list)
    references_title: str = ""
    contents: list[Heading] = field(default_factory=list)
    formulas: list[Element] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def document_of(
    article: Article,
    bibliography: FormattedBibliography,
    base: Path | None,
    cite_as: RichText,
    media: Mapping[str, bytes] | None = None,
) -> Document:
    labels = houses.labels(article.lang)
    roots = [*article.body, *article.back, *article.floats, *article.sub_articles]
    mapper = Mapper(lang=article.lang, base=base, media=media or {}, labels=labels, notes=notes.notes_by_id(roots))
    mapper.targets = _labels_by_id(roots)
    document = Document(front_of(article, labels), {})
    pieces = document.pieces
    _map_titles(article, mapper, pieces)
    _map_abstracts(article, mapper, document)
    pieces["notices"] = notices(article, mapper)
    pieces["cite-as"] = [ast.plain(richtext.inlines(cite_as))] if cite_as else []
    pieces["body"] = mapper.elements(placed(article.body, article.floats))
    back = [element for element in article.back if local_name(element) not in AFTER_REFERENCES]
    pieces["back"] = mapper.elements(back)
    pieces["references"] = references(article, bibliography, mapper)
    pieces["appendices"] = mapper.elements([element for element in article.back if element not in back])
    pieces["appendices"] += biographies(article, mapper)
    pieces["sub-articles"] = sub_articles(article, mapper)
    pieces["information"] = information(article, mapper)
    document.references_title = article.references_title or labels["references"]
    if mapper.formulas:
        texts = formulas.tex_of(mapper.formulas)
        for name, blocks in pieces.items():
            pieces[name] = formulas.set_tex(mapper, texts, blocks)
    _settle_links(document, mapper)
    document.contents = _contents(document)
    document.formulas, document.images, document.findings = (
        mapper.formulas, list(mapper.images.values()), mapper.findings,
    )  # fmt: skip
    return document


def _map_titles(article: Article, mapper: Mapper, pieces: dict[str, Nodes]) -> None:
    pieces["title"] = [ast.plain(mapper.one_line(article.title.content))] if article.title else []
    subtitle = article.title.subtitle if article.title else None
    pieces["subtitle"] = [ast.plain(mapper.one_line(subtitle))] if subtitle is not None else []
    translated: Nodes = []
    for title in article.translated_titles:
        line = mapper.one_line(title.content)
        if title.subtitle is not None:
            line += [ast.string(": "), *mapper.one_line(title.subtitle)]
        translated.append(ast.para([ast.span(line, **mapper.language(title.lang or article.lang))]))
    pieces["translated-titles"] = translated


def _map_abstracts(article: Article, mapper: Mapper, document: Document) -> None:
    for number, abstract in enumerate(article.abstracts):
        lang = abstract.lang or article.lang
        blocks: Nodes = []
        said = " ".join(text_of(element) for element in abstract.content if local_name(element) != "object-id")
        for element in sorted(abstract.content, key=_is_identifier):
            if _is_identifier(element) and text_of(element) in said:
                continue
            blocks += run_in_section(mapper, element) if local_name(element) == "sec" else mapper.block(element)
        title = abstract.title or houses.labels(lang)["abstract"]
        document.abstracts.append(Part(f"abstract-{number}", title, lang, abstract.type))
        document.pieces[f"abstract-{number}"] = blocks
    for number, keywords in enumerate(article.keywords):
        lang = keywords.lang or article.lang
        words: Nodes = []
        for word in keywords.words:
            words += [ast.string(KEYWORD_SEPARATOR)] if words else []
            words += mapper.one_line(word)
        title = (keywords.title or houses.labels(lang)["keywords"]).rstrip(":： ")
        document.keywords.append(Part(f"keywords-{number}", title, lang))
        document.pieces[f"keywords-{number}"] = [ast.plain(ast.tidy(words))]


def _is_identifier(element: Element) -> bool:
    return local_name(element) == "object-id"


def biographies(article: Article, mapper: Mapper) -> Nodes:
    blocks = [node for person in article.contributors for node in mapper.elements(person.biography)]
    return [ast.header(1, [ast.string(mapper.labels["biography"])]), *blocks] if blocks else []


def _labels_by_id(roots: list[Element]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for root in roots:
        for element in root.iter("{*}label"):
            parent = element.getparent()
            if parent is not None and parent.get("id"):
                labels[parent.get("id", "")] = text_of(element).strip()
    return labels


def _settle_links(document: Document, mapper: Mapper) -> None:
    """Each id once, each link to an id that is there; what is not so is a finding, and stays as text."""
    seen: set[str] = set()

    def claim(node: Node) -> Node | None:
        attributes = _attributes(node)
        if attributes and attributes[0] in seen:
            mapper.find("duplicate-id", f"the id “{attributes[0]}” is used more than once")
            attributes[0] = ""
        if attributes and attributes[0]:
            seen.add(attributes[0])
        return None

    def name_heading(node: Node) -> Node | None:
        if node["t"] == "Header":
            attributes = node["c"][1]
            if not attributes[0]:
                attributes[0] = next(name for number in count(1) if (name := f"heading-{number}") not in seen)
                seen.add(attributes[0])
        return None

    def settle(node: Node) -> Nodes | None:
        return list(node["c"][1]) if _dangles(node, seen) else None

    for name, blocks in document.pieces.items():
        document.pieces[name] = ast.rewrite(blocks, claim)
    for name in HEADED_PIECES:
        document.pieces[name] = ast.rewrite(document.pieces[name], name_heading)
    mapper.findings += _dangling(document, seen)
    for name, blocks in document.pieces.items():
        document.pieces[name] = ast.rewrite(blocks, settle)


def _dangles(node: Node, known: set[str]) -> bool:
    return node["t"] == "Link" and node["c"][2][0].startswith("#") and node["c"][2][0][1:] not in known


def _dangling(document: Document, known: set[str]) -> list[Finding]:
    """A finding for each id that is not there, with the line of the first link to it."""
    lines: dict[str, int | None] = {}

    def look(node: Node) -> None:
        if _dangles(node, known):
            lines.setdefault(node["c"][2][0], None)

    content = list(document.pieces.values())
    ast.rewrite(content, look)
    for target in lines:
        lines[target] = ast.line_where(content, lambda node: _dangles(node, known) and node["c"][2][0] == target)  # noqa: B023
    message = "a cross-reference to “{}” finds no such id"
    return [
        Finding("dangling-link", Severity.WARNING, message.format(target[1:]), line=line)
        for target, line in lines.items()
    ]


def _contents(document: Document) -> list[Heading]:
    """The headings in printed order, that of the references among them."""
    found: list[Heading] = []

    def look(node: Node) -> None:
        if node["t"] == "Header":
            level, (anchor, _, _), content = node["c"]
            found.append(Heading(anchor, ast.text_of(content).strip(), level))

    for name in HEADED_PIECES:
        if name == REFERENCES and document.pieces[name]:
            found.append(Heading(REFERENCES, document.references_title, 1))
        ast.rewrite(document.pieces[name], look)
    return found


def _attributes(node: Node) -> list[Any] | None:
    kind, content = node["t"], node.get("c")
    if kind in ("Div", "Span", "Link", "Image", "Table", "CodeBlock"):
        return content[0]  # type: ignore[index, no-any-return]
    return content[1] if kind == "Header" else None  # type: ignore[index]
