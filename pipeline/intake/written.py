"""Sources that are text with marks: Markdown, LaTeX, HTML, Org, reStructuredText, Typst."""

from pathlib import Path

from pipeline.intake.assemble import assemble, tree_of
from pipeline.intake.bibliography import read_files
from pipeline.intake.formats import READERS
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.metadata.values import as_list, plain
from pipeline.intake.pictures import Beside, Pictures
from pipeline.intake.places import TextPlaces
from pipeline.intake.source import Source

NUMBERED = {"markdown", "org", "rst", "typst"}


def read_written(text: str, form: str, path: Path) -> Source:
    """The content of `text`; pictures and bibliographies are looked for in the folder of `path` and below only."""
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
