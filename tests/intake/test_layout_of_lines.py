"""What the lines of a plain text are told by: numbers beside them, furniture of pages, width, indentation, columns."""

import random

import pytest

from pipeline.intake.columns import read_columns
from pipeline.intake.furniture import find_furniture
from pipeline.intake.indents import find_indented
from pipeline.intake.line_numbers import find_line_numbers
from pipeline.intake.lines import split_lines
from pipeline.intake.numbered import find_starts
from pipeline.intake.plain_text import read_text
from pipeline.intake.wrapping import Wrapping

STORY = (
    "the harbours of the north were closed by ice for three months of the year and the boats lay on the beach until "
    "the water was open again so that the nets were mended and the quays repaired by those who had no boats of their "
    "own and the ledgers were kept in which every boat that came or went was written with its hour"
).split()


def lines_of(*texts: str) -> str:
    return "\n".join(texts)


def prose(count: int, start: int = 0) -> list[str]:
    """Lines of six words, none of which comes back."""
    return [" ".join(random.Random(start + n).sample(STORY, 6)) for n in range(count)]


def numbered(text: str) -> list[int]:
    return sorted(find_line_numbers(split_lines(text)))


def furniture(text: str) -> dict[int, str]:
    return find_furniture(split_lines(text))


def test_numbers_of_lines_one_by_one() -> None:
    lines = [f"{n} {text}" for n, text in enumerate(prose(8), 1)]
    assert numbered(lines_of(*lines)) == list(range(1, 9))
    assert numbered(lines_of(*lines[:7])) == [], "too few to tell"
    assert numbered(lines_of(*lines, "unnumbered", "unnumbered too")) == list(range(1, 9))
    assert numbered(lines_of(*lines, *prose(3))) == [], "too many without"


def test_numbers_of_lines_in_steps_and_anew_on_each_page() -> None:
    stepped = [f"{n} {text}" if n % 5 == 0 else text for n, text in enumerate(prose(45), 1)]
    assert numbered(lines_of(*stepped)) == list(range(5, 46, 5))
    paged = [f"{n} {text}" for n, text in enumerate(prose(6), 1)] * 2
    assert numbered(lines_of(*paged)) == list(range(1, 13))
    scattered = [f"{n * n % 7} {text}" for n, text in enumerate(prose(10), 1)]
    assert numbered(lines_of(*scattered)) == []


def test_numbers_that_count_blank_lines_or_do_not() -> None:
    lines = [f"{n} {text}" for n, text in enumerate(prose(10), 1)]
    assert len(numbered("\n\n".join(lines))) == 10
    both = [f"{2 * n - 1} {text}" for n, text in enumerate(prose(10), 1)]
    assert len(numbered("\n\n".join(both))) == 10


def pages(*between: str, count: int = 3, size: int = 12) -> str:
    """Pages of prose with lines between them; `#` in those is the number of the page, from 11 on."""
    made: list[str] = []
    for number in range(count):
        made += prose(size, 100 * number)
        made += [line.replace("#", str(11 + number)) for line in between]
    return "\n".join([*made, *prose(size, 999)])


@pytest.mark.parametrize(
    "form", ["#", "- # -", "Page #", "p. #", "# / 30", "Seite # von 30", "[#]", "стр. #", "#     "],
)  # fmt: skip
def test_page_numbers_in_many_forms(form: str) -> None:
    assert sorted(furniture(pages(form))) == [13, 26, 39]


def test_numbers_that_do_not_rise_from_page_to_page_stay() -> None:
    assert furniture(pages("11", count=4)) == {}
    assert furniture(pages("#", count=1)) == {}
    close = lines_of(*prose(12), "11", *prose(2, 20), "12", *prose(6, 60))
    assert furniture(close) == {}, "too near each other"
    with_gap = pages("#", count=2).replace("\n12\n", "\n13\n")
    assert set(furniture(with_gap).values()) == {"page number"}, "a page without a number between them"


@pytest.mark.parametrize(
    "head", ["Journal of Quays", "Silva and Costa  #", "# Silva and Costa", "Journal of Quays 4 (2020) #"]
)
def test_running_heads_beside_page_numbers(head: str) -> None:
    text = pages("#", head) if "#" not in head else pages(head)
    kinds = furniture(text)
    heads = [number for number, kind in kinds.items() if kind == "running head"]
    assert len(heads) == 3, kinds


def test_a_line_that_comes_back_in_the_text_is_no_running_head() -> None:
    text = lines_of(*prose(4), "the same words", *prose(4, 20), "the same words", *prose(4, 40))
    assert furniture(text) == {}


def test_the_title_comes_back_as_a_running_head() -> None:
    title = "Harbour libraries and their readers"
    text = lines_of(title, "", *prose(12), "", f"{title}   12", "", *prose(6, 40))
    assert furniture(text) == {16: "running head"}


def width_of(*texts: str) -> int:
    return Wrapping(split_lines(lines_of(*texts))).width


def test_the_width_of_wrapped_lines() -> None:
    wrapped = ["one two three four five six seven eight nine tenth and"] * 9 + ["end."]
    assert width_of(*wrapped) == 54
    assert width_of(*wrapped[:6]) == 0, "too few lines side by side"
    assert width_of(*["one two three four five"] * 12) == 0, "too narrow"
    assert width_of(*[("word " * 40).strip()] * 12) == 0, "too wide"
    short = ["one two three four five six seven", "one", "two", "three"] * 5
    assert width_of(*short) == 0, "most lines would have held more"
    wide = [*wrapped * 9, *["one two three four five six seven eight nine ten eleven twelve"] * 3]
    assert width_of(*wide[:-3]) == 54
    assert width_of(*wide) in (0, 61, 62)


def starts(*texts: str, width: int = 60) -> set[int]:
    return find_starts(split_lines(lines_of(*texts)), width)


def test_items_follow_each_other_within_some_lines() -> None:
    def listed(between: int) -> list[str]:
        return ["1. first thing", *prose(between), "2. second thing", "end"]

    assert starts(*listed(11)) == {1, 13}
    assert starts(*listed(12)) == set()
    assert starts("1. one", "3. three") == set()
    assert starts("(1) one", "2) two", "(2) three") == {1, 3}
    assert starts("2. two", "3. three") == set()
    assert starts("1. one", "2. two", width=0) == set()


LONG_LINE = "It is said in a line that is nearly as long as the width is."


def test_short_lines_between_sentences_are_headings() -> None:
    def between(line: str, after: str = LONG_LINE, before: str = "It ended so.") -> bool:
        return starts("Text that goes on to the end", before, line, after, "and on.") == {3}

    assert between("2 Of the quays")
    assert between("II. Of the quays")
    assert between("Of harbours and libraries in northern ports")
    assert not between("Of harbours and libraries in northern portsmen")
    assert between("One two three four five six seven eight")
    assert not between("One two three four five six seven eight nine")
    assert not between("Of the quays", after="and on in small letters as a sentence does that is long")
    assert not between("Of the quays", before="It ended not")
    assert not between("Of the quays.")
    assert not between("Of the quays", after="Short line.")
    assert not between("Of the quays", before="In 2001 it ended.")
    assert between("2 Of the quays", before="In 2001 it ended.")


def test_labels_of_figures_and_raised_marks_begin_lines() -> None:
    assert starts("It ended so.", "Figure 3. The quay.", "x") == {2}
    assert starts("as it was in", "Figure 3. The quay.", "x") == set()
    assert starts("x", "² Harbour University") == {2}


def indented(*texts: str) -> tuple[set[int], set[int]]:
    return find_indented(split_lines(lines_of(*texts)))


def test_hanging_and_first_line_indentation() -> None:
    hanging = ["Silva A. On quays", "   goes on here.", "   and here."] * 4
    assert indented(*hanging) == ({1, 4, 7, 10}, {2, 3, 5, 6, 8, 9, 11, 12})
    moved = ["   The first line", "goes on here", "and ends here."] * 4
    assert indented(*moved)[0] == {1, 4, 7, 10}
    assert indented(*hanging[:6]) == (set(), set()), "too few lines"
    shallow = [text.replace("   ", " ") for text in hanging]
    assert indented(*shallow) == (set(), set()), "a blank alone says nothing"
    deep = [text.replace("   ", " " * 13) for text in hanging]
    assert indented(*deep) == (set(), set())


def columns(*rows: tuple[str, str]) -> list[str]:
    text = lines_of(*(f"{left:<40}{right}" for left, right in rows))
    return [line.text.strip() for line in read_columns(split_lines(text))]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = prose(6), prose(6, 24)
    assert columns(*zip(left, right, strict=True)) == [*left, *right]
    assert columns(*zip(left[:5], right[:5], strict=True)) == [*left[:5], *right[:5]]
    assert len(columns(*zip(left[:4], right[:4], strict=True))) == 4, "too few lines"
    cells = [(f"Cell {n}", f"Value {n}") for n in range(6)]
    assert len(columns(*cells)) == 6, "cells of a table"


def test_a_blank_line_stands_between_columns() -> None:
    rows = lines_of(*(f"{left:<40}{right}" for left, right in zip(prose(5), prose(5, 24), strict=True)))
    assert [line.gap for line in read_columns(split_lines(rows))] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]


def test_a_quotation_moved_in_and_a_list_of_dashes() -> None:
    text = lines_of(
        "A text that is not wrapped and goes on for a while in one line alone, as texts from a word processor do it.",
        "   A quotation that is moved in and whose first line is long", "   goes on in a second line.",
        "- an item", "- another item", "a - b", "name@harbour.example",
    )  # fmt: skip
    blocks = read_text(text).blocks
    assert [(block.line, block.last_line, block.hints.marker, block.hints.style) for block in blocks] == [
        (1, 1, None, None), (2, 3, None, "indented"), (4, 4, "-", None), (5, 5, "-", None), (6, 6, None, None),
        (7, 7, None, None),
    ]  # fmt: skip
