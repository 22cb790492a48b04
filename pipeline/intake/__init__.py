"""A source file becomes blocks: its content as JATS elements with source lines. What a block means is unknown here."""

from pipeline.intake.jats import holds_jats
from pipeline.intake.prose.account import Dropped
from pipeline.intake.source import Source, is_source, open_source, read_bytes, refuse_too_long

__all__ = ["Dropped", "Source", "holds_jats", "is_source", "open_source", "read_bytes", "refuse_too_long"]
