"""Quotations set as paragraphs of their own."""

import re

from pipeline.article import Block

INDENTED = "indented"
# A paragraph that is one quotation, perhaps with its source in parentheses and a note's mark after it.
QUOTED = re.compile(
    r"(?:«[^«»]+»|“[^“”]+”|„[^„“”]+[“”]|\"[^\"]+\"|「[^「」]+」)[.,;]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{0,3}\s?(?:\([^()]{3,120}\))?[.,]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{0,3}"
)
SHORTEST = 100


def is_quotation(block: Block, before: Block | None) -> bool:
    """An indented paragraph of some length, or one in quotation marks after a colon."""
    text = block.text.strip()
    if len(text) < SHORTEST:
        return False
    if block.hints.style == INDENTED:
        return True
    return before is not None and before.text.rstrip().endswith((":", "：")) and QUOTED.fullmatch(text) is not None
