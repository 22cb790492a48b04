"""Identifiers, found exactly wherever they stand in the string."""

import re
from collections.abc import Iterable, Iterator

from pipeline.article import Span
from pipeline.references.tokens import WIDE

_PATTERNS = {
    "doi": re.compile(
        rf"(10\.(?:(?<![\w.]10\.)|(?<=doi10\.)|(?<=doi\.10\.)|(?<=DOI10\.))\d{{4,9}}/[^\s\"<>“”«»{{}}|{WIDE}]+)"
    ),
    "arxiv": re.compile(r"arXiv\s?:\s?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z\-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)", re.IGNORECASE),
    "pmcid": re.compile(r"\b(?:PMCID\s?:?\s?)?(PMC\d{4,9})\b"),
    "pmid": re.compile(r"\b(?:PMID|PubMed(?: ID)?)\s?:?\s?(\d{4,9})\b", re.IGNORECASE),
    "isbn": re.compile(
        r"\bISBN(?:-1[03])?\s?:?\s?((?:97[89][-\s]?)?\d{1,5}[-\s]?\d{1,7}[-\s]?\d{1,7}[-\s]?[\dX])\b", re.IGNORECASE
    ),
    "issn": re.compile(r"\b[eE]?-?ISSN\s?:?\s?(\d{4}-\d{3}[\dX])\b"),
    "url": re.compile(
        rf"([hHfFwW](?i:(?<=h)ttps?://|(?<=f)tp://|(?<=w)(?<![\w./@]w)ww\.)[^\s\"<>“”«»{{}}|{WIDE}]+)"
    ),
}  # fmt: skip
_HINTS = {
    "doi": ("10.",), "arxiv": ("arxiv",), "pmcid": ("pmc",), "pmid": ("pmid", "pubmed"), "isbn": ("isbn",),
    "issn": ("issn",), "url": ("://", "www."),
}  # fmt: skip


def find_identifiers(text: str) -> Iterator[Span]:
    """`doi`, `arxiv`, `pmcid`, `pmid`, `isbn`, `issn` and `url` spans of `text`, each exact, DOI before address.

    An address that only resolves the DOI is not given again; a prefix such as `doi:` stays outside.
    """
    taken: list[tuple[int, int]] = []
    lower = text.lower()
    for label, pattern in _PATTERNS.items():
        if not contains_any(lower, _HINTS[label]):
            continue
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if label in ("doi", "url"):
                end = start + len(_closed(text[start:end]))
            if all(end <= a or start >= b for a, b in taken) and end > start:
                taken.append((start, end))
                yield Span(label, start, end)


def contains_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of `words` stands somewhere in `text`: far cheaper than a pattern searched in vain."""
    for word in words:  # noqa: SIM110 - a generator would take twice the time
        if word in text:
            return True
    return False


def _closed(address: str) -> str:
    """An address without the punctuation of the sentence around it; a bracket it opens it also closes."""
    while address:
        if address[-1] in ".,;:!?'’”\"*" or (
            address[-1] in ")]" and address.count(address[-1]) > address.count("(" if address[-1] == ")" else "[")
        ):
            address = address[:-1]
        else:
            break
    for tail in (".PMID", "PMID", "].", "[doi"):
        address = address.partition(tail)[0]
    return address


def doi_in(text: str) -> str:
    """The first DOI in `text`, or nothing."""
    return next((text[span.start : span.end] for span in find_identifiers(text) if span.label == "doi"), "")
