"""The list of references as a journal prints it: formatted where an entry was read in full, else the author's string.

A style prints what it knows of an item. An entry whose string holds more than was understood would lose words
in print; it is set as the author wrote it, and said so.
"""

from collections import Counter
from typing import Any

from pipeline import bibliography
from pipeline.article import Article, Reference
from pipeline.bibliography.richtext import Entry, FormattedBibliography, RichText
from pipeline.findings import Finding, Severity
from pipeline.jats.own_item import own_item
from pipeline.words import words

UNDERSTOOD = 2
UNPRINTED = {"note", "other", "label"}
CONNECTING = frozenset(
    """and the from with retrieved accessed available online internet doi https http org www url pages vols
    disponible disponível acesso acceso recuperado consultado cited viewed updated diakses disponibile issn isbn
    eds edited editor editors hrsg coord orgs org trad transl translated pmid pmcid arxiv abstract""".split()
)


def format_references(article: Article, style: str) -> tuple[FormattedBibliography, list[Finding]]:
    """Entries in printed order for all references of `article`; ids are the references'."""
    known = [reference for reference in article.references if is_understood(reference)]
    items: list[dict[str, Any]] = [reference.item for reference in known]
    formatted = bibliography.format(items, [], style=style, locale=article.lang)
    ids = {entry.id for entry in formatted.entries if entry.content}
    formatted.entries = [entry for entry in formatted.entries if entry.content]
    findings = []
    for position, reference in enumerate(article.references):
        if reference.id not in ids:
            before = {each.id for each in article.references[:position]}
            at = max((n for n, entry in enumerate(formatted.entries, 1) if entry.id in before), default=0)
            formatted.entries.insert(at, Entry(reference.id, (reference.text,)))
            message = f"{reference.id} is printed as the author wrote it; not all of it was understood"
            findings.append(Finding("reference-not-formatted", Severity.INFO, message, line=reference.line))
    return formatted, findings


def is_understood(reference: Reference) -> bool:
    """Whether a style can print all that the string says, but for connecting words."""
    if not reference.item.get("title") and not reference.item.get("container-title"):
        return False
    left = Counter(word for word in words(_unprinted(reference)) if _counts(word))
    return left.total() <= UNDERSTOOD


def _unprinted(reference: Reference) -> str:
    """The characters outside of all spans that a style prints."""
    pieces, position = [], 0
    for span in reference.spans:
        if span.label not in UNPRINTED:
            pieces.append(reference.text[position : span.start])
            position = span.end
    return " ".join([*pieces, reference.text[position:]])


def _counts(word: str) -> bool:
    return word not in CONNECTING and (len(word) > 3 or not word.isascii())


def cite_as(article: Article, style: str) -> RichText:
    """The article's own entry in the style of its journal."""
    item = own_item(article)
    entries = bibliography.format([item], [], style=style, locale=article.lang).entries if item else []
    return entries[0].content if entries else ()
