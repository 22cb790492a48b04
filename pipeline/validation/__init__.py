"""A JATS tree is checked: the DTD, ids and values, words lost. Nothing here knows how the tree was made."""

from pipeline.validation.check import check_file, check_tree
from pipeline.validation.conservation import Conservation, audit, missing_words

__all__ = ["Conservation", "audit", "check_file", "check_tree", "missing_words"]
