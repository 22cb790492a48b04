"""A citation of several references as one link a reference, where its words tell which part means which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.article import Element
from pipeline.elements import make, rewrite, text_of

NUMBER = re.compile(r"(\d+)")
BETWEEN = re.compile(r"([;,]\s+)")
BRACKETS = re.compile(r"([(\[]?)(.*?)([)\]]?)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a style speaks of a reference: by its `number`, or by a `name` and a `year`; empty where it does not."""

    number: str = ""
    name: str = ""
    year: str = ""

    def names(self, text: str) -> bool:
        return bool(self.name and self.year) and self.name.casefold() in text.casefold() and self.year in text


def linked(content: Sequence[str | Element], ids: Sequence[str], marks: Mapping[str, Mark]) -> Element:
    """An `xref` to all of `ids`, or, in a `named-content`, one for each, when each has its own part of the text."""
    for way in (_by_number, _by_name) if len(ids) > 1 else ():
        made = way(content, ids, marks)
        if made is not None:
            return made
    return _link(content, ids)


def _link(content: Sequence[str | Element] | str, ids: Sequence[str]) -> Element:
    return make("xref", content, ref_type="bibr", rid=" ".join(ids))


def _by_number(content: Sequence[str | Element], ids: Sequence[str], marks: Mapping[str, Mark]) -> Element | None:
    """Numbers as links; what a range leaves out belongs to the number it begins with."""
    numbers = {marks[each].number: each for each in ids if each in marks and marks[each].number}
    shown = NUMBER.findall("".join(each if isinstance(each, str) else text_of(each) for each in content))
    if len(numbers) != len(ids) or len(shown) < 2 or not set(shown) <= numbers.keys():
        return None
    holder = make("named-content", content, content_type="citation")
    meant: dict[str, list[str]] = {}
    for number in sorted(numbers, key=int):
        first = number if number in shown else next(reversed(meant), shown[0])
        meant.setdefault(first, []).append(numbers[number])

    def pieces(text: str, parent: Element) -> Iterator[str | Element]:
        for part in NUMBER.split(text):
            yield _link(part, meant[part]) if part in meant else part

    rewrite(holder, pieces, ())
    return holder


def _by_name(content: Sequence[str | Element], ids: Sequence[str], marks: Mapping[str, Mark]) -> Element | None:
    """What stands between the marks of a list, each part with the name and year of one reference and no other."""
    if not all(isinstance(each, str) for each in content):
        return None
    found = BRACKETS.fullmatch("".join(map(str, content)))
    parts = BETWEEN.split(found[2]) if found else []
    groups = _grouped(parts, ids, marks)
    if found is None or groups is None:
        return None
    linked_parts = [_link(text, [group]) if group else text for text, group in groups]
    return make("named-content", found[1], linked_parts, found[3], content_type="citation")


def _grouped(parts: Sequence[str], ids: Sequence[str], marks: Mapping[str, Mark]) -> list[tuple[str, str]] | None:
    """Runs of `parts` that each name one reference, with its id, and what stands between them with none."""
    groups: list[tuple[str, str]] = []
    left, run, between = set(ids), "", ""
    for position, part in enumerate(parts):
        if position % 2:
            run, between = (run + part, between) if run else (run, part)
            continue
        run += part
        named = [each for each in left if each in marks and marks[each].names(run)]
        if len(named) > 1:
            return None
        if named:
            groups += [(between, "")] if between else []
            groups.append((run, named[0]))
            left.remove(named[0])
            run, between = "", ""
    return groups if not left and not run else None


__all__ = ["Mark", "linked"]
