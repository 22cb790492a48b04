"""Markdown without its marks: pandoc's, Quarto's and MyST's."""

import re

from pipeline.intake.prose.blank import each_blanked

FRONT = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
METADATA = re.compile(r"^---[ \t]*\n(?:[\w-]{1,60}:.*\n|[ \t]+\S.*\n){1,200}(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
MYST_PART = re.compile(r"^\+\+\+.*$", re.MULTILINE)
FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,}|:{3,}).*$", re.MULTILINE)
CONTENTS = re.compile(
    r"^[ \t]*([`:~]{3,})\{(?:toctree|tableofcontents|bibliography|contents|include)\}.*\n(?:(?![ \t]*\1).*\n){0,500}",
    re.MULTILINE,
)
OPTION = re.compile(r"^[ \t>]*(?::[\w-]{1,40}:|#\|[ \t]*[\w-]{1,40}:|//\|).*$", re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->|^[ \t]*%.*$", re.DOTALL | re.MULTILINE)
TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|</?[A-Za-z][^<>]{0,2000}>", re.DOTALL | re.IGNORECASE)
MATH = re.compile(r"\$\$.*?\$\$|(?<![\\$\w])\$(?![\s\d])[^$\n]{1,1000}(?<![\s\\])\$(?!\d)", re.DOTALL)
RAW = re.compile(
    r"\\begin\{([A-Za-z*]{1,30})\}.*?\\end\{\1\}|\\[A-Za-z]+(?:\[[^\]\n]{0,300}\]|\{[^{}\n]{0,300}\})*", re.DOTALL
)
SHORTCODE = re.compile(r"\{\{[<%].*?[>%]\}\}|\{\{.{0,200}?\}\}", re.DOTALL)
ROLE = re.compile(r"\{[\w:.-]{1,40}\}(`+)[^`]{1,500}\1")
ATTRIBUTES = re.compile(r"\{[^{}\n]{0,500}\}")
TARGET = re.compile(r"(?<=\])\((?:[^()\n]|\([^()\n]*\)){0,2000}\)|(?<=\])\[[^\[\]\n]{0,200}\]")
DEFINITION = re.compile(r"^[ \t]{0,3}\[(?!\^)[^\]\n]{1,200}\]:.*$", re.MULTILINE)
NOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:?")
KEY = re.compile(r"(?<![\w])-?@(?:\{[^{}\n]{1,200}\}|[\w][\w:.#$%&+?<>~/-]*)")
ADDRESS = re.compile(r"(?:https?|ftp)://\S+|<[^<>\s]{1,500}>")
ENTITY = re.compile(r"&#?\w{1,30};")
CAPTION = re.compile(r"^[ \t]*(?:[Tt]able)?:[ \t](?:\(\\?#[\w:-]{1,60}\))?", re.MULTILINE)
SETTING = re.compile(r"^(?:\*\[|#\||\(\w[\w-]{0,60}\)=[ \t]*$|\[//\]|\\[A-Za-z]+).*$", re.MULTILINE)
MARK = re.compile(r"[*_`~^\\\[\]=]+")
RULE = re.compile(r"^[ \t|:+=-]{3,}$", re.MULTILINE)
PATTERNS = (
    FRONT, METADATA, MYST_PART, COMMENT, TAG, SHORTCODE, ROLE, CONTENTS, FENCE, OPTION, MATH, RAW, DEFINITION, CAPTION,
    SETTING, NOTE, TARGET, ATTRIBUTES, KEY, ADDRESS, ENTITY, RULE,
)  # fmt: skip


def prose(text: str) -> str:
    return MARK.sub("", each_blanked(text, PATTERNS))
