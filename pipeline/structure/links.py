"""Links that the source has within itself, when all that they could lead to stands in its place."""

from collections.abc import Iterator

from pipeline.article import Article, Element
from pipeline.elements import text_of, unwrap
from pipeline.structure.draft import Draft

KINDS = {"fig": "fig", "table-wrap": "table", "sec": "sec", "app": "app", "disp-formula": "disp-formula", "fn": "fn",
         "list": "list", "boxed-text": "boxed-text", "supplementary-material": "supplementary-material"}  # fmt: skip
WORDED = {"autoref", "cref", "Cref", "fref", "vref"}


def settle_links(draft: Draft) -> None:
    """Say of each link what it leads to, and give one without text the label of that; others are only their text."""
    targets = _targets(draft.article)
    for link in [link for root in roots(draft) for link in root.iter("xref")]:
        if link.get("ref-type") is None:
            target = targets.get(link.get("rid", ""))
            if target is None:
                if not text_of(link) and link.get("specific-use"):
                    link.text = link.get("rid", "")
                unwrap(link)
                continue
            link.set("ref-type", KINDS[str(target.tag)])
            _word(draft, link, target)
        link.attrib.pop("specific-use", "")


def roots(draft: Draft) -> Iterator[Element]:
    article = draft.article
    for title in filter(None, [article.title, *article.translated_titles]):
        yield title.content
    yield from (element for abstract in article.abstracts for element in abstract.content)
    yield from (*article.body, *article.back, *draft.footnotes)


def _targets(article: Article) -> dict[str, Element]:
    """The element that each id leads to: for one within a caption or a cell, what that stands in."""
    found: dict[str, Element] = {}
    for root in (*article.body, *article.back):
        for element in root.iter("*"):
            identifier = element.get("id")
            if identifier and element.tag in KINDS:
                found.setdefault(identifier, element)
    return found


def _word(draft: Draft, link: Element, target: Element) -> None:
    """`\\\\ref` prints a number, `\\\\autoref` the whole label."""
    if text_of(link).strip():
        return
    label = text_of(target.find("label")).strip(" .:")
    command = link.get("specific-use", "")
    words = label if command in WORDED else label.rsplit(" ", 1)[-1]
    if command == "eqref" and not words.startswith("("):
        words = f"({words})"
    link.text = words or text_of(target.find("title")) or link.get("rid", "")
    draft.added.append(link.text)
