"""Every word accounted for: from the source into `NAME.xml`, from `NAME.xml` into each galley."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.article import Element, SetAside
from pipeline.elements import running
from pipeline.words import count

SHOWN = 200
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
# Made by the pipeline, not read.
JOURNAL_ID = frozenset({"journal-id"})
PARTS = ("front/article-meta", "body", "back", "floats-group", "sub-article", "response")
UNSHOWN = frozenset({
    "ref", "contrib-id", "article-id", "object-id", "month", "tex-math", "index-term", "textual-form",
})  # fmt: skip
STATED = frozenset({"copyright-year", "copyright-holder"})


@dataclass(slots=True)
class Conservation:
    """Counts of words; `missing` are those of the source that are neither in the XML nor set aside.

    `surplus` are those that stand in the XML more often than in the source, though nobody added them.
    """

    source_words: int
    in_xml: int
    set_aside: Sequence[SetAside]
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "source_words": self.source_words,
            "in_xml": self.in_xml,
            "set_aside": [{"line": item.line, "text": item.text, "reason": item.reason} for item in self.set_aside],
            "missing": self.missing[:SHOWN],
            "surplus": self.surplus[:SHOWN],
        }


def audit(source: str, root: Element, set_aside: Sequence[SetAside], added: Iterable[str] = ()) -> Conservation:
    """Count the words of `source` in `root`, each as often as it stands there.

    `added` are strings of the XML that the source does not hold (journal facts, corrections); their
    words are struck out first, so that they cannot stand in for a lost one.
    """
    wanted, inside = count(source), count(strings_of(root))
    outside = count(*(item.text for item in set_aside))
    inside.subtract(count(*added))
    missing, surplus = _beyond(wanted, outside, inside), _beyond(inside, wanted)
    _rejoin(missing, surplus)
    _part(missing, surplus)
    lost = sorted(missing.elements())
    total = wanted.total()
    kept_outside = (wanted & outside).total()
    return Conservation(total, total - kept_outside - len(lost), set_aside, lost, sorted(surplus.elements()))


def _beyond(counts: Counter[str], *others: Counter[str]) -> Counter[str]:
    """What is in `counts` more often than in `others` together, and how much more often."""
    rest = {word: number for word, number in counts.items() if number > 0}
    for other in others:
        get = other.get
        rest = {word: left for word, number in rest.items() if (left := number - get(word, 0)) > 0}
    return Counter(rest)


def strings_of(root: Element) -> str:
    """All text but the journal's id, which the pipeline makes."""
    return running(root, JOURNAL_ID)


def running_text(elements: Iterable[Element]) -> str:
    """The text of body elements as `missing_words` counts it."""
    return "\n".join(running(element, UNSHOWN) for element in elements)


def missing_words(
    root: Element, entries: Iterable[str], galleys: Mapping[str, str], cited: tuple[str, str] = ("", "")
) -> dict[str, list[str]]:
    """The words that the text of each galley lacks, once for each time: of front, body and back, and of `entries`.

    `entries` are the references as the style prints them, `cited` the body before and after its citations were set
    in that style. Identifiers and months, which galleys show in another form (a link, a name), do not count.
    """
    hidden = UNSHOWN | (STATED if root.find(".//copyright-statement") is not None else frozenset())
    shown = [running(part, hidden) for path in PARTS for part in root.findall(path)]
    wanted = count(*shown, *entries)
    before, after = map(count, cited)
    wanted = wanted - (before - after) + (after - before)
    return {name: _missing(wanted, text) for name, text in galleys.items()}


def _missing(wanted: Counter[str], galley: str) -> list[str]:
    present = count(galley)
    missing, surplus = _beyond(wanted, present), _beyond(present, wanted)
    _rejoin(missing, surplus)
    _part(missing, surplus)
    _reorder(missing, surplus)
    return sorted(missing.elements())


def _reorder(missing: Counter[str], surplus: Counter[str]) -> None:
    """Strike out words that run right to left and whose letters are there: readers of a PDF part and turn them."""
    letters = Counter(letter for word in surplus.elements() if RIGHT_TO_LEFT.search(word) for letter in word)
    for word in [word for word in missing if RIGHT_TO_LEFT.search(word)]:
        own = Counter(word)
        while missing[word] > 0 and own <= letters:
            missing[word] -= 1
            letters -= own


def _part(missing: Counter[str], surplus: Counter[str]) -> None:
    """Strike out words parted at the end of a page or a column, whose halves stand apart in a galley's text."""
    for word in list(missing):
        for end in range(2, len(word) - 1):
            first, second = word[:end], word[end:]
            while missing[word] > 0 and surplus[first] > (first == second) and surplus[second] > 0:
                missing[word] -= 1
                surplus[first] -= 1
                surplus[second] -= 1


def _rejoin(missing: Counter[str], surplus: Counter[str]) -> None:
    """Strike out compounds: `non-residential` broken at its hyphen reads `nonresidential` in a galley's text."""
    for first in list(missing):
        for word in [word for word in surplus if word.startswith(first) and len(word) > len(first)]:
            second = word[len(first) :]
            while missing[first] > 0 and missing[second] > (first == second) and surplus[word] > 0:
                missing[first] -= 1
                missing[second] -= 1
                surplus[word] -= 1
