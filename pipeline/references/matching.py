"""Which printed entry of a list is which CSL item."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.words import words

SURE = 0.85
LIKELY = 0.5


def match(items: Mapping[str, Mapping[str, Any]], texts: Sequence[str]) -> dict[str, int]:
    """The place in `texts` of each item that is surely printed there; each text is taken once."""
    folded = [f" {' '.join(words(text))} " for text in texts]
    scored = [
        (score, -place, key)
        for key, item in items.items()
        for place, text in enumerate(folded)
        if (score := _score(item, text)) >= LIKELY
    ]
    found: dict[str, int] = {}
    for _, place, key in sorted(scored, reverse=True):
        if key not in found and -place not in found.values():
            found[key] = -place
    return found


def _score(item: Mapping[str, Any], text: str) -> float:
    """How much of the title, and of the first author and the year, `text` has; 0 where the title is another's."""
    title = words(str(item.get("title", "")))
    if not title:
        return 0.0
    phrase = " ".join(title)
    held = 1.0 if f" {phrase} " in text else sum(f" {word} " in text for word in title) / len(title)
    if held < SURE:
        return 0.0
    names = [words(str(name.get("family") or name.get("literal", ""))) for name in item.get("author", [])[:1]]
    parts = item.get("issued", {}).get("date-parts") or [[""]]
    signs = [*(name[-1] for name in names if name), str(parts[0][0]) if parts[0] else ""]
    signs = [sign for sign in signs if sign]
    agreeing = sum(sign in text for sign in signs) / len(signs) if signs else 1.0
    return held * 0.5 + agreeing * 0.5
