"""The text of a page without its tags."""

from lxml import html

UNSHOWN = {"script", "style", "head", "template", "math", "svg", "noscript", "select", "button", "textarea"}
INLINE = set("a abbr b big cite code em font i ins kbd mark q s samp small span strong sub sup tt u var".split())


def prose(text: str) -> str:
    """Each text at its line; elements that a page does not show, and formulas, are left out."""
    root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    pieces: list[str] = []
    _read(root, pieces)
    return "".join(pieces)


def _read(root: html.HtmlElement, pieces: list[str]) -> None:
    waiting: list[tuple[html.HtmlElement, bool]] = [(root, False)]
    while waiting:
        element, is_end = waiting.pop()
        if is_end:
            pieces.append((" " if element.tag not in INLINE else "") + (element.tail or ""))
            continue
        waiting.append((element, True))
        if not isinstance(element.tag, str) or element.tag in UNSHOWN:
            continue
        pieces.append((" " if element.tag not in INLINE else "") + (element.text or ""))
        waiting += [(child, False) for child in reversed(element)]
