"""Sources that are text with marks: Markdown, LaTeX, HTML, Org, reStructuredText, Typst."""

import re
from pathlib import Path

from pipeline import pandoc
from pipeline.article import Article, SetAside
from pipeline.errors import SourceError
from pipeline.findings import Finding
from pipeline.intake.assemble import assemble, read_tree
from pipeline.intake.bibliography import read_files
from pipeline.intake.decode import decode
from pipeline.intake.dialects import DIALECTS, Dialect
from pipeline.intake.dialects.page import outside, settle_title
from pipeline.intake.dialects.typst import read_typst
from pipeline.intake.formats import READERS
from pipeline.intake.latex.embedded import read_embedded
from pipeline.intake.latex.known import findings_of
from pipeline.intake.markup.entries import entry_of
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.markup.nodes import descendants
from pipeline.intake.metadata.page import as_meta, read_page
from pipeline.intake.metadata.values import as_list, plain
from pipeline.intake.pictures import Beside, Pictures
from pipeline.intake.places import TextPlaces
from pipeline.intake.source import Source

DEEPEST = 200
LARGEST = 10_000_000
NESTING = re.compile(r"<(/?)(?:ul|ol|dl|blockquote|div|table|section|span|b|i|em|strong|font)\b", re.IGNORECASE)
NUMBERED = {"markdown", "org", "rst", "typst"}


def _depth(text: str) -> int:
    """How deep the elements of HTML are nested; pandoc takes a time that grows with its square."""
    depth = deepest = 0
    for match in NESTING.finditer(text):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _beside(name: str, beside: Beside) -> str | None:
    """The text of a file that a source includes, None where it is not in its folder."""
    data = beside.read(name, ("",), LARGEST)
    return decode(data, name)[0] if data.strip() else None


def read_written(text: str, form: str, path: Path) -> Source:
    """The content of `text`; pictures and bibliographies are looked for in the folder of `path` and below only."""
    if form == "html" and _depth(text) > DEEPEST:
        raise SourceError(f"{path}: nested too deeply to be an article's")
    beside = Beside(path.parent)
    pictures = Pictures(path.stem, beside.read)
    said: list[Finding] = []
    left_out: list[SetAside] = []
    properties: Article | None = None
    if form == "typst":
        tree, said = read_typst(text, str(path), lambda name: _beside(name, beside))
        properties = tree.pop("properties")
    else:
        dialect = DIALECTS.get(form, Dialect())
        tree, made = read_tree(dialect.prepare(text).encode(), READERS[form], str(path))
        dialect.settle(tree, text)
        said = pandoc.findings_of(made.warnings)
    if form == "markdown":
        left_out = read_embedded(tree)
        said += findings_of(left_out)
    listed = tree["meta"].pop("nocite", {})
    if form == "html":
        left_out = outside(text)
        facts, properties = read_page(text)
        tree["meta"] = {key: as_meta(value) for key, value in facts.items()}
    source = assemble(tree, Mapper(picture=pictures), TextPlaces(text), pictures, path)
    if form == "html":
        source.set_aside += settle_title(source.blocks)
    names = [str(name) for name in as_list(plain(tree["meta"].get("bibliography"))) if name]
    items, findings = read_files(names, beside, path)
    source.items |= items
    source.findings += [*said, *findings]
    source.used = beside.used
    source.properties = properties
    entries = [entry_of(key, content) for key, content in tree.get("references", {}).items()]
    source.references = [entry for entry in entries if entry.text]
    source.listed = [cite["citationId"] for node in descendants(listed) if node["t"] == "Cite" for cite in node["c"][0]]
    source.text = "\n".join([source.text, *(each.text for each in entries), *(each.text for each in left_out)])
    source.set_aside += left_out
    source.is_numbered = form in NUMBERED
    return source
