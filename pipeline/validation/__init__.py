"""A JATS tree is checked: the DTD, ids and values, words lost. Nothing here knows how the tree was made."""

from pipeline.validation.check import check_file, check_tree
from pipeline.validation.conservation import Conservation, audit, missing_words, running_text, strings_of
from pipeline.validation.links import files_of, media_of
from pipeline.validation.profiles import chosen
from pipeline.validation.source_lines import in_source

__all__ = [
    "Conservation",
    "audit",
    "check_file",
    "check_tree",
    "chosen",
    "files_of",
    "in_source",
    "media_of",
    "missing_words",
    "running_text",
    "strings_of",
]  # fmt: skip
