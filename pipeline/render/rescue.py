"""No PDF is lost: what Typst refuses is found, and set plainer until it is taken.

A block is set as it is; else simplified, without formulas, links and pictures; else as plain text. Typst says where
it stopped; where it does not, halving finds the block. A template that takes nothing gives way to the default one,
and that to the plainest. What takes Typst more time or memory than it may have is laid again with its largest parts as
text, a line for each row of a table.
"""

import re
from collections.abc import Callable, Mapping
from itertools import count

from pipeline.errors import LimitReached
from pipeline.findings import Finding, Severity
from pipeline.pandoc import PandocError
from pipeline.render import house as houses
from pipeline.render import pandoc_ast as ast
from pipeline.render import typst_markup
from pipeline.render.document import Document
from pipeline.render.house import House
from pipeline.render.pandoc_ast import Node, Nodes
from pipeline.render.typesetting import TEMPLATE, Typesetting, TypesettingError

AS_IS, SIMPLE, TEXT = range(3)
BLAMES = 60
HALVINGS = 60
LARGE = 5_000  # nodes of a block
PLAINEST = "plain.typ"
CELL_JOINT = " · "
MARK = "// block {}"
MARKED = re.compile(r"^\s*// block (\d+)$", re.MULTILINE)
PIECE = re.compile(r"pieces/([\w-]+)\.typ")
Refusal = TypesettingError | PandocError | LimitReached


def pdf(typesetting: Typesetting, document: Document, house: House, refusal: Refusal) -> bytes:
    """The PDF of an article that Typst refused; each thing set in another form is a finding.

    Raises TypesettingError: not even the plainest template with plain text is taken. LimitReached: that takes too much.
    """
    if isinstance(refusal, LimitReached):
        return lighter(typesetting, document, house, refusal)
    if house.file(TEMPLATE).parent != house.folders[-1] and own_template_broken(refusal):
        house = houses.without_own_files(house)
        message = f"the house style's {TEMPLATE} cannot be used ({refusal}); the default one is"
        document.findings.append(Finding("template-broken", Severity.ERROR, message))
        typesetting.dress(house)
    layout = Layout(typesetting, document)
    try:
        made = layout.pdf()
    except TypesettingError as last:
        made = plainest(layout, house, last)
    document.findings += layout.findings()
    return made


def lighter(typesetting: Typesetting, document: Document, house: House, reached: LimitReached) -> bytes:
    """The PDF of an article that takes too much: its largest parts as text, and if need be all of it.

    Raises LimitReached.
    """
    layout = Layout(typesetting, document)
    large = [number for number, block in enumerate(layout.blocks) if ast.size_of(block) > LARGE]
    for number in large:
        layout.set_plainer(number, TEXT, reached)
    try:
        made = layout.pdf() if large else plainest(layout, house, reached)
    except LimitReached as again:
        if not large:
            raise
        made = plainest(layout, house, again)
    document.findings += layout.findings()
    return made


def plainest(layout: "Layout", house: House, refusal: Refusal) -> bytes:
    (layout.typesetting.root / TEMPLATE).write_text(house.read(PLAINEST), encoding="utf-8")
    finding = Finding("typeset-plainly", Severity.ERROR, f"the PDF has no design ({refusal})")
    layout.document.findings.append(finding)
    layout.forms = [TEXT] * len(layout.forms)
    return layout.pdf()


def own_template_broken(refusal: Refusal) -> bool:
    """Whether Typst stopped in the house's template, or missed a function there, before any word of the article."""
    places = getattr(refusal, "places", [])
    in_article = [name for name, line in places if PIECE.fullmatch(name) and line > 1]
    return bool(places) and not in_article and places[0][0] != "main.typ"


class Layout:
    """The blocks of an article, in their order, and the form each is set in."""

    def __init__(self, typesetting: Typesetting, document: Document) -> None:
        self.typesetting, self.document, self.pieces = typesetting, document, document.pieces
        self.blocks: list[Node] = []
        for content in self.pieces.values():
            walk(content, self._count)
        self.forms = [AS_IS] * len(self.blocks)
        self.reasons: dict[int, str] = {}

    def _count(self, block: Node) -> Nodes:
        self.blocks.append(block)
        return []

    def pdf(self) -> bytes:
        """Typst's PDF with as many blocks as they are as it takes."""
        for _ in range(BLAMES):
            try:
                return self._set(self.forms)
            except (TypesettingError, PandocError) as refusal:
                blamed = self._blamed(refusal)
                if not blamed:
                    return self._halved(refusal)
                for number in blamed:
                    self.set_plainer(number, self.forms[number] + 1, refusal)
        return self._halved(TypesettingError("too much of it was refused"))

    def _set(self, forms: list[int]) -> bytes:
        numbers = count()

        def formed(block: Node) -> Nodes:
            number = next(numbers)
            return [ast.raw_block("typst", MARK.format(number)), *FORMS[forms[number]](block)]

        self.typesetting.lay({name: walk(content, formed) for name, content in self.pieces.items()})
        return self.typesetting.pdf()

    def _blamed(self, refusal: Refusal) -> set[int]:
        """The blocks at the places the refusal names that can be set plainer."""
        found = set()
        for file, line in getattr(refusal, "places", []):
            piece = PIECE.fullmatch(file)
            if piece:
                before = self.typesetting.markup[piece.group(1)].split("\n")[: line - 1]
                marks = MARKED.findall("\n".join(before))
                found |= {int(mark) for mark in marks[-1:]}
        return {number for number in found if self.forms[number] < TEXT}

    def set_plainer(self, number: int, form: int, refusal: Refusal) -> None:
        self.forms[number] = form
        self.reasons[number] = str(refusal)

    def _halved(self, refusal: Refusal) -> bytes:
        """As `pdf`, where Typst does not say which block it is.

        Raises TypesettingError: it is none.
        """
        self._set([TEXT] * len(self.forms))
        left = [HALVINGS]

        def halve(numbers: list[int]) -> None:
            reason: Refusal = refusal
            if left[0]:
                left[0] -= 1
                try:
                    self._set([form if number in numbers else TEXT for number, form in enumerate(self.forms)])
                except (TypesettingError, PandocError) as error:
                    reason = error
                else:
                    return
                if len(numbers) > 1:
                    middle = len(numbers) // 2
                    halve(numbers[:middle])
                    halve(numbers[middle:])
                    return
            for number in numbers:
                self.set_plainer(number, TEXT, reason)

        halve(list(range(len(self.forms))))
        try:
            return self._set(self.forms)
        except (TypesettingError, PandocError) as error:
            for number, form in enumerate(self.forms):
                if form < TEXT:
                    self.set_plainer(number, TEXT, error)
            return self._set(self.forms)

    def findings(self) -> list[Finding]:
        said = []
        for number, reason in sorted(self.reasons.items()):
            form = "plain text" if self.forms[number] == TEXT else "without formulas, links and pictures"
            message = f"a part of the article could not be typeset and is {form} in the PDF ({reason})"
            line = ast.line_where(self.blocks[number], lambda node: True)
            said.append(Finding("typeset-as-text", Severity.WARNING, message, line=line))
        return list(dict.fromkeys(said))


def walk(blocks: Nodes, visit: Callable[[Node], Nodes]) -> Nodes:
    """The blocks with what `visit` gives in the place of each; one that only holds others is entered."""
    result: Nodes = []
    for block in blocks:
        if block["t"] == "Div" and not set(block["c"][0][1]) & typst_markup.DRAWN:
            result.append(block | {"c": [block["c"][0], walk(block["c"][1], visit)]})
        else:
            result += visit(block)
    return result


def as_it_is(block: Node) -> Nodes:
    return [block]


def simplified(block: Node) -> Nodes:
    return [ast.rewrite(block, _simpler)]


def _simpler(node: Node) -> Node | Nodes | None:
    match node["t"]:
        case "Math":
            return ast.string(node["c"][1])
        case "Link":
            return list(node["c"][1])
        case "Image":
            return list(node["c"][1])
        case "Span" if "formula" in node["c"][0][1]:
            return list(node["c"][1])
    return None


def as_text(block: Node) -> Nodes:
    """The words of a block, its notes after them; what links lead to stays."""
    anchors: Nodes = []
    notes: Nodes = []

    def gather(node: Node) -> None:
        if node["t"] in ("Div", "Span", "Table") and node["c"][0][0]:
            anchors.append(ast.span([], anchor=node["c"][0][0]))
        elif node["t"] == "Header" and node["c"][1][0]:
            anchors.append(ast.span([], anchor=node["c"][1][0]))
        elif node["t"] == "Note":
            notes.extend(node["c"])

    ast.rewrite(block, gather)
    block = ast.rewrite([block], rows_as_lines)
    lines = [" ".join(line.split()) for line in ast.text_of([*block, *notes]).splitlines()]
    paragraphs = [ast.para([ast.string(line)]) for line in lines if line]
    if anchors:
        paragraphs = [ast.para([*anchors, *(paragraphs[0]["c"] if paragraphs else [])]), *paragraphs[1:]]
    return paragraphs


def rows_as_lines(node: Node) -> Nodes | None:
    """A Table as a paragraph for each of its rows."""
    if node["t"] != "Table":
        return None
    _, _, _, (_, head), bodies, (_, foot) = node["c"]
    rows = [*head, *(row for body in bodies for row in [*body[2], *body[3]]), *foot]
    lines = (CELL_JOINT.join(" ".join(ast.text_of(cell[4]).split()) for cell in row[1]) for row in rows)
    return [ast.para([ast.string(line)]) for line in lines]


FORMS: Mapping[int, Callable[[Node], Nodes]] = {AS_IS: as_it_is, SIMPLE: simplified, TEXT: as_text}
