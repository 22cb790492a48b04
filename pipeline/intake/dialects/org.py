"""Org: keywords of the file that pandoc joins or drops, and line breaks in tables, at which its reader never ends."""

import re
from typing import Any

from pipeline.intake.markup.formulas import FORMULAS
from pipeline.intake.markup.nodes import Nodes, descendants, text_of
from pipeline.intake.metadata.front_matter import AUTHOR_LIST
from pipeline.intake.metadata.page import as_meta

KEYWORD = re.compile(
    r"^[ \t]*#\+(author|email|affiliation|institute|institution|bibliography|keywords):[ \t]*(.*?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
RAISED = re.compile(r"\^\{([^{}]{1,20})\}(.*)")
CAPTION = re.compile(
    r"^([ \t]*#\+caption:[^\n]*)((?:\n(?![ \t]*(?:#\+|\[\[|\*|$))[^\n]+){1,8})(?=\n[ \t]*\[\[)",
    re.IGNORECASE | re.MULTILINE,
)
"""A caption that goes on below its line, which Org would take for a paragraph."""
BEGIN = re.compile(rf"(?<=[^\s]\n)[ \t]*\\begin\{{(?:{FORMULAS})\*?\}}")
END = re.compile(rf"\\end\{{(?:{FORMULAS})\*?\}}[ \t]*\n(?=[ \t]*\S)")
"""Formulas right below or above text, which Org would take for a part of its line."""
ROW = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
BREAK = re.compile(r"\\\\(?=\s*\|)")
LINKED = re.compile(r"(?<![\w:])(?:no)?bibliography:([\w./,-]{1,200})")


def prepare(text: str) -> str:
    """Of keywords on many lines the first is left: pandoc joins them in a time that grows with their cube."""
    seen: set[str] = set()
    text = END.sub(r"\g<0>\n", BEGIN.sub(r"\n\g<0>", text))
    text = CAPTION.sub(lambda match: match[1] + " ".join(match[2].split("\n")), text)
    text = KEYWORD.sub(lambda match: match[0] if _is_first(match[1].lower(), seen) else "", text)
    return ROW.sub(lambda match: BREAK.sub(" ", match[0]), text)


def _is_first(name: str, seen: set[str]) -> bool:
    is_first = name not in seen or name == "keywords"
    seen.add(name)
    return is_first


def _raised(blocks: Nodes) -> None:
    """A raised mark at the beginning of a paragraph, which Org prints as it is written."""
    for node in descendants(blocks):
        if node["t"] not in ("Para", "Plain") or not node["c"] or node["c"][0]["t"] != "Str":
            continue
        if match := RAISED.match(node["c"][0]["c"]):
            rest: Nodes = [{"t": "Str", "c": match[2]}] if match[2] else []
            node["c"][:1] = [{"t": "Superscript", "c": [{"t": "Str", "c": match[1]}]}, *rest]


def settle(tree: dict[str, Any], text: str) -> None:
    """Each author of a line of its own is one; institutions, and bibliographies named by `org-ref`."""
    _raised(tree["blocks"])
    found: dict[str, list[str]] = {}
    for name, value in KEYWORD.findall(text):
        if value:
            found.setdefault(name.lower(), []).append(value)
    authors = found.get("author", [])
    authors = AUTHOR_LIST.split(authors[0]) if len(authors) == 1 else authors
    places = [value for name in ("affiliation", "institute", "institution") for value in found.get(name, [])]
    emails = found.get("email", [])
    if len(authors) > 1 or places or (authors and emails):
        people: list[dict[str, Any]] = [{"name": name} for name in authors]
        for number, person in enumerate(people):
            if places:
                person["affiliations"] = [places[number]] if len(places) == len(people) else places
            if len(emails) == len(people):
                person["email"] = emails[number]
        tree["meta"]["author"] = as_meta(people)
        for name in ("affiliation", "institute", "institution", "email"):
            tree["meta"].pop(name, None)
    if "keywords" not in tree["meta"] and found.get("keywords"):
        tree["meta"]["keywords"] = as_meta(", ".join(found["keywords"]))
    names = [name for value in found.get("bibliography", []) for name in value.split()[:1]]
    names += [name for value in LINKED.findall(text) for name in value.split(",") if name]
    if names:
        tree["meta"]["bibliography"] = as_meta(names)
    tree["blocks"] = [block for block in tree["blocks"] if not LINKED.fullmatch(text_of(block).strip())]
