"""Real footnotes: their numbers, in the order in which their marks stand in the article, and their place in it."""

from collections.abc import Iterator, Sequence

from pipeline.article import Article, Element
from pipeline.elements import make
from pipeline.structure.draft import Draft


def place_notes(draft: Draft) -> None:
    """Number marks and notes; the notes go to the end of the article, those of its head to the author notes."""
    by_id = {str(note.get("id")): note for note in draft.footnotes}
    if not by_id:
        return
    ordered: list[Element] = []
    for mark in _marks(draft.article, draft.footnotes):
        note = by_id.get(mark.get("rid", ""))
        if note is None:
            continue
        if note not in ordered:
            ordered.append(note)
            _label(note, str(len(ordered)))
            draft.added.append(str(len(ordered)))
        mark.text = note.findtext("label")
        _part_from_next(mark)
        draft.added.append(mark.text or "")
    left = [note for note in draft.footnotes if note not in ordered]
    for note in left:
        _wrap(note)
    if left:
        _to_authors(draft.article, left)
    if ordered:
        _to_back(draft.article, ordered)


def _part_from_next(mark: Element) -> None:
    """Two marks side by side read `1,2`, not `12`."""
    following = mark.getnext()
    if not mark.tail and following is not None and following.get("ref-type") == "fn":
        mark.tail = ","


def _marks(article: Article, notes: Sequence[Element]) -> Iterator[Element]:
    """In the order of reading; a note within a note comes after it."""
    roots: list[Element] = []
    for title in filter(None, [article.title, *article.translated_titles]):
        roots += [title.content] if title.subtitle is None else [title.content, title.subtitle]
    roots += [element for abstract in article.abstracts for element in abstract.content]
    for root in [*roots, *article.body, *article.back, *notes]:
        for mark in root.iter("xref"):
            if mark.get("ref-type") == "fn":
                yield mark


def _label(note: Element, label: str) -> None:
    _wrap(note)
    note.insert(0, make("label", label))


def _wrap(note: Element) -> None:
    """A note holds paragraphs and nothing else (JATS Publishing 1.3, `fn`)."""
    for child in list(note):
        if child.tag not in ("p", "label"):
            place = note.index(child)
            note.insert(place, make("p", child))
    if not len(note):
        note.append(make("p"))


def _to_authors(article: Article, notes: Sequence[Element]) -> None:
    """Notes whose marks stood beside the names of authors."""
    holder = next((element for element in article.meta if element.tag == "author-notes"), None)
    if holder is None:
        holder = make("author-notes")
        article.meta.append(holder)
    holder.extend(notes)


def _to_back(article: Article, notes: Sequence[Element]) -> None:
    """Under the heading that the article has for its notes, else in a group of their own."""
    held = next((element for element in article.back if element.tag == "notes" and not element.findall("p")), None)
    group = make("fn-group", held.find("title") if held is not None else None, notes)
    if held is not None:
        article.back[article.back.index(held)] = group
    else:
        article.back.append(group)
