"""The hostile inputs beside the checkout: each gets what its manifest asks for."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.forked import Ran
from tests.hostile.test_sources import MOST_MEGABYTES, MOST_SECONDS

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "hostile"
NAMES = sorted(json.loads((CORPUS / "manifest.json").read_text())) if CORPUS.is_dir() else ["no folder `shared`"]
READ = {
    "cp1251_ru.txt", "latin1_pt.txt", "lone_surrogates.txt", "markup_in_text.txt", "mojibake_utf8.txt",
    "no_references.txt", "nul_control.txt", "regex_bomb.txt", "rtl_arabic.txt", "typst_injection.txt",
    "utf16le_bom.txt",
}  # fmt: skip
EITHER = {"latex_input.tex", "path_traversal.md", "xinclude.xml"}


@pytest.mark.parametrize("name", NAMES)
def test_each_gets_what_it_must(
    name: str, shared: Path, command: Callable[..., Ran], check: Callable[[Path, int, str], None], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    if name.endswith(".csl"):
        items = tmp_path / "items.json"
        items.write_text('[{"id": "a", "type": "book", "title": "T"}]')
        ran = command("cite", items, "--style", CORPUS / name, cwd=tmp_path)
        assert (ran.code, ran.errors.count("\n")) == (2, 1)
    else:
        ran = command("build", CORPUS / name, "--out", out, cwd=tmp_path)
        check(out, ran.code, ran.errors)
        assert name in EITHER or (ran.code in (0, 1)) is (name in READ), ran.errors
    assert ran.seconds < MOST_SECONDS
    assert ran.megabytes < MOST_MEGABYTES
    for path in out.rglob("*.*ml"):
        assert "root:x:0" not in path.read_text(encoding="utf-8")
