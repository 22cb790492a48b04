"""Scores between 0 and 1 of what was read against what is so."""

from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from pipeline.article import Element
from pipeline.words import words
from tests.evaluate import read

Scores = dict[str, float]
SAME = 0.85


def same(found: str, gold: str) -> float:
    """Whether two strings have the same words."""
    return float(words(found) == words(gold))


def overlap(found: Sequence[Any], gold: Sequence[Any]) -> float:
    """F1 of two bags."""
    if not found and not gold:
        return 1.0
    shared = (Counter(found) & Counter(gold)).total()
    return 2 * shared / (len(found) + len(gold))


def near(found: int, gold: int) -> float:
    """How near a count is."""
    return 1.0 if found == gold else 1 - abs(found - gold) / max(found, gold)


def abstract(found: str, gold: dict[str, Any]) -> float:
    """Half for the beginning, half for the end."""
    first, last = words(gold["abstract_first8"])[:8], words(gold["abstract_last8"])[-8:]
    mine = words(found)
    if not first:
        return float(not mine)
    return (mine[: len(first)] == first) / 2 + (mine[-len(last) :] == last) / 2


def headings(found: list[tuple[int, str]], gold: list[dict[str, Any]]) -> tuple[float, float]:
    """F1 of the titles in order, and how many of the shared ones stand at the right level."""
    mine = [" ".join(words(title)) for _, title in found]
    theirs = [" ".join(words(heading["printed"])) for heading in gold]
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    pairs = [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]
    if not mine and not theirs:
        return 1.0, 1.0
    level = sum(found[a][0] == gold[b]["level"] for a, b in pairs) / len(pairs) if pairs else 0.0
    return 2 * len(pairs) / (len(mine) + len(theirs)), level


def _affiliations(root: Element, gold: dict[str, Any]) -> float:
    """F1 over pairs of author and affiliation; an affiliation is the same where most of its words are."""
    found = read.affiliations(root)
    wanted = [author["affiliations"] for author in gold["authors"]]
    total = sum(map(len, found)) + sum(map(len, wanted))
    shared = sum(_matched(mine, theirs) for mine, theirs in zip(found, wanted, strict=False))
    return 2 * shared / total if total else 1.0


def _matched(found: list[str], gold: list[str]) -> int:
    return sum(any(overlap(words(mine), words(theirs)) >= SAME for mine in found) for theirs in gold)


def front(root: Element, gold: dict[str, Any]) -> Scores:
    """The fields that pages and whole articles share; the caller keeps those that the text holds."""
    meta = "front/article-meta/"
    people = [(person["family"], person["given"]) for person in gold["authors"] if person.get("family")]
    fpage = read.plain(root, meta + "fpage") or read.plain(root, meta + "elocation-id")
    references = len(root.findall(".//ref-list//ref"))
    fields: dict[str, Callable[[], float]] = {
        "title": lambda: same(read.plain(root, meta + "title-group/article-title"), gold["title"]),
        "subtitle": lambda: same(read.plain(root, meta + "title-group/subtitle"), gold["subtitle"] or ""),
        "authors": lambda: overlap([_key(*name) for name in read.authors(root)], [_key(*name) for name in people]),
        "affiliations": lambda: _affiliations(root, gold),
        "abstract": lambda: abstract(read.abstract(root), gold),
        "keywords": lambda: overlap(_each(read.keywords(root)), _each(gold["keywords"])),
        "journal": lambda: same(read.plain(root, "front/journal-meta//journal-title"), gold["journal"]),
        "volume": lambda: same(read.plain(root, meta + "volume"), gold["volume"] or ""),
        "issue": lambda: same(read.plain(root, meta + "issue"), gold["issue"] or ""),
        "year": lambda: same(read.plain(root, meta + "pub-date/year"), gold["year"]),
        "fpage": lambda: same(fpage, gold["fpage"] or ""),
        "lpage": lambda: same(read.plain(root, meta + "lpage"), gold["lpage"] or ""),
        "doi": lambda: same(read.plain(root, meta + "article-id[@pub-id-type='doi']"), gold["doi"]),
        "references": lambda: near(references, gold["n_references"]),
    }  # fmt: skip
    return {name: score() for name, score in fields.items()}


def _each(strings: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words(string)) for string in strings]


def _key(family: str, given: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(words(family)), tuple(words(given))


def body(root: Element, gold: dict[str, Any]) -> Scores:
    titles, levels = headings(read.headings(root), gold["headings"])
    mine = read.counts(root)
    return {"headings": titles, "levels": levels} | {
        f"n_{name}": near(mine[name], gold["counts"][name]) for name in mine
    }


def citations(root: Element, publisher: Element) -> tuple[float, float]:
    """Precision and recall of the links from citations to references."""
    mine, theirs = read.citations(root), read.citations(publisher)
    shared = (mine & theirs).total()
    return shared / mine.total() if mine else 1.0, shared / theirs.total() if theirs else 1.0
