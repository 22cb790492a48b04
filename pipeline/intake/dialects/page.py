"""HTML: footnotes that are links to and fro, as pages and word processors write them; text around the article."""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise

from lxml import etree, html

from pipeline.article import Block, SetAside
from pipeline.elements import line_of, text_of
from pipeline.words import words

MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶#]{1,3}|[a-z]|[ivxl]{1,6})\s*[\])]?\.?", re.IGNORECASE)
ANCHOR = re.compile(r"<a\b[^<>]{0,500}>\s*(?:¶|&para;|&#182;|#|§|🔗)\s*</a>")
"""What notebooks and documentation put behind each heading."""
TYPE = "epub:type"
HOLDERS = {"p", "li", "div", "aside", "section", "dd", "td"}
BACK = re.compile(r"[\s↩↑^\[\]()*\d.†‡§¶︎]*|back|return", re.IGNORECASE)
AGAIN = "the title once more"
ABOVE = "above the title of the page"
LATEST_TITLE, LONGEST_ABOVE, LONGEST_LABELLED = 6, 60, 300
NAVIGATION = "outside the page's main part"


def prepare(text: str) -> str:
    """`text` with its footnotes as pandoc knows them; all else as it was."""
    text = ANCHOR.sub("", text) if "¶" in text or "headerlink" in text else text
    if "href=" not in text or "#" not in text:
        return text
    root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    return html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>") if _mark_notes(root) else text


def _mark_notes(root: html.HtmlElement) -> bool:
    """Mark each note and what leads to it; whether there are any."""
    named = {name: element for element in root.iter() if isinstance(element.tag, str) for name in _names(element)}
    notes: dict[str, tuple[html.HtmlElement, list[html.HtmlElement]]] = {}
    for link in list(root.iter("a")):
        name = (link.get("href") or "")[1:] if (link.get("href") or "").startswith("#") else ""
        target = named.get(name)
        if target is None or not MARK.fullmatch(_text(link)):
            continue
        note = _holder(target)
        back = [each for each in note.iter("a") if _leads_to(each, link)] if note is not None else []
        if note is None or not back or link in note.iter("a"):
            continue
        if any(link in held or (note is other and name != key) for key, (other, held) in notes.items()):
            continue
        link.set(TYPE, "noteref")
        notes.setdefault(name, (note, []))[1].extend(back)
    for name, (note, back) in notes.items():
        _note(note, list(dict.fromkeys(back)), name)
    return bool(notes)


def _names(element: html.HtmlElement) -> Iterator[str]:
    yield from (value for key in ("id", "name") if (value := element.get(key)))


def _text(element: html.HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _holder(target: html.HtmlElement) -> html.HtmlElement | None:
    """The paragraph, item or part that a note is, from what its name stands at."""
    for element in (target, *target.iterancestors()):
        if element.tag in HOLDERS:
            parent = element.getparent()
            alone = parent is not None and parent.tag in ("div", "li", "aside") and len(parent) == 1
            return parent if alone and element.tag == "p" else element
    return None


def _leads_to(back: html.HtmlElement, link: html.HtmlElement) -> bool:
    """Whether a link of a note leads to where its mark stands."""
    name = (back.get("href") or "")[1:]
    around = [link, *link.iterancestors("sup", "span"), *link.iter()]
    return bool(name) and any(name in _names(each) for each in around if isinstance(each.tag, str))


def _note(note: html.HtmlElement, back: list[html.HtmlElement], name: str) -> None:
    """`note` as an `aside` in its place, without the links back and the number that they hold."""
    made = etree.SubElement(note.getparent(), "aside", {TYPE: "footnote", "id": name})
    note.addprevious(made)
    made.tail, note.tail = note.tail, None
    for link in back:
        holder = link.getparent()
        if BACK.fullmatch(_text(link)):
            for child in list(link):
                link.remove(child)
            link.text = None
        link.drop_tag()
        if holder is not None and holder is not note and holder.tag in ("sup", "span") and not _text(holder):
            holder.drop_tree()
    inner = deepcopy(note)
    note.getparent().remove(note)
    if inner.tag in ("p", "div"):
        inner.attrib.clear()
        made.append(inner)
    else:
        made.text = inner.text
        made.extend(list(inner))


def outside(text: str) -> list[SetAside]:
    """What a page shows around its `main` part, which alone is read where there is one."""
    if "<main" not in text.lower():
        return []
    root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    main = root.find(".//main")
    body = root.find("body")
    if main is None or body is None:
        return []
    around = [each for node in (main, *main.iterancestors()) if node is not body and node is not root
              for each in (*node.itersiblings(preceding=True), *node.itersiblings())]  # fmt: skip
    shown = [each for each in around if isinstance(each.tag, str) and each.tag not in ("script", "style", "head")]
    found = [(line_of(each) or 1, " ".join(" ".join(map(str, each.itertext())).split())) for each in shown]
    return [SetAside(line, said, NAVIGATION) for line, said in sorted(found) if said]


def settle_title(blocks: list[Block]) -> list[SetAside]:
    """The only heading of the first level is the title; what is set large before the abstract is no section.

    Short lines above it, such as the journal's section, are taken out of `blocks` and given.
    """
    twice = _told_twice(blocks)
    for block in twice:
        blocks.remove(block)
    again = [SetAside(block.line, block.text, AGAIN) for block in twice]
    tops = [place for place, block in enumerate(blocks) if block.hints.level == 1]
    lower = any(block.hints.level and block.hints.level > 1 for block in blocks)
    if len(tops) != 1 or not lower or tops[0] > LATEST_TITLE:
        return again
    blocks[tops[0]].hints.style, blocks[tops[0]].hints.level = "title", None
    abstract = next((place for place, block in enumerate(blocks) if block.hints.style == "abstract"), tops[0])
    for block in blocks[tops[0] : abstract]:
        block.hints.level = None
    for block in blocks:
        if block.hints.style == "abstract" and _is_labelled(block):
            block.hints.style = None
    above = [block for block in blocks[: tops[0]] if block.content.tag == "p" and len(block.text) < LONGEST_ABOVE]
    for block in above:
        blocks.remove(block)
    return again + [SetAside(block.line, block.text, ABOVE) for block in above]


def _told_twice(blocks: list[Block]) -> list[Block]:
    """Headings at the beginning that a later one there says again: a title page before the title."""
    heads = [block for block in blocks[: LATEST_TITLE + 1] if block.hints.level == 1]
    return [one for one, after in pairwise(heads) if words(one.text) == words(after.text)]


def _is_labelled(block: Block) -> bool:
    """A short line of words behind a label in bold, as keywords are."""
    first = block.content[0] if len(block.content) and not (block.content.text or "").strip() else None
    label = text_of(first) if first is not None and first.tag == "bold" else ""
    return label.rstrip().endswith(":") and len(block.text) < LONGEST_LABELLED and block.text.count(".") <= 1
