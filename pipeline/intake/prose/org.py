"""Org without its marks."""

import re

from pipeline.intake.prose.blank import each_blanked

COMMENT = re.compile(r"^[ \t]*#(?:[ \t][^\n]*)?$|^[ \t]*#\+begin_(comment|export)\b.*?^[ \t]*#\+end_\1.*?$",
                     re.IGNORECASE | re.DOTALL | re.MULTILINE)  # fmt: skip
HIDDEN = re.compile(r"^(\*+)[ \t]+(?:COMMENT\b|[^\n]*:noexport:)[^\n]*(?:\n(?!\*{1,20}[ \t])[^\n]*)*", re.MULTILINE)
KEYWORD = re.compile(r"^[ \t]*#\+(?!caption\b)[\w:-]{1,60}(?:\[[^\]\n]{0,200}\])?:?.*$", re.MULTILINE | re.IGNORECASE)
CAPTION = re.compile(r"^[ \t]*#\+caption:", re.MULTILINE | re.IGNORECASE)
DRAWER = re.compile(r"^[ \t]*:(?!END:)[A-Z][\w-]{0,60}:[ \t]*\n(?:[^\n]*\n){0,200}?[ \t]*:END:[ \t]*$", re.MULTILINE)
PLANNING = re.compile(r"^[ \t]*(?:DEADLINE|SCHEDULED|CLOSED):.*$|[<\[]\d{4}-\d\d-\d\d[^>\]\n]{0,60}[>\]]", re.MULTILINE)
TAGS = re.compile(r"(?m)[ \t]+:[\w@#%:]{1,200}:[ \t]*$|^(\*+)[ \t]+(?:TODO|DONE)\b")
LINK = re.compile(r"\[\[[^\[\]\n]{1,2000}\](?=\[)|\[\[[^\[\]\n]{1,2000}\]\]")
CITATION = re.compile(
    r"\[cite(?:/[\w/-]{1,20})?:[^\[\]]{1,2000}\]|(?<!\w)[a-zA-Z]*(?:cite|ref|bibliography)[a-z]*:[\w:;,&@./-]+"
)
NOTE = re.compile(r"\[fn:[\w-]{0,60}\]?:?")
MATH = re.compile(
    r"\\\[.*?\\\]|\\\(.*?\\\)|\$\$.*?\$\$|\$[^$\n]{1,1000}\$|\\begin\{([A-Za-z*]{1,30})\}.*?\\end\{\1\}", re.DOTALL
)
CODE = re.compile(
    r"(?:src|call)_\w{1,40}(?:\[[^\]\n]{0,200}\])?(?:\{[^{}\n]{0,500}\}|\([^()\n]{0,500}\))|\{\{\{.*?\}\}\}|@@\w+:.*?@@|<<<?[^<>\n]{1,200}>>>?"
)
ADDRESS = re.compile(r"(?:https?|ftp|file|mailto|doi):\S+")
TEX = re.compile(r"\\[A-Za-z]+(?:\{\})?(?:\[[^\]\n]{0,300}\]|\{[^{}\n]{0,300}\})*")
EMPHASIS = re.compile(r"(?<!\w)[*/_=~+]+(?=\S)|(?<=\S)[*/_=~+]+(?!\w)|[\^_](?=\{)|[{}]")
PATTERNS = (
    COMMENT, HIDDEN, DRAWER, KEYWORD, CAPTION, PLANNING, TAGS, CITATION, LINK, NOTE, MATH, CODE, ADDRESS, TEX,
)  # fmt: skip


def prose(text: str) -> str:
    return EMPHASIS.sub("", each_blanked(text, PATTERNS))
