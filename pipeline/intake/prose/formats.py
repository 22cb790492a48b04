"""The lexer of each format."""

from collections.abc import Callable

from pipeline.intake.prose import html, latex, markdown, org, rst, typst

LEXERS: dict[str, Callable[[str], str]] = {
    "html": html.prose, "latex": latex.prose, "markdown": markdown.prose, "org": org.prose, "rst": rst.prose,
    "typst": typst.prose,
}  # fmt: skip


def prose_of(text: str, form: str) -> str:
    """The words of a source in their lines."""
    return LEXERS[form](text)
