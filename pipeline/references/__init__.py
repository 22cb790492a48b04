"""Reference strings: split into entries, tagged, turned into CSL-JSON."""

from pipeline.references.items import build_item
from pipeline.references.parse import collector_at_rest, parse, repeat_authors
from pipeline.references.split import split
from pipeline.references.tagger import tag

__all__ = ["build_item", "collector_at_rest", "parse", "repeat_authors", "split", "tag"]
