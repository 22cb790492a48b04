"""What Journal Publishing 1.3 allows where: the content models and attributes of its DTD, as questions."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.schema_files import dtd
from pipeline.validation.dtd import load


@dataclass(frozen=True, slots=True)
class Model:
    """An element's declaration.

    `children` are the names it may hold; `order` gives the place of each in a sequence, and is empty where they may
    stand in any order; `attributes` maps a name to the values that it is limited to, if it is.
    """

    has_text: bool
    children: frozenset[str]
    order: dict[str, int]
    attributes: dict[str, tuple[str, ...]]


def key(element: Element) -> str:
    """The name of an element as the models have it: without its namespace."""
    return str(etree.QName(element).localname)


@cache
def model(name: str) -> Model | None:
    """The declaration of `name`; None where Journal Publishing has no such element.

    Raises MissingPart: the DTDs are not installed.
    """
    declared = _declarations().get(name)
    if declared is None:
        return None
    places = [_names(item) for item in _sequence(declared.content)]
    order = {child: place for place, names in reversed(list(enumerate(places))) for child in names}
    return Model(
        has_text=declared.type in ("mixed", "any") or "#PCDATA" in order,
        children=frozenset(order) - {"#PCDATA"},
        order=order if len(places) > 1 else {},
        attributes={each.name: tuple(each.values()) for each in declared.iterattributes()},
    )


def content_of(name: str) -> Any:
    """The content model of a declared element as libxml2 holds it: sequences and choices of two, with their `occur`."""
    return _declarations()[name].content


@cache
def _declarations() -> dict[str, Any]:
    """Of JATS's own elements before those of MathML that have the same local name."""
    official: Any = load(dtd())
    declared = list(official.iterelements())
    return {each.name: each for each in sorted(declared, key=lambda each: not each.prefix)}


def _sequence(content: Any) -> list[Any]:
    if content is None:
        return []
    if content.type == "seq" and content.occur == "once":
        return [*_sequence(content.left), *_sequence(content.right)]
    return [content]


def _names(content: Any) -> list[str]:
    if content is None:
        return []
    if content.type == "element":
        return [content.name]
    if content.type == "pcdata":
        return ["#PCDATA"]
    return [*_names(content.left), *_names(content.right)]
