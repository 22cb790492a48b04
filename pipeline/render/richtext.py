"""Formatted citations and entries in pandoc's document model."""

from pipeline.bibliography.richtext import Link, RichText, Style, Styled
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast.mapper import WHITE_SPACE, safe_href
from pipeline.render.pandoc_ast import Nodes

FACES = {
    Style.ITALIC: "Emph",
    Style.BOLD: "Strong",
    Style.SMALL_CAPS: "SmallCaps",
    Style.SUPERSCRIPT: "Superscript",
    Style.SUBSCRIPT: "Subscript",
    Style.UNDERLINE: "Underline",
}


def inlines(content: RichText) -> Nodes:
    result: Nodes = []
    for node in content:
        if isinstance(node, str):
            result.append(ast.string(WHITE_SPACE.sub(" ", node)))
        elif isinstance(node, Link):
            inner = inlines(node.content)
            result += [ast.link(node.href, inner)] if safe_href(node.href) else inner
        elif isinstance(node, Styled):
            inner = inlines(node.content)
            face = FACES.get(node.style)
            result.append(ast.styled(face, inner) if face else ast.span(inner, classes=["upright"]))
    return result
