"""What all handlers share: dispatch, mixed content, and what was gathered on the way."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from pipeline.article import Element
from pipeline.elements import LANG, MML, line_of, text_of
from pipeline.findings import Finding, Severity
from pipeline.render import pandoc_ast as ast
from pipeline.render.house import direction
from pipeline.render.pandoc_ast import Node, Nodes

MAXIMUM_DEPTH = 60
IDENTIFIER = "institution-id"
SAFE_HREF = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
WHITE_SPACE = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(frozen=True, slots=True)
class Image:
    """`name`: a path inside the galley, ASCII, unique in the article."""

    name: str
    data: bytes
    media_type: str


Handler = Callable[["Mapper", Element], Nodes]


@dataclass(slots=True)
class Mapper:
    """Maps the content of one article; `base` is the folder its images are in, `media` has those not written yet."""

    blocks: ClassVar[dict[str, Handler]] = {}
    inlines: ClassVar[dict[str, Handler]] = {}

    lang: str = "en"
    base: Path | None = None
    media: Mapping[str, bytes] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Element] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    placed_notes: set[str] = field(default_factory=set)
    formulas: list[Element] = field(default_factory=list)
    images: dict[str, Image] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    level: int = 1
    depth: int = 0

    def find(self, code: str, message: str, element: Element | None = None) -> None:
        line = line_of(element) if element is not None else None
        finding = Finding(code, Severity.WARNING, message, line=line)
        if finding not in self.findings:
            self.findings.append(finding)

    def is_block(self, element: Element, depth: int = 0) -> bool:
        """Whether an element stands between paragraphs: by its name, or, unknown, by its content."""
        name = local_name(element)
        if name in self.blocks:
            return True
        if name in self.inlines:
            return False
        return depth < MAXIMUM_DEPTH and any(self.is_block(child, depth + 1) for child in children(element))

    @contextmanager
    def deeper(self, element: Element) -> Iterator[bool]:
        """One element further in; false where the nesting is deeper than any reader can follow."""
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            self.find(
                "nested-too-deep", f"elements more than {MAXIMUM_DEPTH} deep are plain text in the galleys", element
            )
        try:
            yield self.depth <= MAXIMUM_DEPTH
        finally:
            self.depth -= 1

    def inline(self, element: Element, skip: frozenset[str] = frozenset()) -> Nodes:
        """The mixed content of an element as inlines; white space as in the XML, runs collapsed.

        Where there are only elements that say what they are and not how they look, as in an address or a date, those.
        """
        if self.is_data(element):
            return self.listing(element, skip)
        result = text(element.text)
        for child in element:
            if isinstance(child.tag, str) and local_name(child) not in skip:
                result += self.inline_element(child)
            result += text(child.tail)
        return result

    def is_data(self, element: Element) -> bool:
        """Whether an element holds facts with nothing between them, of which at least one has no form of its own."""
        if local_name(element) in self.blocks or has_text(element):
            return False
        return any(local_name(child) not in self.inlines for child in children(element))

    def listing(self, element: Element, skip: frozenset[str] = frozenset(), joint: str = ", ") -> Nodes:
        """The facts of an element, parted; identifiers of what is named after its name."""
        result: Nodes = []
        parts = [child for child in children(element) if local_name(child) not in skip]
        for child in sorted(parts, key=lambda child: local_name(child) == IDENTIFIER):
            fact = ast.tidy(self.inline_element(child))
            result += [*([ast.string(joint)] if result and fact else []), *fact]
        return result

    def facts(self, element: Element) -> Nodes:
        """The facts of an element as blocks: a line, or a paragraph each where some are longer."""
        if not any(map(self.is_block, children(element))):
            return [ast.para(line)] if (line := self.listing(element)) else []
        blocks: Nodes = []
        for part in children(element):
            blocks += self.block(part) if self.is_block(part) else [ast.para(self.one_line(part))]
        return [block for block in blocks if block["c"]]

    def inline_element(self, element: Element) -> Nodes:
        with self.deeper(element) as followed:
            return self._inline_element(element) if followed else text(text_of(element))

    def _inline_element(self, element: Element) -> Nodes:
        name = local_name(element)
        if name in self.inlines:
            return self.with_lang(element, self.inlines[name](self, element))
        content = self.inline(element)
        if self.is_block(element):
            content = [ast.space(), *content, ast.space()]
        identifier = element.get("id", "")
        if identifier:
            content = [ast.span(content, anchor=identifier)]
        return self.with_lang(element, content)

    def flow(self, element: Element, skip: frozenset[str] = frozenset()) -> Nodes:
        """Any content as blocks: runs of text and inline elements become paragraphs."""
        result: Nodes = []
        run = text(element.text)

        def end_paragraph() -> None:
            tidied = ast.tidy(run)
            if tidied:
                result.append(ast.para(tidied))
            run.clear()

        for child in element:
            if isinstance(child.tag, str) and local_name(child) not in skip:
                if self.is_block(child):
                    end_paragraph()
                    result += self.block(child)
                else:
                    run += self.inline_element(child)
            run += text(child.tail)
        end_paragraph()
        return result

    def block(self, element: Element) -> Nodes:
        with self.deeper(element) as followed:
            return self._block(element) if followed else [ast.para(text(text_of(element)))]

    def _block(self, element: Element) -> Nodes:
        handler = self.blocks.get(local_name(element))
        if handler is None:
            result = self.facts(element) if self.is_data(element) else self.flow(element)
            identifier = element.get("id", "")
            if identifier and result:
                result = [ast.div(result, anchor=identifier)]
        else:
            result = handler(self, element)
        for node in result:
            node.setdefault("line", line_of(element))
        lang = foreign_lang(element, self.lang)
        return [ast.div(result, **self.language(lang))] if lang and result else result

    def elements(self, elements: list[Element]) -> Nodes:
        """Block content given as a list of elements."""
        return [node for element in elements for node in self.block(element)]

    def with_lang(self, element: Element, content: Nodes) -> Nodes:
        lang = foreign_lang(element, self.lang)
        return [ast.span(content, **self.language(lang))] if lang and content else content

    def language(self, lang: str) -> dict[str, str]:
        """The attributes of content in another language: `dir` too where it runs the other way."""
        own, other = direction(self.lang), direction(lang)
        return {"lang": lang, "dir": other if other != own else ""}

    def one_line(self, element: Element | None, skip: frozenset[str] = frozenset()) -> Nodes:
        return [] if element is None else ast.tidy(self.inline(element, skip))


def local_name(element: Element) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag.rpartition("}")
    return f"mml:{name}" if namespace[1:] == MML else name


def children(element: Element) -> Iterator[Element]:
    return (child for child in element if isinstance(child.tag, str))


def child(element: Element, *names: str) -> Element | None:
    return next((found for found in children(element) if local_name(found) in names), None)


def text(value: str | None) -> Nodes:
    if not value:
        return []
    return [ast.string(WHITE_SPACE.sub(" ", value))]


def has_text(element: Element) -> bool:
    """Whether an element has characters of its own, not only those of its children."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def plain(element: Element | None) -> str:
    """The characters of an element, white space collapsed."""
    return WHITE_SPACE.sub(" ", text_of(element)).strip()


def foreign_lang(element: Element, lang: str) -> str:
    """The element's own language where it differs from the article's."""
    own = element.get(LANG, "")
    return own if own and own.lower() != lang.lower() else ""


def safe_href(href: str) -> str:
    """`href` where a reader may follow it (http, https, mailto, fragment), else nothing."""
    href = href.strip()
    return href if SAFE_HREF.match(href) else ""


def only_plain(blocks: Nodes) -> Nodes:
    """A lone paragraph without its margins, as table cells and list items have it."""
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        return [ast.plain(blocks[0]["c"])]
    return blocks


def first_inlines(node: Node) -> Nodes | None:
    return node["c"] if node["t"] in ("Para", "Plain") else None


def with_lead(lead: Nodes, blocks: Nodes) -> Nodes:
    """Blocks that begin with `lead`, run into the first paragraph where there is one."""
    if not lead:
        return blocks
    inlines = first_inlines(blocks[0]) if blocks else None
    if inlines is None:
        return [ast.para(lead), *blocks]
    return [{"t": blocks[0]["t"], "c": [*lead, ast.space(), *inlines]}, *blocks[1:]]
