"""What closes an article: acknowledgements, statements, appendices, notes; and where each goes."""

from collections.abc import Sequence

from pipeline.article import Contributor, Element
from pipeline.elements import make, rename, text_of
from pipeline.structure.credit import find_roles
from pipeline.structure.crossrefs import link_appendices
from pipeline.structure.draft import Draft
from pipeline.structure.funding import read_funding
from pipeline.structure.headings import Heading

SEC_TYPES = {"contributions": "author-contributions", "funding": "funding-statement", "conflicts": "COI-statement",
             "data_availability": "data-availability", "ethics": "ethics-statement", "abbreviations": "abbreviations",
             "supplementary": "supplementary-material", "biographies": "biographies", "history": "history"}  # fmt: skip
BODY_TYPES = {
    "introduction": "intro",
    "methods": "methods",
    "results": "results",
    "discussion": "discussion",
    "conclusion": "conclusions",
}


IN_ACK = {"label", "title", "p", "sec"}


def close_article(
    draft: Draft, top: Sequence[Element], roles: dict[Element, Heading], notes: Sequence[Element]
) -> None:
    """Sections of known kinds at the end go to `back`, the others are the body."""
    elements = list(top)
    end = len(elements)
    while end and _closes(elements[end - 1], roles):
        end -= 1
    body, closing = elements[:end], elements[end:]
    draft.article.body += _in_order(body)
    held = False
    for element in closing:
        role = roles[element].role
        if role == "notes" and notes and not held:
            held = True
            draft.article.back.append(_note_group(element, notes))
        else:
            draft.article.back.append(_as_back(element, role))
    if notes and not held:
        draft.article.back.append(make("fn-group", notes))
    link_appendices(draft.article.body, [element for element in draft.article.back if element.tag == "app"])
    draft.article.back[:] = _apps_together(draft.article.back)
    for element, heading in roles.items():
        if heading.role in BODY_TYPES and element.tag == "sec" and heading.level == 1:
            element.set("sec-type", BODY_TYPES[heading.role])
    for section in draft.article.body:
        _repair(section)
    for section in draft.article.back:
        _repair(section)
    read_facts(draft, [(heading.role, _paragraphs(element)) for element, heading in roles.items()])


def _paragraphs(element: Element) -> str:
    return " ".join(map(text_of, element.findall("p")))


def read_facts(draft: Draft, statements: Sequence[tuple[str, str]]) -> None:
    """Roles of the authors and awards, from the role and the text of each statement."""
    awards = []
    for role, text in statements:
        if role == "contributions":
            _give_roles(draft.article.contributors, text)
        elif role in ("funding", "acknowledgements"):
            awards += read_funding(text)
    if awards:
        draft.article.meta.append(make("funding-group", awards))


def _closes(element: Element, roles: dict[Element, Heading]) -> bool:
    heading = roles.get(element)
    return heading is not None and heading.kind == "back"


def _as_back(element: Element, role: str) -> Element:
    if role == "acknowledgements" and {child.tag for child in element} <= IN_ACK:
        return rename(element, "ack")
    if role == "appendix":
        return rename(element, "app")
    if role == "notes":
        return rename(element, "notes")
    if role in SEC_TYPES:
        element.set("sec-type", SEC_TYPES[role])
    return element


def _note_group(element: Element, notes: Sequence[Element]) -> Element:
    """The heading of the notes, and the notes; a paragraph between is a note without a number."""
    title = element.find("title")
    loose = [make("fn", make("p", *_content(child))) for child in element if child.tag == "p"]
    return make("fn-group", title, notes, loose)


def _content(element: Element) -> list[str | Element]:
    return [element.text or "", *element]


def _apps_together(back: Sequence[Element]) -> list[Element]:
    apps = [element for element in back if element.tag == "app"]
    others = [element for element in back if element.tag != "app"]
    return [*others, make("app-group", apps)] if apps else others


def _in_order(elements: Sequence[Element]) -> list[Element]:
    """JATS wants what is no section before the sections: what follows one goes into it."""
    ordered: list[Element] = []
    for element in elements:
        if element.tag != "sec" and ordered and ordered[-1].tag == "sec":
            ordered[-1].append(element)
        else:
            ordered.append(element)
    return ordered


def _repair(section: Element) -> None:
    """Within a section, too, paragraphs stand before sections."""
    children = list(section)
    seen: Element | None = None
    for child in children:
        if child.tag == "sec":
            seen = child
        elif seen is not None and child.tag not in ("title", "label"):
            innermost = seen
            while (inner := innermost.find("sec[last()]")) is not None:
                innermost = inner
            innermost.append(child)
    for child in section.findall("sec"):
        _repair(child)


def _give_roles(people: Sequence[Contributor], text: str) -> None:
    """CRediT roles where the statement names people in full or by initials: `A. Silva: Conceptualization, …`."""
    for person, found in find_roles(people, text):
        person.roles += [role for role in found if role not in person.roles]
