"""LaTeX without its commands."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.intake.latex.known import lists
from pipeline.intake.latex.scanner import after_space, balanced

TOKEN = re.compile(
    r"\\begin\s*\{(?P<begin>[^{}\n]{1,40})\}|\\end\s*\{[^{}\n]{1,40}\}|\\(?P<name>[A-Za-z@]+)\*?|\\(?P<sign>.)|(?P<math>\$\$?)"
    r"|[{}]|[~&#^_]",
    re.DOTALL,
)
WITHIN = r"(?:(?!\\end\{long).){0,5000}?"
REPEATED = re.compile(
    rf"\\endfirsthead{WITHIN}\\endhead(?:{WITHIN}\\endfoot)?|\\endhead{WITHIN}\\endfoot|\\endfoot{WITHIN}\\endlastfoot",
    re.DOTALL,
)
"""What long tables print on each page."""
TO_WIDTH = re.compile(r"\\begin\{(?:long)?tabu\}\s*(?:to|spread)\s*[^{]{1,80}")
RULE = re.compile(r"\\c(?:mid)?rule\s*(?:\[[^\]\n]{0,40}\])?\s*\([^()\n]{0,20}\)(?:\s*\{[^{}\n]{0,40}\})?")
LENGTH = re.compile(r"\*?\s*\[\s*-?[\d.]{1,8}\s*(?:pt|cm|mm|em|ex|in)\s*\]")
DEFINITION = re.compile(r"\s*\\[A-Za-z@]+[^{}\\\n]{0,40}")
BODY, END = "\\begin{document}", "\\end{document}"
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
           "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
           }  # fmt: skip
ACCENTED = re.compile(r"\s*(?:\{\s*(?P<group>\\?[A-Za-z]?)\s*\}|(?P<letter>\\?[A-Za-z]))")


@dataclass(frozen=True, slots=True)
class Marks:
    """What `latex.toml` says, by its tables."""

    silent: frozenset[str]
    environments: frozenset[str]
    skip: dict[str, int]
    letters: dict[str, str]
    definitions: frozenset[str]


@cache
def marks() -> Marks:
    held = tomllib.loads(Path(__file__).with_name("latex.toml").read_text("utf-8"))
    silent = (frozenset(held["silent"]) | lists().silent | lists().aside.keys()) - set(held["definitions"])
    return Marks(silent, frozenset(held["environments"]), held["skip"], held["letters"], frozenset(held["definitions"]))


def prose(text: str) -> str:
    """The body of a source; its front is read by commands of its own, which say what they hold."""
    text = TO_WIDTH.sub(r"\\begin{tabu}", text)
    text = RULE.sub(" ", text)
    text = LENGTH.sub(" ", text)
    text = REPEATED.sub(lambda match: _lines(text, *match.span()), text)
    start = max(text.find(BODY), 0)
    end = text.rfind(END)
    pieces, position = ["\n" * text.count("\n", 0, start)], start
    end = end if end > start else len(text)
    while position < end and (match := TOKEN.search(text, position, end)):
        pieces.append(text[position : match.start()])
        position, made = _after(text, match)
        pieces.append(made or _lines(text, match.start(), position))
    pieces.append(text[position:end])
    return unicodedata.normalize("NFC", "".join(pieces))


def _lines(text: str, start: int, end: int) -> str:
    return "\n" * text.count("\n", start, end)


def _after(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Where the prose goes on behind a token, and what the token prints where that is known."""
    end = match.end()
    if match["begin"]:
        return _environment(text, match["begin"], end)
    if match["math"]:
        close = text.find(match["math"], end)
        return (close + len(match["math"]), "") if close >= 0 else (end, " ")
    if match["sign"]:
        return _sign(text, match["sign"], end)
    name = match["name"]
    if not name:
        return end, " " if match[0] not in "{}" or text.startswith("}{", match.start() - 1) else ""
    if name in marks().letters:
        return after_space(text, end), marks().letters[name]
    if name in ACCENTS and (held := ACCENTED.match(text, end)):
        return _accented(held, ACCENTS[name])
    if name in marks().silent or (name.endswith("ref") and name not in marks().skip) or "cite" in name:
        return _groups(text, end, len(text), keep_options="cite" in name)
    if name in marks().definitions and (held := DEFINITION.match(text, end)):
        end = held.end()
    position, _ = _groups(text, end, marks().skip.get(name, 0) + (name in marks().definitions))
    return position, _lines(text, end, position) + (" " if position == end and text[end : end + 1] != "{" else "")


def _accented(held: re.Match[str], accent: str) -> tuple[int, str]:
    letter = held["group"] or held["letter"] or ""
    letter = {"\\i": "i", "\\j": "j"}.get(letter, letter)
    return (held.end(), letter + accent) if not letter.startswith("\\") else (held.start(), "")


def _sign(text: str, sign: str, end: int) -> tuple[int, str]:
    if sign in "[(":
        close = text.find("\\]" if sign == "[" else "\\)", end)
        return (close + 2, "") if close >= 0 else (end, " ")
    if sign in ACCENTS and (held := ACCENTED.match(text, end)):
        return _accented(held, ACCENTS[sign])
    if sign == "\\":
        option = re.compile(r"\*?\s*\[[^\[\]\n]{1,20}\]").match(text, end)
        return (option.end() if option else end), " "
    return end, "" if sign in "-/" else sign if sign in "&%$#_{}" else " "


def _environment(text: str, name: str, end: int) -> tuple[int, str]:
    if name in marks().environments:
        close = text.find(f"\\end{{{name}}}", end)
        return (close, "") if close >= 0 else (end, " ")
    return _groups(text, end, lists().arguments.get(name, marks().skip.get(name, 0)))


def _groups(text: str, position: int, count: int, keep_options: bool = False) -> tuple[int, str]:
    """Behind the options and the first `count` arguments; their lines, and the words of the options to be kept."""
    start, kept = position, ""
    while True:
        place = after_space(text, position)
        opening = text[place : place + 1]
        inner = balanced(text, place) if opening == "[" or (opening == "{" and count > 0) else None
        if inner is None:
            return position, _lines(text, start, position) + kept
        kept += f" {inner} " if keep_options and opening == "[" and "\\" not in inner else ""
        count -= opening == "{"
        position = place + len(inner) + 2
