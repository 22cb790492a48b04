"""Citations by number: which form a text uses, how far numbers may go ahead, and what only looks like one."""

import pytest

from pipeline.article import Reference
from tests.citations.test_link import linked, numbered


def rids(text: str, count: int = 12) -> list[str]:
    return [rid for _, rid in linked(text, numbered(count))]


def text_of(*parts: str) -> str:
    return " ".join(f"This was seen {part} and once more." for part in parts)


BRACKETS = "It is so [1] and [2], as [3] to [4], with [5] and [6] said. "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("more [7–9]", ["r7 r8 r9"]), ("more [7, 9]", ["r7", "r9"]), ("more [7;8]", ["r7", "r8"]),
        ("more [12, p. 5]", ["r12"]), ("more [7, pp. 3–9; 8]", ["r7", "r8"]), ("more [13]", []), ("more [12]", ["r12"]),
        ("more [0]", []), ("more [10–12, 7]", ["r10 r11 r12", "r7"]),
    ],
)  # fmt: skip
def test_brackets(text: str, found: list[str]) -> None:
    assert rids(BRACKETS + text)[6:] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[7]–[9]", ["r7", "r8 r9"]), ("[7] – [8]", ["r7", "r8"]), ("[9]–[7]", ["r9", "r7"]),
        ("[7], [9]", ["r7", "r9"]),
        ("[7]–[7]", ["r7", "r7"]),
    ],
)  # fmt: skip
def test_a_dash_between_brackets_spans_what_lies_between(text: str, found: list[str]) -> None:
    assert rids(BRACKETS + text)[6:] == found


@pytest.mark.parametrize(("end", "spans"), [(52, True), (53, False)])
def test_a_span_has_an_end(end: int, spans: bool) -> None:
    start = " ".join(f"It was seen [{number}]." for number in range(1, 31))
    found = rids(f"{start} And [12]–[{end}]", 60)
    assert (len(found[-1].split()) > 1) is spans


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("one [1] and two [2] and three [3] and four [4] and five [5] and six [6]", 6),
        ("one [1] and two [2] and three [3] and four [4] and five [5]", 0),
        ("one [1] and one [1] and one [1] and one [1] and one [1] and one [1]", 0),
    ],
)  # fmt: skip
def test_a_text_cites_by_number_where_half_of_the_references_are_named(text: str, links: int) -> None:
    assert len(rids(text)) == links


def test_two_references_are_not_cited_by_one_number() -> None:
    assert rids("one [1] and more", 2) == []
    assert rids("one [1] and two [2]", 2) == ["r1", "r2"]


HIGH = "It rose.¹ It fell.² It stood.³ It went.⁴ It came.⁵ It lay.⁶ "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It ran.⁷", ["r7"]), ("It ran.¹⁴", ["r14"]), ("It ran.¹⁵", []), ("It ran.⁹⁻¹¹", ["r9 r10 r11"]),
        ("It ran.⁹,⁷", []), ("It ran.⁷,⁹", ["r7", "r9"]), ("It ran.¹", ["r1"]), ("It ran.²¹", []),
    ],
)  # fmt: skip
def test_numbers_set_high_go_on_from_those_before(text: str, found: list[str]) -> None:
    assert rids(HIGH + "And so on. " * 3 + text, 12 if "¹⁴" not in text else 14)[6:] == found


ROUND = "It rose (1). It fell (2). It stood (3). It went (4). It came (5). It lay (6). "


@pytest.mark.parametrize(
    ("scale", "found"),
    [
        ("It was never (1), rarely (2), often (3).", []),
        ("It was never (1), rarely (2).", ["r1", "r2"]),
        ("It was never (1), rarely (3), often (4).", ["r1", "r3", "r4"]),
        ("It went on (7), then on (8), then on (9).", ["r7", "r8", "r9"]),
        ("It was never (1)" + ", and then it was as it had been for a long time in that place" * 2 + " (2), often (3).",
         ["r1", "r2", "r3"]),
        ("It was (1, 2) and (3) and (4).", ["r1", "r2", "r3", "r4"]),
    ],
)  # fmt: skip
def test_a_scale_counts_and_cites_nothing(scale: str, found: list[str]) -> None:
    assert rids(ROUND + scale)[6:] == found


def test_round_brackets_need_a_numbered_list() -> None:
    plain = [Reference(f"Author {number}. Title.", id=f"r{number}") for number in range(1, 7)]
    assert linked(ROUND, plain) == []


@pytest.mark.parametrize(
    ("text", "is_cited"),
    [
        ("the quays were closed.7", True), ("as the table 7 shows", False), ("of CO2 and", False), ("in 1997.7", False),
        ("the quays were closed,7 and", True), ("the quays7% were", False), ("the quays 7.5 were", False),
    ],
)  # fmt: skip
def test_numbers_glued_to_words(text: str, is_cited: bool) -> None:
    start = "It rose again.1 Then it fell.2 There it stood.3 Away it went.4 Back it came.5 Down it lay.6 "
    assert (rids(start + text)[6:] == ["r7"]) is is_cited
