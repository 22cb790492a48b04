"""A reference as RIS, which reference managers import: a tag, two spaces, a hyphen, a value; a line each."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LINE_END = "\r\n"


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "data" / "ris.toml").read_text("utf-8"))


def ris(item: dict[str, Any]) -> str:
    """The record of a CSL item, from `TY` to `ER`; dates as `YYYY/MM/DD/`, pages in two tags."""
    tables = _tables()
    lines = [("TY", tables["types"].get(item.get("type", ""), "GEN"))]
    for role, tag in tables["names"].items():
        lines += [(tag, _name(name)) for name in item.get(role, [])]
    lines += [(tag, str(item[field])) for field, tag in tables["fields"].items() if item.get(field)]
    first, _, last = str(item.get("page", "")).replace("–", "-").partition("-")
    lines += [("SP", first), ("EP", last), *_dates(item.get("issued", {})), ("ER", "")]
    written = ((tag, " ".join(value.split())) for tag, value in lines)
    return LINE_END.join(f"{tag}  - {value}" for tag, value in written if value or tag == "ER") + LINE_END


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    return re.sub(r"(, )+$", "", ", ".join([family, given, name.get("suffix", "")]))


def _dates(issued: dict[str, Any]) -> list[tuple[str, str]]:
    if not issued.get("date-parts"):
        return []
    year, month, day = [*(f"{part:02}" for part in issued["date-parts"][0]), "", ""][:3]
    return [("PY", year), ("DA", f"{year}/{month}/{day}/" if month else "")]
