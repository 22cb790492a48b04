"""Names of people and bodies: what CSL-JSON gives, with particles and suffixes found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LATIN_LIKE = re.compile(
    "^[\u0000-\u007e\u00a0-\u036f\u0370-\u052f\u0590-\u06ff\u0e00-\u0e7f\u1d00-\u1dbf\u1e00-\u1fff\u2000-\u206f\u2c60-\u2c7f]*$"
)
PARTICLE = re.compile(r"[^\W\d_]+(?:\s+|['’]\s*|-)")


@dataclass(frozen=True, slots=True)
class Person:
    """A name in parts; `literal` alone for a body or a name kept as it is.

    `comma_suffix`: the suffix follows a comma even in natural order. `static`: family before given,
    without space, whatever the style says (Chinese, Japanese, Korean in their own scripts).
    """

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    literal: str = ""
    comma_suffix: bool = False
    static: bool = False


def read_person(name: Mapping[str, Any] | Any) -> Person | None:
    """A CSL-JSON name; None where it is empty."""
    if isinstance(name, str):
        return Person(literal=name.strip()) if name.strip() else None
    if not isinstance(name, Mapping):
        return None
    value = {key: _clean(name.get(key)) for key in ("family", "given", "suffix", "literal")}
    dropping, non_dropping = _clean(name.get("dropping-particle")), _clean(name.get("non-dropping-particle"))
    family, given, suffix = value["family"], value["given"], value["suffix"]
    if not family and not given:
        return Person(literal=value["literal"]) if value["literal"] else None
    if not family:
        return Person(literal=given) if not dropping and not non_dropping and not suffix else Person(family=given)
    comma = bool(name.get("comma-suffix"))
    if len(family) > 2 and family[0] == family[-1] == '"':
        family = family[1:-1]
    elif not dropping and not non_dropping and name.get("parse-names") is not False:
        family, non_dropping = _leading(family)
        given, dropping = _trailing(given)
    if not suffix:
        given, suffix, exclaimed = _suffix(given)
        comma |= exclaimed
    static = bool(name.get("static-ordering")) or not LATIN_LIKE.match(family + given)
    return Person(family, given, dropping, non_dropping, suffix, comma_suffix=comma, static=static)


def _clean(value: Any) -> str:
    return re.sub(r"\s+", " ", str(value)).strip() if value not in (None, True, False) else ""


def _leading(family: str) -> tuple[str, str]:
    """`van der Berg`, `d'Alembert`, `al-Khwarizmi` as name and particle."""
    end = 0
    while match := PARTICLE.match(family, end):
        if not match[0][0].islower() or not match[0].islower() or match.end() == len(family):
            break
        end = match.end()
        if match[0][-1] in "'’-" and not family[end].isupper():
            return family, ""
    particle = family[:end]
    return family[end:], particle if particle.rstrip().endswith(("'", "’")) else particle.rstrip()


def _trailing(given: str) -> tuple[str, str]:
    words = given.split(" ")
    start = len(words)
    while start > 1 and words[start - 1].islower() and words[start - 1][0].isalpha():
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _suffix(given: str) -> tuple[str, str, bool]:
    """`John, Jr.` and `John,! Jr.` apart: given name, suffix, whether the comma is kept."""
    head, comma, tail = given.partition(",")
    if not comma:
        return given, "", False
    exclaimed = tail.startswith("!")
    return head.strip(), tail.lstrip("!").strip(), exclaimed
