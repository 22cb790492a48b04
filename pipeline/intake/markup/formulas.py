"""TeX formulas as JATS `alternatives`: the TeX as written, and MathML made of it by pandoc in one go."""

import json
import re

from lxml import etree

from pipeline import pandoc
from pipeline.article import Element
from pipeline.elements import MML, PREFIXES, make
from pipeline.intake.markup.nodes import Node

LABEL = re.compile(r"\\label\s*\{[^{}]{0,200}\}|\\nonumber\b|\\notag\b")
EQUATION = re.compile(
    r"\\begin\{(?P<name>equation|displaymath|math)(?P<star>\*?)\}(?P<inner>.*)\\end\{(?P=name)(?P=star)\}", re.DOTALL
)
FORMULAS = "equation|displaymath|math|align|gather|multline|eqnarray|flalign|alignat|subequations"
"""Environments of LaTeX that are formulas."""
FORMULA = re.compile(rf"\s*\\begin\{{(?P<name>(?:{FORMULAS})\*?)\}}.*\\end\{{(?P=name)\}}\s*", re.DOTALL)
NAME = re.compile(r"\\label\s*\{(?P<name>[^{}]{1,200})\}")
SHELL = '{"pandoc-api-version":[1,23,1],"meta":{},"blocks":%s}'


def fill(formulas: list[Element]) -> list[str]:
    """Give each `alternatives` element, which holds its `tex-math`, the MathML of it; the TeX that has none."""
    if not formulas:
        return []
    made = _mathml([_tex(element) for element in formulas])
    unread = []
    for element, mathml in zip(formulas, made, strict=True):
        if mathml is None:
            unread.append(_tex(element))
            _unwrap(element)
        else:
            element.append(mathml)
    return unread


def _tex(element: Element) -> str:
    return element.findtext("tex-math") or ""


def _unwrap(element: Element) -> None:
    """`tex-math` alone needs no `alternatives` around it."""
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, element[0])


def _mathml(texts: list[str]) -> list[Element | None]:
    blocks: list[Node] = [
        {"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, _for_mathml(text)]}]} for text in texts
    ]
    written = pandoc.convert((SHELL % json.dumps(blocks)).encode(), "json", "jats_publishing")
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
    root = etree.fromstring(f"<body {names}>{written.decode()}</body>", etree.XMLParser(resolve_entities=False))
    found = [next(paragraph.iter(f"{{{MML}}}math"), None) for paragraph in root]
    if len(found) != len(texts):
        return [None] * len(texts)
    return [_bare(mathml) if mathml is not None else None for mathml in found]


def _for_mathml(tex: str) -> str:
    """Without labels, and numbered environments as what they hold: MathML has neither."""
    tex = LABEL.sub("", tex).strip()
    whole = EQUATION.fullmatch(tex)
    return whole["inner"].strip() if whole else tex


def _bare(mathml: Element) -> Element:
    mathml.tail = None
    return mathml


def is_formula(tex: str) -> bool:
    """Whether raw TeX is one environment of a formula."""
    return FORMULA.fullmatch(tex) is not None


def label_in(tex: str) -> str:
    """The name that `\\label{…}` gives a formula."""
    found = NAME.search(tex)
    return found["name"].strip() if found else ""


def formula(tex: str, display: bool) -> tuple[Element, Element]:
    """`disp-formula` or `inline-formula`, and the `alternatives` within it that `fill` completes."""
    alternatives = make("alternatives", make("tex-math", tex))
    return make("disp-formula" if display else "inline-formula", alternatives), alternatives
