"""Spans, CSL-JSON and BibTeX of references."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import pandoc
from pipeline.article import Reference
from pipeline.references import parse
from pipeline.references.export import LABELS, bibtex, csl_json, spans
from pipeline.references.ris import ris
from pipeline.references.train.corpus import read

STRINGS = [
    "Müller, H., & Smith, J. {Jr}. (2010). Rivers & lakes: 100% of them_all. Journal of Water, 12(3), 1–9. https://doi.org/10.1000/x_1",
    "Müller, H. (2010). Lakes. Berlin: Springer.",
    "World Health Organization. (2019, March 3). Air pollution. WHO. Retrieved September 28, 2020, from https://www.who.int/air",
    "Doe J, Roe R, et al. Seas. J Sea 2001;4:5-6.",
    "no reference at all",
]  # fmt: skip


@pytest.fixture(scope="module")
def references() -> list[Reference]:
    return parse([Reference(text=text) for text in STRINGS])[0]


def test_spans_are_lines_of_labelled_data(references: list[Reference]) -> None:
    lines = spans(references, "list.txt").splitlines()
    assert [json.loads(line)["text"] for line in lines] == STRINGS
    for line in lines:
        record = json.loads(line)
        assert record["doc"] == "list.txt"
        for field in record["fields"]:
            assert field["label"] in LABELS
            assert record["text"][field["start"] : field["end"]] == field["text"]
            assert 0 <= field["confidence"] <= 1.0001


def test_corrected_spans_are_training_data(references: list[Reference], tmp_path: Path) -> None:
    path = tmp_path / "corrected.jsonl"
    path.write_text(spans(references, "list.txt"), "utf-8")
    labelled = list(read([path]))
    assert [one.text for one in labelled] == STRINGS
    assert labelled[1].document == "list.txt"


def test_csl_json_has_an_item_a_reference_with_its_source(references: list[Reference]) -> None:
    items = json.loads(csl_json(references))
    assert [item["custom"]["source"] for item in items] == STRINGS
    assert [item["id"] for item in items] == [reference.id for reference in references]
    assert items[-1]["type"] == "document"
    assert items[1]["title"] == "Lakes"
    (numbered,) = json.loads(csl_json([Reference("Lakes.", label="[3]", item={"custom": {"note": "x"}})]))
    assert numbered["custom"] == {"note": "x", "source": "[3] Lakes."}


def test_bibtex_is_read_back_by_pandoc(references: list[Reference]) -> None:
    written = bibtex(references)
    read_back = json.loads(pandoc.convert(written.encode(), "bibtex", "csljson"))
    first = next(item for item in read_back if item["id"] == "Muller2010")
    assert first["title"].startswith("Rivers & lakes: 100% of them_all")
    assert first["author"][0] == {"family": "Müller", "given": "H."}
    assert (first["volume"], first["page"], first["DOI"]) == ("12", "1-9", "10.1000/x_1")
    assert len(read_back) == len(STRINGS)


def test_bibtex_keys_differ_and_bodies_stay_whole(references: list[Reference]) -> None:
    written = bibtex(references)
    assert "{Muller2010," in written
    assert "{Muller2010a," in written
    assert "author = {{World Health Organization}}" in written
    assert "and others}" in written
    assert "urldate = {2020-09-28}" in written


def test_bibtex_keys_of_many_works_of_a_year() -> None:
    same = [Reference("", item={"author": [{"family": "Ödegård"}], "title": "Quays"}) for _ in range(54)]
    keys = re.findall(r"\{(Odegard\w*),", bibtex(same))
    assert [keys[n] for n in (0, 1, 2, 26, 27, 28, 53)] == [
        f"Odegard{end}" for end in ("", "a", "b", "z", "aa", "ab", "ba")
    ]


VARIABLES = set(
    """id type custom title container-title collection-title author editor translator issued accessed volume issue page
    publisher publisher-place DOI URL edition genre note number PMID PMCID ISBN ISSN number-of-pages version""".split()
)
NAME_PARTS = {"family", "given", "suffix", "non-dropping-particle", "dropping-particle", "literal"}


def test_items_are_csl_json(references: list[Reference]) -> None:
    for item in json.loads(csl_json(references)):
        assert set(item) <= VARIABLES
        for role in {"author", "editor", "translator"} & set(item):
            assert all(set(name) <= NAME_PARTS and all(name.values()) for name in item[role])
        for variable in {"issued", "accessed"} & set(item):
            assert all(1 <= len(date) <= 3 for date in item[variable]["date-parts"])


def test_ris_is_what_reference_managers_import() -> None:
    item = {
        "type": "article-journal", "title": "Grass against  water", "container-title": "Shore Studies", "volume": "4",
        "author": [{"family": "Holt", "given": "P. Q.", "suffix": "Jr"}, {"literal": "Three Estuaries Group"}],
        "page": "11-29", "issued": {"date-parts": [[2019, 4, 9]]}, "DOI": "10.5555/x",
    }  # fmt: skip
    assert ris(item).split("\r\n") == [
        "TY  - JOUR", "AU  - Holt, P. Q., Jr", "AU  - Three Estuaries Group", "TI  - Grass against water",
        "T2  - Shore Studies", "VL  - 4", "DO  - 10.5555/x", "SP  - 11", "EP  - 29", "PY  - 2019",
        "DA  - 2019/04/09/", "ER  - ", "",
    ]  # fmt: skip


def test_pandoc_reads_the_ris_of_every_kind(references: list[Reference]) -> None:
    records = "".join(ris(reference.item) for reference in references)
    titles = [item.get("title") for item in json.loads(pandoc.convert(records.encode(), "ris", "csljson"))]
    assert titles == [reference.item.get("title") for reference in references]


def test_items_of_every_kind(checkout: Path, golden: Callable[[Path, str], None]) -> None:
    items = json.loads((checkout / "tests" / "bibliography" / "printed" / "items.json").read_text("utf-8"))
    items = [item | {"title": re.sub("<.*?>", "", item["title"])} for item in items]
    golden(Path(__file__).with_name("exported.bib"), bibtex(Reference("", item=item, id=item["id"]) for item in items))
    golden(Path(__file__).with_name("exported.ris"), "".join(map(ris, items)).replace("\r\n", "\n"))
