"""Articles within an article (peer review, replies, translations), each a headed section of its own."""

from pipeline import jats
from pipeline.article import Article, Element
from pipeline.render import house as houses
from pipeline.render import pandoc_ast as ast
from pipeline.render.floats import placed
from pipeline.render.front import affiliation_marks, author, copyright_line, dates
from pipeline.render.information import information
from pipeline.render.jats_ast import Mapper
from pipeline.render.jats_ast.mapper import foreign_lang
from pipeline.render.pandoc_ast import Node, Nodes
from pipeline.render.references import divided, remarks

DOI_ADDRESS = "https://doi.org/"


def sub_articles(article: Article, mapper: Mapper) -> Nodes:
    """Of each: a heading, who wrote it and when, abstracts, body, back, references as their authors wrote them."""
    return [node for element in article.sub_articles for node in sub_article(mapper, element)]


def sub_article(mapper: Mapper, element: Element) -> Nodes:
    lang = foreign_lang(element, mapper.lang)
    outer, labels = mapper.lang, mapper.labels
    if lang:
        mapper.lang, mapper.labels = lang, houses.labels(lang)
    blocks = _section(mapper, jats.read(element), element.get("id", ""))
    mapper.lang, mapper.labels = outer, labels
    return [ast.div(blocks, **mapper.language(lang))] if lang else blocks


def _section(mapper: Mapper, article: Article, anchor: str) -> Nodes:
    heading = mapper.one_line(article.title.content) if article.title else []
    if not heading:
        heading = [ast.string(article.type.replace("-", " ").capitalize())]
    if article.title and article.title.subtitle is not None:
        heading += [ast.string(": "), *mapper.one_line(article.title.subtitle)]
    blocks = [ast.header(mapper.level, heading, anchor=anchor), *_byline(mapper, article)]
    mapper.level += 1
    for abstract in article.abstracts:
        title = abstract.title or mapper.labels["abstract"]
        blocks += [ast.header(mapper.level, [ast.string(title)]), *mapper.elements(abstract.content)]
    for keywords in article.keywords:
        words = [node for word in keywords.words for node in (ast.string("; "), *mapper.one_line(word))][1:]
        title = keywords.title or mapper.labels["keywords"]
        blocks.append(ast.para([ast.styled("Strong", [ast.string(f"{title}: ")]), *words]))
    blocks += mapper.elements(placed(article.body, article.floats))
    blocks += mapper.elements(article.back)
    if article.references or article.reference_lists:
        title = article.references_title or mapper.labels["references"]
        blocks.append(ast.header(mapper.level, [ast.string(title)]))
    entries: dict[str, Node] = {}
    for reference in article.references:
        printed = ast.para([ast.string(" ".join(filter(None, (reference.label, reference.text))))])
        said = [printed, *remarks(mapper, reference)]
        entries[reference.id] = ast.div(said, anchor=reference.id, classes=["entry"])
    blocks += divided(mapper, article.reference_lists, entries)
    blocks += information(article, mapper)
    if rights := " ".join(filter(None, (copyright_line(article), article.permissions.license_text))):
        blocks.append(ast.para([ast.string(rights)]))
    blocks += sub_articles(article, mapper)
    mapper.level -= 1
    return blocks


def _byline(mapper: Mapper, article: Article) -> Nodes:
    """Authors with their marks and roles; affiliations; dates and DOI: a paragraph each."""
    marks = affiliation_marks(article)
    people: Nodes = []
    for person in article.contributors:
        facts = author(person, marks)
        name = [ast.string(facts["name"])]
        people += [ast.string(", ")] if people else []
        people += [ast.link(facts["orcid_url"], name)] if facts["orcid_url"] else name
        people += [ast.styled("Superscript", [ast.string(",".join(facts["marks"]))])] if facts["marks"] else []
        people += [ast.string(f" ({', '.join(person.roles)})")] if person.roles and person.type != "author" else []
    lines = [people]
    for place in article.affiliations:
        mark = [ast.styled("Superscript", [ast.string(marks[place.id])])] if marks.get(place.id) else []
        lines.append([*mark, ast.string(place.text)])
    facts_line = [ast.string(f"{date['label']} {date['text']} · ") for date in dates(article, mapper.labels)]
    if doi := article.ids.get("doi", ""):
        facts_line += [ast.string("DOI "), ast.link(DOI_ADDRESS + doi, [ast.string(doi)])]
    lines.append(facts_line)
    return [ast.para([ast.span(line, classes=["byline"])]) for line in lines if line]
