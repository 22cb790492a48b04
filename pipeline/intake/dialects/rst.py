"""reStructuredText: fields before the title, the classes of proceedings, citations and their list, roles of Sphinx."""

import re
from typing import Any

from pipeline.intake.markup.nodes import Node, Nodes, descendants, text_of
from pipeline.intake.metadata.page import as_meta

BIBLIOGRAPHY = re.compile(r"^\.\.\s+bibliography::[ \t]*(\S[^\n]*)$", re.MULTILINE)
FIELDS = {
    "author", "authors", "organization", "contact", "address", "version", "status", "revision", "date", "copyright",
    "abstract", "dedication", "keywords", "keyword", "email", "institution", "institute", "affiliation", "orcid",
    "corresponding", "equal-contributor", "bibliography", "title", "subtitle", "doi", "license", "funding", "journal",
    "video", "cross-ref-mark", "biography", "lang", "language", "tags",
}  # fmt: skip
WORDS = {"keywords", "keyword", "tags"}
PLACES = {"institution", "institute", "organization", "affiliation", "address"}
OF_PERSON = {"institution", "institute", "affiliation"} | {
    "email",
    "orcid",
    "corresponding",
    "equal-contributor",
    "cross-ref-mark",
}
AUTHORS = {"author", "authors"}
TOPICS = {"abstract", "keywords"}


def prepare(text: str) -> str:
    return text


def settle(tree: dict[str, Any], text: str) -> None:
    meta, blocks = tree["meta"], tree["blocks"]
    place = next((n for n, block in enumerate(blocks[:4]) if _is_fields(block)), None)
    fields = blocks.pop(place)["c"] if place is not None else []
    _title(tree)
    _fields(fields, meta)
    tree["blocks"] = [_named(block) for block in tree["blocks"]]
    _cited(tree)
    names = [name for value in BIBLIOGRAPHY.findall(text) for name in value.split()]
    if names and "bibliography" not in meta:
        meta["bibliography"] = as_meta(names)


def _is_fields(block: Node) -> bool:
    return block["t"] == "DefinitionList" and all(text_of(term).strip().casefold() in FIELDS for term, _ in block["c"])


def _fields(entries: Any, meta: dict[str, Any]) -> None:
    """Fields in order. Those of a person follow the person's name, as the SciPy proceedings have them; the
    organization of a docinfo is that of all its authors.
    """
    people: list[dict[str, Any]] = []
    places: list[str] = []
    words: list[str] = []
    for term, meanings in entries:
        name, content = text_of(term).strip().casefold(), [block for meaning in meanings for block in meaning]
        value = " ".join(" ".join(map(text_of, content)).split())
        if name in AUTHORS:
            people += [{"name": each} for each in _people(content)]
        elif people and name in OF_PERSON:
            _give(people[-1], name, value)
        elif name in PLACES:
            places.append(value)
        elif name == "contact" and people and "@" in value:
            people[0]["email"] = value
        elif name == "bibliography":
            meta["bibliography"] = as_meta([value])
        elif name in WORDS:
            words.append(value)
        else:
            meta[name] = {"t": "MetaBlocks", "c": [*meta.get(name, {"c": []})["c"], *content]}
    if words:
        meta["keywords"] = as_meta(words if len(words) > 1 else words[0])
    for person in people:
        person.setdefault("affiliations", [", ".join(places)] if places else [])
    if people:
        meta["author"] = as_meta(people)


def _give(person: dict[str, Any], name: str, value: str) -> None:
    if name in PLACES:
        person.setdefault("affiliations", []).append(value)
    else:
        person[name] = value or "true"


def _people(content: Nodes) -> list[str]:
    """The names of a field: a list, or parted by semicolons or commas."""
    items = [item for block in content if block["t"] in ("BulletList", "OrderedList") for item in _items(block)]
    if items:
        return [" ".join(text_of(item).split()) for item in items]
    text = " ".join(text_of(content).split())
    return [name.strip() for name in re.split(r";" if ";" in text else r",\s+(?!Jr|Sr)", text) if name.strip()]


def _items(block: Node) -> Nodes:
    return list(block["c"][1] if block["t"] == "OrderedList" else block["c"])


def _title(tree: dict[str, Any]) -> None:
    """A first heading above all others is the title; a second one alone below it the subtitle."""
    headers = [node for node in tree["blocks"] if node["t"] == "Header"]
    first = tree["blocks"][0] if tree["blocks"] else None
    if first is None or first["t"] != "Header" or "title" in tree["meta"]:
        return
    if any(node["c"][0] <= first["c"][0] for node in headers[1:]):
        return
    tree["meta"]["title"] = {"t": "MetaInlines", "c": tree["blocks"].pop(0)["c"][2]}
    for node in headers[1:]:
        node["c"][0] -= 1


def _named(block: Node) -> Node:
    """`topic:: Abstract` is the abstract, without its heading."""
    if block["t"] == "Div" and "topic" in block["c"][0][1]:
        content = block["c"][1]
        name = text_of(content[:1]).strip(" :.").casefold()
        if name in TOPICS:
            return {"t": "Div", "c": [[name, [name], []], content[1:]]}
    return block


def _cited(tree: dict[str, Any]) -> None:
    """`[Sil20]_` cites an entry of the list `.. [Sil20]`; the entries become the `references` of the tree."""
    kept: Nodes = []
    found: dict[str, Nodes] = {}
    for block in tree["blocks"]:
        if block["t"] == "Div" and block["c"][0][0] == "citations":
            for definitions in block["c"][1]:
                for term, meanings in definitions["c"] if definitions["t"] == "DefinitionList" else ():
                    found[text_of(term).strip()] = [part for meaning in meanings for part in meaning]
        elif not (block["t"] == "Div" and block["c"][0][0] == "refs" and not block["c"][1]):
            kept.append(block)
    tree["blocks"], tree["references"] = kept, found
    for node in descendants(kept):
        if node["t"] == "Link" and "citation" in node["c"][0][1] and node["c"][2][0][1:] in found:
            node["c"][0][2].append(["citation", node["c"][2][0][1:]])
