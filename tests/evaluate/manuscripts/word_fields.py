"""Citations in Word as the fields of citation programs."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.intake.docx.names import W, text_of, w
from pipeline.intake.markup.nodes import Node, Nodes
from tests.evaluate.manuscripts.article import Manuscript, mapped
from tests.evaluate.manuscripts.word import Change, _complex, _run

OPEN, CLOSE = "\ue100", "\ue101"


def with_marks(each: Manuscript) -> Nodes:
    """The body with its citations between marks that `fields` finds again."""
    known = {item["id"] for item in each.items}

    def change(node: Node) -> Nodes:
        if node["t"] != "Cite":
            return [node]
        keys = [one["citationId"] for one in node["c"][0]]
        if not set(keys) <= known:
            return list(node["c"][1])
        return [{"t": "Str", "c": OPEN + ",".join(keys) + CLOSE}, *node["c"][1], {"t": "Str", "c": OPEN + CLOSE}]

    return list(mapped(deepcopy(each.body), change))


def fields(code: Callable[[list[dict[str, Any]]], str]) -> Change:
    """Citations as the fields of a citation program; `code` gives the instruction for some items."""

    def change(root: Element, each: Manuscript) -> None:
        items = {item["id"]: item for item in each.items}
        pattern = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
        for text in list(root.iter(w("t"))):
            if OPEN not in (text.text or ""):
                continue
            run = text.getparent()
            properties = run.find(w("rPr"))  # type: ignore[union-attr]
            shown = etree.tostring(properties, encoding="unicode") if properties is not None else ""
            pieces = pattern.split(text.text or "")
            xml = ""
            for number, piece in enumerate(pieces):
                if not number % 2:
                    xml += _run(piece).replace("<w:r>", f"<w:r>{shown}") if piece else ""
                elif piece:
                    begun = _complex(code([items[key] for key in piece.split(",")]), "").rsplit("<w:r><w:t", 1)[0]
                    xml += begun
                else:
                    xml += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            parent = run.getparent()  # type: ignore[union-attr]
            place = parent.index(run)  # type: ignore[union-attr,arg-type]
            parent.remove(run)  # type: ignore[union-attr,arg-type]
            for offset, child in enumerate(list(etree.fromstring(f'<w:p xmlns:w="{W}">{xml}</w:p>'))):
                parent.insert(place + offset, child)  # type: ignore[union-attr]

    return change


def zotero(items: list[dict[str, Any]]) -> str:
    cites = [{"id": 7, "uris": [f"http://zotero.org/users/1/items/{item['id']}"], "itemData": item} for item in items]
    return " ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationID": "x", "citationItems": cites}) + " "


def mendeley(items: list[dict[str, Any]]) -> str:
    cites = [
        {"id": f"ITEM-{n}", "uris": [f"http://www.mendeley.com/documents/?uuid={item['id']}"],
         "itemData": item | {"id": f"ITEM-{n}"}}
        for n, item in enumerate(items, 1)
    ]  # fmt: skip
    return "ADDIN CSL_CITATION " + json.dumps({"citationItems": cites, "mendeley": {"formattedCitation": "x"}})


def endnote(items: list[dict[str, Any]]) -> str:
    xml = ""
    for number, item in enumerate(items, 1):
        names = "".join(
            f"<author>{p.get('family', p.get('literal', ''))}, {p.get('given', '')}</author>"
            for p in item.get("author", [])
        )
        year = item.get("issued", {}).get("date-parts", [[""]])[0][0]
        kind = '<ref-type name="Journal Article">17</ref-type>'
        title, journal = (
            str(item.get(key, "")).replace("&", "&amp;").replace("<", "&lt;") for key in ("title", "container-title")
        )
        people = f"<contributors><authors>{names.replace('&', '&amp;')}</authors></contributors>"
        titles = f"<titles><title>{title}</title><secondary-title>{journal}</secondary-title></titles>"
        rest = f"<volume>{item.get('volume', '')}</volume><pages>{item.get('page', '')}</pages>"
        xml += f"<Cite><Author>x</Author><Year>{year}</Year><RecNum>{item['id']}</RecNum><record>"
        xml += f"<rec-number>{number}</rec-number>{kind}{people}{titles}{rest}<dates><year>{year}</year></dates>"
        xml += "</record></Cite>"
    return f" ADDIN EN.CITE <EndNote>{xml}</EndNote>"


def bibliography_field(root: Element, each: Manuscript) -> None:
    """The list of references as the result of one field."""
    heading = [p for p in root.iter(w("p")) if text_of(p) == each.labels[2]]
    entries = list(heading[-1].itersiblings(w("p"))) if heading else []
    if not entries:
        return
    begin = list(
        etree.fromstring(f'<w:p xmlns:w="{W}">{_complex(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", "")}</w:p>')
    )
    place = 1 if entries[0].find(w("pPr")) is not None else 0
    for offset, child in enumerate(begin[:3]):
        entries[0].insert(place + offset, child)
    entries[-1].append(begin[-1])
