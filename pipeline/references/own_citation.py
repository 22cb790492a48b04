"""The citation of an article that its journal's site prints ("How to cite"): a few forms, made by machines.

Their shape is known, so that a title in capitals or a journal of one word is read as surely as any other;
a citation in none of the forms is read as a reference is.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter

from pipeline.article import Reference, Span
from pipeline.references.items import build_item
from pipeline.references.parse import parse_one
from pipeline.references.refine import refine

LONGEST = 4000
STRAY = ' .,;“”"«»'


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    names: re.Pattern[str] | None


@cache
def _forms() -> tuple[_Form, ...]:
    data = tomllib.loads((files(__package__) / "data" / "own_citation.toml").read_text("utf-8"))
    return tuple(
        _Form(re.compile(form["pattern"]), re.compile(form["names"]) if "names" in form else None)
        for form in data["forms"].values()
    )


def read_own_citation(text: str) -> Reference:
    """`text` with its spans and CSL item."""
    for form in _forms() if len(text) <= LONGEST else ():
        match = form.pattern.fullmatch(text)
        if match is not None:
            spans = refine(text, sorted(_spans(match, form), key=attrgetter("start")))
            return Reference(text=text, spans=spans, item=build_item(text, spans, "article-journal"))
    return parse_one(Reference(text=text))


def _spans(match: re.Match[str], form: _Form) -> list[Span]:
    groups = {group: match.span(group) for group in match.re.groupindex if match[group]}
    spans = [_span(match.string, group, start, end) for group, (start, end) in groups.items() if group != "author"]
    start, end = groups["author"]
    people = _people(match.string, start, end, form.names) if form.names else ()
    return [*spans, Span("author", start, people[-1].end if people else end, parts=people)]


def _span(text: str, group: str, start: int, end: int) -> Span:
    """A span without the punctuation that closes it, but with a question mark."""
    return Span(group.replace("_", "-"), start, start + len(text[start:end].rstrip(STRAY)))


def _people(text: str, start: int, end: int, names: re.Pattern[str]) -> tuple[Span, ...]:
    """Each author in the form's own order, or none where not all of the group is read so."""
    people: list[Span] = []
    position = start
    while position < end and (match := names.match(text, position, end)):
        parts = [_part(match, label) for label in ("family", "given")]
        people.append(Span("person", parts[0].start, parts[1].end, parts=tuple(parts)))
        position = match.end()
    rest = text[position:end].strip(STRAY)
    return tuple(people) if not rest or rest.startswith(("et al", "al")) else ()


def _part(match: re.Match[str], label: str) -> Span:
    """A part of a name without the stray stops that sites put behind initials."""
    value = re.sub(r"(?:\s\.|[\s,])+$", "", match[label])
    return Span(label, match.start(label), match.start(label) + len(value))
