"""JATS elements -> pandoc's document model, in words that no output format owns.

One handler an element, in two tables: `BLOCKS` and `INLINES`. An element that is in neither gives its
content, so nothing is dropped for being unknown. What the formats draw differently is a Div or Span
with a class named for the JATS element (`fig`, `table-wrap`, `boxed-text`, `disp-formula` …).
"""

from pipeline.render.jats_ast import blocks, figures, formulas, inline, notes, tables
from pipeline.render.jats_ast.mapper import Image, Mapper

__all__ = ["Image", "Mapper"]

for _room in (blocks, figures, formulas, notes, tables):
    Mapper.blocks.update(_room.BLOCKS)
for _room in (inline, formulas, notes, figures):
    Mapper.inlines.update(_room.INLINES)
