"""What the front matter says beside title, authors and abstract: funding, interests, contributions, related work."""

from collections.abc import Callable

from pipeline.article import Article, Contributor, Element
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import Mapper
from pipeline.render.jats_ast.mapper import child, children, local_name, plain, with_lead
from pipeline.render.notices import notices_of, reference
from pipeline.render.pandoc_ast import Nodes

SILENT = frozenset({"counts", "self-uri"})
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
    lines = [line for person in article.contributors if (line := contribution(person))]
    content: Nodes = []
    for line in lines:
        content += [*([ast.string("; ")] if content else []), *line]
    return led(mapper.labels["contributions"], [ast.para(content)] if content else [])


def contribution(person: Contributor) -> Nodes:
    prefix = [ast.string(person.name.prefix)] if person.name and person.name.prefix else []
    facts = [prefix, *([ast.string(words)] for each in person.more if (words := listed(each)))]
    if person.email and not person.corresponding:
        facts.append([ast.link(f"mailto:{person.email}", [ast.string(person.email)])])
    known = [node for fact in facts if fact for node in (ast.string("; "), *fact)][1:]
    line = [ast.string(" ("), *known, ast.string(")")] if known else []
    if person.roles:
        line.append(ast.string(f": {', '.join(person.roles)}"))
    return [ast.string(person.display), *line] if line else []


def listed(element: Element) -> str:
    """The text of an element; of one that holds only others, theirs, parted by commas; a name as it is said."""
    inner = list(children(element))
    mixed = (element.text or "").strip() or any((each.tail or "").strip() for each in inner)
    if mixed or not inner:
        return plain(element)
    words = {local_name(each): listed(each) for each in inner}
    if "surname" in words:
        return " ".join(filter(None, (words.get("given-names"), words["surname"], words.get("suffix"))))
    joint = " " if local_name(element) == "date" else ", "
    return joint.join(text for each in inner if (text := listed(each)))


def event(mapper: Mapper, element: Element) -> Nodes:
    """Something that happened to the article, in the words it is given in, or by the kind of its date."""
    kind = (element.get("date-type") or element.get("event-type") or "").replace("-", " ").capitalize()
    words = listed(element)
    return led(kind, [ast.para([ast.string(words)])]) if words else []


def other_title(mapper: Mapper, element: Element) -> Nodes:
    kind = (element.get("alt-title-type") or "").replace("-", " ").capitalize()
    return led(kind, as_paragraph(mapper, element))


def version(mapper: Mapper, element: Element) -> Nodes:
    return [ast.para([ast.string(listed(element))])]


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
    awards = [award for part in element.iter("{*}award-group") if (award := listed(part))]
    if awards:
        blocks.append(ast.para([ast.string("; ".join(awards) + ".")]))
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
    "article-version": version,
    "article-version-alternatives": version,
    "date": event,
    "event": event,
    "pub-history": events,
    "product": as_paragraph,
    "conference": as_paragraph,
    "ext-link": as_paragraph,
}
