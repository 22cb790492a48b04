"""Typst without its code."""

import re

from pipeline.intake.dialects.typst_values import CLOSING, closing
from pipeline.intake.prose.blank import each_blanked

COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
CODE = re.compile(r"#(?:let|set|show|import|include|context|return|for|while|if|else)\b")
CALL = re.compile(r"#?[A-Za-z_][\w.-]*(?=[(\[])")
MATH = re.compile(r"\$[^$]{0,2000}\$")
RAW = re.compile(r"```.*?```", re.DOTALL)
NAME = re.compile(r"<[A-Za-z][\w:.-]{0,100}>|@[A-Za-z][\w:.-]{0,100}|#[A-Za-z_][\w.-]*")
ADDRESS = re.compile(r"https?://[^\s\])]+")
MARK = re.compile(r"[*_`=\[\]\\~+]")


def prose(text: str) -> str:
    text = each_blanked(text, (COMMENT, RAW, MATH))
    pieces, position = [], 0
    for match in CODE.finditer(text):
        if match.start() < position:
            continue
        end = _statement_end(text, match.end())
        pieces += [text[position : match.start()], "\n" * text.count("\n", match.start(), end)]
        position = end
    text = "".join([*pieces, text[position:]])
    return MARK.sub("", each_blanked(_without_arguments(text), (NAME, ADDRESS)))


def _statement_end(text: str, position: int) -> int:
    while position < len(text) and text[position] not in "\n;":
        position = closing(text, position) if text[position] in CLOSING else position + 1
    return position


def _without_arguments(text: str) -> str:
    """Calls without what stands in parentheses: values, whose words the reader of Typst takes itself."""
    pieces, position = [], 0
    for match in CALL.finditer(text):
        if match.start() < position or not (match[0].startswith("#") or text[match.end()] == "("):
            continue
        if text[match.end()] == "(" and match[0].startswith("#"):
            end = closing(text, match.end())
            pieces += [text[position : match.start()], " " + "\n" * text.count("\n", match.start(), end)]
            position = end
        elif match[0].startswith("#"):
            pieces += [text[position : match.start()], " "]
            position = match.end()
    return "".join([*pieces, text[position:]])
