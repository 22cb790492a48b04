"""How far the two engines print the same: what speaks for a style of which no reference is recorded.

All 47 styles with a recorded reference on which the engines agree this far are printed by citeproc-py,
extended, as the reference has them; where the engines differ there, pandoc's is the slip in nearly every case.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import bibliography
from pipeline.bibliography.conformance import NUMBER, plain, read_json
from pipeline.bibliography.styles import folder as styles_folder
from pipeline.errors import PipelineError

ENOUGH = 0.8
"""Share of entries, and of citations, on which both engines must agree."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares of entries and citations that both engines print alike (1.0 where a style has none)."""

    style: str
    entries: float
    citations: float

    @property
    def enough(self) -> bool:
        return min(self.entries, self.citations) >= ENOUGH


def agreement(folder: Path, style: str) -> Agreement:
    """Both engines' output for the items and clusters in `folder`.

    Raises PipelineError where one of them fails on the style.
    """
    items, clusters = read_json(folder / "items.json"), read_json(folder / "clusters.json")
    first, second = (bibliography.cite(items, clusters, style, engine=name) for name in ("citeproc-py", "pandoc"))
    entries = [
        {entry["id"]: NUMBER.sub("", _folded(entry["entry"])) for entry in printed["bibliography"]}
        for printed in (first, second)
    ]
    same = [text == entries[1].get(name) for name, text in entries[0].items()]
    pairs = zip(first["citations"], second["citations"], strict=True)
    return Agreement(style, _share(same), _share([_folded(one) == _folded(other) for one, other in pairs]))


def _folded(text: str) -> str:
    """Plain text in which a raised letter is the same as a character or as markup."""
    return unicodedata.normalize("NFKC", plain(text))


def _share(same: list[bool]) -> float:
    return sum(same) / len(same) if same else 1.0


def agreements(folder: Path, without: frozenset[str]) -> Iterator[Agreement]:
    """All independent styles but those in `without`; a style an engine fails on agrees in nothing."""
    for path in sorted(styles_folder().glob("*.csl")):
        if path.stem not in without:
            try:
                yield agreement(folder, path.stem)
            except PipelineError:
                yield Agreement(path.stem, 0.0, 0.0)
