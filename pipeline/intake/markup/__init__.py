"""Pandoc's document model becomes blocks of JATS elements, whatever format it was read from."""

from pipeline.intake.markup.document import Document, read_document

__all__ = ["Document", "read_document"]
