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
    "spaces": " ", "tabs": "\t", "letters": "a", "capital letters": "A", "digits": "1", "dots": ".", "commas": ", ",
    "semicolons": "; ", "dashes": "–", "dashes in lines": "-\n", "slashes": "/", "addresses": "http://a.b/",
    "mail": "a@b.cd ", "at": "@", "DOIs": "10.1234/", "ideographs": "港", "words of Arabic": "مر ", "marks": "\u0301",
    "years": "(2001) ", "pages": "pp. 1-", "volumes": "Vol. 1 No. 2 (2001) ", "dates": "3 May 2001 ",
    "institutions": "University ", "backslashes": "\\", "emphasis": "*a", "angles": "<a", "raised": "¹", "bars": "a|",
    "citations": "as Silva (2019) and Costa et al. (2020a, b) say [1–3]. ", "labels": "Keywords: nets.Abstract\n",
}  # fmt: skip
SIZE, SIZE_OF_FRONT = 12_000, 4_000
LEAST_OF_A_LINE = 8  # characters that a line counts for, however short: what takes the time is the number of lines
LARGER = 4
# Four times the text may take four times the time; eight, in one of three tries, leaves room for a busy machine.
MOST = 8
LEAST_SECONDS = 0.05


TEXTS = {
    "before the title": "{run}\n{title}\nAna Silva\nAbstract\n{text}\n1 Introduction\n{text}\n{listed}",
    "title": "{title} {run}\n\nAna Silva\n\nAbstract\n{text}\n{listed}",
    "authors": "{title}\n\n{run}\n\nAbstract\n{text}\n1 Introduction\n{text}\n{listed}",
    "abstract": "{title}\nAbstract\n{run}\n{listed}",
    "references": "{title}\nAna Silva\nAbstract\n{text}\n{listed}\n{run}",
}
PARTS = {
    "title": "A title of some words", "text": "The harbours of the north were closed by ice for three months of it.",
    "listed": "References\nSilva, A. (2019). Quays. Ports, 3(1), 4–9.",
}  # fmt: skip


def seconds(path: Path, place: str, unit: str, size: int) -> float:
    length = max(len(unit), LEAST_OF_A_LINE) if "\n" in unit else len(unit)
    path.write_text(TEXTS[place].format(run=unit * (size // length), **PARTS), encoding="utf-8")
    start = time.process_time()
    draft = structure.read(open_source(path).blocks, read_own_citation)
    draft.article.references = [Reference(block.text, id=f"r{n}") for n, block in enumerate(draft.references)]
    citations.link(draft.article)
    return time.process_time() - start


OF_FRONT = ("names", "capitals", "numbers", "hyphens", "rows", "labels", "dashes in lines")
CASES = [("abstract", name) for name in UNITS] + [(place, name) for place in TEXTS for name in OF_FRONT]


@pytest.mark.parametrize(("place", "name"), sorted(set(CASES)))
def test_time_is_linear(place: str, name: str, tmp_path: Path) -> None:
    path, unit = tmp_path / "long.txt", UNITS[name]
    size = SIZE if place == "abstract" else SIZE_OF_FRONT
    small = LEAST_SECONDS
    for _ in range(3):
        if (long := seconds(path, place, unit, size * LARGER)) < small * MOST:
            return
        small = max(small, seconds(path, place, unit, size))
    pytest.fail(f"{long:.2f} seconds for {size * LARGER} characters, {small:.2f} for {size}")
