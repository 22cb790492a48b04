"""The one door to Typst. It sees an empty folder with the files of one article, and no other font or package."""

import json
import os
import re
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.article import Article
from pipeline.bibliography.richtext import FormattedBibliography
from pipeline.errors import PipelineError
from pipeline.findings import Finding, Severity
from pipeline.render import fonts, pieces, rescue, typst_markup, typst_process
from pipeline.render.document import Document, Part
from pipeline.render.house import House
from pipeline.render.metadata import keyword_list
from pipeline.render.pandoc_ast import Nodes, text_of
from pipeline.render.typst_process import Refused

STANDARDS = ["a-2a", "ua-1"]
TEMPLATE = "article.typ"
MISSING_GLYPH = re.compile(r'the text `?"((?:[^"\\]|\\.)+)"`? could not be displayed')
FORBIDDEN = re.compile(r'contains the codepoint `?"((?:[^"\\]|\\.)+)"`?')
UNICODE_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
HARMLESS = ("parbreak may not occur inside of a paragraph",)
ROUNDS = 12
LONGEST = 1000
EPOCH = 0


class TypesettingError(PipelineError):
    """Typst refused the document; the message is its own first line."""


def write(article: Article, document: Document, bibliography: FormattedBibliography, house: House) -> bytes:
    """A PDF that is PDF/A-2a and PDF/UA-1 at once; what the standards refuse is replaced and becomes a finding."""
    data = template_data(article, document, bibliography, house)
    with _folder(house, document) as root:
        lay(root, document.pieces, document.findings)
        try:
            return _typeset(root, data, document)
        except TypesettingError as error:
            lay(root, _rescued(root, data, document, error))
            return _typeset(root, data, document)


def _rescued(root: Path, data: dict[str, Any], document: Document, error: TypesettingError) -> dict[str, Nodes]:
    """The pieces of `document` that Typst takes: what it refuses, it gets as plain text."""

    def refused(blocks: Nodes) -> str:
        lay(root, {"body": blocks})
        try:
            _typeset(root, data, document)
        except TypesettingError as reason:
            return "" if "heading" in str(reason) else str(reason)
        return ""

    kept, reasons = rescue.without_refused(document.pieces, refused)
    for reason in dict.fromkeys(reasons or [str(error)]):
        message = f"a part of the article could not be typeset and is plain text in the PDF ({reason})"
        document.findings.append(Finding("typeset-as-text", Severity.WARNING, message))
    return kept


def template_data(
    article: Article, document: Document, bibliography: FormattedBibliography, house: House
) -> dict[str, Any]:
    """What `article.typ` reads from `article.json`; keys without a value are empty strings or lists."""
    settings = house.settings
    languages = sorted({article.lang, *fonts.CJK_FACES})
    return document.front | {
        "house": settings,
        "fonts": {lang: fonts.stack(settings["fonts"]["text"], lang) for lang in languages},
        "heading_fonts": fonts.stack(settings["fonts"]["headings"], article.lang),
        "abstracts": [
            _part(part) | {"length": len(text_of(document.pieces[part.piece]))} for part in document.abstracts
        ],
        "keyword_groups": [_part(part) for part in document.keywords],
        "title": shortened(document.front["title"]),
        "keywords": list(first_of(keyword_list(article))),
        "references_title": document.references_title,
        "hanging_indent": bibliography.hanging_indent,
        "missing_glyphs": "",
        "broken_images": [],
    }


def shortened(text: str) -> str:
    """`text` for metadata and running heads: a string of a PDF/A has at most 32,767 bytes (ISO 19005-2, 6.1.13)."""
    return text if len(text) <= LONGEST else textwrap.shorten(text, LONGEST, placeholder=" …")


def first_of(words: list[str]) -> Iterator[str]:
    """The words that fit in one string of the PDF's metadata."""
    length = 0
    for word in words:
        length += len(word) + 2
        if length > LONGEST:
            return
        yield word


def _part(part: Part) -> dict[str, Any]:
    return {"piece": part.piece, "title": part.title, "lang": part.lang}


@contextmanager
def _folder(house: House, document: Document) -> Iterator[Path]:
    """A folder with the house's Typst files and the pictures of the article."""
    with tempfile.TemporaryDirectory(prefix="galley-") as name:
        root = Path(name).resolve()
        (root / TEMPLATE).write_text(house.read(TEMPLATE), encoding="utf-8")
        for extra in house.files("*.typ", "logo.*"):
            if extra.name != TEMPLATE:
                (root / extra.name).write_bytes(extra.read_bytes())
        (root / "pieces").mkdir()
        (root / "media").mkdir()
        for image in document.images:
            (root / image.name).write_bytes(image.data)
        yield root


def lay(root: Path, blocks: Mapping[str, Nodes], findings: list[Finding] | None = None) -> None:
    """Write the pieces and the file that puts them on the page; what pandoc warns of is added to `findings`."""
    written = pieces.write(typst_markup.adapt(blocks), "typst-smart", findings=findings)
    includes = []
    for piece, markup in written.items():
        if markup:
            (root / "pieces" / f"{piece}.typ").write_text(f'#import "/{TEMPLATE}": *\n{markup}\n', encoding="utf-8")
            includes.append(f'  "{piece}": include "pieces/{piece}.typ",\n')
    main = f'#import "{TEMPLATE}": article\n#article(({"".join(includes) or ":"}))\n'
    (root / "main.typ").write_text(main, encoding="utf-8")


def _typeset(root: Path, data: dict[str, Any], document: Document) -> bytes:
    """Typst's PDF; in rounds, as each may bring the next glyph to light that no font has."""
    for _ in range(ROUNDS):
        (root / "article.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        try:
            made, warnings = compile_file(root / "main.typ", root)
        except Refused as error:
            message = error.diagnostic
            missing = missing_glyphs(message) - set(data["missing_glyphs"])
            broken = [] if missing else _broken_images(root, document)
            if missing:
                data["missing_glyphs"] += "".join(sorted(missing))
            elif broken and not data["broken_images"]:
                data["broken_images"] = broken
            else:
                raise TypesettingError(f"typst: {message.splitlines()[0]}") from None
            _report(document, missing, broken)
        else:
            told = [text for text in dict.fromkeys(warnings) if not text.startswith(HARMLESS)]
            document.findings += [Finding("typst-warning", Severity.WARNING, f"Typst: {text}") for text in told]
            return made
    raise TypesettingError("typst: too many characters that no font has; install a font wheel for this script")


def missing_glyphs(message: str) -> set[str]:
    """The characters Typst names in its messages as having no glyph."""
    found: set[str] = set()
    for text in MISSING_GLYPH.findall(message) + FORBIDDEN.findall(message):
        found |= set(UNICODE_ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text).replace("\\", ""))
    return found


def _report(document: Document, missing: set[str], broken: list[str]) -> None:
    for character in sorted(missing):
        message = (
            f"no font has “{character}” (U+{ord(character):04X}); the PDF shows \ufffd in its place; "
            "pip install a fontpkg font of its script"
        )
        document.findings.append(Finding("glyph-missing", Severity.WARNING, message))
    for name in broken:
        message = f"the picture {name} cannot be drawn; the PDF shows its alt-text"
        document.findings.append(Finding("image-broken", Severity.WARNING, message))


def _broken_images(root: Path, document: Document) -> list[str]:
    """The pictures Typst cannot draw alone."""
    broken = []
    for image in document.images:
        probe = root / "probe.typ"
        probe.write_text(f'#set document(title: "probe")\n#image({typst_markup.quoted(image.name)}, alt: "probe")\n')
        try:
            compile_file(probe, root)
        except Refused:
            broken.append(image.name)
    return broken


def compile_file(path: Path, root: Path) -> tuple[bytes, list[str]]:
    """The PDF of a Typst file, dated SOURCE_DATE_EPOCH (seconds since 1970; 0 where it is not set), and warnings."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return typst_process.compile_pdf(path, root, STANDARDS, int(epoch) if epoch.isdecimal() else EPOCH)
