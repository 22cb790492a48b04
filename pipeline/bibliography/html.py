"""Rich text as HTML."""

from html import escape

from pipeline.bibliography.richtext import Link, RichText, Style, Styled
from pipeline.bibliography.text import safe

ELEMENTS = {
    Style.ITALIC: ("<i>", "</i>"),
    Style.BOLD: ("<b>", "</b>"),
    Style.SUPERSCRIPT: ("<sup>", "</sup>"),
    Style.SUBSCRIPT: ("<sub>", "</sub>"),
    Style.UNDERLINE: ('<span style="text-decoration:underline;">', "</span>"),
    Style.SMALL_CAPS: ('<span style="font-variant:small-caps;">', "</span>"),
    Style.NORMAL: ('<span style="font-style:normal;font-weight:normal;">', "</span>"),
}


def write(content: RichText) -> str:
    """HTML phrasing content; every character of data is escaped once."""
    return "".join(map(_node, content))


def _node(node: str | Styled | Link) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    if isinstance(node, Styled):
        start, end = ELEMENTS[node.style]
        return start + write(node.content) + end
    inner = write(node.content)
    return f'<a href="{escape(node.href)}">{inner}</a>' if safe(node.href) else inner
