"""The list of references, in the order of the style, divided as the XML divides it."""

from collections.abc import Mapping

from pipeline.article import Article, Reference, ReferenceList
from pipeline.bibliography.richtext import FormattedBibliography
from pipeline.language import distinct_script_language
from pipeline.render import house as houses
from pipeline.render import pandoc_ast as ast
from pipeline.render import richtext
from pipeline.render.jats_ast import Mapper
from pipeline.render.jats_ast.mapper import children, local_name
from pipeline.render.pandoc_ast import Node, Nodes


def references(article: Article, bibliography: FormattedBibliography, mapper: Mapper) -> Nodes:
    """Div `entry` with the id of each reference, and its language where it differs; a label as a Span `label`."""
    known = {reference.id: reference for reference in article.references}
    languages = {each.id: each.lang or distinct_script_language(each.text) or "" for each in article.references}
    entries: dict[str, Node] = {}
    for entry in bibliography.entries:
        content = richtext.inlines(entry.content)
        own = languages.get(entry.id, "")
        lang = mapper.language(own) if own and own != article.lang else _own_direction(content, article.lang)
        if entry.label:
            content = [ast.span(richtext.inlines(entry.label), classes=["label"]), ast.space(), *content]
        blocks = [ast.para(ast.tidy(content)), *remarks(mapper, known.get(entry.id))]
        printed = ast.div(blocks, anchor=entry.id, classes=["entry"], **lang)
        entries[entry.id] = printed | {"line": known[entry.id].line if entry.id in known else None}
    return divided(mapper, article.reference_lists, entries)


def divided(mapper: Mapper, lists: list[ReferenceList], entries: Mapping[str, Node]) -> Nodes:
    """The entries under the headings of their lists, whatever these say before them; the first has no heading here."""
    owner = {anchor: number for number, each in enumerate(lists) for anchor in each.references}
    blocks: Nodes = []
    further = 0
    for number, each in enumerate(lists):
        further = further or int(number > 0 and each.depth == 0)
        if number and each.title:
            blocks.append(ast.header(mapper.level + each.depth + further, [ast.string(each.title)]))
        blocks += mapper.elements(each.content)
        blocks += [entry for anchor, entry in entries.items() if owner.get(anchor) == number]
    return [*(entry for anchor, entry in entries.items() if anchor not in owner), *blocks]


def remarks(mapper: Mapper, reference: Reference | None) -> Nodes:
    """What a JATS file says of a reference beside it (`note`)."""
    if reference is None or reference.element is None:
        return []
    notes = [child for child in children(reference.element) if local_name(child) == "note"]
    return [block for note in notes for block in mapper.flow(note)]


def _own_direction(content: Nodes, lang: str) -> dict[str, str]:
    """The attribute `dir` of an entry in an unknown language that runs the other way than the article's."""
    runs = houses.direction_of(ast.text_of(content))
    return {"dir": runs} if runs and runs != houses.direction(lang) else {}
