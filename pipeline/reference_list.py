"""The list of references as a journal prints it: formatted where an entry was read in full, else the author's string.

A style prints what it knows of an item. An entry whose string holds more than was understood would lose words
in print; it is set as the author wrote it, and said so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline import bibliography
from pipeline.article import Article, Reference
from pipeline.bibliography.richtext import Entry, FormattedBibliography, RichText, plain
from pipeline.cluster_links import Mark
from pipeline.findings import Finding, Severity
from pipeline.intext import NUMERIC, count_links, find_places, kind_of, set_citations
from pipeline.jats.own_item import own_item
from pipeline.words import words

UNDERSTOOD = 2
NUMBER = re.compile(r"\s*[\[(]?\d{1,4}[\])]?\.?[\s\u2002\u2003]*")
UNPRINTED = {"note", "other", "label"}
CONNECTING = frozenset(
    """and the from with retrieved accessed available online internet doi https http org www url pages vols
    disponible disponível acesso acceso recuperado consultado cited viewed updated diakses disponibile issn isbn
    eds edited editor editors hrsg coord orgs org trad transl translated pmid pmcid arxiv abstract""".split()
)


def default_style(article: Article) -> str:
    """For a journal that names none: a numeric style where the text cites by number, else APA."""
    return "nlm-citation-sequence" if kind_of(article) == NUMERIC else "apa"


def format_references(article: Article, style: str = "") -> tuple[FormattedBibliography, list[Finding]]:
    """Entries in printed order for all references of `article`; ids are the references'.

    With a `style`, the citations in the body of `article` are set anew in it, in place; without one, or where their
    numbers stay the numbers that they are, they stay as the author wrote them.
    """
    anew = bool(style) and not (kind_of(article) == NUMERIC and _keeps_order(article, style))
    places = find_places(article) if anew else []
    left = count_links(article) - sum(len(place.links) for place in places) if anew else 0
    items = [_item(reference) for reference in article.references]
    clusters = [place.cluster for place in places]
    formatted = bibliography.format(items, clusters, style or default_style(article), article.lang)
    set_citations(places, formatted.citations, formatted.notes, _marks(items, formatted))
    unread = {reference.id: reference for reference in article.references if not is_understood(reference)}
    formatted.entries = [
        _verbatim(entry, unread[entry.id].text) if entry.id in unread else entry for entry in formatted.entries
    ]
    findings = [_left_as_written(left, _numbers(formatted))] if left else []
    return formatted, findings + [_not_formatted(reference) for reference in unread.values()]


def _marks(items: Sequence[dict[str, Any]], formatted: FormattedBibliography) -> dict[str, Mark]:
    """How the style speaks of each reference: by the number of its entry, or by its first name and its year."""
    if _numbers(formatted):
        return {entry.id: Mark(number=str(number)) for number, entry in enumerate(formatted.entries, 1)}
    marks: dict[str, Mark] = {}
    for item in items:
        people = item.get("author") or item.get("editor") or [{}]
        years = item.get("issued", {}).get("date-parts") or [[""]]
        marks[item["id"]] = Mark(name=people[0].get("family") or people[0].get("literal", ""), year=str(years[0][0]))
    return marks


def _left_as_written(left: int, misleads: bool) -> Finding:
    """`misleads`: in a numeric style, where names and years in the text lead to no number."""
    message = f"{left} citations stay as the author wrote them; what stands around them was not understood"
    return Finding("citation-not-formatted", Severity.WARNING if misleads else Severity.INFO, message)


def _keeps_order(article: Article, style: str) -> bool:
    """Whether `style` numbers the references, in the order they already have."""
    formatted = bibliography.format([_item(reference) for reference in article.references], [], style, article.lang)
    in_order = [entry.id for entry in formatted.entries] == [reference.id for reference in article.references]
    return in_order and _numbers(formatted)


def _numbers(formatted: FormattedBibliography) -> bool:
    """Whether the style numbers its entries."""
    return all(NUMBER.match(plain(entry.label + entry.content)) for entry in formatted.entries)


def _item(reference: Reference) -> dict[str, Any]:
    """The item of a reference; one without a title stands under its whole string."""
    item = {"type": "document"} | reference.item | {"id": reference.id}
    return item if item.get("title") else item | {"title": reference.text}


def _verbatim(entry: Entry, text: str) -> Entry:
    """The author's string in the place of what the style printed, its number kept."""
    number = None if entry.label else NUMBER.match(plain(entry.content))
    return Entry(entry.id, (number.group() + text if number else text,), entry.label)


def _not_formatted(reference: Reference) -> Finding:
    message = f"{reference.id} is printed as the author wrote it; not all of it was understood"
    return Finding("reference-not-formatted", Severity.INFO, message, line=reference.line)


def is_understood(reference: Reference) -> bool:
    """Whether a style can print all that the string says, but for connecting words."""
    if not reference.item.get("title") and not reference.item.get("container-title"):
        return False
    said = _unprinted(reference) if reference.spans else reference.text
    left = Counter(word for word in words(said) if _counts(word))
    if not reference.spans:
        left -= Counter(word for value in _values(reference.item) for word in words(value))
    return left.total() <= UNDERSTOOD


def _values(item: Any) -> Iterator[str]:
    """Every value of an item, whatever it stands in."""
    match item:
        case dict():
            for value in item.values():
                yield from _values(value)
        case list():
            for value in item:
                yield from _values(value)
        case _:
            yield str(item)


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


def cite_as(article: Article, style: str = "") -> RichText:
    """The article's own entry in the style of its journal."""
    style = style or default_style(article)
    item = own_item(article)
    entries = bibliography.format([item], [], style=style, locale=article.lang).entries if item else []
    return entries[0].content if entries else ()
