"""Formulas. MathML is kept for the formats that draw it; the others get TeX, made by pandoc in one go."""

import re

from lxml import etree

from pipeline import pandoc
from pipeline.article import Element
from pipeline.elements import MML, text_of
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import figures
from pipeline.render.jats_ast.mapper import Handler, Mapper, child, local_name, plain
from pipeline.render.pandoc_ast import Node, Nodes

TEX_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
TEX_DELIMITERS = ("$$", "$", r"\[", r"\]", r"\(", r"\)")


def formula(mapper: Mapper, element: Element, display: bool) -> Nodes:
    """A Math node whose content is the number of the formula until `set_tex` puts its TeX there."""
    mathml = next(element.iter(f"{{{MML}}}math"), None)
    tex = next(element.iter("{*}tex-math"), None)
    if mathml is None and tex is None:
        return mapper.inline(element, frozenset({"label"}))
    mapper.formulas.append(element)
    return [ast.math(str(len(mapper.formulas) - 1), display)]


def inline_formula(mapper: Mapper, element: Element) -> Nodes:
    content = formula(mapper, element, display=False)
    identifier = element.get("id", "")
    return [ast.span(content, anchor=identifier)] if identifier else content


def bare_math(mapper: Mapper, element: Element) -> Nodes:
    mapper.formulas.append(element)
    return [ast.math(str(len(mapper.formulas) - 1), display=False)]


def display_formula(mapper: Mapper, element: Element) -> Nodes:
    """Div `disp-formula` with one paragraph: the formula and a Span `label`."""
    content = ast.tidy(formula(mapper, element, display=True))
    label = mapper.one_line(child(element, "label"))
    if label:
        content.append(ast.span(label, classes=["label"]))
    return [ast.div([ast.para(content)], anchor=element.get("id", ""), classes=["disp-formula"])]


def formula_group(mapper: Mapper, element: Element) -> Nodes:
    blocks = figures.captioned(mapper, element) + mapper.flow(element, figures.CAPTION_PARTS)
    return [ast.div(blocks, anchor=element.get("id", ""))]


def tex_of(formulas: list[Element]) -> list[str]:
    """The TeX of each formula: the author's own, or what pandoc makes of the MathML (empty: nothing)."""
    result = [_written_tex(element) for element in formulas]
    unwritten = [number for number, tex in enumerate(result) if not tex]
    missing = [(number, mathml) for number in unwritten for mathml in formulas[number].iter(f"{{{MML}}}math")]
    if not missing:
        return result
    root = etree.Element("article", nsmap={"mml": MML})
    body = etree.SubElement(root, "body")
    for number, mathml in missing:
        paragraph = etree.SubElement(body, "p")
        paragraph.text = f"{number} "
        holder = etree.SubElement(paragraph, "inline-formula")
        holder.append(etree.fromstring(etree.tostring(mathml, with_tail=False)))
    for block in pandoc_blocks(etree.tostring(root)):
        inlines = block.get("c", [])
        found = [node["c"][1] for node in inlines if isinstance(node, dict) and node["t"] == "Math"]
        if found:
            number = int(inlines[0]["c"])
            result[number] = " ".join([result[number], *found]).strip()
    return result


def pandoc_blocks(source: bytes) -> Nodes:
    try:
        return list(pandoc.to_json(source, "jats")["blocks"])
    except pandoc.PandocError:
        return []


def _written_tex(element: Element) -> str:
    found = element if local_name(element) == "tex-math" else next(element.iter("{*}tex-math"), None)
    if found is None:
        return ""
    tex = text_of(found)
    whole = TEX_DOCUMENT.search(tex)
    tex = (whole.group(1) if whole else tex).strip()
    for delimiter in TEX_DELIMITERS:
        tex = tex.removeprefix(delimiter).removesuffix(delimiter).strip()
    return tex


def set_tex(mapper: Mapper, texts: list[str], blocks: Nodes) -> Nodes:
    """`blocks` with TeX in the Math nodes; a formula that has none becomes its words.

    Each Math node comes to stand in a Span `formula` whose attribute `number` is its place in `mapper.formulas`.
    """

    def rule(node: Node) -> Node | None:
        if node["t"] != "Math":
            return None
        number = int(node["c"][1])
        if texts[number]:
            written = {"t": "Math", "c": [node["c"][0], texts[number]]}
            return ast.span([written], classes=["formula"], number=str(number))
        unread = mapper.formulas[number]
        mapper.find("formula-as-text", "a formula that could not be read is printed as its text", unread)
        return ast.string(plain(unread))

    result: Nodes = ast.rewrite(blocks, rule)
    return result


INLINES: dict[str, Handler] = {
    "inline-formula": inline_formula,
    "chem-struct": inline_formula,
    "mml:math": bare_math,
    "tex-math": bare_math,
}
BLOCKS: dict[str, Handler] = {
    "disp-formula": display_formula,
    "disp-formula-group": formula_group,
}
