"""A word that any stage drops, doubles or alters is noticed, and one that a galley lacks as well."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import build, citations, intake, jats, references, structure, validation
from pipeline.article import Article
from pipeline.build import Built
from pipeline.journal import load_journal
from pipeline.render import FORMATS, text_of
from pipeline.validation.parse import parse_xml
from pipeline.words import words

HARMS = ("dropped", "doubled", "altered")
STAGES = ("blocks", "draft", "references", "citations", "tree")
WAYS = 2


def harmed(text: str, harm: str, chance: random.Random) -> str:
    """`text` with one word of it dropped, doubled or altered; as it is where it has none."""
    tokens = text.split(" ")
    places = [place for place, token in enumerate(tokens) if words(token)]
    if places:
        place = chance.choice(places)
        tokens[place : place + 1] = {
            "dropped": [], "doubled": [tokens[place]] * 2, "altered": [f"{tokens[place]}zzq"],
        }[harm]  # fmt: skip
    return " ".join(tokens)


def harm_elements(elements: list[Any], harm: str, chance: random.Random) -> None:
    holders = [
        node for each in elements for node in each.iter() if isinstance(node.tag, str) and words(node.text or "")
    ]
    holder = chance.choice([node for node in holders if node.tag not in ("journal-id", "label")])
    holder.text = harmed(holder.text, harm, chance)


def harm_article(article: Article, harm: str, chance: random.Random) -> None:
    harm_elements([*article.body, *(each for part in article.abstracts for each in part.content)], harm, chance)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, random.Random], None]:
    """`broken("draft", "dropped", chance)`: that stage does harm to a word, until `monkeypatch.undo()`."""

    def after(room: Any, name: str, harm: Callable[[Any], None]) -> None:
        plain = getattr(room, name)

        def stage(*arguments: Any, **options: Any) -> Any:
            made = plain(*arguments, **options)
            harm(made if made is not None else arguments[0])
            return made

        monkeypatch.setattr(room, name, stage)

    def apply(stage: str, harm: str, chance: random.Random) -> None:
        def harm_blocks(source: Any) -> None:
            block = chance.choice([each for each in source.blocks if len(words(each.text)) > 40])
            harm_elements([block.content], harm, chance)

        def harm_reference(made: Any) -> None:
            chance.choice(made).text = "" if harm == "dropped" else "Doubled Roe Roe Roe zzq."

        if stage == "blocks":
            after(intake, "open_source", harm_blocks)
        elif stage == "draft":
            after(structure, "read", lambda draft: harm_article(draft.article, harm, chance))
        elif stage == "references":
            after(references, "split", harm_reference)
        elif stage == "citations":
            plain = citations.link

            def link(article: Article) -> Any:
                found = plain(article)
                harm_article(article, harm, chance)
                return found

            monkeypatch.setattr(citations, "link", link)
        else:
            after(jats, "write", lambda tree: harm_elements([tree.find("body")], harm, chance))

    return apply


@pytest.mark.parametrize("seed", range(WAYS))
@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("stage", STAGES)
def test_the_harm_of_a_stage_is_noticed(
    stage: str, harm: str, seed: int, broken: Callable[[str, str, random.Random], None], examples: Path
) -> None:
    broken(stage, harm, random.Random(seed))
    built = build.convert(examples / "tide-gauges.txt", load_journal(None))
    counted = built.conservation
    assert counted is not None
    codes = {finding.code for finding in built.findings}
    if harm == "doubled":
        assert counted.surplus
        assert "words-added" in codes
    else:
        assert counted.missing
        assert "words-lost" in codes
        assert built.has_errors


def test_an_unharmed_run_has_neither(examples: Path) -> None:
    counted = build.convert(examples / "tide-gauges.txt", load_journal(None)).conservation
    assert counted is not None
    assert (counted.missing, counted.surplus) == ([], [])


@pytest.fixture(scope="module")
def built(examples: Path) -> Built:
    path = examples / "tide-gauges.txt"
    made = build.convert(path, load_journal(None))
    build.render(made, FORMATS, load_journal(None), "", path.parent)
    return made


def lacking(root: Any, galley: str) -> list[str]:
    return validation.missing_words(root, [], {"a": galley})["a"]


@pytest.mark.parametrize("to", FORMATS)
def test_a_word_that_a_galley_lacks_is_noticed(built: Built, to: str) -> None:
    root = parse_xml(built.xml, "a.xml")
    galley = text_of(built.galleys[to], to)
    assert built.missing[to] == []
    body = words(" ".join(map(str, root.find("body").itertext())))
    chance = random.Random(to)
    for word in chance.sample(sorted(set(body)), 20):
        tokens = galley.split()
        places = [place for place, token in enumerate(tokens) if words(token) == (word,)]
        spare = words(galley).count(word) - lacking(root, "").count(word)
        if spare < 0 or len(places) <= spare:
            continue
        gone = set(chance.sample(places, spare + 1))
        left = " ".join(token for number, token in enumerate(tokens) if number not in gone)
        assert word in lacking(root, left)
