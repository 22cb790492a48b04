"""Citations that programs keep in a Word document: Zotero, Mendeley, EndNote, and Word's own."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.article import Element
from pipeline.elements import CLUSTER, make
from pipeline.errors import SourceError
from pipeline.intake.archive import Archive, parse_part
from pipeline.intake.docx.endnote import items_of_endnote
from pipeline.intake.docx.fields import Field
from pipeline.intake.docx.names import value, w
from pipeline.intake.docx.word_sources import read_sources

WORD = re.compile(r"\s*CITATION\s+(?P<key>\S+)(?P<rest>.*)", re.DOTALL)
WORD_SWITCH = re.compile(r"\\(?P<switch>[a-z])\s*(?P<value>\"[^\"]*\"|[^\\\s]+)?")
PROPERTY = re.compile(r"(?P<name>(?:ZOTERO_BREF|Mendeley_Bookmark)_\w+?)_(?P<part>\d+)")
MENDELEY_CITE = "MENDELEY_CITATION_v3_"

Item = dict[str, Any]


@dataclass(slots=True)
class Citations:
    """`clusters` by the address of the link around each; `items` by key."""

    clusters: dict[str, Element] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    sources: dict[str, Item] = field(default_factory=dict)
    unread: int = 0

    def add(self, cites: list[Element]) -> str:
        """The address for a new cluster."""
        anchor = f"jats-pipeline-citation-{len(self.clusters) + 1}"
        self.clusters[anchor] = make(CLUSTER, cites)
        return anchor

    def of_field(self, each: Field) -> str:
        """The address of the citation that a field is; empty where it cannot be read."""
        instruction = each.instruction.strip()
        cites = _of_json(instruction, self.items)
        if not cites and "EN.CITE" in instruction:
            found = items_of_endnote(_endnote(each))
            self.items |= {str(item["id"]): item for item in found}
            cites = [make("cite", key=str(item["id"])) for item in found]
        if not cites and (word := WORD.match(instruction)):
            cites = list(_of_word(word, self.sources))
            self.items |= {
                key: self.sources[key] for each_cite in cites if (key := each_cite.get("key", "")) in self.sources
            }
        if not cites:
            self.unread += 1
            return ""
        return self.add(cites)

    def of_json(self, text: str) -> str:
        cites = _of_json(text, self.items)
        return self.add(cites) if cites else ""


def _of_json(text: str, items: dict[str, Item]) -> list[Element]:
    """The cites of `… CSL_CITATION {json}`; their data goes into `items`."""
    start = text.find("{")
    if start < 0:
        return []
    try:
        data, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError):
        return []
    found = data.get("citationItems") if isinstance(data, dict) else None
    return [cite for each in found or () if isinstance(each, dict) and (cite := _cite(each, items)) is not None]


def _cite(each: Mapping[str, Any], items: dict[str, Item]) -> Element | None:
    item = each.get("itemData")
    if not isinstance(item, dict):
        return None
    uris = each.get("uris") or each.get("uri") or [each.get("id") or item.get("id")]
    key = str(uris[0] if isinstance(uris, list) and uris else uris)
    items.setdefault(key, {name: part for name, part in item.items() if name not in ("abstract", "note")} | {"id": key})
    locator = str(each.get("locator") or "").strip()
    label = {"page": "p. ", "chapter": "chap. ", "section": "sec. "}.get(str(each.get("label") or "page"), "")
    suffix = " ".join(
        part for part in (label + locator if locator else "", str(each.get("suffix") or "").strip()) if part
    )
    return make(
        "cite",
        key=key,
        mode="suppress-author" if each.get("suppress-author") else "",
        prefix=str(each.get("prefix") or "").strip(),
        suffix=suffix,
    )


def _endnote(each: Field) -> bytes:
    """The XML of an EndNote citation: in the instruction, or encoded beside it."""
    start = each.instruction.find("<EndNote>")
    if start >= 0:
        end = each.instruction.rfind("</EndNote>")
        return each.instruction[start : end + 10].encode() if end > start else b""
    try:
        data = base64.b64decode(each.data or "")
    except (binascii.Error, ValueError):
        return b""
    start, end = data.find(b"<EndNote>"), data.rfind(b"</EndNote>")
    return data[start : end + 10] if 0 <= start < end else b""


def _of_word(match: re.Match[str], sources: Mapping[str, Item]) -> Iterator[Element]:
    """`CITATION Sil20 \\p 5 \\l 1033 \\m Cos19`: the first work, then those after `\\m`."""
    made = [{"key": match["key"]}]
    for switch in WORD_SWITCH.finditer(match["rest"]):
        given = (switch["value"] or "").strip('"')
        if switch["switch"] == "m":
            made.append({"key": given})
        elif switch["switch"] == "p":
            made[-1]["suffix"] = f"p. {given}"
        elif switch["switch"] == "f":
            made[-1]["prefix"] = given
        elif switch["switch"] == "s":
            made[-1]["suffix"] = given
        elif switch["switch"] == "n":
            made[-1]["mode"] = "suppress-author"
    yield from (make("cite", **each) for each in made if each["key"] in sources)


def word_sources(archive: Archive) -> dict[str, Item]:
    """The sources of Word's own bibliography by their tags."""
    found: dict[str, Item] = {}
    for name in archive.names:
        if name.startswith("customXml/item") and name.endswith(".xml") and b"bibliography" in archive.read(name)[:4000]:
            try:
                root = parse_part(archive.read(name), archive.name)
            except SourceError:
                continue
            found |= read_sources(root)
    return found


def bookmarked(archive: Archive) -> dict[str, str]:
    """LibreOffice keeps what a citation program knows in the properties of the document, by bookmark."""
    root = archive.xml("docProps/custom.xml")
    parts: dict[str, dict[int, str]] = {}
    for each in root if root is not None else ():
        match = PROPERTY.fullmatch(each.get("name") or "")
        if match:
            parts.setdefault(match["name"], {})[int(match["part"])] = "".join(map(str, each.itertext()))
    return {name: "".join(pieces[number] for number in sorted(pieces)) for name, pieces in parts.items()}


def link_bookmarks(root: Element, known: Mapping[str, str], citations: Citations) -> list[Element]:
    """Put a link around what stands within each bookmark of a citation; the paragraphs of a bibliography."""
    listed: list[Element] = []
    for start in list(root.iter(w("bookmarkStart"))):
        text = known.get(value(start, "name"), "")
        if not text:
            continue
        runs = list(_within(start))
        if "BIBL" in text[:40].upper():
            listed += [parent for run in runs for parent in run.iterancestors(w("p"))]
        elif runs and (anchor := citations.of_json(text)):
            from pipeline.intake.docx.fields import link

            link(runs, anchor)
    return listed


def _within(start: Element) -> Iterator[Element]:
    """The runs between a bookmark's start and its end, in one paragraph."""
    name = value(start, "id")
    for each in start.itersiblings():
        if each.tag == w("bookmarkEnd") and value(each, "id") == name:
            return
        if each.tag == w("r"):
            yield each


def of_controls(root: Element, citations: Citations) -> Iterator[tuple[Element, str]]:
    """Content controls of Mendeley Cite: the control, and the address of its citation."""
    for control in list(root.iter(w("sdt"))):
        tag = value(control.find(f"{w('sdtPr')}/{w('tag')}"))
        if tag.startswith(MENDELEY_CITE):
            try:
                text = base64.b64decode(tag.removeprefix(MENDELEY_CITE) + "==").decode("utf-8", "replace")
            except (binascii.Error, ValueError):
                continue
            if anchor := citations.of_json(text):
                yield control, anchor


def runs_of(control: Element) -> list[Element]:
    content = control.find(w("sdtContent"))
    return [each for each in content if each.tag == w("r")] if content is not None else []
