"""The type of a work, told from its labelled fields by the table `data/kinds.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.references.identifiers import contains_any


@dataclass(frozen=True, slots=True)
class Rule:
    type: str
    field: str
    words: re.Pattern[str] | None
    stems: tuple[str, ...]
    needs: frozenset[str]
    lacks: frozenset[str]


@cache
def _rules() -> tuple[Rule, ...]:
    tables = tomllib.loads((files(__package__) / "data" / "kinds.toml").read_text("utf-8"))
    return tuple(
        Rule(
            rule["type"], rule.get("field", ""), _words(rule["words"]) if "words" in rule else None,
            tuple(word.rstrip("*") for word in rule.get("words", "").split()),
            frozenset(rule.get("needs", ())), frozenset(rule.get("lacks", ())),
        )
        for rule in tables["rule"]
    )  # fmt: skip


def _words(listed: str) -> re.Pattern[str]:
    forms = (re.escape(word).replace(r"\*", r"\w*") for word in listed.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def work_type(fields: Mapping[str, str], text: str, marks: frozenset[str] = frozenset()) -> str:
    """The CSL type of a work.

    `fields` are the labelled texts; `marks` are further facts: `IN` (a word such as "In" stands before the
    container), `DAY` (the date has a day), `accessed`. Nothing fitting gives `document`.
    """
    lowered: dict[str, str] = {}
    for rule in _possible(marks.union(fields)):
        if rule.words is None:
            return rule.type
        if rule.field not in lowered:
            lowered[rule.field] = (text if rule.field == "text" else fields[rule.field]).lower()
        value = lowered[rule.field]
        if contains_any(value, rule.stems) and rule.words.search(value):
            return rule.type
    return "document"


@lru_cache(maxsize=4096)
def _possible(present: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that a work with these fields and marks can come to."""
    return tuple(
        rule
        for rule in _rules()
        if rule.needs <= present and not rule.lacks & present and (not rule.field or rule.field in present | {"text"})
    )
