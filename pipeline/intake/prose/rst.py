"""reStructuredText without its marks."""

import re

from pipeline.intake.prose.blank import each_blanked

INDENTED = r".*(?:\n\1[ \t]+\S.*|\n[ \t]*(?=\n\1[ \t]+\S))*"
UNREAD = (
    "raw math include literalinclude bibliography contents role default-role highlight image meta toctree sectnum "
    "header footer only index tabularcolumns"
).split()
COMMENT = re.compile(rf"^([ \t]*)\.\.(?![ \t]*(?:[\w:.+-]{{1,60}}::|\[|_|\|)){INDENTED}", re.MULTILINE)
TARGET = re.compile(r"^[ \t]*(?:\.\. _[^\n]{1,300}|__ .*)$", re.MULTILINE)
RAW = re.compile(rf"^([ \t]*)\.\. (?:{'|'.join(UNREAD)})::{INDENTED}", re.MULTILINE)
NAMED = re.compile(
    r"^[ \t]*\.\. (?:\|[^|\n]{1,100}\|[ \t]+)?(?:image|figure|class|container|code(?:-block)?|sourcecode)::.*$",
    re.MULTILINE,
)
PART = re.compile(r"^[ \t]*\.\. topic::[ \t]*(?:abstract|keywords)[ \t]*:?[ \t]*$", re.MULTILINE | re.IGNORECASE)
"""A topic that holds metadata: its name is none of the article's words."""
DIRECTIVE = re.compile(r"^[ \t]*\.\. (?:\|[^|\n]{1,100}\|[ \t]+)?[\w:.+-]{1,60}::", re.MULTILINE)
FIELD = re.compile(r"^[ \t]*name: \S+$|^[ \t]*:[\w -]{1,60}:[ \t].*$|^[ \t]*:[\w-]{1,60}:[ \t]*$", re.MULTILINE)
ROLE = re.compile(
    r":(?!emphasis:|strong:|sub:|sup:|subscript:|superscript:|title:|code:|abbr:)[\w:.+-]{1,40}:`[^`]{1,1000}`"
)
LINK = re.compile(r"<[^<>`\n]{1,2000}>`_{0,2}")
NOTE = re.compile(r"\[[#*]?[\w.-]{0,60}\]_|^[ \t]*\.\. \[[^\]\n]{1,60}\]", re.MULTILINE)
SUBSTITUTION = re.compile(r"\|[^|\s][^|\n]{0,100}\|_{0,2}")
ADDRESS = re.compile(r"(?:https?|ftp|mailto):\S+")
RULE = re.compile(r"^[ \t]*([=~^*+#'\"`:.<>_-])\1{2,}[ \t]*$|^[ \t=+-]{5,}$", re.MULTILINE)
MARK = re.compile(r"[*`|\\]|_{1,2}(?=\W|$)|:[\w]{1,20}:(?=`)")
PATTERNS = (COMMENT, TARGET, RAW, NAMED, PART, DIRECTIVE, FIELD, ROLE, LINK, NOTE, SUBSTITUTION, ADDRESS, RULE)


def prose(text: str) -> str:
    return MARK.sub("", each_blanked(text, PATTERNS))
