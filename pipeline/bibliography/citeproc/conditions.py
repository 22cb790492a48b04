"""`if`, `else-if`, `else`: which branch of a `choose` is printed."""

from collections.abc import Callable
from typing import Any

from citeproc import model

from pipeline.bibliography.citeproc import numbers
from pipeline.bibliography.citeproc.context import (
    CITATION,
    FIRST,
    IBID,
    IBID_WITH_LOCATOR,
    SUBSEQUENT,
    Context,
)
from pipeline.bibliography.citeproc.nodes import Node

Test = Callable[[Context], bool]
POSITIONS = {
    FIRST: (FIRST,),
    SUBSEQUENT: (SUBSEQUENT, IBID, IBID_WITH_LOCATOR),
    IBID: (IBID, IBID_WITH_LOCATOR),
    IBID_WITH_LOCATOR: (IBID_WITH_LOCATOR,),
}


class If(Node, model.If):  # type: ignore[misc]
    def prepare(self, style: Any) -> None:
        super().prepare(style)
        self.match = self.get("match", "all")
        self.tests = [_type(self.get("type").split())] if self.get("type") else []
        self.tests += [MAKERS[name](value) for name in MAKERS for value in self.get(name, "").split()]

    def holds(self, context: Context) -> bool:
        if self.match == "any":
            return any(test(context) for test in self.tests)
        if self.match == "none":
            return not any(test(context) for test in self.tests)
        return all(test(context) for test in self.tests)


class Else_If(If):  # noqa: N801  (citeproc-py's name for the element)
    pass


class Else(Node, model.Else):  # type: ignore[misc]
    def holds(self, context: Context) -> bool:
        return True


def _type(types: list[str]) -> Test:
    """One test however many types: an item has only one."""
    return lambda context: context.item.type in types


def _variable(value: str) -> Test:
    if value == "locator":
        return lambda context: bool(context.locator)
    if value == "citation-number":
        return lambda context: True
    if value == "year-suffix":
        return lambda context: bool(context.distinction.year_suffix)
    if value == "first-reference-note-number":
        return lambda context: bool(context.first_note)
    return lambda context: context.item.has(value)


def _numeric(value: str) -> Test:
    if value == "locator":
        return lambda context: numbers.is_numeric(context.locator)
    if value == "citation-number":
        return lambda context: True
    return lambda context: numbers.is_numeric(context.item.text(value))


def _uncertain(value: str) -> Test:
    def test(context: Context) -> bool:
        date = context.item.date(value)
        return date is not None and date.circa

    return test


def _locator(value: str) -> Test:
    return lambda context: bool(context.locator) and context.label == value


def _position(value: str) -> Test:
    if value == "near-note":
        return lambda context: context.area == CITATION and context.near_note and context.position != FIRST
    allowed = POSITIONS.get(value, ())
    return lambda context: context.area == CITATION and context.position in allowed


def _disambiguate(value: str) -> Test:
    return lambda context: context.distinction.condition == (value == "true")


MAKERS: dict[str, Callable[[str], Test]] = {
    "variable": _variable,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
