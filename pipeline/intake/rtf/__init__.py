"""RTF. Pandoc reads it; notes, pictures, text boxes and characters that pandoc does not see are shown to it first."""

from pipeline.intake.rtf.read import read_rtf

__all__ = ["read_rtf"]
