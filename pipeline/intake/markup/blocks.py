"""Block nodes as JATS block elements."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from pipeline.article import Element
from pipeline.elements import LANG, make, remove_keeping_tail
from pipeline.intake.markup.figures import figure, figure_of, only_images
from pipeline.intake.markup.formulas import is_formula
from pipeline.intake.markup.mapper import Mapper, flowing, trimmed
from pipeline.intake.markup.nodes import Node, attributes, raw_words, text_of
from pipeline.intake.markup.tables import table

ORDERS = {
    "Decimal": "order", "Example": "order", "DefaultStyle": "order", "LowerAlpha": "alpha-lower",
    "UpperAlpha": "alpha-upper", "LowerRoman": "roman-lower", "UpperRoman": "roman-upper",
}  # fmt: skip
DELIMITERS = {"OneParen": "%s)", "TwoParens": "(%s)"}
NUMBER = re.compile(r"[(\[]\s*[A-Z]?\.?\d{1,3}(?:\.\d{1,3})?[a-z]?\s*[)\]]")
BREAKS_WITHIN = {"td", "th"}


def paragraph(mapper: Mapper, node: Node) -> list[Element]:
    """A paragraph; one that is only pictures is a figure, one that is only a displayed formula is that formula."""
    images = only_images(node["c"])
    if images:
        return figure_of(mapper, images)
    made = mapper.paragraph(node["c"])
    without_breaks(made)
    if len(made) == 1 and made[0].tag == "disp-formula" and not (made.text or "") + (made[0].tail or ""):
        return [made[0]]
    if _is_numbered(made):
        return [_with_label(made[0])]
    return [made] if len(made) or made.text else []


def _is_numbered(made: Element) -> bool:
    """Whether a paragraph is a formula with its number behind it."""
    if len(made) != 1 or made[0].tag not in ("disp-formula", "inline-formula") or (made.text or "").strip():
        return False
    return NUMBER.fullmatch((made[0].tail or "").strip()) is not None


def _with_label(formula: Element) -> Element:
    """The formula on a line of its own, with the number as its label."""
    formula.tag = "disp-formula"
    formula.insert(0, make("label", (formula.tail or "").strip()))
    formula.tail = None
    return formula


def without_breaks(element: Element) -> None:
    """JATS has no line break in a paragraph: a space stands for it, as in a title, which has its own line."""
    for mark in list(element.iter("break")):
        if mark.getparent().tag not in BREAKS_WITHIN:  # type: ignore[union-attr]
            mark.tail = f" {mark.tail or ''}"
            remove_keeping_tail(mark.getparent(), mark)  # type: ignore[arg-type]


def verse(mapper: Mapper, node: Node) -> list[Element]:
    lines = [trimmed(make("verse-line", mapper.inlines(line))) for line in node["c"]]
    return [make("verse-group", lines)] if lines else []


def code(mapper: Mapper, node: Node) -> list[Element]:
    (_, classes, _), text = node["c"]
    return [make("code", text, language=classes[0] if classes else None)] if text.strip() else []


def quotation(mapper: Mapper, node: Node) -> list[Element]:
    inner = flowing(mapper.blocks(node["c"]))
    if len(inner) == 1 and inner[0].tag == "disp-quote":
        return inner
    return [make("disp-quote", inner)] if inner else []


def bullets(mapper: Mapper, node: Node) -> list[Element]:
    return _list([_item(mapper, item) for item in node["c"]], "bullet")


def ordered(mapper: Mapper, node: Node) -> list[Element]:
    """A list that does not begin with 1, or whose marks have another form, carries its labels."""
    (start, style, delimiter), items = node["c"]
    kind = ORDERS.get(style["t"], "order")
    form = DELIMITERS.get(delimiter["t"])
    made = [_item(mapper, item) for item in items]
    if (start != 1 or form) and kind == "order":
        for number, item in enumerate(made, start):
            item.insert(0, make("label", (form or "%s.") % number))
    return _list(made, kind)


def _list(items: list[Element], kind: str) -> list[Element]:
    kept = [item for item in items if len(item)]
    return [make("list", kept, list_type=kind)] if kept else []


def _item(mapper: Mapper, blocks: list[Node]) -> Element:
    """JATS items hold paragraphs and lists; anything else stands in a paragraph."""
    item = make("list-item")
    for element in flowing(mapper.blocks(blocks)):
        item.append(element if element.tag in ("p", "list", "def-list") else make("p", element))
    return item


def definitions(mapper: Mapper, node: Node) -> list[Element]:
    made = make("def-list")
    for term, meanings in node["c"]:
        explained = [element for meaning in meanings for element in flowing(mapper.blocks(meaning))]
        inner = [element if element.tag == "p" else make("p", element) for element in explained]
        made.append(make("def-item", mapper.paragraph(term, "term"), make("def", inner) if inner else None))
    return [made] if len(made) else []


def heading(mapper: Mapper, node: Node) -> list[Element]:
    """Within a quotation, a cell or a note a heading is a paragraph in bold."""
    return [make("p", trimmed(make("bold", mapper.inlines(node["c"][2]))))] if node["c"][2] else []


def division(mapper: Mapper, node: Node) -> list[Element]:
    (identifier, _, _), content = node["c"]
    inner = mapper.blocks(content)
    if identifier and inner and not inner[0].get("id") and inner[0].tag in ("table-wrap", "fig", "disp-formula", "p"):
        mapper.name(inner[0], identifier)
    say_language(inner, node["c"][0])
    return inner


def say_language(elements: Iterable[Element], attr: Any) -> None:
    """Give elements the language that a division around them has, those of another language aside."""
    lang = attributes(attr).get("lang", "")
    for element in elements:
        if lang and element.tag in ("p", "disp-quote", "list") and LANG not in element.attrib:
            element.set(LANG, lang)


def raw(mapper: Mapper, node: Node) -> list[Element]:
    form, text = node["c"]
    if form in ("tex", "latex") and is_formula(text):
        return paragraph(mapper, {"t": "Para", "c": [{"t": "Math", "c": [{"t": "DisplayMath"}, text]}]})
    if words := raw_words(form, text):
        mapper.drop(words, "comment" if "<!--" in text else f"raw {form} that JATS has no form for")
    return []


def left_out(mapper: Mapper, node: Node) -> list[Element]:
    text = text_of(node)
    return [make("p", text)] if text.strip() else []


def nothing(mapper: Mapper, node: Node) -> list[Element]:
    return []


HANDLERS: dict[str, Callable[[Mapper, Any], list[Element]]] = {
    "Para": paragraph,
    "Plain": paragraph,
    "LineBlock": verse,
    "CodeBlock": code,
    "RawBlock": raw,
    "BlockQuote": quotation,
    "OrderedList": ordered,
    "BulletList": bullets,
    "DefinitionList": definitions,
    "Header": heading,
    "HorizontalRule": nothing,
    "Table": table,
    "Figure": figure,
    "Div": division,
    "Null": nothing,
}
