"""A JATS or NLM file as a source: told from its first element, read as it is, with the words that it holds."""

import codecs
import re
from pathlib import Path

from lxml import etree

from pipeline.article import Block, Element
from pipeline.elements import line_of
from pipeline.errors import SourceError
from pipeline.upgrade.constructs import in_jats_namespaces
from pipeline.validation.parse import parse_xml

HEAD = 64_000
ENCODINGS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
FIRST = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
WRAPPERS = {"pmc-articleset", "OAI-PMH", "articles", "record"}
BLOCKS = (
    "article-title", "aff", "contrib", "mixed-citation", "element-citation", "citation", "nlm-citation", "p", "title",
    "td", "th", "kwd",
)  # fmt: skip


def holds_jats(path: Path) -> bool:
    """Whether a file is to be read as JATS: its first element is an article, or a set that a repository gives one in.

    Other XML that says what it is, but for XHTML, is taken too, to be refused by its name.
    """
    try:
        with path.open("rb") as file:
            data = file.read(HEAD)
    except OSError:
        return False
    encoding = next((name for mark, name in ENCODINGS if data.startswith(mark)), "latin-1")
    text = data.decode(encoding, errors="replace")
    position = 0
    while before := BEFORE.match(text, position):
        position = before.end()
    first = FIRST.match(text, position)
    if first is None:
        return False
    declared = text.startswith("<?xml") and first.group(1) != "html"
    return declared or first.group(1) == "article" or first.group(1) in WRAPPERS


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
