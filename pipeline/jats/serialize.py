"""A JATS tree as bytes: document type, UTF-8, indentation that adds no white space to mixed content."""

from copy import deepcopy
from functools import cache

from lxml import etree

from pipeline.article import Element

PUBLIC_ID = "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN"
SYSTEM_ID = "JATS-journalpublishing1-3-mathml3.dtd"


@cache
def _containers() -> frozenset[str]:
    """Elements whose content model has no character data, those that occur in our articles."""
    return frozenset(
        """article front body back journal-meta journal-title-group publisher article-meta article-categories subj-group
        title-group trans-title-group contrib-group contrib name institution-wrap author-notes pub-date history date
        permissions license abstract trans-abstract kwd-group funding-group award-group sec list
        list-item def-list def-item fig fig-group caption table-wrap table-wrap-foot table thead tbody tfoot tr colgroup
        disp-quote verse-group boxed-text fn-group fn app-group app ack notes glossary ref-list ref bio
        supplementary-material custom-meta-group custom-meta counts alternatives floats-group sub-article response
        front-stub sec-meta related-object issue-title-group element-citation""".split()
    )


def serialize(root: Element) -> bytes:
    """The file as it is archived."""
    copy = deepcopy(root)
    for element in copy.iter("*"):
        if element.text == "":
            element.text = None
    _indent(copy, 0)
    doctype = f'<!DOCTYPE article PUBLIC "{PUBLIC_ID}" "{SYSTEM_ID}">'
    text = etree.tostring(copy, xml_declaration=True, encoding="UTF-8", doctype=doctype)
    return text + b"\n"


def _indent(element: Element, depth: int) -> None:
    children = list(element)
    if not children or element.tag not in _containers() or _has_text(element):
        return
    inner = "\n" + "  " * (depth + 1)
    element.text = inner
    for child in children:
        _indent(child, depth + 1)
        child.tail = inner
    children[-1].tail = "\n" + "  " * depth


def _has_text(element: Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
