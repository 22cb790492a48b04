"""Italics and the like of a string that is read as plain characters: kept beside it, character for character."""

from copy import deepcopy

from pipeline.article import Element
from pipeline.elements import make, unwrap

FACES = {"italic", "bold", "sc", "sub", "sup", "underline", "monospace", "strike"}


def marked_up(content: Element) -> Element | None:
    """A copy of a paragraph with single spaces and no markup but that of its characters; None where there is none."""
    if not len(content) or not any(each.tag in FACES for each in content.iter()):
        return None
    copy = deepcopy(content)
    copy.tail = None
    for each in [each for each in copy.iter("*") if each is not copy and each.tag not in FACES]:
        unwrap(each)
    made = make("p")
    made.text, made[:] = copy.text, list(copy)
    _single_spaces(made)
    return made if len(made) else None


def _single_spaces(element: Element) -> None:
    """White space as `" ".join(text.split())` leaves it, across the elements within."""
    after_space = True
    last: tuple[Element, str] | None = None
    for holder, name in _strings(element):
        kept = []
        for char in getattr(holder, name) or "":
            space = char.isspace()
            if not (space and after_space):
                kept.append(" " if space else char)
            after_space = space
        text = "".join(kept)
        setattr(holder, name, text or None)
        last = (holder, name) if text else last
    if last is not None:
        setattr(last[0], last[1], (getattr(*last) or "").rstrip())


def _strings(element: Element) -> list[tuple[Element, str]]:
    """The places of the strings within an element, in order."""
    found = [(element, "text")]
    for child in element:
        found += [*_strings(child), (child, "tail")]
    return found
