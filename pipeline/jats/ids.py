"""Stable, readable ids: `sec2.1`, `fig3`, `table1`, `eq4`, `fn5`, `app1`."""

from collections import Counter

from pipeline.article import Element

PREFIXES = {"fig": "fig", "table-wrap": "table", "disp-formula": "eq", "fn": "fn", "app": "app"}


def number(root: Element) -> None:
    """Give every section, float and note without an id one that says where it stands."""
    taken = {element.get("id") for element in root.iter() if element.get("id")}
    counts: Counter[str] = Counter()
    for element in root.iter(*PREFIXES):
        counts[element.tag] += 1
        if not element.get("id"):
            _set(element, f"{PREFIXES[element.tag]}{counts[element.tag]}", taken)
    for parent in root.iter("body", "app"):
        _number_sections(parent, "sec" if parent.tag == "body" else f"{parent.get('id')}.sec", taken)


def _number_sections(parent: Element, prefix: str, taken: set[str | None]) -> None:
    for position, section in enumerate(parent.findall("sec"), start=1):
        name = f"{prefix}{position}"
        if not section.get("id"):
            _set(section, name, taken)
        _number_sections(section, f"{name}.", taken)


def _set(element: Element, name: str, taken: set[str | None]) -> None:
    while name in taken:
        name += "a"
    taken.add(name)
    element.set("id", name)
