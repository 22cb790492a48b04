"""From pandoc's tree of a document to a `Source`."""

import json
from pathlib import Path
from typing import Any

from pipeline import pandoc
from pipeline.article import Article, SetAside
from pipeline.errors import SourceError
from pipeline.intake.bibliography import Item, items_of
from pipeline.intake.decode import FORBIDDEN, allowed
from pipeline.intake.markup.document import Locate, read_document
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.markup.nodes import source_text
from pipeline.intake.metadata.front_matter import FrontMatter
from pipeline.intake.pictures import Pictures
from pipeline.intake.source import Source

ESCAPED = "\\u00"
UNHELD = "metadata of the file that no field of the article holds"


def tree_of(data: bytes, reader: str, name: str) -> dict[str, Any]:
    """Pandoc's tree of a document. See `read_tree`."""
    return read_tree(data, reader, name)[0]


def read_tree(data: bytes, reader: str, name: str) -> tuple[dict[str, Any], pandoc.Made]:
    """Pandoc's tree of a document, and what pandoc says of it.

    Raises SourceError: pandoc cannot read it, it is nested too deeply, or takes too long.
    """
    try:
        made = pandoc.run(data, reader, "json", [pandoc.VERBOSE])
        return loaded(made.data), made
    except RecursionError:
        raise SourceError(f"{name}: nested too deeply to be an article's") from None
    except pandoc.PandocError as error:
        raise SourceError(f"{name}: cannot be read ({' '.join(str(error).split())[:200]})") from None


def loaded(data: bytes) -> dict[str, Any]:
    """Pandoc's tree from its JSON, without characters that XML forbids: those stand in it as escapes, or raw."""
    text = data.decode()
    tree = json.loads(text)
    return dict(allowed(tree) if ESCAPED in text or FORBIDDEN.search(text) else tree)


def assemble(tree: dict[str, Any], mapper: Mapper, locate: Locate, pictures: Pictures, path: Path) -> Source:
    """The source that a tree holds, its metadata with it."""
    stated = FrontMatter(tree.get("meta", {}), mapper)
    document = read_document(tree, mapper, locate, str(path))
    set_aside = list(mapper.set_aside)
    if stated.left:
        set_aside.append(SetAside(1, stated.left, UNHELD))
    return Source(
        blocks=document.blocks,
        text="\n".join([*stated.said(), source_text(tree["blocks"])]),
        set_aside=set_aside,
        findings=[*mapper.findings, *pictures.findings],
        front=stated.article if is_stated(stated.article) else None,
        notes=mapper.notes,
        items=inline_items(tree.get("meta", {})),
        media=pictures.media,
    )


def is_stated(front: Article) -> bool:
    """Whether a file's metadata say anything of its article."""
    return front.title is not None or bool(front.contributors or front.abstracts or front.keywords or front.ids)


def inline_items(meta: dict[str, Any]) -> dict[str, Item]:
    """The CSL items that stand under `references` in the metadata."""
    if "references" not in meta:
        return {}
    shell = {"pandoc-api-version": [1, 23, 1], "meta": {"references": meta["references"]}, "blocks": []}
    try:
        found = items_of(pandoc.convert(json.dumps(shell).encode(), "json", "csljson"))
    except pandoc.PandocError:
        return {}
    return {str(item["id"]): item for item in found}
