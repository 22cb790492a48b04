"""What a manuscript says, taken from a publisher's JATS: the front by hand, the body as pandoc's document model."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline import bibliography, jats, pandoc
from pipeline.article import Article, Name
from pipeline.article import Element as Element
from pipeline.bibliography.richtext import plain
from pipeline.elements import text_of
from pipeline.intake.markup.nodes import Node, Nodes, descendants
from pipeline.intake.markup.nodes import text_of as node_text
from tests.drawing import png

FEWEST_FIGURES, NOTES, FORMULAS = 2, 3, 2
LABELS = {
    "en": ("Abstract", "Keywords", "References", "Figure", "Table"),
    "es": ("Resumen", "Palabras clave", "Referencias", "Figura", "Tabla"),
    "pt": ("Resumo", "Palavras-chave", "Referências", "Figura", "Tabela"),
}


@dataclass(slots=True)
class Person:
    """`places` are numbers of affiliations, counted from 1."""

    given: str
    family: str
    places: list[int]
    orcid: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(slots=True)
class Manuscript:
    """`body` are blocks of pandoc's model whose `Cite` elements hold the printed text; `items` are CSL by key."""

    name: str
    lang: str
    title: str
    people: list[Person]
    places: list[str]
    abstract: list[str]
    keywords: list[str]
    body: Nodes
    references: list[str]
    items: list[dict[str, Any]]
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        return LABELS.get(self.lang[:2], LABELS["en"])


def words_of(text: str) -> Nodes:
    """Inline nodes of plain text."""
    nodes: Nodes = []
    for word in text.split():
        nodes += ([{"t": "Space"}] if nodes else []) + [{"t": "Str", "c": word}]
    return nodes


def para(*inlines: Node) -> Node:
    return {"t": "Para", "c": list(inlines)}


def header(level: int, text: str) -> Node:
    return {"t": "Header", "c": [level, ["", [], []], words_of(text)]}


def read(path: Path) -> Manuscript:
    """The manuscript that the JATS at `path` may have come from."""
    data = path.read_bytes()
    article = jats.read(etree.fromstring(data))
    tree = json.loads(pandoc.convert(data, "jats", "json"))
    made = _front(path.stem, article)
    made.body = _bare(tree["blocks"])
    _fill(made)
    return made


def _front(name: str, article: Article) -> Manuscript:
    lang = article.lang or "en"
    authors = [each for each in article.contributors if each.type == "author" and each.name]
    used = dict.fromkeys(one for each in authors for one in each.affiliations)
    numbers = {one: number for number, one in enumerate(used, 1)}
    known = {each.id: " ".join(each.text.split()) for each in article.affiliations}
    own = [each for each in article.abstracts if not each.type and each.lang in (None, lang)]
    words = [each for each in article.keywords if each.lang in (None, lang)]
    items = [dict(each.item) | {"id": each.id.replace("-", "")} for each in article.references]
    style = "vancouver" if len(name) % 2 else "apa"
    entries = bibliography.format(items, [], style, lang).entries
    return Manuscript(
        name=name,
        lang=lang,
        title=" ".join(article.title.text.split()) if article.title else "",
        people=[
            Person(*_parts(each.name), [numbers[one] for one in each.affiliations], each.orcid,
                   each.email if each.corresponding else "")
            for each in authors if each.name
        ],
        places=[known[one] for one in used],
        abstract=[_said(part) for part in own[0].content] if own else [],
        keywords=[" ".join(text_of(word).split()) for word in words[0].words if text_of(word).strip()] if words else [],
        body=[],
        references=[plain(entry.content) for entry in entries],
        items=items,
    )  # fmt: skip


def _said(part: Element) -> str:
    """A paragraph; a part with a title as most authors write it, `Methods: …`."""
    title = part.find("title")
    rest = " ".join(" ".join(text_of(child).split()) for child in part if child is not title) if len(part) else ""
    return f"{text_of(title).rstrip(' .:')}: {rest}" if title is not None else " ".join(text_of(part).split())


def _parts(name: Name) -> tuple[str, str]:
    """Given and family name; of `Remya K.` no text could tell that the initial is the family's."""
    return (name.family, name.given) if name.family.endswith(".") else (name.given, name.family)


def _bare(blocks: Nodes) -> Nodes:
    """Without the list of references, classes, and links within the document."""
    kept = [block for block in blocks if not (block["t"] == "Div" and "refs" in json.dumps(block["c"][0]))]
    while kept and kept[-1]["t"] == "Header":
        kept.pop()
    for node in descendants(kept):
        if node["t"] == "Header":
            node["c"][1] = ["", [], []]
        elif node["t"] == "Cite":
            for each in node["c"][0]:
                key = each["citationId"].replace("-", "")
                each["citationId"] = f"ref{key}" if key.isdecimal() else key
    return mapped(kept, lambda node: node["c"][1] if node["t"] == "Link" and node["c"][2][0][:1] == "#" else [node])


def mapped(value: Any, change: Callable[[Node], Nodes]) -> Any:
    """`value` with each node replaced by what `change` gives, the inner first."""
    if isinstance(value, list):
        made: list[Any] = []
        for inner in value:
            new = mapped(inner, change)
            made += change(new) if isinstance(new, dict) and "t" in new else [new]
        return made
    if isinstance(value, dict):
        return {key: mapped(inner, change) for key, inner in value.items()}
    return value


def _fill(made: Manuscript) -> None:
    """Pictures of their own, and what the article lacks of figures, tables, notes and formulas."""
    figures = [node for node in descendants(made.body) if node["t"] == "Figure"]
    spots = [place for place, block in enumerate(made.body) if block["t"] == "Para" and len(block["c"]) > 60]
    for number in range(max(0, FEWEST_FIGURES - len(figures))):
        made.body.insert(spots[2 + number] + 1 + number, _figure(f"The quays of harbour {number + 1} at low tide."))
    if not any(node["t"] == "Table" for node in descendants(made.body)):
        made.body.insert(spots[6] + 1, _table())
    spots = [place for place, block in enumerate(made.body) if block["t"] == "Para" and len(block["c"]) > 60]
    for number in range(NOTES):
        text = f"A note of the author, the one of number {number + 1}, on tides."
        made.body[spots[number * 2]]["c"].append({"t": "Note", "c": [para(*words_of(text))]})
    for number in range(FORMULAS):
        tex = rf"\sum_{{i=1}}^{{n}} x_i^2 = \frac{{a}}{{b_{number}}}"
        made.body.insert(spots[7 + number] + 1 + number, para(_math("DisplayMath", tex)))
    made.body[spots[1]]["c"] += [
        {"t": "Space"},
        _math("InlineMath", r"\alpha^2"),
        {"t": "Space"},
        _style("Emph", "sic"),
    ]
    for number, image in enumerate((node for node in descendants(made.body) if node["t"] == "Image"), 1):
        image["c"][1], image["c"][2] = words_of(f"Quay {number} seen from the sea"), [f"images/fig{number}.png", ""]
        made.pictures[f"images/fig{number}.png"] = png(number)


def _style(kind: str, text: str) -> Node:
    return {"t": kind, "c": words_of(text)}


def _math(kind: str, tex: str) -> Node:
    return {"t": "Math", "c": [{"t": kind}, tex]}


def _figure(caption: str) -> Node:
    image = {"t": "Image", "c": [["", [], []], words_of(caption), ["x.png", ""]]}
    inner = {"t": "Plain", "c": words_of(caption)}
    return {"t": "Figure", "c": [["", [], []], [None, [inner]], [{"t": "Plain", "c": [image]}]]}


def _table() -> Node:
    text = "|:quay|tide|\n|---|---|\n|north|3.1|\n|south|2.7|\n\n: Height of the tides at two quays.\n"
    found: Nodes = json.loads(pandoc.convert(text.replace("|:", "| ").encode(), "markdown", "json"))["blocks"]
    return found[0]


def text_of_nodes(nodes: Nodes) -> str:
    return node_text(nodes)
