"""Every word accounted for: from the source into `NAME.xml`, from `NAME.xml` into each galley."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipeline.article import Element, SetAside
from pipeline.elements import text_of
from pipeline.words import words

SHOWN = 200


@dataclass(slots=True)
class Conservation:
    """Counts of words; `missing` are those of the source that are neither in the XML nor set aside."""

    source_words: int
    in_xml: int
    set_aside: Sequence[SetAside]
    missing: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "source_words": self.source_words,
            "in_xml": self.in_xml,
            "set_aside": [{"line": item.line, "text": item.text, "reason": item.reason} for item in self.set_aside],
            "missing": self.missing[:SHOWN],
        }


def audit(source: str, root: Element, set_aside: Sequence[SetAside], added: Iterable[str] = ()) -> Conservation:
    """Count the words of `source` in `root`, each as often as it stands there.

    `added` are strings of the XML that the source does not hold (journal facts, corrections); their
    words are struck out first, so that they cannot stand in for a lost one.
    """
    wanted = Counter(words(source))
    outside = Counter(word for item in set_aside for word in words(item.text))
    inside = Counter(words(" ".join(_strings(root))))
    inside.subtract(Counter(word for text in added for word in words(text)))
    missing = wanted - outside - inside
    lost = sorted(missing.elements())
    total = wanted.total()
    kept_outside = (wanted & outside).total()
    return Conservation(total, total - kept_outside - len(lost), set_aside, lost)


def _strings(root: Element) -> list[str]:
    """All text but the journal's id, which the pipeline makes."""
    made = {id(element) for element in root.iter("journal-id")}
    return [
        text
        for element in root.iter(etree.Element)
        for text in (element.text if id(element) not in made else None, element.tail)
        if text and not text.isspace()
    ]


def missing_words(root: Element, galley: str) -> list[str]:
    """The words of an article's front, body and back that a galley's text lacks, once for each time."""
    present = Counter(words(galley))
    wanted = Counter(word for path in ("front/article-meta", "body", "back") for word in _words_at(root, path))
    return sorted((wanted - present).elements())


def _words_at(root: Element, path: str) -> list[str]:
    return [word for element in root.findall(path) for word in words(text_of(element))]
