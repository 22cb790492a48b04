"""Captions of figures and tables: label and text."""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.article import Block, Element
from pipeline.elements import make, text_of
from pipeline.structure.content import rest_of
from pipeline.structure.vocabulary import alternatives, folded, load, roles

KINDS = ("table-wrap", "fig")
NUMBER = r"(?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVX]{1,5}"
LONGEST_RUN_ON = 3000
# `RP: razón de prevalencia.`, alone under a table.
ABBREVIATION = re.compile(r"[^\W\d_a-z]{2,6}\d?\s?[:=]\s[^\n]{3,120}$")


@dataclass(frozen=True, slots=True)
class Caption:
    """`kind` is the JATS element, `number` as written, `label` with its word, `text` what follows."""

    kind: str
    number: str
    label: str
    text: str


@cache
def _pattern() -> re.Pattern[str]:
    words = alternatives(word for kind in KINDS for word in load("captions")[kind])
    return re.compile(
        rf"(?P<label>[<〈＜\[]?(?:supplementary\s)?(?P<word>{words})\.?\s?(?:n[º°.o]{{1,2}}\s?)?(?P<number>{NUMBER})(?![\w])[>〉＞\]]?)(?P<stop>\s?[.:：|–—-]+\s?|\s+|$)",
        re.IGNORECASE,
    )


@cache
def _number_first() -> re.Pattern[str]:
    """`1. táblázat`, `3. ábra`."""
    return re.compile(
        r"(?P<label>(?P<number>\d{1,3})\.\s?(?P<word>táblázat|ábra|lentelė|pav\.|tabula|attēls))(?P<stop>[.:\s]+)",
        re.IGNORECASE,
    )


def read_caption(text: str) -> Caption | None:
    """The caption that a paragraph is; `Figure 1 shows …` is none."""
    match = _pattern().match(text) or _number_first().match(text)
    if match is None or (
        not text[:1].isupper()
        and text[:1] not in "<〈＜["
        and text[:1].lower() != text[:1].upper()
        and not text[:1].isdigit()
    ):
        return None
    rest = text[match.end() :].strip()
    stopped = any(char in ".:：|–—-" for char in match["stop"])
    if not stopped and rest and (rest[0].islower() or rest[0] in "(,;" or len(rest) > LONGEST_RUN_ON):
        return None
    kind = roles("captions").get(folded(match["word"]), "fig")
    kind = kind if kind in KINDS else "fig"
    label = text[: match.end("label")] + match["stop"].rstrip() if stopped else match["label"]
    return Caption(kind, match["number"], label.rstrip(), rest)


def is_note(block: Block) -> bool:
    """A line under a table that explains it."""
    text = block.text
    begins = {word.casefold() for word in load("captions")["notes"]["begins"]}
    first = re.match(r"[^\W\d_]+(?:\s[^\W\d_]+)?(?=\s?[.:：])", text)
    if first and (first.group().casefold() in begins or first.group().split()[0].casefold() in begins):
        return True
    if (
        ABBREVIATION.match(text)
        or text[:1] in "*†‡§¶#"
        or re.match(r"(?:\(?[a-z]\)|[a-z]\s(?=[A-Z])|[¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠ])", text)
    ):
        return True
    return len(text) < 400 and text.count(" = ") + text.count(": ") >= 2 and len(re.findall(r"\S+\s?[=:]\s", text)) >= 2


def make_float(caption: Caption, content: Element) -> Element:
    """A `fig` or `table-wrap` with its label and caption; `content` is the paragraph it was read from, or its first."""
    body = make("caption", said_in(caption, content)) if caption.text else None
    return make(caption.kind, make("label", caption.label), body, id=content.get("id"))


def said_in(caption: Caption, content: Element) -> Element:
    """The `p` of what follows the label, marked up as in the paragraph that the caption was read from."""
    text = text_of(content).rstrip()
    return rest_of(content, len(text) - len(caption.text)) if text.endswith(caption.text) else make("p", caption.text)
