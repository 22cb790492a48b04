"""Lines, or starts and ends of lines, that are a label and not content."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

INLINE = {"keywords", "doi", "published", "abstract", "how_to_cite", "received", "accepted", "section", "issue", "downloads"}
GLUED = {"abstract", "keywords", "references", "downloads"}
SEPARATOR = re.compile(r"\s*[:：.–—-]\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """`role` is what the label announces, `kind` the table it stands in, `text` the label as written."""

    role: str
    kind: str
    text: str


@cache
def _table() -> dict[str, tuple[str, str]]:
    data = tomllib.loads((Path(__file__).parent / "data" / "labels.toml").read_text("utf-8"))
    return {
        _folded(variant): (role, kind)
        for kind, roles in data.items()
        for role, variants in roles.items()
        for variant in variants
    }


@cache
def _inline() -> re.Pattern[str]:
    names = [name for name, (role, _) in _table().items() if role in INLINE]
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)), re.IGNORECASE)


@cache
def _glued() -> re.Pattern[str]:
    names = [name for name, (role, _) in _table().items() if role in GLUED and name[0] != name[0].upper()]
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<=[.!?…»”)])({alternatives})$", re.IGNORECASE)


def _folded(text: str) -> str:
    return text.strip().rstrip(":：. ").casefold()


def whole_line(text: str) -> Label | None:
    """The label that a whole line is."""
    if len(text) > 80:
        return None
    entry = _table().get(_folded(text))
    return Label(*entry, text.strip()) if entry else None


def at_start(text: str) -> tuple[Label, str] | None:
    """A label that a line begins with, parted from its value by a colon or the like; and the value."""
    match = _inline().match(text)
    separator = SEPARATOR.match(text, match.end()) if match else None
    if match is None or separator is None or not separator.group().strip() or separator.end() == len(text):
        return None
    role, kind = _table()[match.group().casefold()]
    if "." in separator.group() and role not in ("abstract", "keywords"):
        return None
    return Label(role, kind, text[: separator.end()].strip()), text[separator.end() :]


def at_end(text: str) -> tuple[str, Label] | None:
    """What stands before a label that is glued to the end of a line, and the label."""
    match = _glued().search(text)
    if match is None or not match.group(1)[0].isupper():
        return None
    return text[: match.start()], Label(*_table()[match.group(1).casefold()], match.group(1))
