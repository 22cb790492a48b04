"""What the front matter says beside title, authors and abstract: funding, interests, contributions, related work."""

from collections.abc import Callable

from pipeline.article import Article, Contributor, Element
from pipeline.elements import text_of
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import Mapper
from pipeline.render.jats_ast.mapper import child, children, local_name, plain, with_lead
from pipeline.render.notices import notices_of, reference
from pipeline.render.pandoc_ast import Nodes

SILENT = frozenset({"counts", "self-uri", "article-version", "article-version-alternatives", "pub-history"})
CONFLICTS = frozenset({"coi-statement", "conflict", "COI-statement"})


def information(article: Article, mapper: Mapper) -> Nodes:
    """Paragraphs, each led by its label where it has one."""
    blocks = contributions(article, mapper)
    noticed = [notice.element for notice in notices_of(article)]
    for element in article.meta:
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
    line: Nodes = []
    if person.email and not person.corresponding:
        line = [ast.string(" ("), ast.link(f"mailto:{person.email}", [ast.string(person.email)]), ast.string(")")]
    if person.roles:
        line.append(ast.string(f": {', '.join(person.roles)}"))
    return [ast.string(person.display), *line] if line else []


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
    """The statement, and the awards whose numbers it does not name."""
    statements = [mapper.one_line(part) for part in children(element) if local_name(part) == "funding-statement"]
    said = " ".join(plain(part) for part in children(element) if local_name(part) == "funding-statement")
    awards = [award for part in element.iter("{*}award-group") if (award := _award(part, said))]
    blocks = [ast.para(statement) for statement in statements]
    if awards:
        blocks.append(ast.para([ast.string("; ".join(awards) + ".")]))
    return led(mapper.labels["funding"], blocks)


def _award(element: Element, said: str) -> str:
    parts = [" ".join(text_of(part).split()) for part in children(element)]
    return ", ".join(part for part in parts if part and part not in said)


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
    "product": as_paragraph,
    "conference": as_paragraph,
    "ext-link": as_paragraph,
}
