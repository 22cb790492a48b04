"""Lines, or starts and ends of lines, that are a label and not content."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.structure.vocabulary import all_folded, folded, load

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
DATED = {"published", "received", "accepted", "revised"}
SEPARATOR = re.compile(r"\s*[:：.–—|】-]\s*|\s+(?=\d)")
FIRST_WORD = re.compile(r"【?(?P<word>[^\W\d_]+)")
# `References (45)`.
COUNT = re.compile(r"(?<=\S)\s?[（(]\d{1,3}[)）]$")
CLOSERS = ".!?…»”)。！？؟"
LONGEST = 90


@dataclass(frozen=True, slots=True)
class Label:
    """`role` is what the label announces, `kind` the table it stands in, `text` the label as written."""

    role: str
    kind: str
    text: str


@cache
def _table() -> dict[str, tuple[str, str]]:
    return _abstracts() | _roles(lambda kind: not kind.startswith("page"))


def _roles(wanted: Callable[[str], bool]) -> dict[str, tuple[str, str]]:
    return {
        variant: (role, kind.removeprefix("page_"))
        for kind, roles in load("labels").items()
        if wanted(kind)
        for role, variants in roles.items()
        for variant in all_folded(variants)
    }


@cache
def _page_table() -> dict[str, tuple[str, str]]:
    return _table() | _roles(lambda kind: kind.startswith("page"))


def _abstracts() -> dict[str, tuple[str, str]]:
    return {
        variant: ("abstract", name)
        for name, variants in load("headings")["abstract"].items()
        if name != "part"
        for variant in all_folded(variants)
    }


@cache
def _first_words() -> frozenset[str]:
    """The words that labels before a value begin with."""
    found = (FIRST_WORD.match(name) for name, (role, _) in _table().items() if role in INLINE)
    return frozenset(match["word"] for match in found if match)


def whole_line(text: str, page: bool = False) -> Label | None:
    """The label that a whole line is; `page`: words count too that are labels on a page of a site alone."""
    return _whole_line(text, page) if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _whole_line(text: str, page: bool) -> Label | None:
    bare = COUNT.sub("", text) if text.endswith((")", "）")) else text
    entry = (_page_table() if page else _table()).get(folded(bare))
    return Label(*entry, text.strip()) if entry else None


@cache
def _skip_links() -> tuple[str, ...]:
    return tuple(name for name, (role, _) in _table().items() if role == "navigation")


def begins_menu(text: str) -> bool:
    """Skip links and the like, perhaps several glued together."""
    return text.casefold().startswith(_skip_links())


def at_start(text: str) -> tuple[Label, str] | None:
    """A label that a line begins with, parted from its value by a colon or the like; and the value."""
    word = FIRST_WORD.match(text)
    if word is None or word["word"].casefold() not in _first_words():
        return None
    for separator in SEPARATOR.finditer(text[:LONGEST]):
        entry = _table().get(folded(text[: separator.start()]))
        if entry is None or entry[0] not in INLINE:
            continue
        role, kind = entry
        if separator.end() == len(text) or not _parts(role, separator.group()):
            continue
        return Label(role, kind, text[: separator.end()].strip()), text[separator.end() :]
    return None


def _parts(role: str, separator: str) -> bool:
    """Whether what follows a label parts it from its value; a date may follow its label without a mark."""
    bare = separator.strip()
    return bare in (":", "：", "|", "】") or (role in DATED | {"doi"} if not bare else _may_close(role, separator))


def _may_close(role: str, separator: str) -> bool:
    """`Abstract. We …`, `Abstract — We …`: dashes and stops after a label, not within a word."""
    closes = "." in separator or "—" in separator or separator != separator.strip()
    return role in ("abstract", "keywords") and closes


def at_end(text: str) -> tuple[str, Label] | None:
    """What stands before a label that is glued to the end of a line, and the label."""
    start = max(map(text[-LONGEST:].rfind, CLOSERS)) + 1
    name = text[-LONGEST:][start:]
    entry = _table().get(folded(name)) if start and name and name == name.strip() else None
    if entry is None or entry[0] not in GLUED or name[0].islower():
        return None
    return text[: len(text) - len(name)], Label(*entry, name)
