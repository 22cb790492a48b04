"""Word documents. Pandoc reads them; what it would drop or flatten is made visible to it first."""

from pipeline.intake.docx.read import read_docx

__all__ = ["read_docx"]
