"""Put `xref` elements around the citations that mean exactly one reference each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.article import Article, Element, Reference
from pipeline.citations.mentions import Mention, find_mentions
from pipeline.elements import append, make
from pipeline.findings import Finding, Severity

OPAQUE = {"xref", "ext-link", "uri", "title", "label", "tex-math", "code", "preformat"}


@dataclass(slots=True)
class Links:
    """How many citations were found and linked, and those that were not."""

    found: int = 0
    linked: int = 0
    findings: list[Finding] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)


def link(article: Article) -> Links:
    """Link the citations in the body and the abstracts of `article`, in place."""
    links = Links()
    index = _Index(article.references)
    for element in article.body:
        _link_element(element, index, links)
    if links.found:
        uncited = [reference for reference in article.references if reference.id not in links.cited]
        links.findings += [
            Finding("reference-not-cited", Severity.INFO, f"no citation in the text names {reference.id}", line=reference.line)
            for reference in uncited
        ]
    return links


class _Index:
    """References by first family name and year, and by number."""

    def __init__(self, references: list[Reference]) -> None:
        self.references = references
        self.by_name: dict[tuple[str, str], list[Reference]] = {}
        for reference in references:
            for year in _years(reference):
                for name in _families(reference)[:1]:
                    self.by_name.setdefault((name, year), []).append(reference)

    def find(self, mention: Mention) -> list[list[Reference]]:
        """For each work the mention names, the references it may mean."""
        if mention.numbers:
            return [self.references[number - 1 : number] if number else [] for number in mention.numbers]
        wanted = [name.casefold() for name in mention.families]
        candidates = self.by_name.get((wanted[0], mention.year), [])
        return [[reference for reference in candidates if _agrees(_families(reference), wanted, mention.et_al)]]


def _agrees(families: list[str], wanted: list[str], et_al: bool) -> bool:
    if et_al:
        return len(families) > len(wanted) and families[: len(wanted)] == wanted
    return families == wanted or (len(wanted) == 1 and families[0] == wanted[0] and len(families) == 1)


def _families(reference: Reference) -> list[str]:
    people = reference.item.get("author") or reference.item.get("editor") or []
    return [str(person.get("family") or person.get("literal") or "").casefold() for person in people]


def _years(reference: Reference) -> set[str]:
    parts = reference.item.get("issued", {}).get("date-parts") or [[]]
    year = str(parts[0][0]) if parts[0] else ""
    suffix = str(reference.item.get("year-suffix", ""))
    return {year + suffix} if year else set()


def _link_element(element: Element, index: _Index, links: Links) -> None:
    """Link the strings of `element` and of its descendants, outside of what is already a link."""
    pieces = list(_rewritten(element.text or "", index, links))
    children = list(element)
    for child in children:
        if child.tag not in OPAQUE:
            _link_element(child, index, links)
        tail = child.tail or ""
        child.tail = None
        pieces += [child, *_rewritten(tail, index, links)]
    element.text = None
    for child in children:
        element.remove(child)
    append(element, pieces)


def _rewritten(text: str, index: _Index, links: Links) -> Iterator[str | Element]:
    position = 0
    for mention in find_mentions(text):
        links.found += 1
        works = index.find(mention)
        if not all(len(references) == 1 for references in works):
            _refuse(text[mention.start : mention.end], works, links)
            continue
        links.linked += 1
        ids = [references[0].id for references in works]
        links.cited.update(ids)
        yield text[position : mention.start]
        yield make("xref", text[mention.start : mention.end], ref_type="bibr", rid=" ".join(ids))
        position = mention.end
    yield text[position:]


def _refuse(text: str, works: list[list[Reference]], links: Links) -> None:
    several = next((references for references in works if len(references) > 1), None)
    if several:
        ids = ", ".join(reference.id for reference in several)
        links.findings.append(Finding("citation-ambiguous", Severity.WARNING, f"{text!r} could mean {ids}; left as text"))
    else:
        links.findings.append(Finding("citation-unmatched", Severity.WARNING, f"{text!r} matches no reference; left as text"))
