"""Sorting cites and entries by a style's keys."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.bibliography.citeproc import citation_label, collation
from pipeline.bibliography.citeproc.context import Context
from pipeline.bibliography.citeproc.name_list import NameForm, print_list
from pipeline.bibliography.citeproc.numbers import VARIABLES
from pipeline.bibliography.citeproc.stream import text_of
from pipeline.bibliography.citeproc.style import SortKey

T = TypeVar("T")
Value = collation.Key | None


def arrange(things: Sequence[T], keys: Sequence[SortKey], context: Callable[[T], Context]) -> list[T]:
    """The things in order; what has no value for a key stands last. Stable."""
    result = list(things)
    for key in reversed(keys):
        values = {id(thing): value(key, context(thing)) for thing in result}

        def rank(thing: T, values: dict[int, Value] = values, down: bool = key.descending) -> tuple[bool, object]:
            found = values[id(thing)]
            return (found is None) != down, found or ()

        result.sort(key=rank, reverse=key.descending)
    return result


def arrange_grouped(
    things: Sequence[T], keys: Sequence[SortKey], context: Callable[[T], Context], names: Callable[[T], str]
) -> list[T]:
    """The things in order, those of the same names together where the first of them stands."""
    by_names: dict[str, list[T]] = {}
    for thing in sorted(arrange(things, keys, context), key=lambda thing: collation.key(names(thing), "")):
        by_names.setdefault(names(thing), []).append(thing)
    firsts = arrange([group[0] for group in by_names.values()], keys[:1], context)
    return [thing for first in firsts for thing in by_names[names(first)]]


def value(key: SortKey, context: Context) -> Value:
    """What an item is sorted by; None where it has nothing."""
    context.sorting = {"key": "", **key.options}
    if key.macro is not None:
        text = text_of(key.macro.print(context)).strip()
        return _collated(text, context)
    name, item = key.variable, context.item
    if name == "citation-number":
        return (context.number,) if context.number else None
    if name == "citation-label":
        return _collated(citation_label.of(item), context)
    people = item.names(name)
    if people:
        options = context.style.name_options(context.area) | {"name-as-sort-order": "all", "name-form": "long"}
        return _collated(
            text_of(print_list(people, NameForm.read(options, None, context.style), None, context)), context
        )
    date = item.date(name) if isinstance(item.data.get(name), dict) else None
    if date is not None:
        days = [day.sort_key for day in (date.begin, date.end) if day]
        return tuple(map(ord, "-".join(days) or date.literal))
    text = item.text(name)
    if name in VARIABLES and (match := re.match(r"^\s*(\d+)", text)):
        text = match[1].zfill(12) + text[match.end() :]
    return _collated(text, context)


def _collated(text: str, context: Context) -> Value:
    return collation.key(text, context.locale.tag) if text else None
