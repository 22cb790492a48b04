"""An RTF file to a `Source`."""

import re
from pathlib import Path
from typing import Any

from pipeline.article import SetAside
from pipeline.errors import SourceError
from pipeline.findings import Finding, Severity
from pipeline.intake.assemble import assemble, tree_of
from pipeline.intake.formats import READERS
from pipeline.intake.markup.mapper import Mapper
from pipeline.intake.markup.nodes import Node, Nodes, descendants, text_of
from pipeline.intake.metadata.properties import properties_of
from pipeline.intake.pictures import Pictures
from pipeline.intake.places import Counted
from pipeline.intake.rtf.prepare import CLOSE, OPEN, OPEN_CODE, Picture, Prepared, TooDeep, prepare
from pipeline.intake.source import Source, refuse_too_long

TWIPS_AN_INCH = 1440
CODE = re.compile(f"{OPEN_CODE}(\\d{{5,7}}){CLOSE}")


def read_rtf(data: bytes, path: Path, max_characters: int) -> Source:
    """The content of an RTF file, its notes and pictures with it.

    Raises SourceError: groups nested without end. LimitReached: more characters than `max_characters`.
    """
    try:
        prepared = prepare(data)
    except TooDeep:
        raise SourceError(f"{path}: groups are nested too deeply to be an article's") from None
    refuse_too_long(len(prepared.said), path, max_characters)
    tree = tree_of(prepared.data, READERS["rtf"], str(path))
    tree["blocks"] = with_pictures(tree["blocks"], prepared.pictures)
    pictures = Pictures(path.stem, lambda address: _picture(address, prepared.pictures))
    source = assemble(tree, Mapper(picture=pictures), Counted(), pictures, path)
    known = prepared.information
    source.properties = properties_of(known.get("title", ""), [known.get("author", "")], known.get("keywords", ""))
    kept = [SetAside(0, text, reason) for text, reason in prepared.kept]
    source.set_aside += kept
    source.findings = _said(prepared) + source.findings
    alternatives = [text_of(each["c"][1]) for each in descendants(tree["blocks"]) if each["t"] == "Image"]
    source.text = "\n".join([prepared.said, *alternatives, *(item.text for item in source.set_aside)])
    return source


def _said(prepared: Prepared) -> list[Finding]:
    found = []
    if prepared.changes:
        message = f"{prepared.changes} tracked changes were accepted; look through them if any was meant to stay open"
        found.append(Finding("tracked-changes", Severity.WARNING, message))
    comments = sum("comment" in reason for _, reason in prepared.kept)
    if comments:
        message = f"{comments} comments stand beside the text; they are in the report, not in the article"
        found.append(Finding("comments", Severity.WARNING, message))
    if prepared.formulas:
        message = f"{prepared.formulas} formulas of RTF are kept as their characters alone; send the article as DOCX"
        found.append(Finding("formula-as-text", Severity.WARNING, message))
    return found


def _picture(address: str, pictures: list[Picture]) -> bytes:
    number = address.removeprefix("picture-")
    return pictures[int(number) - 1].bytes if number.isdecimal() and int(number) <= len(pictures) else b""


def with_pictures(value: Any, pictures: list[Picture]) -> Any:
    """The nodes with an image in the place of each mark of a picture."""
    if isinstance(value, dict):
        return {key: with_pictures(inner, pictures) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    made: Nodes = []
    for inner in value:
        if isinstance(inner, dict) and inner.get("t") == "Str":
            made += _parted(CODE.sub(lambda match: chr(int(match[1])), inner["c"]), pictures)
        else:
            made.append(with_pictures(inner, pictures))
    return made


def _parted(text: str, pictures: list[Picture]) -> Nodes:
    first, *marked = text.split(OPEN)
    made: Nodes = [{"t": "Str", "c": first}] if first else []
    for piece in marked:
        number, _, rest = piece.partition(CLOSE)
        if number.isdecimal() and 0 < int(number) <= len(pictures):
            made.append(_image(int(number), pictures[int(number) - 1]))
        made += [{"t": "Str", "c": rest}] if rest else []
    return made


def _image(number: int, picture: Picture) -> Node:
    size = []
    for name, twips, scale in zip(("width", "height"), (picture.width, picture.height), picture.scales, strict=True):
        if twips > 0:
            size.append([name, f"{twips * scale / 100 / TWIPS_AN_INCH:.2f}in"])
    words: Nodes = [{"t": "Str", "c": picture.alternative}] if picture.alternative else []
    return {"t": "Image", "c": [["", [], size], words, [f"picture-{number}", ""]]}
