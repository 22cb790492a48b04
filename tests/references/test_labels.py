"""Fields as labels of tokens, and back."""

import pytest

from pipeline.references.kinds import work_type
from pipeline.references.labels import decode, encode

#        0123456789012345678901234567890
TEXT = "Holm J. Fog. Oslo: Kai, 2. Map."
JOURNAL = "container-title"
STARTS, ENDS = [0, 5, 8, 13, 19, 24, 27], [4, 6, 11, 17, 22, 25, 30]


@pytest.mark.parametrize(
    ("spans", "labels"),
    [
        ([("author", 0, 6)], "+author author ~author ~author ~author ~author ~author"),
        ([("title", 8, 11), ("author", 0, 6)], "+author author +title ~title ~title ~title ~title"),
        ([("title", 8, 17)], "~ ~ +title title ~title ~title ~title"),
        ([("author", 0, 4), ("author", 5, 6)], "+author +author ~author ~author ~author ~author ~author"),
        ([("container-title", 8, 22), ("volume", 24, 25)], f"~ ~ +{JOURNAL} {JOURNAL} {JOURNAL} +volume ~number"),
        ([("container-title", 8, 11)], f"~ ~ +{JOURNAL} ~{JOURNAL} ~{JOURNAL} ~{JOURNAL} ~{JOURNAL}"),
        ([("location", 13, 17), ("publisher", 19, 22)], "~ ~ ~ +location +publisher ~ ~"),
        ([("pages", 24, 25), ("type", 27, 30)], "~ ~ ~ ~ ~ +pages type"),
        ([("other", 24, 25), ("other", 27, 30)], "~ ~ ~ ~ ~ +note +note"),
        ([("translator", 0, 4), ("translator", 5, 6)], "translator translator ~ ~ ~ ~ ~"),
        ([("date", 3, 9)], "+date date date ~ ~ ~ ~"),
        ([("date", 4, 5), ("issue", 26, 31)], "~ ~ ~ ~ ~ ~ +issue"),
        ([], "~ ~ ~ ~ ~ ~ ~"),
    ],
)  # fmt: skip
def test_a_token_has_the_label_of_the_field_it_overlaps(spans: list[tuple[str, int, int]], labels: str) -> None:
    assert encode(spans, STARTS, ENDS) == labels.split()


def test_a_field_is_as_sure_as_its_first_and_last_token() -> None:
    chances = {("+author", 0): 0.9, ("author", 2): 0.8, ("+title", 3): 0.6, ("note", 5): 0.33335, ("note", 6): 0.5}
    labels = "+author author author +title ~title note note".split()
    spans = decode(labels, lambda label, place: chances[label, place], STARTS, ENDS)
    assert [(span.label, TEXT[span.start : span.end], span.confidence) for span in spans] == [
        ("author", "Holm J. Fog", 0.85),
        ("title", "Oslo", 0.6),
        ("note", "2. Map", 0.4167),
    ]


def test_a_field_goes_on_without_its_beginning_and_begins_within_itself() -> None:
    spans = decode("title title +title +title title ~ ~".split(), lambda *_: 1.0, STARTS, ENDS)
    assert [TEXT[span.start : span.end] for span in spans] == ["Holm J", "Fog", "Oslo: Kai"]


def test_a_work_of_which_nothing_is_known_is_a_document() -> None:
    assert work_type({}, "") == "document"
