"""The folder that Typst sees: the house's template, the facts and pieces of one article, its pictures."""

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.errors import PipelineError
from pipeline.findings import Finding, Severity
from pipeline.render import fonts, pieces, typst_markup, typst_notes, typst_process
from pipeline.render import pandoc_ast as ast
from pipeline.render.document import Document
from pipeline.render.house import House
from pipeline.render.pandoc_ast import Node, Nodes
from pipeline.render.typst_process import Refused

STANDARDS = ["a-2a", "ua-1"]
TEMPLATE = "article.typ"
FUNCTIONS = ", ".join(typst_markup.FUNCTIONS)
EPOCH = 0
ROUNDS = 12
PATIENT_ROUNDS = 4
NEIGHBOURS = 128
SHOWN = 5
MISSING_GLYPH = re.compile(r'the text `?"((?:[^"\\]|\\.)+)"`? could not be displayed')
FORBIDDEN = re.compile(r'contains the codepoint `?"((?:[^"\\]|\\.)+)"`?')
UNICODE_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
PLACE = re.compile(r"┌─ (?:[^\n]*?/)??((?:pieces/)?[^/\n]+\.typ):(\d+):\d+")
INVISIBLE = re.compile(r"[\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")
REPLACEMENT = "\ufffd"
HARMLESS = ("parbreak may not occur inside of a paragraph",)


class TypesettingError(PipelineError):
    """Typst refused the document; the message is its own first line. `places`: file and line, as far as it says."""

    def __init__(self, diagnostic: str) -> None:
        self.places = [(name, int(line)) for name, line in PLACE.findall(diagnostic)]
        in_template = [f"{name}:{line}: " for name, line in self.places[:1] if "/" not in name]
        super().__init__("".join(in_template) + diagnostic.splitlines()[0].removeprefix("error: "))


class Typesetting:
    """One article on its way through Typst. `markup`: what was laid, by the name of the piece."""

    def __init__(self, root: Path, house: House, document: Document, data: dict[str, Any]) -> None:
        self.root, self.document, self.data = root, document, data
        self.markup: dict[str, str] = {}
        self.missing: set[str] = set()
        for folder in ("pieces", "media"):
            (root / folder).mkdir()
        for image in document.images:
            (root / image.name).write_bytes(image.data)
        self.dress(house)

    def dress(self, house: House) -> None:
        """Put the Typst files and the logo of a house style into the folder."""
        for file in house.files("*.typ"):
            (self.root / file.name).write_bytes(file.read_bytes())
        if house.logo:
            (self.root / self.data["logo"]).write_bytes(house.logo.data)

    def lay(self, content: Mapping[str, Nodes], findings: list[Finding] | None = None) -> None:
        """Write the pieces and the file that puts them on the page; what pandoc warns of is added to `findings`."""
        self.markup = pieces.write(typst_markup.adapt(typst_notes.gathered(content)), "typst-smart", findings=findings)
        named = [name for name, markup in self.markup.items() if markup]
        includes = "".join(f'"{name}": include "pieces/{name}.typ", ' for name in named)
        main = f'#import "{TEMPLATE}": article\n#article(({includes or ":"}))\n'
        (self.root / "main.typ").write_text(main, encoding="utf-8")

    def pdf(self) -> bytes:
        """Typst's PDF; in rounds, as each may bring the next glyph to light that no font has.

        Raises TypesettingError.
        """
        for number in range(ROUNDS):
            self._write()
            try:
                made, warnings = _compile(self.root / "main.typ", self.root)
            except Refused as error:
                if not self._mended(error.diagnostic, patient=number < PATIENT_ROUNDS):
                    raise TypesettingError(error.diagnostic) from None
            else:
                told = [text for text in dict.fromkeys(warnings) if not text.startswith(HARMLESS)]
                self.document.findings += [
                    Finding("typst-warning", Severity.WARNING, f"Typst: {text}") for text in told
                ]
                return made
        raise TypesettingError("too many characters that no font has")

    def _write(self) -> None:
        """Facts and pieces, what no font has replaced in them."""
        shown = {ord(each): "" if INVISIBLE.match(each) else REPLACEMENT for each in self.missing}
        data = json.dumps(self.data, ensure_ascii=False).translate(shown)
        (self.root / "article.json").write_text(data, encoding="utf-8")
        for name, markup in self.markup.items():
            text = f'#import "/{TEMPLATE}": {FUNCTIONS}\n{markup.translate(shown)}\n'
            (self.root / "pieces" / f"{name}.typ").write_text(text, encoding="utf-8")

    def _mended(self, diagnostic: str, patient: bool) -> bool:
        """Whether what Typst refuses is a glyph or a picture that can be replaced; it then will be."""
        missing = missing_glyphs(diagnostic) - self.missing
        if missing:
            self.missing |= missing if patient else self._neighbours(missing)
            return True
        if self.data["broken_images"] or "image" not in diagnostic:
            return False
        self.data["broken_images"] = self._broken_images()
        return bool(self.data["broken_images"])

    def _neighbours(self, characters: set[str]) -> set[str]:
        """All characters of the article that stand near these in Unicode: there is no font for any of them."""
        near = {ord(character) // NEIGHBOURS for character in characters}
        text = json.dumps(self.data, ensure_ascii=False) + "".join(self.markup.values())
        return characters | {each for each in set(text) if not each.isascii() and ord(each) // NEIGHBOURS in near}

    def _broken_images(self) -> list[str]:
        """The pictures Typst cannot draw alone."""
        broken = []
        probe = self.root / "probe.typ"
        for name in filter(None, [*(image.name for image in self.document.images), self.data["logo"]]):
            drawing = f'#image({typst_markup.quoted(name)}, alt: "probe")'
            probe.write_text(f'#set document(title: "probe")\n{drawing}\n', encoding="utf-8")
            try:
                _compile(probe, self.root)
            except Refused:
                broken.append(name)
        return broken

    def report(self) -> None:
        """Findings for the glyphs and pictures that were replaced, each with the line where it first stands."""
        scripts: dict[str, list[str]] = {}
        for character in sorted(each for each in self.missing if not INVISIBLE.match(each)):
            scripts.setdefault(script(character), []).append(character)
        for name, characters in scripts.items():
            shown = ", ".join(f"{each} U+{ord(each):04X}" for each in characters[:SHOWN])
            more = f" and {len(characters) - SHOWN} more" if len(characters) > SHOWN else ""
            message = f"no font has {shown}{more} ({name}); the PDF shows {REPLACEMENT} in their place"
            line = _line_where(self.document.pieces, lambda node: bool(_letters(node) & set(characters)))  # noqa: B023
            message += f"; pip install {fonts.WHEELS.get(name, 'a fontpkg font that has them')}"
            self.document.findings.append(Finding("glyph-missing", Severity.WARNING, message, line=line))
        for name in self.data["broken_images"]:
            message = f"the picture {name} cannot be drawn; the PDF shows its alt-text"
            line = _line_where(self.document.pieces, lambda node: node["t"] == "Image" and node["c"][2][0] == name)  # noqa: B023
            self.document.findings.append(Finding("image-broken", Severity.WARNING, message, line=line))


@contextmanager
def opened(house: House, document: Document, data: dict[str, Any]) -> Iterator[Typesetting]:
    with TemporaryDirectory(prefix="galley-") as name:
        yield Typesetting(Path(name).resolve(), house, document, data)


def _compile(path: Path, root: Path) -> tuple[bytes, list[str]]:
    """The PDF of a Typst file, dated SOURCE_DATE_EPOCH (seconds since 1970; 0 where it is not set), and warnings."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return typst_process.compile_pdf(path, root, STANDARDS, int(epoch) if epoch.isdecimal() else EPOCH)


def missing_glyphs(message: str) -> set[str]:
    """The characters Typst names in its messages as having no glyph."""
    found: set[str] = set()
    for text in MISSING_GLYPH.findall(message) + FORBIDDEN.findall(message):
        found |= set(UNICODE_ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text).replace("\\", ""))
    return found


def script(character: str) -> str:
    """The first word of a character's name in Unicode, which for letters is their script."""
    return unicodedata.name(character, "nameless").split()[0].capitalize()


def _letters(node: Node) -> set[str]:
    return set(node["c"]) if node["t"] == "Str" else set()


def _line_where(content: Mapping[str, Nodes], found: Any) -> int | None:
    """The line of the XML of the innermost block with a node that `found` holds for."""
    lines = (ast.line_where(block, found) for blocks in content.values() for block in blocks)
    return next((line for line in lines if line), None)
