"""An `Article` as a JATS Journal Publishing 1.3 tree."""

from copy import deepcopy

from lxml import etree

from pipeline.article import Article, Element
from pipeline.elements import LANG, PREFIXES, append, make
from pipeline.jats.citation import write_reference
from pipeline.jats.front import write_front
from pipeline.jats.ids import number
from pipeline.jats.languages import mark_languages

VERSION = "1.3"


def write(article: Article) -> Element:
    """The `article` element. The article's own elements are copied, not moved."""
    root = etree.Element(
        "article", {"article-type": article.type, "dtd-version": VERSION, LANG: article.lang}, PREFIXES
    )
    root.append(write_front(article))
    if article.body:
        root.append(make("body", deepcopy(article.body)))
    back = make("back", deepcopy(article.back))
    if article.references:
        title = make("title", article.references_title) if article.references_title else None
        back.append(make("ref-list", title, map(write_reference, article.references)))
    if len(back):
        append(root, back)
    if article.floats:
        root.append(make("floats-group", deepcopy(article.floats)))
    append(root, deepcopy(article.sub_articles))
    number(root)
    mark_languages(root)
    etree.cleanup_namespaces(root, top_nsmap=PREFIXES, keep_ns_prefixes=list(PREFIXES))
    return root
