"""What is written in each format, to the letter: the articles of `cases`, and small parts in `parts.txt`.

Style sheets and pictures are left out, so that a golden changes where what an article says there does.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.render import typst_process

from .conftest import CASES

GOLDENS = CASES / "goldens"
ARTICLES = ("full.xml", "everything.xml", "parts.xml")
LEFT_OUT = (
    (r"<style\b.*?</style>", "<style/>"),
    (r"data:([\w/+.-]+);base64,[\w+/=]+", r"data:\1"),
    (r"sha256-[\w+/=]+", "sha256-"),
)
OF_DOCX = re.compile(
    r"word/(?:document|footnotes|header\d?|footer\d?|settings|styles|numbering)\.xml|docProps/core\.xml"
)
OF_EPUB = re.compile(r".*\.(?:opf|xhtml|ncx)")


@pytest.fixture(autouse=True)
def _undated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def lines(markup: str) -> str:
    """A tag a line."""
    for pattern, instead in LEFT_OUT:
        markup = re.sub(pattern, instead, markup, flags=re.DOTALL)
    return (
        "\n".join(line.rstrip() for line in re.sub(r"\s*(?=<(?!/))", "\n", markup).splitlines() if line.strip()) + "\n"
    )


def members(data: bytes, wanted: re.Pattern[str]) -> str:
    """The parts of a package, each under its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if wanted.fullmatch(name)]
        return "".join(f"=== {name}\n{lines(package.read(name).decode())}" for name in names)


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("html", lambda data: lines(data.decode())),
        ("docx", lambda data: members(data, OF_DOCX)),
        ("epub", lambda data: members(data, OF_EPUB)),
    ],
    ids=("html", "docx", "epub"),
)
def test_galley(
    name: str, to: str, shown: Callable[[bytes], str], golden: Callable[[Path, str], None],
    galley_of: Callable[..., tuple[bytes, list[Any]]],
) -> None:  # fmt: skip
    data, findings = galley_of(name, to)
    said = "".join(f"=== {finding}\n" for finding in findings)
    golden(GOLDENS / f"{name.removesuffix('.xml')}.{to}.txt", shown(data) + said)


@pytest.mark.parametrize("name", ARTICLES)
def test_what_typst_is_given(
    name: str, monkeypatch: pytest.MonkeyPatch, golden: Callable[[Path, str], None], galley_of: Callable[..., Any]
) -> None:
    found: list[str] = []

    def compile_pdf(path: Path, root: Path, *_: object) -> tuple[bytes, list[str]]:
        data = json.loads((root / "article.json").read_text(encoding="utf-8"))
        facts = {key: value for key, value in data.items() if key not in ("house", "fonts", "heading_fonts")}
        found.append(json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True))
        found.extend(f"=== {each.name}\n{each.read_text('utf-8')}" for each in sorted((root / "pieces").iterdir()))
        found.append(path.read_text(encoding="utf-8"))
        return b"%PDF", []

    monkeypatch.setattr(typst_process, "compile_pdf", compile_pdf)
    galley_of(name, "pdf")
    golden(GOLDENS / f"{name.removesuffix('.xml')}.typ.txt", "\n".join(found))
