"""Rich text as plain text, and what an address may look like."""

from pipeline.bibliography.richtext import RichText, plain

SCHEMES = ("http://", "https://", "mailto:")


def write(content: RichText) -> str:
    return plain(content)


def safe(href: str) -> bool:
    """Whether a link to `href` may be written."""
    return href.lower().startswith(SCHEMES)
