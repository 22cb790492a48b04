"""Put `xref` elements around the citations that mean exactly one reference each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.article import Article, Element
from pipeline.citations import author_date, numeric
from pipeline.citations.author_date import Mention
from pipeline.citations.index import Index
from pipeline.citations.markup import join_et_al, restore_et_al, shown
from pipeline.citations.notes import Notes
from pipeline.elements import make, rewrite
from pipeline.findings import Finding, Severity

OPAQUE = {
    "xref", "ext-link", "uri", "title", "label", "tex-math", "code", "preformat", "disp-formula", "ref-list",
    "alt-text", "long-desc",
}  # fmt: skip
TABULAR = {"table"}


@dataclass(slots=True)
class Links:
    """How many citations were found and linked, and those that were not."""

    found: int = 0
    linked: int = 0
    findings: list[Finding] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)


def link(article: Article, style: numeric.Style | None = None) -> Links:
    """Link the citations in the body, the back and the abstracts of `article`, in place.

    `style` is how it cites by number, where that is known.
    """
    links = Links()
    elements = [*article.body, *article.back]
    if not article.references or not elements:
        return links
    linker = _Linker(Index(article.references, article.lang), links)
    holders = join_et_al(elements)
    if style is None:
        linker.choose_style(elements)
    else:
        linker.style = style
    for element in elements:
        linker.read(element)
    restore_et_al(holders)
    if links.found:
        links.findings += [
            Finding(
                "reference-not-cited",
                Severity.INFO,
                f"no citation in the text names {reference.id}",
                line=reference.line,
            )
            for reference in article.references
            if reference.id not in links.cited
        ]
    return links


class _Linker:
    def __init__(self, index: Index, links: Links) -> None:
        self.index = index
        self.links = links
        self.style = numeric.Style()
        self.highest = 0
        self.in_table = 0
        self.notes = Notes([entry.reference for entry in index.entries])

    def choose_style(self, elements: Iterable[Element]) -> None:
        """How the text cites is seen from the whole of it."""
        texts = [text for element in elements for text in _texts(element)]
        named = sum(
            len(mention.works[0]) == 1 for text in texts for mention in author_date.find_mentions(text, self.index)
        )
        self.style = numeric.find_style(texts, self.index, named)

    def read(self, element: Element) -> None:
        """Link the strings of `element` and of its descendants, outside of what is already a link."""
        self.in_table += element.tag in TABULAR
        rewrite(element, self._rewritten, OPAQUE)
        self.in_table -= element.tag in TABULAR

    def _rewritten(self, text: str, parent: Element) -> Iterator[str | Element]:
        position = 0
        for mention in self._mentions(shown(text, parent), parent):
            self.links.found += 1
            if not mention.works or not all(len(references) == 1 for references in mention.works):
                self._refuse(text[mention.start : mention.end], mention)
                continue
            self.links.linked += 1
            ids = [references[0].id for references in mention.works]
            self.links.cited.update(ids)
            yield text[position : mention.start]
            yield make("xref", text[mention.start : mention.end], ref_type="bibr", rid=" ".join(ids))
            position = mention.end
        yield text[position:]

    def _mentions(self, text: str, parent: Element) -> Iterator[Mention]:
        if not text.strip():
            return
        if not self.style.patterns:
            mentions = list(author_date.find_mentions(text, self.index))
            yield from self._of_note(text, mentions) if _is_in_note(parent) else mentions
            return
        if self.in_table and not self.style.is_bracketed:
            return
        numbers = {reference.id: number for number, reference in self.index.by_number.items()}
        for mention in numeric.find_mentions(text, self.index, self.style, self.highest):
            self.highest = max(self.highest, *(numbers[references[0].id] for references in mention.works))
            yield mention

    def _of_note(self, text: str, dated: list[Mention]) -> list[Mention]:
        """What a note cites by author and year, and else by title, `op. cit.` or `ibid.`"""
        named = self.notes.find(text)
        sure = [mention for mention in dated if len(mention.works) == 1 and len(mention.works[0]) == 1]
        known = {mention.works[0][0].id for mention in sure}
        free = [
            mention
            for mention in named
            if mention.works[0][0].id not in known
            and not any(each.start < mention.end and mention.start < each.end for each in sure)
        ]
        return sorted([*sure, *free], key=lambda mention: mention.start) if free else dated

    def _refuse(self, text: str, mention: Mention) -> None:
        several = next((references for references in mention.works if len(references) > 1), None)
        if several:
            ids = ", ".join(reference.id for reference in several)
            message = f"{text!r} could mean {ids}; left as text"
            self.links.findings.append(Finding("citation-ambiguous", Severity.WARNING, message))
        else:
            message = f"{text!r} matches no reference; left as text"
            self.links.findings.append(Finding("citation-unmatched", Severity.WARNING, message))


def _is_in_note(parent: Element) -> bool:
    """The first string of a note's paragraph."""
    return any(each.tag == "fn" for each in (parent, *parent.iterancestors()))


def _texts(element: Element) -> Iterator[str]:
    """The strings that may hold citations, in order; numbers in tables are mostly values."""
    if element.tag in OPAQUE or element.tag in TABULAR:
        return
    if element.text:
        yield shown(element.text, element)
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child.tail
