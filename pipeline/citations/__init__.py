"""In-text citations are linked to references; what could mean two of them, or none, is left as text and listed."""

from pipeline.citations.link import Links, link

__all__ = ["Links", "link"]
