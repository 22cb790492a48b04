"""A LaTeX source to a `Source`."""

import re
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.intake.assemble import assemble
from pipeline.intake.bibliography import read_files
from pipeline.intake.latex import pieces
from pipeline.intake.latex.acronyms import with_acronyms
from pipeline.intake.latex.bibliography import read_bibliography
from pipeline.intake.latex.front import Reader
from pipeline.intake.latex.heads import take_heads
from pipeline.intake.latex.includes import Includes
from pipeline.intake.latex.known import as_known, findings_of
from pipeline.intake.latex.layout import as_pandoc_reads, with_plain_grants
from pipeline.intake.latex.pieces import macros_of, without_internals
from pipeline.intake.latex.scanner import commands
from pipeline.intake.latex.statements import as_sections
from pipeline.intake.latex.tables import DEEPEST, depth_of
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.pictures import Beside, Pictures
from pipeline.intake.places import TextPlaces
from pipeline.intake.prose.account import unread
from pipeline.intake.prose.latex import prose
from pipeline.intake.source import Source

GRAPHICS_PATH = re.compile(r"\\graphicspath\s*\{((?:\s*\{[^{}]{0,300}\})+)\s*\}")


def read_latex(text: str, path: Path) -> Source:
    """The content of a LaTeX source. Files are read from its folder and below only, and nothing is run."""
    beside = Beside(path.parent)
    includes = Includes(beside)
    text = with_plain_grants(without_internals(includes.resolve(text)))
    if depth_of(text) > DEEPEST:
        raise SourceError(f"{path}: tables are nested too deeply to be an article's")
    places, written = TextPlaces(text), text
    text = as_pandoc_reads(as_known(with_acronyms(text)))
    macros = macros_of(text)
    folders = ["", *re.findall(r"\{([^{}]*)\}", next(iter(GRAPHICS_PATH.findall(text)), ""))]
    pictures = Pictures(path.stem, lambda name: next((d for f in folders if (d := beside.read(f + name))), b""))
    mapper = Mapper(picture=pictures)
    bibliography = read_bibliography(text, beside, path.stem, macros)
    front = Reader(bibliography.text, mapper, macros).read()
    body = as_sections(front.text)
    tree, skipped = pieces.read_tex(body, str(path))
    take_heads(tree)
    source = assemble(tree, mapper, places, pictures, path)
    left_out = [*bibliography.left_out, *skipped]
    entries = [each.text for each in bibliography.entries]
    source.text = "\n".join([*front.said, source.text, *entries, *(each.text for each in left_out)])
    source.set_aside += [*front.set_aside, *left_out]
    source.dropped = unread(prose(written), source.accounted)
    source.front = front.article if front.article.title or front.article.contributors else source.front
    source.references = bibliography.entries
    source.listed = [key.strip() for each in commands(text, ("nocite",)) for key in each.argument.split(",")]
    source.items, findings = read_files(bibliography.files, beside, path)
    source.items |= {str(item["id"]): item for item in bibliography.items}
    source.listed += [str(item["id"]) for item in bibliography.items]
    source.findings += [*includes.findings, *findings, *findings_of(left_out)]
    source.used = beside.used
    source.is_numbered = True
    return source
