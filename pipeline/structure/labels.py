"""Lines, or starts and ends of lines, that are a label and not content."""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.structure.vocabulary import alternatives, folded, load

INLINE = {
    "keywords",
    "doi",
    "published",
    "abstract",
    "how_to_cite",
    "received",
    "accepted",
    "revised",
    "section",
    "issue",
    "downloads",
}
GLUED = {"abstract", "keywords", "references", "downloads", "navigation"}
SEPARATOR = re.compile(r"\s*[:：.–—-]\s*|\s*\|\s*")
DIGIT_FOLLOWS = re.compile(r"\s+(?=\d)")
LONGEST = 90


@dataclass(frozen=True, slots=True)
class Label:
    """`role` is what the label announces, `kind` the table it stands in, `text` the label as written."""

    role: str
    kind: str
    text: str


@cache
def _table() -> dict[str, tuple[str, str]]:
    kinds = {
        folded(variant): ("abstract", name)
        for name, variants in load("headings")["abstract"].items()
        if name != "part"
        for variant in variants
    }
    return kinds | {
        folded(variant): (role, kind)
        for kind, roles in load("labels").items()
        for role, variants in roles.items()
        for variant in variants
    }


@cache
def _inline() -> re.Pattern[str]:
    names = [name for name, (role, _) in _table().items() if role in INLINE]
    return re.compile(rf"(?:{alternatives(names)})(?![^\W\d_])", re.IGNORECASE)


@cache
def _glued() -> re.Pattern[str]:
    names = [name for name, (role, _) in _table().items() if role in GLUED]
    return re.compile(rf"(?<=[.!?…»”)。！？؟])({alternatives(names)})$", re.IGNORECASE)


def whole_line(text: str) -> Label | None:
    """The label that a whole line is."""
    if len(text) > LONGEST:
        return None
    entry = _table().get(folded(text))
    return Label(*entry, text.strip()) if entry else None


def begins_menu(text: str) -> bool:
    """Skip links and the like, perhaps several glued together."""
    return text.casefold().startswith(tuple(name for name, (role, _) in _table().items() if role == "navigation"))


def at_start(text: str) -> tuple[Label, str] | None:
    """A label that a line begins with, parted from its value by a colon or the like; and the value."""
    match = _inline().match(text)
    if match is None:
        return None
    role, kind = _table()[folded(match.group())]
    separator = SEPARATOR.match(text, match.end())
    if separator is None and role in ("published", "received", "accepted", "revised"):
        separator = DIGIT_FOLLOWS.match(text, match.end())
    if separator is None or separator.end() == match.end() or separator.end() == len(text):
        return None
    if separator.group().strip() not in (":", "：", "|", "") and not _may_close(role, separator.group()):
        return None
    return Label(role, kind, text[: separator.end()].strip()), text[separator.end() :]


def _may_close(role: str, separator: str) -> bool:
    """`Abstract. We …`, `Abstract — We …`: dashes and stops after a label, not within a word."""
    closes = "." in separator or "—" in separator or separator != separator.strip()
    return role in ("abstract", "keywords") and closes


def at_end(text: str) -> tuple[str, Label] | None:
    """What stands before a label that is glued to the end of a line, and the label."""
    match = _glued().search(text, max(0, len(text) - LONGEST))
    if match is None or match.group(1)[0].islower():
        return None
    return text[: match.start()], Label(*_table()[folded(match.group(1))], match.group(1))
