"""How an article says that it is to be cited, and which printed entry is which known work."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.references.matching import match
from pipeline.references.own_citation import read_own_citation

FILE = Path(__file__).with_name("own_citations.txt")
SHOWN = ("title", "container-title", "volume", "issue", "page", "DOI", "URL", "publisher-place")


def read_again(text: str) -> str:
    made = []
    for line in (line for line in text.splitlines() if not line.startswith("    ")):
        made.append(line)
        if line.strip() and not line.startswith("#"):
            item = read_own_citation(line).item
            names = [f"{name.get('family') or name.get('literal')}|{name.get('given', '')}" for name in item["author"]]
            year = item.get("issued", {}).get("date-parts", [[""]])[0]
            facts = {"author": "; ".join(names), "issued": "-".join(map(str, year))}
            facts |= {name: item[name] for name in SHOWN if name in item}
            made += [f"    {name} = {value}" for name, value in facts.items() if value]
    return "\n".join(made) + "\n"


@pytest.mark.usefixtures("fresh")
def test_own_citations(golden: Callable[[Path, str], None]) -> None:
    golden(FILE, read_again(FILE.read_text(encoding="utf-8")))


def work(title: str, family: str = "", year: int = 0) -> dict[str, Any]:
    item: dict[str, Any] = {"title": title, "author": [{"family": family}] if family else []}
    return item | ({"issued": {"date-parts": [[year]]}} if year else {})


@pytest.mark.parametrize(
    ("item", "text", "found"),
    [
        (work("Quays of the North", "Silva", 2019), "Silva, A. (2019). Quays of the north. Ports, 3, 4–9.", True),
        (work("Quays of the North", "van der Zee", 2019), "van der Zee, P. 2019. Quays of the north.", True),
        (work("Quays of the North"), "Anon. Quays of the north.", True),
        (work("Quays of the North", "Silva", 2019), "Costa, B. (2001). Quays of the north.", True),
        (work("Quays of the North", "Silva", 2019), "Silva, A. (2019). Boats of the south.", False),
        (work("One two three four five six seven", "Silva", 2019), "Silva 2019. One two three four five six 7.", True),
        (work("One two three four five six", "Silva", 2019), "Silva 2019. One two three four five 6.", False),
        (work("", "Silva", 2019), "Silva, A. (2019). Quays of the north.", False),
    ],
)
def test_an_entry_is_the_work_whose_title_it_has(item: dict[str, Any], text: str, found: bool) -> None:
    assert match({"a": item}, [text]) == ({"a": 0} if found else {})


def test_each_entry_is_one_work_and_the_closest_wins() -> None:
    items = {"a": work("Quays", "Silva", 2019), "b": work("Quays", "Silva", 2020), "c": work("Quays", "Costa", 2020)}
    texts = ["Costa, B. (2020). Quays.", "Silva, A. (2020). Quays.", "Silva, A. (2019). Quays."]
    assert match(items, texts) == {"a": 2, "b": 1, "c": 0}
    assert match({"a": items["a"], "b": items["a"]}, texts[2:]) == {"b": 0}
    texts = ["Silva, A. (2018). Quays.", "Silva, A. (2019a). Quays."]
    assert match({"a": items["a"]}, texts) == {"a": 1}
    union = work("Quays") | {
        "author": [{"literal": "Harbour Union"}, {"family": "Zee"}],
        "issued": {"date-parts": [[]]},
    }
    assert match({"a": union}, ["Zee, P. Quays.", "Harbour Union. Quays."]) == {"a": 1}
    assert match({"a": union, "b": items["a"]}, ["Harbour Union. Quays."]) == {"a": 0}
    assert match({"a": work("Quays")}, ["Anon. Quays.", "Anon. Quays."]) == {"a": 0}
