"""What the front matter says beside title, authors and abstract: funding, interests, contributions, related work."""

import re
from collections.abc import Callable

from pipeline.article import Article, Contributor, Element
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import Mapper
from pipeline.render.jats_ast.mapper import child, children, local_name, plain, with_lead
from pipeline.render.notices import notices_of, reference
from pipeline.render.pandoc_ast import Nodes

SILENT = frozenset({"counts", "self-uri"})
VERSION = re.compile(r"-v\d+$")
CONFLICTS = frozenset({"coi-statement", "conflict", "COI-statement"})


def information(article: Article, mapper: Mapper) -> Nodes:
    """Paragraphs, each led by its label where it has one."""
    blocks = contributions(article, mapper)
    noticed = [notice.element for notice in notices_of(article)]
    for element in (*article.more, *article.meta):
        name = local_name(element)
        if name not in SILENT and element not in noticed:
            handler = HANDLERS.get(name)
            blocks += handler(mapper, element) if handler else mapper.block(element)
    return blocks


def led(label: str, blocks: Nodes) -> Nodes:
    if not label or not blocks:
        return blocks
    lead = ast.styled("Strong", [ast.string(label if label.endswith((".", ":")) else f"{label}.")])
    return with_lead([ast.span([lead], classes=["run-in"])], blocks)


def contributions(article: Article, mapper: Mapper) -> Nodes:
    """Who did what, and the addresses of those who are not the corresponding author."""
    lines = [line for person in article.contributors if (line := contribution(mapper, person))]
    content: Nodes = []
    for line in lines:
        content += [*([ast.string("; ")] if content else []), *line]
    return led(mapper.labels["contributions"], [ast.para(content)] if content else [])


def contribution(mapper: Mapper, person: Contributor) -> Nodes:
    prefix = [ast.string(person.name.prefix)] if person.name and person.name.prefix else []
    facts = [prefix, *(mapper.one_line(each) for each in person.more)]
    if person.email and not person.corresponding:
        facts.append([ast.link(f"mailto:{person.email}", [ast.string(person.email)])])
    known = [node for fact in facts if fact for node in (ast.string("; "), *fact)][1:]
    line = [ast.string(" ("), *known, ast.string(")")] if known else []
    if person.roles and person.type == "author":
        line.append(ast.string(f": {', '.join(person.roles)}"))
    return [ast.string(person.display), *line] if line else []


def event(mapper: Mapper, element: Element) -> Nodes:
    """Something that happened to the article, in the words it is given in, or by the kind of its date."""
    return led(kind(element, "date-type", "event-type"), as_paragraph(mapper, element))


def kind(element: Element, *attributes: str) -> str:
    """What an attribute calls an element, as a label: its hyphens and its number of a version are for machines."""
    called = next((name for each in attributes if (name := element.get(each))), "")
    return VERSION.sub("", called).replace("-", " ").capitalize()


def other_title(mapper: Mapper, element: Element) -> Nodes:
    return led(kind(element, "alt-title-type"), as_paragraph(mapper, element))


def subjects(mapper: Mapper, element: Element) -> Nodes:
    """A classification: its subjects from the widest to the narrowest."""
    found = [mapper.one_line(each) for each in element.iter("{*}subject", "{*}compound-subject")]
    line = [node for subject in found for node in (ast.string(" · "), *subject)][1:]
    return led(kind(element, "subj-group-type"), [ast.para(line)] if line else [])


def events(mapper: Mapper, element: Element) -> Nodes:
    return [block for part in children(element) for block in event(mapper, part)]


def author_notes(mapper: Mapper, element: Element) -> Nodes:
    blocks: Nodes = []
    for part in children(element):
        content = mapper.flow(part, frozenset({"label"}))
        label = mapper.one_line(child(part, "label"))
        content = with_lead([ast.styled("Superscript", label)], content) if label else content
        if part.get("fn-type") in CONFLICTS and not _has_title(part):
            content = led(mapper.labels["conflicts"], content)
        blocks.append(ast.div(content, anchor=part.get("id", "")) if part.get("id") else ast.div(content))
    return blocks


def _has_title(note: Element) -> bool:
    """Whether a note says itself what it is: by a title, or by its first words in bold."""
    first = next(iter(children(note)), None)
    bold = child(first, "bold") if first is not None and not (first.text or "").strip() else None
    return child(note, "title") is not None or bold is not None


def funding(mapper: Mapper, element: Element) -> Nodes:
    """The statement, the awards by number, and what else is said of them."""
    blocks = [ast.para(mapper.one_line(part)) for part in children(element) if local_name(part) == "funding-statement"]
    awards = [award for part in element.iter("{*}award-group") if (award := mapper.one_line(part))]
    if awards:
        line = [node for award in awards for node in (ast.string("; "), *award)][1:]
        blocks.append(ast.para([*line, ast.string(".")]))
    for part in children(element):
        blocks += mapper.block(part) if local_name(part) not in ("funding-statement", "award-group") else []
    return led(mapper.labels["funding"], blocks)


def related(mapper: Mapper, element: Element) -> Nodes:
    content = reference(mapper, element)
    return led(mapper.labels["related"], [ast.para(content)]) if content else []


def custom_meta(mapper: Mapper, element: Element) -> Nodes:
    blocks: Nodes = []
    for pair in element.iter("{*}custom-meta"):
        value = mapper.one_line(child(pair, "meta-value"))
        if value:
            blocks += led(plain(child(pair, "meta-name")), [ast.para(value)])
    return blocks


def as_paragraph(mapper: Mapper, element: Element) -> Nodes:
    content = mapper.one_line(element)
    return [ast.para(content)] if content else []


HANDLERS: dict[str, Callable[[Mapper, Element], Nodes]] = {
    "author-notes": author_notes,
    "funding-group": funding,
    "related-article": related,
    "related-object": related,
    "custom-meta-group": custom_meta,
    "alt-title": other_title,
    "subj-group": subjects,
    "date": event,
    "pub-date": event,
    "event": event,
    "pub-history": events,
    "ext-link": as_paragraph,
}
