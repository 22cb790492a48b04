"""What the layouts that are text share."""

import json
import subprocess
import tempfile
from copy import deepcopy
from pathlib import Path

from pipeline import pandoc
from pipeline.intake.markup.nodes import Node, Nodes, descendants
from tests.evaluate.manuscripts.article import Manuscript, header, mapped, para, words_of

Files = dict[str, bytes]
SHELL = {"pandoc-api-version": [1, 23, 1], "meta": {}}
TEX = str.maketrans({"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"})
JOURNAL = "Journal of Quays"


def write(blocks: Nodes, writer: str, *options: str) -> str:
    if writer.startswith("markdown"):
        blocks = list(mapped(implicit(blocks), _unraised))
    tree = SHELL | {"blocks": blocks}
    return pandoc.convert(json.dumps(tree).encode(), "json", writer, [*options, "--wrap=none"]).decode()


def _unraised(node: Node) -> Nodes:
    """`^[@key]^` would be a note in Markdown."""
    held = node["c"] if node["t"] == "Superscript" else []
    return list(held) if any(inner["t"] in ("Cite", "RawInline") for inner in held) else [node]


def implicit(blocks: Nodes) -> Nodes:
    """Figures as Markdown has them, `![caption](address)`: those of several pictures one after the other."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Figure":
            return [node]
        words = [inner for block in node["c"][1][1] for inner in block.get("c", []) if isinstance(inner, dict)]
        images = [inner for inner in descendants(node["c"][2]) if inner["t"] == "Image"]
        return [para(image | {"c": [image["c"][0], words, [image["c"][2][0], ""]]}) for image in images]

    return list(mapped(blocks, change))


def printed(blocks: Nodes) -> Nodes:
    """Citations as the text that was printed."""
    found: Nodes = mapped(deepcopy(blocks), lambda node: node["c"][1] if node["t"] == "Cite" else [node])
    return found


def references(each: Manuscript) -> Nodes:
    return [header(1, each.labels[2]), *(para(*words_of(text)) for text in each.references)]


def keyed(each: Manuscript) -> Nodes:
    """The body with its citations by key, as far as there are data."""
    known = {item["id"] for item in each.items}

    def change(node: Node) -> Nodes:
        if node["t"] == "Cite" and not all(one["citationId"] in known for one in node["c"][0]):
            return list(node["c"][1])
        return [node]

    return list(mapped(deepcopy(each.body), change))


def bib(each: Manuscript, to: str = "bibtex") -> bytes:
    return pandoc.convert(json.dumps(each.items).encode(), "csljson", to)


def with_pictures(each: Manuscript, tree: Node, writer: str, *options: str) -> bytes:
    """What pandoc makes of a tree whose pictures are to be within it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in each.pictures.items():
            Path(folder, name).parent.mkdir(exist_ok=True)
            Path(folder, name).write_bytes(data)
        command = [pandoc.executable(), "-f", "json", "-t", writer, "-o", "-", *options]
        return subprocess.run(
            command, input=json.dumps(tree).encode(), capture_output=True, cwd=folder, check=True
        ).stdout
