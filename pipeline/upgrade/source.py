"""A JATS or NLM file as a source: read as it is, with the words that it holds."""

from pathlib import Path

from lxml import etree

from pipeline.article import Block, Element
from pipeline.elements import line_of
from pipeline.errors import SourceError
from pipeline.upgrade.constructs import in_jats_namespaces
from pipeline.validation.parse import parse_xml

BLOCKS = (
    "article-title", "aff", "contrib", "mixed-citation", "element-citation", "citation", "nlm-citation", "p", "title",
    "td", "th", "kwd",
)  # fmt: skip


def read_source(path: Path, data: bytes) -> Element:
    """The one `article` that `data` holds, without the namespace that it may have.

    Raises SourceError: not well formed, refused, no article in it, or several.
    """
    root = parse_xml(data, str(path))
    found = [root] if etree.QName(root).localname == "article" else list(root.iter("{*}article"))
    if len(found) != 1:
        number = f"{len(found)} articles" if found else f"<{etree.QName(root).localname}>"
        raise SourceError(f"{path}: holds {number}; give a file with one JATS <article>")
    article = found[0]
    if article.find("{*}front") is None and article.find("{*}body") is None:
        raise SourceError(f"{path}: the article has neither front matter nor body")
    return in_jats_namespaces(article)


def blocks_of(root: Element) -> list[Block]:
    """The smallest blocks of text of a tree with their lines, for findings to lead back to."""
    return [Block(element, line_of(element) or 0, line_of(element) or 0) for element in root.iter(*BLOCKS)]
