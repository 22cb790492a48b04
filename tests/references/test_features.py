"""What the tagger sees of a reference is what the shipped model was trained with: `attributes.txt`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.references import features as module
from pipeline.references.features import features

FILE = Path(__file__).with_name("attributes.txt")


def read_again(text: str) -> str:
    made = []
    for line in (line for line in text.splitlines() if not line.startswith("    ")):
        made.append(line)
        if not line.startswith("#"):
            items, starts, ends = features(line)
            for attributes, start, end in zip(items, starts, ends, strict=True):
                shown = b" ".join(sorted(attributes)).decode().replace("\n", "¶")
                made.append(f"    {line[start:end]}\t{shown}")
    return "\n".join(made) + "\n"


@pytest.mark.usefixtures("fresh")
def test_attributes_are_those_of_the_model(golden: Callable[[Path, str], None]) -> None:
    golden(FILE, read_again(FILE.read_text(encoding="utf-8")))


def test_words_are_kept_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CACHE_LIMIT", 20)
    text = " ".join(f"unseen{number}word" for number in "abcdefghijklmnopqrstuvwxyz")
    read = features(text)[0]
    assert len(module._words) <= 21
    assert features(text)[0] == read
    assert 1 < len(module._words) <= 21
