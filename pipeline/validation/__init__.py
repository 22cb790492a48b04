"""A JATS tree is checked: the DTD, ids and values, words lost. Nothing here knows how the tree was made."""

from pipeline.validation.check import check_file, check_tree
from pipeline.validation.conservation import Conservation, audit, missing_words
from pipeline.validation.profiles import chosen

__all__ = ["Conservation", "audit", "check_file", "check_tree", "chosen", "missing_words"]
