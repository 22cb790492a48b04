"""The type of a work, told from its labelled fields by the table `data/kinds.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    type: str
    field: str
    words: re.Pattern[str] | None
    needs: frozenset[str]
    lacks: frozenset[str]


@cache
def _rules() -> tuple[Rule, ...]:
    tables = tomllib.loads((files(__package__) / "data" / "kinds.toml").read_text("utf-8"))
    return tuple(
        Rule(
            rule["type"], rule.get("field", ""), _words(rule["words"]) if "words" in rule else None,
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
    present = marks | fields.keys()
    lowered = {label: value.lower() for label, value in fields.items()} | {"text": text.lower()}
    for rule in _rules():
        fits = rule.needs <= present and not rule.lacks & present
        if fits and (rule.words is None or rule.words.search(lowered.get(rule.field, ""))):
            return rule.type
    return "document"
