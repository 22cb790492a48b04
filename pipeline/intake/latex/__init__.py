"""LaTeX. Pandoc reads the text; the commands of the many classes that state the front matter are read here."""

from pipeline.intake.latex.read import read_latex

__all__ = ["read_latex"]
