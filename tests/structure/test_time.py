"""The time of reading grows with the length of a text, not with its square."""

import time
from pathlib import Path

import pytest

from pipeline import citations, structure
from pipeline.article import Reference
from pipeline.intake import open_source
from pipeline.references.own_citation import read_own_citation

UNITS = {
    "names": "Silva, A.; ", "capitals": "A B C D. ", "numbers": "1, 2 ", "quotation marks": "“", "brackets": "(",
    "keywords": "nets, ", "hyphens": "ab-\n", "notes": "(1) A note.\n", "headings": "1. Head\nText follows here.\n",
    "references": "Silva, A. (2019). Quays. Journal of Ports, 3(1), 4–9.\n", "rows": "a\tb\t1\n", "bullets": "• item\n",
    "paragraphs": "It is so.\n\n",
    "citations": "as Silva (2019) and Costa et al. (2020a, b) say [1–3]. ", "labels": "Keywords: nets.Abstract\n",
}  # fmt: skip
SIZE = 12_000
LARGER = 4
# Four times the text may take four times the time; eight, in one of three tries, leaves room for a busy machine.
MOST = 8
LEAST_SECONDS = 0.05


def seconds(path: Path, unit: str, size: int) -> float:
    body = unit * (size // len(unit))
    path.write_text(f"A title of some words\nAbstract\n{body}\nReferences\nSilva, A. (2019). Quays. Ports, 3(1), 4–9.")
    start = time.process_time()
    draft = structure.read(open_source(path).blocks, read_own_citation)
    draft.article.references = [Reference(block.text, id=f"r{n}") for n, block in enumerate(draft.references)]
    citations.link(draft.article)
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_time_is_linear(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    seconds(path, unit, SIZE // 10)
    small = max(min(seconds(path, unit, SIZE) for _ in range(2)), LEAST_SECONDS)
    assert any(seconds(path, unit, SIZE * LARGER) < small * MOST for _ in range(3))
