"""Sources that are text with marks: Markdown, LaTeX, HTML, Org, reStructuredText, Typst."""

import re
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.intake.assemble import assemble, tree_of
from pipeline.intake.bibliography import read_files
from pipeline.intake.formats import READERS
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.metadata.values import as_list, plain
from pipeline.intake.pictures import Beside, Pictures
from pipeline.intake.places import TextPlaces
from pipeline.intake.source import Source

DEEPEST = 200
NESTING = re.compile(r"<(/?)(?:ul|ol|dl|blockquote|div|table|section|span|b|i|em|strong|font)\b", re.IGNORECASE)
NUMBERED = {"markdown", "org", "rst", "typst"}


def _depth(text: str) -> int:
    """How deep the elements of HTML are nested; pandoc takes a time that grows with its square."""
    depth = deepest = 0
    for match in NESTING.finditer(text):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


def read_written(text: str, form: str, path: Path) -> Source:
    """The content of `text`; pictures and bibliographies are looked for in the folder of `path` and below only."""
    if form == "html" and _depth(text) > DEEPEST:
        raise SourceError(f"{path}: nested too deeply to be an article's")
    beside = Beside(path.parent)
    pictures = Pictures(path.stem, beside.read)
    tree = tree_of(text.encode(), READERS[form], str(path))
    source = assemble(tree, Mapper(picture=pictures), TextPlaces(text), pictures, path)
    names = [str(name) for name in as_list(plain(tree["meta"].get("bibliography"))) if name]
    items, findings = read_files(names, beside, path)
    source.items |= items
    source.findings += findings
    source.used = beside.used
    source.is_numbered = form in NUMBERED
    return source
