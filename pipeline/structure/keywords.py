"""Keywords: one list becomes single words."""

import re
from dataclasses import replace

from pipeline import language
from pipeline.article import Block, Element, Keywords
from pipeline.elements import make, rename, text_of, without_end, without_start
from pipeline.faces import marked_up
from pipeline.structure.draft import Draft, Zone
from pipeline.structure.vocabulary import folded, word_set

STRONG = re.compile(r"\s*[;；•·|/]\s+|\s*[;；•·|]\s*")
WEAK = re.compile(r"\s*[,，、،؛]\s*")
STOPS = re.compile(r"\.\s+(?=\S)")
ENDS = re.compile(r"^[\s,;；，]+|[\s,;；，]+$")
DASHES = re.compile(r"\s[-–—]\s")
LABEL = re.compile(r"(?P<label>[^\W\d_][^:：,;]{2,30}?)\s?[:：]\s+(?=\S)")
LONGEST = 90
LEAST_WORDS = 3


def read_keywords(draft: Draft) -> None:
    """A `Keywords` for each zone; that in the language of the article first.

    Where they are too few words to tell, their language is that of the abstract at the same place.
    """
    groups: list[Keywords] = []
    beside = [abstract.lang for abstract in draft.article.abstracts if not abstract.type]
    place = 0
    for zone in map(_labelled, draft.take("keywords")):
        pieces = [kwd for block in zone.blocks for kwd in _kwds(block, split_keywords(block))]
        if not pieces:
            draft.drop_label(zone)
            continue
        text = ", ".join(map(text_of, pieces))
        group = Keywords(pieces, title=zone.label.rstrip(": ：.—-"))
        told = language.detect(text) or language.distinct_script_language(text)
        group.lang = told or (beside[place] if place < len(beside) else None)
        place += not _is_code(group)
        if group.lang == "zh" and draft.lang == "ja":
            group.lang = draft.lang
        groups.append(group)
    draft.article.keywords += sorted(groups, key=lambda group: (_is_code(group), group.lang not in (None, draft.lang)))


def _labelled(zone: Zone) -> Zone:
    """A zone found by its shape, whose list begins with a label in a language unknown: `Fjalë kyçe: …`."""
    label = None if zone.label or not zone.blocks else LABEL.match(zone.blocks[0].text)
    if label is None or len(split_keywords(zone.blocks[0])) < LEAST_WORDS:
        return zone
    first = replace(zone.blocks[0], content=without_start(zone.blocks[0].content, label.end()))
    return replace(zone, label=label["label"], label_line=first.line, blocks=[first, *zone.blocks[1:]])


def _kwds(block: Block, pieces: list[str]) -> list[Element]:
    """A `kwd` for each piece with its italics; those around all of them are how the line is set."""
    marked = marked_up(block.content)
    if marked is None:
        return [make("kwd", piece) for piece in pieces]
    whole, position, made = text_of(marked), 0, []
    for piece in pieces:
        start = whole.find(piece, position)
        if start < 0:
            return [make("kwd", each) for each in pieces]
        position = start + len(piece)
        made.append(rename(without_end(without_start(marked, start), len(piece)), "kwd"))
    if all(len(kwd) == 1 and text_of(kwd[0]) == text_of(kwd) for kwd in made):
        return [make("kwd", piece) for piece in pieces]
    return made


def _is_code(group: Keywords) -> bool:
    """Codes of a classification (JEL, PACS, UDC), which stand after the words."""
    return folded(group.title) in word_set("facts", "classifications")


def split_keywords(block: Block) -> list[str]:
    """Keywords parted by semicolons, bullets or the like where there are any, else by commas, stops or dashes."""
    text = block.text.strip()
    if text.endswith(".") and not text.endswith("..") and not _ends_abbreviation(text):
        text = text[:-1]
    if block.hints.marker is not None and not STRONG.search(text):
        return [text] if "," not in text or len(text) < 40 else _split(WEAK, text)
    for separator in (STRONG, STOPS, WEAK, DASHES):
        pieces = _split(separator, text)
        if len(pieces) > 1 and all(len(piece) <= LONGEST for piece in pieces):
            return pieces
    return _split(ENDS, text)


def _split(separator: re.Pattern[str], text: str) -> list[str]:
    return [piece.strip() for piece in separator.split(text) if any(map(str.isalnum, piece))]


def _ends_abbreviation(text: str) -> bool:
    return text.split()[-1].count(".") >= 2
