"""What a node needs to know while it prints one cite or one entry."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.bibliography.citeproc.items import Item
from pipeline.bibliography.citeproc.locale import Locale

if TYPE_CHECKING:
    from pipeline.bibliography.citeproc.style import Style

CITATION, BIBLIOGRAPHY = "citation", "bibliography"
FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = "first", "subsequent", "ibid", "ibid-with-locator"


@dataclass(slots=True)
class Distinction:
    """What tells one item's cites from another's: names shown, given names by position (1 initials, 2 full)."""

    names: int = 0
    given: dict[int, int] = field(default_factory=dict)
    condition: bool = False
    year_suffix: str = ""

    def copy(self) -> "Distinction":
        return Distinction(self.names, dict(self.given), self.condition, self.year_suffix)


@dataclass(slots=True)
class Context:
    """`called` and `filled` count variables, for groups; `suppressed` are variables a substitution has printed.

    `begun`: something stands before in the sentence, so that a term keeps its small first letter.
    """

    item: Item
    style: "Style"
    locale: Locale
    area: str = CITATION
    distinction: Distinction = field(default_factory=Distinction)
    number: int = 0
    locator: str = ""
    label: str = "page"
    position: str = FIRST
    near_note: bool = False
    first_note: int = 0
    sorting: dict[str, str] | None = None
    omit_names: bool = False
    given_levels: "dict[tuple[str, str], int] | None" = None
    called: int = 0
    filled: int = 0
    suppressed: set[str] = field(default_factory=set)
    recorder: list[str] | None = None
    suffix_printed: bool = False
    names_printed: int = 0
    begun: bool = False

    def call(self, variable: str, filled: bool) -> None:
        self.called += 1
        if filled:
            self.filled += 1
            if self.recorder is not None:
                self.recorder.append(variable)

    @property
    def english(self) -> bool:
        """Whether title case may be applied to what the item says."""
        language = self.item.language
        if self.item.text("jurisdiction"):
            return False
        if language:
            return language.lower().startswith("en")
        return self.style.english
