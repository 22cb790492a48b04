"""What the text of an article holds and its tags do not say: parts of references, citations, languages, ids."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline import citations, language, references
from pipeline.article import Article, Element, Reference, Span
from pipeline.citations.link import Links
from pipeline.citations.numeric import BRACKET, Style
from pipeline.elements import LANG, line_of, text_of
from pipeline.findings import Finding
from pipeline.jats.citation import write_citation
from pipeline.jats.citation_reader import csl_type
from pipeline.jats.ids import number
from pipeline.jats.languages import mark_languages
from pipeline.references.labels import PEOPLE

FACES = {"bold", "italic", "sc", "sub", "sup", "underline", "roman", "monospace", "styled-content", "named-content"}
LINKED = {"ext-link", "uri", "email", "xref", "inline-formula", "inline-graphic", "related-object", "target", "fn"}
NUMBERS = re.compile(r"[\W\d]*\d[\W\d]*")
IN_BRACKETS = ("[", ",", "-", "–")
SAMPLE = 4000


def name_language(root: Element, default: str) -> None:
    """`xml:lang` of an article without it: that of its text, else `default`, else English (as the DTD says)."""
    if not root.get(LANG):
        text = " ".join(text_of(part) for part in (*root.findall(".//abstract"), *root.findall("body")))
        root.set(LANG, language.detect(text[:SAMPLE]) or default or "en")


def tag_references(root: Element, corrections: Mapping[str, Mapping[str, Any]]) -> list[Finding]:
    """Tag the parts of each `mixed-citation` that has none tagged, or that is corrected; its string and markup stay.

    Where the parts stand beside it, in an `element-citation`, it is left alone. `corrections` are those of NAME.toml,
    under the number of the reference.
    """
    cited = [ref.find("mixed-citation") for ref in root.findall("back//ref")]
    wanted = {
        place: citation
        for place, citation in enumerate(cited, start=1)
        if citation is not None and (str(place) in corrections or _is_untagged(citation))
    }
    if not wanted:
        return []
    strings = [Reference(_one_line(citation), line=place) for place, citation in enumerate(cited, start=1)]
    read, found = references.parse(strings, root.get(LANG), corrections)
    lines = {place: line_of(citation) for place, citation in wanted.items()}
    for place, citation in wanted.items():
        if read[place - 1].spans:
            _tag(citation, read[place - 1])
    return [replace(finding, line=lines[finding.line]) for finding in found if finding.line in lines]


def _one_line(citation: Element | None) -> str:
    """The string of a citation with each character where it was, ends of lines as spaces."""
    return re.sub(r"\s", " ", text_of(citation))


def _is_untagged(citation: Element) -> bool:
    tags = {each.tag for each in citation.iterdescendants() if isinstance(each.tag, str)}
    ref = citation.getparent()
    parted = ref is not None and ref.find("element-citation") is not None
    return bool(text_of(citation).strip()) and tags <= FACES | LINKED and not parted


def _tag(citation: Element, reference: Reference) -> None:
    """Put the tagged parts into `citation`; what the publisher said of it stays."""
    kind = csl_type(citation)
    if citation.get("publication-type") == "other" or kind is None:
        kind = str(reference.item.get("type", "document"))
    marks = list(_marks(citation))
    spans = tuple(span for span in reference.spans if not any(_forbids(mark, span) for mark in marks))
    read = replace(reference, text=text_of(citation), spans=spans, item=reference.item | {"type": kind})
    made = write_citation(read, citation)
    said = {str(name): str(value) for name, value in citation.attrib.items()}
    if said.get("publication-type") == "other":
        del said["publication-type"]
    tail = citation.tail
    citation.clear()
    for name, value in [*made.attrib.items(), *said.items()]:
        citation.set(name, value)
    citation.text, citation.tail = made.text, tail
    citation.extend(list(made))


Mark = tuple[int, int, str]


def _marks(citation: Element, position: int = 0) -> Iterator[Mark]:
    """The inline elements of a citation: where each starts and ends in its string, and its name."""
    position += len(citation.text or "")
    for child in citation:
        length = len(text_of(child)) if isinstance(child.tag, str) else 0
        if length:
            yield position, position + length, child.tag
            yield from _marks(child, position)
        position += length + len(child.tail or "")


def _forbids(mark: Mark, span: Span) -> bool:
    """A link is no part of a part; and where a face begins or ends amid names, they are not all names."""
    start, end, tag = mark
    overlap = span.start < end and start < span.end
    return overlap and (tag in LINKED or (span.label in PEOPLE and not start <= span.start <= span.end <= end))


def link_citations(root: Element, article: Article) -> Links:
    """Link the citations in the text of `root` that are no links yet, in the way in which it cites; count them all.

    `article` was read from it.
    """
    back = [each for each in root.findall("back/*") if each.tag != "ref-list"]
    article = replace(article, body=root.findall("body/*"), back=back)
    present = [xref for part in (*article.body, *article.back) for xref in part.iter("xref") if _is_citation(xref)]
    style = _style_of(present)
    if present and style is None:
        return Links(len(present), len(present))
    links = citations.link(article, style)
    links.findings = [each for each in links.findings if each.code != "reference-not-cited" or not present]
    return Links(links.found + len(present), links.linked + len(present), links.findings)


def _is_citation(xref: Element) -> bool:
    return xref.get("ref-type") == "bibr"


def _style_of(xrefs: Sequence[Element]) -> Style | None:
    """How a text cites whose citations are links already: by name or in square brackets; None where in another way."""
    numeric = [xref for xref in xrefs if NUMBERS.fullmatch(text_of(xref))]
    if len(numeric) * 2 < len(xrefs):
        return Style()
    bracketed = [xref for xref in numeric if "[" in text_of(xref) or _before(xref).rstrip().endswith(IN_BRACKETS)]
    return Style((BRACKET,)) if xrefs and len(bracketed) * 2 >= len(numeric) else None


def _before(element: Element) -> str:
    previous, parent = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return text or ""


def complete(root: Element) -> None:
    """Ids of sections, floats and notes that have none; languages of texts in another script."""
    number(root)
    mark_languages(root)
