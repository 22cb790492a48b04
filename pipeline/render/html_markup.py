"""What HTML says in its own elements: figures, asides, notes, formulas, table heads, sections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import count, groupby
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.elements import MML
from pipeline.render import citation_links
from pipeline.render import pandoc_ast as ast
from pipeline.render.document import Document
from pipeline.render.jats_ast.mapper import only_plain
from pipeline.render.pandoc_ast import Node, Nodes

ELEMENTS = {
    "fig": "figure", "table-wrap": "figure", "fig-group": "figure", "caption": "figcaption",
    "boxed-text": "aside", "supplementary-material": "aside", "table-wrap-foot": "footer",
}  # fmt: skip
SCROLLING = '<div class="table-scroll" tabindex="0">'
GLOBAL = ("lang", "dir")
ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
MATHML_ELEMENTS = frozenset(
    """annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mi mlabeledtr
    mlongdiv mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline
    mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics""".split()
)
MATHML_ATTRIBUTES = frozenset(
    """accent accentunder align close columnalign columnlines columnspacing columnspan depth dir display displaystyle
    fence form frame height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize
    movablelimits notation open rowalign rowlines rowspacing rowspan rspace scriptlevel separator separators stretchy
    symmetric voffset width""".split()
)


@dataclass(frozen=True, slots=True)
class Adapted:
    """`pieces` for pandoc's HTML writer, with a piece `notes` for the footnotes of all of them.

    `is_cited`: whether a citation in it shows its entry on hover.
    """

    pieces: dict[str, Nodes]
    is_cited: bool


def adapt(document: Document) -> Adapted:
    notes: list[Node] = []
    labels = document.front["labels"]
    numbers = count(1)

    def rule(node: Node) -> Node | Nodes | None:
        kind = node["t"]
        if kind == "Note":
            return call_of(node, notes)
        if kind == "Div":
            return element_of(zoomable(named(node), numbers, labels["enlarge"]))
        if kind == "Span" and "formula" in node["c"][0][1]:
            return formula(document.formulas, node)
        if kind == "Link" and node["c"][2][0].startswith("#"):
            return within_page(node)
        if kind == "CodeBlock":
            (anchor, classes, pairs), content = node["c"]
            return {"t": kind, "c": [[anchor, classes, [*pairs, ["tabindex", "0"]]], content]}
        if kind == "Table":
            return scrolling(table_heads(node))
        return None

    pieces = {name: ast.rewrite(blocks, rule) for name, blocks in document.pieces.items()} | {"notes": notes}
    pieces, cited = citation_links.connect(pieces, labels["back"])
    return Adapted({name: sections(listed(blocks, cited)) for name, blocks in pieces.items()}, bool(cited))


def opening(name: str, attributes: list[Any]) -> str:
    anchor, classes, pairs = attributes
    written = [("id", anchor), ("class", " ".join(classes)), *((key, value) for key, value in pairs if key in GLOBAL)]
    return f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in written if value) + ">"


def element_of(node: Node) -> Nodes | None:
    attributes, blocks = node["c"]
    name = next((ELEMENTS[each] for each in attributes[1] if each in ELEMENTS), "")
    if not name:
        return None
    inside = sections(blocks if name == "figure" else [caption for block in blocks for caption in uncaptioned(block)])
    return [ast.raw_block("html", opening(name, attributes)), *inside, ast.raw_block("html", f"</{name}>")]


def uncaptioned(block: Node) -> Nodes:
    """What is no figure has no `figcaption`."""
    if block["t"] == "RawBlock" and "figcaption" in block["c"][1]:
        return [ast.raw_block("html", block["c"][1].replace("figcaption", "div"))]
    return [block]


def within_page(link: Node) -> Node:
    """A cross-reference without the class that says to what, which only citations need; a second call of a note."""
    (anchor, classes, _), content, target = link["c"]
    if citation_links.CITATION in classes:
        return link
    return {"t": "Link", "c": [[anchor, [], [["role", "doc-noteref"]] if "fn" in classes else []], content, target]}


def zoomable(figure: Node, numbers: Iterator[int], name: str) -> Node:
    """A figure whose pictures fill the window and shrink again at the press of a button, without a script."""
    attributes, blocks = figure["c"]
    if "fig" not in attributes[1]:
        return figure
    label = _label_of(blocks)
    made: Nodes = []
    for block in blocks:
        if block["t"] != "Para" or [node["t"] for node in block["c"]] != ["Image"]:
            made.append(block)
            continue
        anchor = f"zoom-{next(numbers)}"
        title = escape(f"{name}: {label}" if label else name)
        button = f'<button type="button" popovertarget="{anchor}" aria-label="{title}">⤢</button></div>'
        made += [
            ast.raw_block("html", f'<div class="zoom" id="{anchor}" popover="">'),
            ast.plain(block["c"]),
            ast.raw_block("html", button),
        ]
    return {"t": "Div", "c": [attributes, made]}


def named(table: Node) -> Node:
    """A `table-wrap` whose scrolling regions have the name of the table."""
    attributes, blocks = table["c"]
    label = _label_of(blocks) if "table-wrap" in attributes[1] else ""
    if not label:
        return table
    region = ast.raw_block("html", f'{SCROLLING[:-1]} role="region" aria-label="{escape(label)}">')
    opening = ast.raw_block("html", SCROLLING)
    return {"t": "Div", "c": [attributes, [region if block == opening else block for block in blocks]]}


def _label_of(blocks: Nodes) -> str:
    """The first label among blocks: that of the caption."""
    found: list[str] = []

    def look(node: Node) -> None:
        if node["t"] == "Span" and "label" in node["c"][0][1]:
            found.append(ast.text_of(node["c"][1]).strip())

    ast.rewrite(blocks, look)
    return found[0] if found else ""


def listed(blocks: Nodes, cited: Mapping[str, str]) -> Nodes:
    """Entries that stand side by side become the items of a list; the text of one that is cited is a hint."""
    result: Nodes = []
    for entries, run in groupby(blocks, citation_links.is_entry):
        if not entries:
            result += [
                _with_blocks(block, listed(block["c"][1], cited)) if block["t"] == "Div" else block for block in run
            ]
            continue
        result.append(ast.raw_block("html", "<ul>"))
        for attributes, content in (entry["c"] for entry in run):
            box = cited.get(attributes[0])
            start, end = (f'<div id="{box}" popover="hint">', "</div>") if box else ("", "")
            first = ast.raw_block("html", opening("li", attributes) + start)
            result += [first, *only_plain(content), ast.raw_block("html", f"{end}</li>")]
        result.append(ast.raw_block("html", "</ul>"))
    return result


def _with_blocks(div: Node, blocks: Nodes) -> Node:
    return {"t": "Div", "c": [div["c"][0], blocks]}


def call_of(node: Node, notes: list[Node]) -> Node:
    """The superscript that calls a note; the note itself, with the way back, goes to `notes`."""
    (body,) = node["c"]
    (_, classes, pairs), blocks = body["c"]
    mark = dict(pairs).get("label") or str(len(notes) + 1)
    anchor = body["c"][0][0] or f"note-{len(notes) + 1}"
    back = ast.link(f"#call-{anchor}", [ast.string("↩\ufe0e")], role="doc-backlink")
    lead = [ast.styled("Superscript", [ast.string(mark)])]
    said = only_plain(ast.framed(lead, blocks, [ast.space(), back]))
    notes.append(ast.div(said, anchor=anchor, classes=classes))
    link = ast.link(f"#{anchor}", [ast.string(mark)], role="doc-noteref")
    link["c"][0][0] = f"call-{anchor}"
    return ast.styled("Superscript", [link])


def formula(formulas: list[Element], node: Node) -> Node | None:
    """The author's MathML as it is; a formula in TeX alone is left to pandoc."""
    attributes, (math,) = node["c"]
    source = formulas[int(dict(attributes[2])["number"])]
    mathml = next(source.iter(f"{{{MML}}}math"), None)
    if mathml is None:
        return None
    display = math["c"][0]["t"] == "DisplayMath"
    return ast.raw_inline("html", clean_mathml(mathml, math["c"][1], display))


def clean_mathml(mathml: Element, tex: str, display: bool) -> str:
    """MathML's presentation elements and the attributes of MathML Core alone: nothing that links, runs or styles."""

    def copy(source: Element) -> Element:
        name = etree.QName(source).localname
        name = name if name in MATHML_ELEMENTS else "mtext"
        attributes = {str(key): str(value) for key, value in source.attrib.items() if key in MATHML_ATTRIBUTES}
        result = etree.Element(name, attributes)
        result.text = source.text
        for child in source:
            if isinstance(child.tag, str) and child.tag.startswith(f"{{{MML}}}"):
                made = copy(child)
                made.tail = child.tail
                result.append(made)
        return result

    root = copy(mathml)
    root.set("display", "block" if display else "inline")
    root.set("alttext", tex)
    return etree.tostring(root, encoding="unicode")


def table_heads(node: Node) -> Node:
    """Scopes on head cells, and alignments as classes: a policy without inline styles allows no `style`."""
    attributes, caption, columns, (head_attributes, head), bodies, (foot_attributes, foot) = node["c"]
    head = [_row(row, "col", len(row[1])) for row in head]
    bodies = [[body[0], body[1], body[2], [_row(row, "row", body[1]) for row in body[3]]] for body in bodies]
    foot = [_row(row, "row", 0) for row in foot]
    return {
        "t": "Table",
        "c": [attributes, caption, columns, [head_attributes, head], bodies, [foot_attributes, foot]],
    }


def _row(row: list[Any], scope: str, head_cells: int) -> list[Any]:
    cells = []
    for index, ((anchor, classes, pairs), alignment, down, columns, blocks) in enumerate(row[1]):
        side = ALIGNMENTS.get(alignment["t"])
        kept = [name for name in classes if name != "th" or index >= head_cells] + ([side] if side else [])
        scoped = [["scope", scope]] if index < head_cells else []
        cells.append([[anchor, kept, [*pairs, *scoped]], {"t": "AlignDefault"}, down, columns, blocks])
    return [row[0], cells]


def scrolling(table: Node) -> Nodes:
    return [
        ast.raw_block("html", SCROLLING),
        table,
        ast.raw_block("html", "</div>"),
    ]


def sections(blocks: Nodes) -> Nodes:
    """Flat headings become nested `section` elements; named ones would be landmarks, and too many of them.

    A heading is written here, so that what stands around an aside or a figure does not take its headings for its own.
    """
    result: Nodes = []
    open_levels: list[int] = []
    close = ast.raw_block("html", "</section>")
    for block in blocks:
        if block["t"] != "Header":
            result.append(block)
            continue
        level, attributes, content = block["c"]
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
            result.append(close)
        open_levels.append(level)
        tag = f"h{min(level + 1, 6)}"
        start = ast.raw_block("html", f"<section>{opening(tag, attributes)}")
        result += [start, ast.plain(content), ast.raw_block("html", f"</{tag}>")]
    return result + [close] * len(open_levels)
