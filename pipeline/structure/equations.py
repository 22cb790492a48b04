"""Displayed equations, kept as the text or the TeX they are."""

import re

from pipeline.article import Block, Element
from pipeline.elements import make

TEX = re.compile(
    r"^(?:\$\$(?P<dollars>.+)\$\$|\\\[(?P<bracket>.+)\\\]|\\begin\{(?:equation|align|gather|eqnarray|multline)\*?\}.*)(?P<after>[\s.,]*(?:\(\d{1,3}[a-z]?\))?)$",
    re.DOTALL,
)
LABEL = re.compile(r"\s*(?P<label>\((?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,2})?[a-z]?\))\s*$")
OPERATOR = re.compile(r"[=≈≤≥<>≡∝→⇒∈∼]")
SYMBOLS = frozenset("+−-*/^_×·÷=≈≤≥<>±∑∏∫√∂∇∞∈∀∃∝≡()[]{}|,.αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ′″")
WORDS_OF_CHARACTERS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST = 300
LONG_WORD = 5


def read_equation(block: Block, in_text: bool = True) -> Element | None:
    """The `disp-formula` that a paragraph is; None for other text."""
    text = block.text.strip()
    tex = TEX.match(text)
    if tex:
        label = LABEL.search(tex["after"] or "")
        source = text[: tex.start("after")] if tex["after"] else text
        return make("disp-formula", make("label", label["label"]) if label else None, make("tex-math", source.strip()))
    if len(text) > LONGEST or not OPERATOR.search(text) or text.endswith((":", ";")):
        return None
    label = LABEL.search(text)
    formula = text[: label.start()].rstrip(" ,.") if label else text
    if not in_text or not _is_formula(formula, label is not None):
        return None
    rest = text[len(formula) : label.start()] if label else ""
    return make("disp-formula", make("label", label["label"]) if label else None, formula + rest)


def _is_formula(text: str, labelled: bool) -> bool:
    """Signs and short names, few words."""
    tokens = re.findall(r"[^\W\d_]+", text)
    if not labelled and len(WORDS_OF_CHARACTERS.findall(text)) >= LONG_WORD:
        return False
    long = sum(len(token) >= LONG_WORD for token in tokens)
    signs = sum(char in SYMBOLS or char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    if labelled:
        return long <= 6 and long <= max(2, len(tokens) * 0.6)
    return long <= 1 and signs * 2 >= letters and len(text) >= 3 and bool(re.search(r"[^\W\d_]", text))
