"""Labels of figures, tables and equations that the source's own program would number when it prints them."""

import re

from pipeline.article import Element
from pipeline.elements import make
from pipeline.structure.draft import Draft
from pipeline.structure.vocabulary import load

TAGS = ("fig", "table-wrap")


def number_floats(draft: Draft) -> None:
    """`Figure 1` for each captioned float without a label, `(1)` for each equation that has a name."""
    if not draft.is_numbered:
        return
    names = load("captions")["names"]
    words = names.get(draft.lang.partition("-")[0], names["en"])
    counts = dict.fromkeys((*TAGS, "disp-formula"), 0)
    for root in (*draft.article.body, *draft.article.back):
        for element in root.iter(*TAGS, "disp-formula"):
            if element.find("label") is not None or not _is_numbered(element):
                continue
            counts[str(element.tag)] += 1
            number = str(counts[str(element.tag)])
            label = f"({number})" if element.tag == "disp-formula" else f"{words[str(element.tag)]} {number}"
            element.insert(0, make("label", label))
            draft.added.append(label)


def _is_numbered(element: Element) -> bool:
    """A float with a caption; a formula with a name or in an environment that has numbers."""
    if element.tag in TAGS:
        parent = element.getparent()
        return element.find("caption") is not None and not (parent is not None and parent.tag == "fig")
    tex = element.findtext(".//tex-math") or ""
    return "\\label" in tex or bool(re.match(r"\s*\\begin\{equation\}", tex))
