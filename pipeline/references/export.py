"""References as labelled spans (JSON Lines), as a CSL-JSON array and as BibTeX."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from pipeline.article import Reference, Span

LABELS = frozenset(
    """author date title container-title volume issue pages publisher location doi url editor edition translator
    series type label note other""".split()
)
# Braces by name: BibTeX counts one behind a backslash, too.
_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"} | {
    char: f"\\{char}" for char in "&%$#_"
}
_VERBATIM = ("doi", "url")
_NOT_VERBATIM = re.compile(r"[\\{}\s]")
_json = json.JSONEncoder(ensure_ascii=False).encode
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def spans(references: Iterable[Reference], document: str = "references") -> str:
    """One JSON object a line: `text`, `fields`, `source`, `lang`, `doc`; a field has `label`, `text`, `start`, `end`,
    `confidence`.

    The labels are those of the labelled data, so that corrected output can train the tagger.
    """
    return "".join(_json(_record(reference, document)) + "\n" for reference in references)


def _record(reference: Reference, document: str) -> dict[str, Any]:
    text = reference.text
    fields = [_field(text, span) for span in sorted(reference.spans, key=lambda span: span.start)]
    return {"text": text, "fields": fields, "source": "corrections", "lang": reference.lang or "", "doc": document}


def _field(text: str, span: Span) -> dict[str, Any]:
    label = span.label if span.label in LABELS else "note"
    value = text[span.start : span.end]
    return {"label": label, "text": value, "start": span.start, "end": span.end, "confidence": span.confidence}


def csl_json(references: Iterable[Reference]) -> str:
    """A CSL-JSON array, an item a reference, each on a line, in order; `custom.source` is the input string."""
    items = (_json(csl_item(reference)) for reference in references)
    return "[\n" + ",\n".join(items) + "\n]\n"


def csl_item(reference: Reference) -> dict[str, Any]:
    """The item of a reference with its string under `custom.source`."""
    source = f"{reference.label} {reference.text}" if reference.label else reference.text
    item = {"id": reference.id, "type": "document"} | reference.item
    return item | {"custom": item.get("custom", {}) | {"source": source}}


def bibtex(references: Iterable[Reference]) -> str:
    """BibTeX in UTF-8; the keys are family name, year and, where two would be the same, a letter."""
    taken: set[str] = set()
    return "\n".join(_entry(reference, taken) for reference in references)


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "data" / "bibtex.toml").read_text("utf-8"))


def _entry(reference: Reference, taken: set[str]) -> str:
    item, tables = reference.item, _tables()
    kind = tables["types"].get(item.get("type", ""), "misc")
    if kind == "phdthesis" and re.search(r"master|m\.? ?sc|m\.? ?a\.", item.get("genre", ""), re.IGNORECASE):
        kind = "mastersthesis"
    fields: dict[str, str] = {
        role: _names(reference, role) for role in ("author", "editor", "translator") if role in item
    }
    fields |= {name: _escaped(str(item[csl])) for csl, name in tables["fields"].items() if csl in item}
    for csl, default in (("container-title", "booktitle"), ("publisher", "publisher")):
        if csl in item:
            table = tables[csl.partition("-")[0]]
            fields[table.get(kind.replace("masters", "phd"), default)] = _escaped(item[csl])
    fields |= {name: _verbatim(item[name.upper()]) for name in _VERBATIM if name in fields}
    if "pages" in fields:
        fields["pages"] = re.sub(r"[-–]+", "--", fields["pages"])
    if kind == "techreport" and "eprint" in fields:
        fields["number"] = fields.pop("eprint")
    if "title" in fields:
        fields["title"] = f"{{{fields['title']}}}"
    fields |= _dates(item)
    if not fields:
        fields["note"] = _escaped(reference.text)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{_key(reference, taken)},\n{lines}}}\n"


def _names(reference: Reference, role: str) -> str:
    names = [_name(name) for name in reference.item[role]]
    cut = any(part.label == "etal" for span in reference.spans if span.label == role for part in span.parts)
    return " and ".join(names + ["others"] * cut)


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    return ", ".join(_escaped(part) for part in (family, name.get("suffix"), given) if part)


def _dates(item: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    issued = item.get("issued", {})
    if issued.get("date-parts"):
        year, *rest = issued["date-parts"][0]
        found["year"] = str(year)
        if rest:
            found["month"] = _MONTHS[rest[0] - 1]
    elif "literal" in issued:
        found["year"] = _escaped(issued["literal"])
    accessed = item.get("accessed", {}).get("date-parts")
    if accessed:
        found["urldate"] = "-".join(f"{part:02}" for part in accessed[0])
    return found


def _escaped(value: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in " ".join(value.split()))


def _verbatim(address: str) -> str:
    """An address as it is, but for what TeX would read in it."""
    return _NOT_VERBATIM.sub(lambda match: quote(match.group()), address)


def _key(reference: Reference, taken: set[str]) -> str:
    names = reference.item.get("author") or reference.item.get("editor") or [{}]
    name = names[0].get("family") or names[0].get("literal") or reference.id
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^A-Za-z0-9]", "", plain)[:24] or reference.id or "ref"
    parts = reference.item.get("issued", {}).get("date-parts")
    base = f"{base}{parts[0][0] if parts else ''}"
    key, number = base, 0
    while key in taken:
        number += 1
        key = f"{base}{_letters(number)}"
    taken.add(key)
    return key


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


__all__ = ["LABELS", "bibtex", "csl_item", "csl_json", "spans"]
