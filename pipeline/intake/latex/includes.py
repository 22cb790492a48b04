"""Files that a LaTeX source includes: those in its folder are put in their place, others are refused."""

import re

from pipeline.findings import Finding, Severity
from pipeline.intake.decode import decode
from pipeline.intake.latex.scanner import commands, without_comments
from pipeline.intake.pictures import Beside

NAMES = ("input", "include", "subfile", "import", "subimport")
ENDINGS = (".tex", "")
DEEPEST = 8
LARGEST = 10_000_000
MOST = 200
FRAME = re.compile(r"\\begin\{document\}(.*)\\end\{document\}", re.DOTALL)
TEXTS = {".tex", ".ltx", ".latex", ".txt", ".bbl", ".tikz", ".pgf", ""}


class Includes:
    """`resolve` gives the whole text; `findings` say what was not read."""

    def __init__(self, beside: Beside) -> None:
        self.beside = beside
        self.findings: list[Finding] = []
        self.count = 0

    def resolve(self, text: str, depth: int = 0) -> str:
        pieces, position = [], 0
        text = without_comments(text)
        for command in commands(text, NAMES):
            name = "".join(command.arguments).strip() if "import" in command.name else command.argument.strip()
            if not name:
                continue
            pieces += [text[position : command.start], self._included(name, depth)]
            position = command.end
        return "".join([*pieces, text[position:]])

    def _included(self, name: str, depth: int) -> str:
        path = self.beside.find(name, ENDINGS)
        self.count += 1
        if path is None or path.suffix.lower() not in TEXTS or depth >= DEEPEST or self.count > MOST:
            message = f"{name[:120]} is not a text in the folder of the source; it was not read"
            self.findings.append(Finding("include-refused", Severity.WARNING, message))
            return ""
        data = self.beside.read(name, ENDINGS, LARGEST)
        text = decode(data, str(path))[0] if data.strip() else ""
        return self.resolve(_without_frame(text), depth + 1)


def _without_frame(text: str) -> str:
    """The document of a file that can stand by itself, as those of `subfiles` and `standalone` do."""
    match = FRAME.search(text) if "\\documentclass" in text else None
    return match[1] if match else text
