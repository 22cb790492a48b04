"""What a file says of itself beside its text (`title` of HTML, properties of office files): weaker than the text.

And a title that the source states where the text itself names the authors: it is the first line of the text.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.article import Article, Block, SetAside
from pipeline.elements import rename
from pipeline.findings import Severity
from pipeline.structure.authors import parse_authors
from pipeline.structure.draft import Draft
from pipeline.structure.names import split_name
from pipeline.words import words

HEAD = 12
UNUSED = "property of the file; the text says it itself"
FROM_PROPERTIES = ("title-from-properties", "the title stands only in the properties of the file", None)
AGAIN = "the title once more, as the file states it"


def into_text(
    front: Article | None, properties: Article | None, blocks: Sequence[Block]
) -> tuple[list[Block], list[SetAside]]:
    """The blocks with the title among them where the text has the authors; what was said twice.

    `front` loses its title then.
    """
    made, twice = list(blocks), []
    if front is not None and front.title is not None and not front.contributors:
        place = _like(front.title.text, made)
        if place is not None:
            made[place] = _as_title(made[place])
            twice.append(SetAside(1, _text(front), AGAIN))
            front.title = None
        elif front.title.subtitle is None and _names_follow(made):
            content = rename(front.title.content, "p")
            made.insert(0, _as_title(Block(content, made[0].line, made[0].line)))
            front.title = None
    stated = front.title if front is not None else None
    if properties is not None and properties.title is not None and stated is None:
        place = _like(properties.title.text, made)
        if place is not None:
            made[place] = _as_title(made[place])
    return made, twice


def begins_with_section(blocks: Sequence[Block]) -> bool:
    """Whether the text begins with a heading that has others of its level or above: it has no title."""
    levels = [block.hints.level for block in blocks if block.hints.level is not None]
    if not blocks or blocks[0].hints.level is None or blocks[0].hints.style == "title":
        return False
    return any(level <= levels[0] for level in levels[1:]) or levels[0] > 1


def _text(front: Article) -> str:
    title = front.title
    if title is None:
        return ""
    return title.text + (" ".join(["", *map(str, title.subtitle.itertext())]) if title.subtitle is not None else "")


def _like(title: str, blocks: Sequence[Block]) -> int | None:
    """Which of the first blocks says the title."""
    wanted = words(title)
    places = (place for place, block in enumerate(blocks[:HEAD]) if block.content.tag == "p")
    return next((place for place in places if wanted and words(blocks[place].text) == wanted), None)


def _as_title(block: Block) -> Block:
    return replace(block, hints=replace(block.hints, style="title", level=None))


def _names_follow(blocks: Sequence[Block]) -> bool:
    """Whether the text begins with a line of authors."""
    first = next((block for block in blocks if block.content.tag == "p"), None)
    if first is None or first.hints.level is not None:
        return False
    return first.hints.style == "author" or bool(parse_authors(first.text))


def take_title(draft: Draft) -> None:
    """A text that begins with a section has the title that the properties of its file state."""
    properties = draft.properties
    if properties is None or properties.title is None or draft.article.title is not None:
        return
    if begins_with_section(draft.blocks):
        draft.article.title, properties.title = properties.title, None
        draft.is_stated = True
        draft.note(*FROM_PROPERTIES)


def fill_from_properties(draft: Draft) -> None:
    """Title, authors and keywords where neither the source nor its text states them; the rest is set aside."""
    properties = draft.properties
    if properties is None:
        return
    article, unused = draft.article, []
    if properties.title is not None and article.title is None:
        article.title = properties.title
        draft.note(*FROM_PROPERTIES)
    elif properties.title is not None:
        unused.append(_text(properties))
    people = [person for person in properties.contributors if person.written]
    if people and not article.contributors:
        for person in people:
            person.name = person.name or split_name(person.written, draft.lang)
        article.contributors = people
        message = "the authors stand only in the properties of the file; see that they are the authors"
        draft.note("authors-from-properties", message, None)
    else:
        unused += [person.written for person in people]
    if properties.keywords and not article.keywords:
        article.keywords = properties.keywords
        draft.note("keywords-from-properties", "the keywords are properties of the file", None, Severity.INFO)
    else:
        unused += ["".join(map(str, word.itertext())) for group in properties.keywords for word in group.words]
    for text in filter(None, unused):
        draft.set_aside_line(text, UNUSED)
