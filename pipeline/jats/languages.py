"""`xml:lang` wherever the script of a text says that its language is another than the one around it.

Only scripts that one language is written in (or, for ideographs, Chinese unless Japanese syllables stand among
them) are marked; Cyrillic or Arabic alone does not tell the language. A single Greek letter is a symbol.
"""

import re
from collections.abc import Collection, Iterator

from lxml import etree

from pipeline.article import Element
from pipeline.elements import LANG, make
from pipeline.words import words

SCRIPTS = {
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "zh": "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff",
    "th": "\u0e00-\u0e7f",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
    "km": "\u1780-\u17ff",
}
ANY = re.compile(f"[{''.join(SCRIPTS.values())}]")
RUN = re.compile("|".join(f"(?P<{tag}>[{chars}](?:[\\W\\d_]*[{chars}])*)" for tag, chars in SCRIPTS.items()))
KANA = re.compile("[\u3040-\u30ff]")
SHORTEST = {"el": 4}
IDEOGRAPHIC = {"zh", "ja", "ko"}
OPAQUE = {"journal-id", "article-id", "contrib-id", "tex-math", "code", "preformat", "uri", "email", "label", "name"}
WITH_LANGUAGE = {
    "article-title", "chapter-title", "collab", "copyright-holder", "institution", "journal-title", "p", "part-title",
    "publisher-loc", "publisher-name", "series", "source", "string-name", "subtitle", "trans-title",
}  # fmt: skip
MIXED = {
    "article-title", "attrib", "bold", "chapter-title", "collab", "comment", "copyright-statement", "italic", "kwd",
    "license-p", "mixed-citation", "p", "part-title", "series", "source", "subject", "subtitle", "td", "term", "th",
    "title", "trans-title", "verse-line",
}  # fmt: skip


def mark_languages(root: Element) -> None:
    """Give elements, or parts of their text as `styled-content`, the language of their script.

    SciELO PS takes none within `element-citation`.
    """
    if ANY.search(etree.tostring(root, encoding="unicode", method="text")):
        left = {"element-citation"} if (root.get("specific-use") or "").startswith("sps-") else set()
        _mark(root, root.get(LANG) or "", left)


def _mark(element: Element, inherited: str, left: Collection[str]) -> None:
    if element.tag in left:
        return
    lang = element.get(LANG) or inherited
    if element.tag not in OPAQUE and element.text and ANY.search(element.text):
        whole = _language_of_most(element.text, lang) if not len(element) and element.tag in WITH_LANGUAGE else None
        if whole:
            element.set(LANG, whole)
        elif element.tag in MIXED:
            _wrap_text(element, lang)
    for child in list(element):
        if isinstance(child.tag, str):
            _mark(child, lang, left)
        if child.tail and element.tag in MIXED and ANY.search(child.tail):
            _wrap_tail(child, lang)


def _language_of_most(text: str, lang: str) -> str | None:
    """The one other language that most words of `text` are in."""
    runs = list(_runs(text, lang))
    found = {tag for _, _, tag in runs}
    inside = sum(len(words(text[start:end])) for start, end, _ in runs)
    return found.pop() if len(found) == 1 and inside * 2 > len(words(text)) else None


def _runs(text: str, lang: str) -> Iterator[tuple[int, int, str]]:
    """Where another language stands in `text`: start, end, tag."""
    for match in RUN.finditer(text):
        script = str(match.lastgroup)
        tag = "ja" if script == "zh" and KANA.search(match.group()) else script
        own = lang.partition("-")[0]
        same = tag == own or (script == "zh" and own in IDEOGRAPHIC)
        if not same and match.end() - match.start() >= SHORTEST.get(script, 1):
            yield match.start(), match.end(), tag


def _pieces(text: str, lang: str) -> Iterator[str | Element]:
    position = 0
    for start, end, tag in _runs(text, lang):
        yield text[position:start]
        yield make("styled-content", text[start:end], lang=tag)
        position = end
    yield text[position:]


def _wrap_text(element: Element, lang: str) -> None:
    holder = make("holder", _pieces(element.text or "", lang))
    element.text = holder.text
    for position, piece in enumerate(list(holder)):
        element.insert(position, piece)


def _wrap_tail(child: Element, lang: str) -> None:
    parent = child.getparent()
    holder = make("holder", _pieces(child.tail or "", lang))
    child.tail = holder.text
    if parent is not None:
        for position, piece in enumerate(list(holder), start=parent.index(child) + 1):
            parent.insert(position, piece)
