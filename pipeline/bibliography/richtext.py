"""A small rich-text tree: what a CSL processor prints, without any output format's markup."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Style(StrEnum):
    ITALIC = "italic"
    BOLD = "bold"
    SMALL_CAPS = "small-caps"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    UNDERLINE = "underline"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Styled:
    """Content in a style; `NORMAL` turns an enclosing slant or weight back."""

    style: Style
    content: "RichText"


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    content: "RichText"


RichText = tuple["str | Styled | Link", ...]


def plain(content: Iterable["str | Styled | Link"]) -> str:
    """The characters alone."""
    return "".join(node if isinstance(node, str) else plain(node.content) for node in content)


@dataclass(frozen=True, slots=True)
class Cite:
    """One item in a citation. `mode` is empty, `suppress-author` or `author-only`."""

    id: str
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What stands in one pair of brackets; `note` numbers the footnote in note styles (0: in text)."""

    cites: tuple[Cite, ...]
    note: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A bibliography entry; `label` is the first field of a style that aligns it, as `[1]`."""

    id: str
    content: RichText
    label: RichText = ()

    @property
    def whole(self) -> RichText:
        """Label and content as one line, with a space between them."""
        apart = self.label and not plain(self.label)[-1:].isspace() and not plain(self.content)[:1].isspace()
        return (*self.label, " ", *self.content) if apart else (*self.label, *self.content)


@dataclass(slots=True)
class FormattedBibliography:
    """Citations in the order of their clusters, entries in printed order."""

    engine: str
    style: str
    locale: str
    citations: list[RichText] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    hanging_indent: bool = False
    notes: bool = False
