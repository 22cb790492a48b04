"""The state of one reading, and the dispatch of nodes to what knows them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.article import Element, SetAside
from pipeline.elements import Content, make
from pipeline.findings import Finding, Severity
from pipeline.intake.markup.nodes import Node, Nodes

DEEPEST = 60

Picture = Callable[[str], "str | None"]
Handler = Callable[["Mapper", Node], list[Content]]


class TooDeep(Exception):
    """Lists, quotations or emphasis are nested beyond any use."""


@dataclass(slots=True)
class Mapper:
    """Nodes become JATS elements.

    `picture` gives the name under which the picture at an address is published, None where it cannot be had.
    `clusters` are citations by the address of the link that stands around them. `notes` are the `fn` elements met,
    `formulas` the `alternatives` still without MathML, `targets` the tag of each element that has an id, `aliases`
    further names of such elements.
    """

    picture: Picture = lambda address: None
    clusters: Mapping[str, Element] = field(default_factory=dict)
    notes: list[Element] = field(default_factory=list)
    formulas: list[Element] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    line: int = 0
    depth: int = 0

    def inlines(self, nodes: Nodes) -> list[Content]:
        from pipeline.intake.markup.inlines import HANDLERS, left_out

        self._enter()
        content = [piece for node in nodes for piece in HANDLERS.get(node["t"], left_out)(self, node)]
        self.depth -= 1
        return content

    def blocks(self, nodes: Nodes) -> list[Element]:
        from pipeline.intake.markup.blocks import HANDLERS, left_out

        self._enter()
        made = [element for node in nodes for element in HANDLERS.get(node["t"], left_out)(self, node)]
        self.depth -= 1
        return made

    def _enter(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooDeep

    def paragraph(self, nodes: Nodes, tag: str = "p") -> Element:
        return trimmed(make(tag, self.inlines(nodes)))

    def name(self, element: Element, identifier: str) -> Element:
        """Give `element` an id that XML allows and nothing else has."""
        wanted = as_id(identifier)
        if wanted and wanted not in self.targets:
            self.targets[wanted] = str(element.tag)
            element.set("id", wanted)
        return element

    def call(self, element: Element, names: Iterable[str]) -> None:
        """Let further names lead to `element`; the first is its id where it has none."""
        for name in names:
            if not element.get("id"):
                self.name(element, name)
            if element.get("id") and as_id(name) != element.get("id"):
                self.aliases[as_id(name)] = element.get("id", "")

    def drop(self, text: str, reason: str) -> None:
        self.set_aside.append(SetAside(self.line, " ".join(text.split()), reason))

    def note(self, code: str, message: str, severity: Severity = Severity.WARNING) -> None:
        self.findings.append(Finding(code, severity, message, line=self.line or None))


def as_id(identifier: str) -> str:
    """An id as XML has them: `fig:one` gives `fig-one`."""
    name = re.sub(r"[^\w.-]+", "-", identifier).strip("-")
    return f"id-{name}" if name and not (name[0].isalpha() or name[0] == "_") else name


def trimmed(element: Element) -> Element:
    """`element` without white space at its ends."""
    element.text = (element.text or "").lstrip() or None
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() or None
    elif element.text:
        element.text = element.text.rstrip()
    return element


def is_empty(element: Element) -> bool:
    """Whether there is neither text nor anything to see in `element`."""
    return not len(element) and not (element.text or "").strip()


def flowing(elements: Iterable[Element]) -> list[Element]:
    return [element for element in elements if not (element.tag == "p" and is_empty(element))]
