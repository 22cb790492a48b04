"""How the model is made and measured: reading data, holding out, scoring, rendering with marks, labels of tokens."""

import json
from pathlib import Path

import pytest

from pipeline.references.features import features
from pipeline.references.labels import decode, encode
from pipeline.references.tagger import MODEL, load
from pipeline.references.tokens import tokenize
from pipeline.references.train.__main__ import train
from pipeline.references.train.corpus import Labelled, held_out, read
from pipeline.references.train.invent import Inventor
from pipeline.references.train.patterns import Patterns
from pipeline.references.train.render import render
from pipeline.references.train.score import Score, similarity
from pipeline.references.train.synthesize import SEED, STYLES, noisy

TEXT = "Smith, J. (2010). Rivers and lakes. Journal of Water, 12(3), 1-9."
SPANS = (("author", 0, 9), ("date", 11, 15), ("title", 18, 34), ("container-title", 36, 52), ("volume", 54, 56),
         ("issue", 57, 58), ("pages", 61, 64))  # fmt: skip
ITEM = {
    "type": "chapter", "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
    "editor": [{"family": "Moreau", "given": "Claire"}, {"family": "Lee", "given": "Ann B."}], "title": "On rivers",
    "container-title": "A handbook of water", "publisher": "Springer", "publisher-place": "Berlin", "page": "12-34",
    "edition": "2", "issued": {"date-parts": [[2015]]},
}  # fmt: skip
WEB = {
    "type": "webpage", "author": [{"literal": "Ministry of Water"}], "title": "Rivers today",
    "container-title": "Water News",
    "issued": {"date-parts": [[2018, 3, 9]]}, "accessed": {"date-parts": [[2020, 4, 2]]},
    "URL": "https://example.org/rivers",
}  # fmt: skip


def labelled(text: str, spans: object, source: str = "test") -> Labelled:
    return Labelled(text, tuple(spans), source, "en", "doc")  # type: ignore[call-overload]


def test_labels_of_tokens_and_back() -> None:
    _, starts, ends = tokenize(TEXT)
    labels = encode(SPANS, starts, ends)
    assert labels[:6] == ["+author", "author", "~author", "+date", "~", "+title"]
    spans = decode(labels, lambda label, place: 1.0, starts, ends)
    assert tuple((span.label, span.start, span.end) for span in spans) == (("author", 0, 8), *SPANS[1:])


def test_features_are_one_list_a_token() -> None:
    items, starts, ends = features(TEXT)
    assert len(items) == len(starts) == len(ends) == len(tokenize(TEXT)[0])
    assert features(TEXT)[0] == items
    assert features("") == ([], [], [])


def test_read_and_its_errors(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    fields = [{"label": "title", "text": "Rivers", "start": 18, "end": 24}]
    path.write_text(json.dumps({"text": TEXT, "fields": fields}) + "\n", "utf-8")
    (one,) = read([path])
    assert (one.text, one.spans, one.source) == (TEXT, (("title", 18, 24),), "corrections")
    path.write_text('{"text": 1}\n', "utf-8")
    with pytest.raises(ValueError, match=r"data\.jsonl:1: not a labelled reference"):
        list(read([path]))


def test_whole_documents_are_held_out() -> None:
    documents = [Labelled(TEXT, (), "s", "", f"d{n // 5}") for n in range(2000)]
    kept = [held_out(document) for document in documents]
    assert all(len(set(kept[n : n + 5])) == 1 for n in range(0, 2000, 5))
    assert 100 < sum(kept) < 320


def test_score() -> None:
    score = Score()
    score.add(
        [("title", "Rivers and lakes of Asia"), ("date", "2010")],
        [("title", "Rivers and lakes of Asia."), ("date", "2011")],
        "x",
    )
    assert (score.total().hits, score.total().found, score.total().gold) == (1, 2, 2)
    score.add([("note", "x")], [], "x")
    assert score.total().gold == 2
    assert similarity("A b c d", "a, b: c d!") == 1.0
    assert similarity("a b c d", "x y") == 0.0


@pytest.mark.parametrize(
    ("item", "style", "expected"),
    [
        (ITEM, "apa", {
            "author": "van den Berg, J.", "date": "2015", "title": "On rivers", "editor": "C. Moreau & A. B. Lee",
            "container-title": "A handbook of water", "edition": "2nd ed", "pages": "12–34", "publisher": "Springer",
        }),
        (ITEM, "ieee", {"label": "1", "author": "J. van den Berg", "pages": "12–34", "location": "Berlin"}),
        (WEB, "chicago-author-date", {
            "author": "Ministry of Water", "title": "Rivers Today", "url": "https://example.org/rivers",
        }),
    ],
)  # fmt: skip
def test_rendered_references_are_labelled(item: dict[str, object], style: str, expected: dict[str, str]) -> None:
    ((text, fields),) = list(render([item], STYLES / f"{style}.csl", "en-US"))
    found = {label: text[start:end] for label, start, end in fields}
    assert {label: found.get(label) for label in expected} == expected
    assert not any("\ue000" <= char <= "\uf8ff" for char in text)


def test_invented_items_are_the_same_each_time() -> None:
    book = [("title", 0, 14), ("location", 16, 22), ("publisher", 24, 32), ("date", 34, 38), ("series", 40, 52)]
    material = [labelled(TEXT, SPANS), labelled("Rivers of Asia. Berlin: Springer, 2010. Water Series", book)]
    first, second = (Inventor(material, SEED).items(40, "en") for _ in range(2))
    assert first == second
    assert len({item["type"] for item in first}) > 5


def test_spoilt_spaces_keep_the_fields() -> None:
    for one in noisy([labelled(TEXT, SPANS)] * 20, 1.0):
        for (label, start, end), (_, a, b) in zip(one.spans, SPANS, strict=True):
            assert "".join(one.text[start:end].split()) == "".join(TEXT[a:b].split()), label


def test_training_is_deterministic(tmp_path: Path) -> None:
    paths = [tmp_path / "one.crfsuite", tmp_path / "two.crfsuite"]
    for path in paths:
        train([labelled(TEXT, SPANS)] * 5, path, 5, verbose=False)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_model_is_small_and_opens_at_once() -> None:
    assert MODEL.stat().st_size <= 6_000_000
    assert set(load().labels()) >= {"author", "title", "container-title", "~title"}


def test_corrections_are_never_held_out() -> None:
    assert not any(held_out(Labelled(TEXT, (), "corrections", "", f"d{n}")) for n in range(200))


def test_patterns_label_what_they_draw() -> None:
    given = [labelled(f"{TEXT[:-1]}. Springer.", (*SPANS, ("publisher", 66, 74)))]
    for lang in ("de", "en", "fr", "it"):
        given.append(Labelled(TEXT, SPANS, "test", lang, "doc"))
        book = (SPANS[0], SPANS[2], ("publisher", 36, 52))
        given.append(Labelled(TEXT, book, "test", lang, "doc"))
    drawn = list(Patterns(given, Inventor(given, SEED), SEED).references(60, 60, 60))
    assert len(drawn) == 180
    assert {"zh", "ja", "ko", "ru"} <= {reference.lang for reference in drawn}
    assert {"author", "pages", "container-title", "note", "editor"} <= {label for d in drawn for label, _, _ in d.spans}
    for reference in drawn:
        place = 0
        for _, start, end in reference.spans:
            assert place <= start < end <= len(reference.text)
            place = end
