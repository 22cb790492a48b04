"""Sources in every format and what is read of them: each folder of `cases` is one.

`source.EXT` is the source; other files beside it may be named by it. A folder `source.docx`, `source.odt` or
`source.epub` holds the parts of such a container. `read.txt` is what was read.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import build, intake
from pipeline.archives import pack
from pipeline.journal import load_journal
from tests.intake.shown import shown
from tests.intake.word import docx

BIBLIOGRAPHIES = (".bib", ".bbl")
CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def source_of(case: Path, folder: Path) -> Path:
    """The source of a case in a folder of its own, with what stands beside it."""
    shutil.copytree(case, folder / case.name)
    (given,) = (path for path in (folder / case.name).glob("source.*") if path.suffix not in BIBLIOGRAPHIES)
    if given.is_file():
        return given
    files = {str(path.relative_to(given)): path.read_bytes() for path in sorted(given.rglob("*")) if path.is_file()}
    path = given.with_name(f"packed{given.suffix}")
    if given.suffix == ".docx":
        body = files.pop("body.xml").decode()
        return docx(path, body, files=files)
    path.write_bytes(pack({"mimetype": files.pop("mimetype")} | files, stored=["mimetype"]))
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    golden(case / "read.txt", shown(intake.open_source(source_of(case, tmp_path))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_is_in_the_article_or_set_aside(case: Path, tmp_path: Path) -> None:
    built = build.convert(source_of(case, tmp_path), load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == []
    assert [finding.message for finding in built.findings if finding.code == "dtd"] == []
