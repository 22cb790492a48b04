"""In-text citations of an article set anew in the style of its journal, their meaning kept.

What the author linked (`xref ref-type="bibr"`) is gathered into clusters: what stands in one pair of brackets,
or side by side. Prefix, locator and the narrative form (`Smith (2020) showed`) survive the change of style.
A cluster whose surroundings are not understood in full stays as it was written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.article import Article, Element
from pipeline.bibliography.richtext import Cite, Cluster, Link, RichText, Style
from pipeline.cluster_links import Mark, linked
from pipeline.elements import make, text_of

SEPARATOR = re.compile(r"\s*(?:[,;]|[–—-]|(?:[,;]\s*)?(?:and|&|y|e|et|und|i|en|og|och|ve|dan))?\s*")
RANGE = re.compile(r"\s*[–—-]\s*")
OPENING = re.compile(
    r"\s*(?P<bracket>[(\[])\s*"
    r"(?P<prefix>(?:see(?: also)?|cf\.?|e\.\s?g\.,?|i\.\s?e\.,?|for example,?|ver|véase|vgl\.|siehe|voir)\s+)?$"
)
LOCATOR = re.compile(r",?\s*(?P<label>pp?\.|pages?|chap(?:ter|\.)|ch\.|sec(?:tion|\.)|S\.)\s*(?P<locator>\d[\d–—, -]*)")
CLOSING = re.compile(r"\s*[)\]]")
SHARED_BEFORE = re.compile(r"[(\[;]\s*$")
SHARED_AFTER = re.compile(r"\s*[;)\]]")
ROUND = re.compile(r"\((.*)\)", re.DOTALL)
NUMBERS = re.compile(r"[\[(]?\d{1,3}(?:\s*[,–—-]\s*\d{1,3})*[\])]?")
NARRATIVE = re.compile(r"(?P<names>[\W\d_]*?[^\W\d_].*?)(?<!\s)\s++\((?P<year>(?=[^()]*\d{4})[^()]*+)(?P<closed>\))?")
YEARS = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?(?:\s*+,\s*+(?:(?:1[5-9]|20)\d\d)?[a-z]?)*")
LABELS = {"c": "chapter", "s": "section"}
TAGS = {
    Style.ITALIC: "italic", Style.BOLD: "bold", Style.SMALL_CAPS: "sc", Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub", Style.UNDERLINE: "underline",
}  # fmt: skip
NUMERIC, AUTHOR_DATE = "numeric", "author-date"


@dataclass(slots=True)
class Place:
    """Where a cluster stands: `links` within `parent`; the text before and after it that belongs to it.

    `shared`: it shares its brackets with other words, as in `(Roe, 2001; Figure 2)`.
    """

    parent: Element
    links: list[Element]
    cluster: Cluster
    names: str = ""
    before: int = 0
    after: int = 0
    ids: list[str] = field(default_factory=list)
    shared: bool = False


def kind_of(article: Article) -> str:
    """`numeric` or `author-date`, as most citations of the text are; empty where it has none."""
    texts = [text_of(link).strip() for element in article.body for link in _links(element)]
    numbers = sum(NUMBERS.fullmatch(text) is not None for text in texts)
    if not texts:
        return ""
    return NUMERIC if numbers * 2 > len(texts) else AUTHOR_DATE


def count_links(article: Article) -> int:
    """How many links to references the body has."""
    return sum(1 for element in article.body for _ in _links(element))


def find_places(article: Article) -> list[Place]:
    """The clusters of the body in their order."""
    order = [reference.id for reference in article.references]
    return [place for element in article.body for group in _groups(element) if (place := _place(group, order))]


def set_citations(
    places: Sequence[Place], citations: Sequence[RichText], notes: bool, marks: Mapping[str, Mark]
) -> None:
    """Put each formatted citation in the place of what the author wrote; in note styles as a footnote.

    `marks`: how the style speaks of each reference, by its id.
    """
    for place, citation in zip(places, citations, strict=True):
        content = _inline(_unbracketed(citation) if place.shared and not notes else citation)
        link = linked(content, place.ids, marks)
        _replace(place, make("fn", make("p", link)) if notes else link, "" if notes or place.shared else " ")


def _unbracketed(citation: RichText) -> RichText:
    """A citation without round brackets of its own, since others stand around it."""
    first, last = citation[:1], citation[-1:]
    if not first or not isinstance(first[0], str) or not isinstance(last[0], str):
        return citation
    if len(citation) == 1:
        found = ROUND.fullmatch(first[0])
        return (found[1],) if found else citation
    if not first[0].startswith("(") or not last[0].endswith(")"):
        return citation
    return (first[0][1:], *citation[1:-1], last[0][:-1])


def _links(element: Element) -> Iterator[Element]:
    return (link for link in element.iter("xref") if link.get("ref-type") == "bibr")


def _groups(root: Element) -> Iterator[list[Element]]:
    """Links side by side in one parent, with nothing but separators between."""
    group: list[Element] = []
    for link in list(_links(root)):
        joins = group and group[-1].getnext() is link and SEPARATOR.fullmatch(group[-1].tail or "")
        if group and not joins:
            yield group
            group = []
        group.append(link)
    if group:
        yield group


def _place(links: list[Element], order: list[str]) -> Place | None:
    parent = links[0].getparent()
    if parent is None:
        return None
    ids = _ids(links, order)
    narrative = NARRATIVE.fullmatch(text_of(links[0]).strip()) if len(links) == 1 else None
    before, after = _text_before(links[0]), links[-1].tail or ""
    opening = OPENING.search(before)
    locator = LOCATOR.match(after)
    closing = CLOSING.match(after, locator.end() if locator else 0)
    if narrative:
        closed = bool(narrative["closed"])
        if not closed and closing is None:
            return None
        end = closing.end() if closing and not closed else 0
        cites = _cites(ids, locator if not closed else None, "", "suppress-author")
        return Place(parent, links, Cluster(cites), narrative["names"], after=end, ids=ids)
    if opening and closing:
        only_year = len(ids) == 1 and YEARS.fullmatch(text_of(links[0]).strip()) is not None
        cites = _cites(ids, locator, opening["prefix"] or "", "suppress-author" if only_year else "")
        return Place(parent, links, Cluster(cites), before=len(opening.group()), after=closing.end(), ids=ids)
    if not narrative and SHARED_BEFORE.search(before) and SHARED_AFTER.match(after):
        return Place(parent, links, Cluster(_cites(ids, None, "", "")), ids=ids, shared=True)
    bare = all(NUMBERS.fullmatch(text_of(link).strip()) for link in links) and not opening
    return Place(parent, links, Cluster(_cites(ids, None, "", "")), ids=ids) if bare else None


def _ids(links: list[Element], order: list[str]) -> list[str]:
    """The references meant, those between the ends of a range included."""
    ids = (links[0].get("rid") or "").split()
    for before, link in pairwise(links):
        rids = (link.get("rid") or "").split()
        if RANGE.fullmatch(before.tail or "") and ids and rids and ids[-1] in order and rids[0] in order:
            ids += order[order.index(ids[-1]) + 1 : order.index(rids[0])]
        ids += rids
    return list(dict.fromkeys(identifier for identifier in ids if identifier in order))


def _cites(ids: list[str], locator: re.Match[str] | None, prefix: str, mode: str) -> tuple[Cite, ...]:
    cites = [Cite(identifier, mode=mode) for identifier in ids]
    if cites and prefix:
        cites[0] = Cite(cites[0].id, prefix=prefix, mode=mode)
    if cites and locator:
        label = LABELS.get(locator["label"][0], "page") if locator["label"][:1] != "S" else "page"
        last = cites[-1]
        cites[-1] = Cite(last.id, locator["locator"].strip(" ,"), label, last.prefix, mode=mode)
    return tuple(cites)


def _text_before(link: Element) -> str:
    previous, parent = link.getprevious(), link.getparent()
    if previous is not None:
        return previous.tail or ""
    return (parent.text or "") if parent is not None else ""


def _replace(place: Place, link: Element, space: str) -> None:
    """Take the links and the text that belongs to them away, and put `link` there."""
    text = _text_before(place.links[0])
    text = text[: len(text) - place.before]
    if place.names:
        text += place.names
    after = (place.links[-1].tail or "")[place.after :]
    parent, first = place.parent, place.links[0]
    raised = parent.tag == "sup" and len(place.links) == len(parent) and not (parent.text or "").strip() and not after
    link.tail = after
    if not raised and _needs_space(first, text):
        text += space
    _set_text_before(first, text)
    position = parent.index(first)
    for old in place.links:
        parent.remove(old)
    parent.insert(position, link)
    if raised:
        _unwrap(parent, space)


def _needs_space(link: Element, text: str) -> bool:
    """Whether what stands before `link` ends without a space."""
    return not text[-1].isspace() if text else link.getprevious() is not None


def _set_text_before(link: Element, text: str) -> None:
    previous, parent = link.getprevious(), link.getparent()
    if previous is not None:
        previous.tail = text
    elif parent is not None:
        parent.text = text


def _unwrap(raised: Element, space: str) -> None:
    """A citation that was raised takes the place of its `sup`."""
    parent, link = raised.getparent(), raised[0]
    if parent is None:
        return
    before = _text_before(raised)
    _set_text_before(raised, before + (space if _needs_space(raised, before) else ""))
    link.tail = raised.tail
    parent.replace(raised, link)


def _inline(content: RichText) -> list[str | Element]:
    """Rich text as JATS inline elements; a link within a citation is only its text."""
    made: list[str | Element] = []
    for node in content:
        if isinstance(node, str):
            made.append(node)
        elif isinstance(node, Link) or node.style not in TAGS:
            made += _inline(node.content)
        else:
            made.append(make(TAGS[node.style], _inline(node.content)))
    return made
