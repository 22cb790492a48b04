"""Who paid: funders and award numbers in a statement of funding."""

import re
from functools import cache

from pipeline.article import Element
from pipeline.elements import make
from pipeline.structure.vocabulary import alternatives, load

NUMBER = r"(?P<number>[A-Z0-9][\w./-]{1,30}\d[\w./-]{0,30}|\d{3,30})"
MORE = re.compile(rf"\s?(?:,|;|&|\b(?:and|y|e|und|et)\b)\s?{NUMBER}")
OPENING = re.compile(r"^[\s,:]*(?:the|a|el|la|los|o|a|os|as|le|les|der|die|das)(?:\s+|$)", re.IGNORECASE)
# `Instituto de Salud Carlos III (PI18/01234)`
IN_BRACKETS = re.compile(
    r"(?<![^\W\d_])(?P<funder>[^\W\d_a-z](?:[^\W_]|[’'&-]|\s(?!and\s|y\s|e\s|und\s)){5,100}) "
    r"\((?P<number>[A-Z]{0,8}[-/]?\d[A-Z0-9./-]{3,30})\)"
)
LONGEST = 160
LONGEST_STATEMENT = 2500


@cache
def _award() -> re.Pattern[str]:
    words = alternatives(load("funding")["award"])
    return re.compile(
        rf"(?<![^\W\d_])(?:{words})s?\b[\s:#(]*(?:n(?:o|os|um|úm|º|°|r)?\.?[º°]?\s?|number\s)?"
        rf"(?-i:(?:[A-Z]{{2,12}}\s){{0,2}}){NUMBER}",
        re.IGNORECASE,
    )


@cache
def _paid_by() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(load('funding')['paid_by'])})\s", re.IGNORECASE)


def read_funding(text: str) -> list[Element]:
    """An `award-group` for each award of a statement whose funder stands before its number."""
    text = text[:LONGEST_STATEMENT]
    groups = [
        _award_group(_paid_by().split(found["funder"])[-1], found["number"]) for found in IN_BRACKETS.finditer(text)
    ]
    position = 0
    for award in _award().finditer(text):
        funder = _funder(text[position : award.start()])
        position = award.end()
        number = award["number"].rstrip(".-/")
        if funder and any(char.isdigit() for char in number):
            groups.append(_award_group(funder, number))
            while more := MORE.match(text, position):
                groups.append(_award_group(funder, more["number"].rstrip(".-/")))
                position = more.end()
    return groups


def _award_group(funder: str, number: str) -> Element:
    institution = make("institution-wrap", make("institution", OPENING.sub("", funder).strip()))
    return make("award-group", make("funding-source", institution), make("award-id", number))


def _funder(before: str) -> str:
    """The name that stands last before an award: after `by`, `from` or a comma, up to a bracket."""
    opened = list(_paid_by().finditer(before))
    name = before[opened[-1].end() :] if opened else before.rpartition(";")[2].rpartition(" and ")[2]
    name = OPENING.sub(
        "", re.split(r"[(\[,;]|\s(?:under|through|via|as|con|com|sob)(?:\s|$)", name.strip(" ,;("))[0]
    ).strip(" ,;.:-")
    return name if name[:1].isupper() and 3 <= len(name) <= LONGEST else ""
