"""What of a page is furniture: heads by their numbers, their places, and the words of title and authors."""

import random

import pytest

from pipeline.intake.furniture import _Head, find_furniture
from pipeline.intake.lines import split_lines

WORDS = (
    "the harbours of the north were closed by ice for three months of the year and the boats lay on the beach until "
    "the water was open again so that the nets were mended and the quays repaired by those who had no boats"
).split()


def prose(count: int, start: int = 0) -> list[str]:
    """Lines of seven words, each longer than thirty letters and none twice, that end no sentence."""
    return [" ".join(random.Random(start + n).sample(WORDS, 7)) + " so it was" for n in range(count)]


def kinds(*lines: str) -> dict[int, str]:
    return find_furniture(split_lines("\n".join(lines)))


def between(*heads: tuple[str, int], before: int = 12) -> list[int]:
    """Which of the heads are furniture, by their places: each stands after the number of lines beside it."""
    lines, places = prose(before), []
    for number, (head, after) in enumerate(heads):
        lines.append(head)
        places.append(len(lines))
        lines += prose(after, 1000 * (number + 1))
    found = kinds(*lines)
    return [number for number, place in enumerate(places) if place in found]


@pytest.mark.parametrize(
    ("first", "lines", "second", "found"),
    [
        ("SILVA AND COSTA 12", 14, "HARBOURS OF ICE 13", [0, 1]),
        ("SILVA AND COSTA 12", 13, "HARBOURS OF ICE 13", []),
        ("SILVA AND COSTA 12", 119, "HARBOURS OF ICE 13", [0, 1]),
        ("SILVA AND COSTA 12", 120, "HARBOURS OF ICE 13", []),
        ("SILVA AND COSTA 12", 30, "HARBOURS OF ICE 14", []),
        ("SILVA AND COSTA 12", 30, "Harbours of ice 13", []),
        ("10 SILVA AND COSTA", 30, "11 HARBOURS OF ICE", [0, 1]),
        ("9 SILVA AND COSTA", 30, "10 HARBOURS OF ICE", []),
    ],
)
def test_heads_in_capitals_of_two_pages_that_follow_each_other(
    first: str, lines: int, second: str, found: list[int]
) -> None:
    assert between((first, lines), (second, 5)) == found


def test_heads_in_capitals_stand_below_the_head_of_the_text() -> None:
    heads = [("SILVA AND COSTA 12", 30), ("HARBOURS OF ICE 13", 5)]
    assert between(*heads, before=9) == []
    assert between(*heads, before=10) == [0, 1]


@pytest.mark.parametrize(
    ("single", "after", "found"),
    [
        ("Boats of ice 15", 10, [0, 1, 2]), ("Boats of ice 15", 3, [0, 1, 2]), ("Boats of ice 15", 2, [0, 1]),
        ("15 Boats of ice", 10, [0, 1, 2]), ("15 Boats of ice.", 10, [0, 1]), ("Boats of ice 16", 10, [0, 1]),
        ("Boats of ice 11", 10, [0, 1]), ("9 Boats of ice", 10, [0, 1]),
    ],
)  # fmt: skip
def test_a_head_that_comes_once_behind_pages_that_are_known(single: str, after: int, found: list[int]) -> None:
    assert between(("Silva and Costa 12", 12), ("Silva and Costa 14", after), (single, 6)) == found


@pytest.mark.parametrize(
    ("first", "lines", "second", "found"),
    [
        ("Silva and Costa 12", 3, "Silva and Costa 13", [0, 1]), ("Silva and Costa 12", 2, "Silva and Costa 13", []),
        ("Silva and Costa 12", 9, "Silva and Costa 16", [0, 1]), ("Silva and Costa 12", 9, "Silva and Costa 17", []),
        ("Silva and Costa 13", 9, "Silva and Costa 12", []), ("12 34", 9, "12 35", []),
        ("12 Silva and Costa", 9, "Silva and Costa 14", []),
    ],
)  # fmt: skip
def test_the_same_words_with_numbers_that_rise(first: str, lines: int, second: str, found: list[int]) -> None:
    assert between((first, lines), (second, 6)) == found


def test_headings_with_numbers_stand_between_sentences() -> None:
    """A head interrupts: the line before ends no sentence, or the one after begins small."""

    def of(before: str, after: str) -> list[int]:
        lines = []
        for number, word in ((12, "ice"), (14, "rain")):
            lines += [*prose(11, 100 * number), f"{word} {before}", f"Silva and Costa {number}", f"{after} {word}."]
        return sorted(kinds(*lines))

    long, short = "it was so on the quay of the town, said", "it was so, said the crew"
    assert of(long, "The boats were late.") == [13, 27]
    assert of(f"{long}.", "The boats were late.") == []
    assert of(f"{long}.", "the boats were late.") == [13, 27]
    assert of(short, "The boats were late.") == []
    assert of(f"{long}.", "\fThe boats were late.") == [13, 27]


def test_numbers_of_pages_beside_heads_are_no_text() -> None:
    lines = []
    for number, word in ((12, "ice"), (14, "rain")):
        lines += [*prose(11, 100 * number), f"{word} it was so on the quay of the town, said", "7"]
        lines += [f"Silva and Costa {number}", "8", f"The boats were late in {word}."]
    assert [number for number in sorted(kinds(*lines)) if number in (14, 30)] == [14, 30]


def test_a_head_that_comes_twice_with_one_number_is_none() -> None:
    heads = ("Silva and Costa 12", 12), ("Silva and Costa 14", 12), ("Boats of ice 15", 12), ("Boats of ice 15", 6)
    assert between(*heads) == [0, 1]


def test_the_title_with_a_number_apart_from_the_text() -> None:
    def of(before: int, head: str, *after: str) -> bool:
        lines = [*TITLE[:1], *prose(before), "", head, *after, *prose(3, 50)]
        return before + 3 in kinds(*lines)

    head = "Harbour libraries and their   12"
    assert of(9, head, "")
    assert not of(8, head, "")
    assert not of(9, head)
    assert not of(9, "Harbour libraries and their 12", "")
    assert kinds(TITLE[0], *prose(9), "", head) == {12: "running head"}
    assert kinds(TITLE[0], *prose(9), "", head, "It was so.") == {}


TITLE = ["Harbour libraries and their many readers", "Ana Silva, Rui Costa, Bo Lind, Eva Moe", "", "Abstract"]


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Harbour libraries and", True), ("Harbour libraries", False), ("libraries and their many", True),
        ("libraries and their", False), ("Harb. libr. their read.", True), ("read. their libr. harb.", False),
        ("Silva et al. Harbour libraries", True), ("Silva et al. Libraries", False),
        ("Silva, Costa, Lind et al. Harbour", True), ("Silva, Costa, Lind, Moe et al. Harbour", False),
        ("Berg et al. Harbour", False), ("et al. Harbour libraries", False), ("Silva et cetera Harbour", False),
    ],
)  # fmt: skip
def test_heads_that_say_the_title(text: str, has: bool) -> None:
    assert _Head(split_lines("\n".join(TITLE))).has(text) is has


def test_a_line_of_the_head_with_the_number_of_its_page() -> None:
    lines = [*TITLE, *prose(8)]
    assert kinds(*lines, "Rui Costa 12", *prose(3, 50)) == {}
    assert kinds("Rui Costa", *lines, "Rui Costa 12", *prose(3, 50)) == {14: "running head"}
    assert kinds("Rui Costa", *lines, "Rui Costa 9", *prose(3, 50)) == {}
    assert kinds("Costa", *lines, "Costa 12", *prose(3, 50)) == {}
    assert kinds("Rui Costa", *lines[:8], "Rui Costa 12", *prose(3, 50)) == {}


@pytest.mark.parametrize(
    ("number", "is_page"), [("9", False), ("10", True), ("9999", True), ("10000", False), ("100001", False)]
)
def test_a_number_alone_between_blank_lines(number: str, is_page: bool) -> None:
    assert kinds(*prose(9), "", number, "", *prose(3, 50)) == ({11: "page number"} if is_page else {})
    assert kinds(*prose(8), "", number, "", *prose(3, 50)) == {}
    assert kinds(*prose(9), number, "", *prose(3, 50)) == {}
    assert kinds(*prose(9), "", number, *prose(3, 50)) == {}
    assert kinds(*prose(8), "a\tb\tc", "", number, "", *prose(3, 50)) == {}


def test_the_title_beside_a_page_number_below_the_head_of_the_text() -> None:
    page = ["", "12", "", "Harbour libraries and their", *prose(3, 50)]
    title = TITLE[:1]
    assert kinds(*title, *prose(7), *page) == {}
    assert kinds(*title, *prose(8), *page) == {11: "page number"} | {13: "running head"}


def test_lines_that_come_back_beside_page_breaks() -> None:
    def of(*times: bool) -> set[int]:
        """Lines that come back, at a break (True) or amid a page."""
        lines = prose(12)
        for number, at_break in enumerate(times):
            lines += [("\f" if at_break else "") + "Journal of quays", *prose(9, 100 * number + 100)]
        return set(kinds(*lines))

    assert of(True, True) == {13, 23}
    assert of(True) == set()
    assert of(True, False) == set()
    assert of(True, True, False, False) == {13, 23}
    assert of(True, True, False, False, False) == set()


def test_a_third_of_heads_that_interrupt_is_enough() -> None:
    def of(*ends: str) -> int:
        lines = []
        for number, end in enumerate(ends, 12):
            word = WORDS[number]
            lines += [*prose(11, 100 * number), f"{word} was so on the quay of the town{end}"]
            lines += [f"Silva and Costa {number}", f"The boats were late, said {word}."]
        return len(kinds(*lines))

    assert of(".", ", said", ".") == 3
    assert of(".", ", said", ".", ".") == 0


def test_a_number_below_a_head_before_the_rest_of_a_sentence() -> None:
    lines = []
    for number, word in ((12, "ice"), (14, "rain")):
        lines += [*prose(11, 100 * number), f"{word} it was so on the quay of the town.", f"Silva and Costa {number}"]
        lines += ["8", f"the boats were late in {word}."]
    assert {13, 28} <= set(kinds(*lines))


def test_the_first_line_comes_back_beside_page_breaks() -> None:
    lines = ["Journal of quays", "\fThe boats were late.", *prose(9), "\fJournal of quays", *prose(9, 100)]
    assert set(kinds(*lines)) == {1, 12}


def test_a_head_may_stand_two_lines_below_a_page_break() -> None:
    def of(*below: str) -> set[int]:
        lines = prose(12)
        for page in (1, 2):
            lines += [f"\f{WORDS[page]}", *(f"{WORDS[page]} {each}" for each in below), "Journal of quays"]
            lines += prose(9, 100 * page)
        return set(kinds(*lines))

    assert of("was late.") == {15, 27}
    assert of("was late.", "was so.") == set()
