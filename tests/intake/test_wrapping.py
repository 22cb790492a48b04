"""Where the lines of a text were broken: its width, and which lines go on in the next one."""

import pytest

from pipeline.intake.hyphens import Vocabulary
from pipeline.intake.indents import find_indented
from pipeline.intake.lines import Line, split_lines
from pipeline.intake.plain_text import read_text
from pipeline.intake.wrapping import Wrapping

ADDRESS = "https://example.org/"


def line(length: int, first: str = "oars", end: str = "s") -> str:
    """A line of short words that is so long."""
    text = f"{first} {'of it ' * length}"[: length - len(end)].rstrip()
    return text.ljust(length - len(end), "s") + end


def width_of(*lines: str) -> int:
    return Wrapping(split_lines("\n".join(lines))).width


def test_addresses_do_not_count_for_the_width() -> None:
    lines = [line(54, "nineteen")] * 9
    long = f"see {ADDRESS}{'x' * 60}"
    assert width_of(*lines) == 54
    assert width_of(*lines, long, line(20)) == 54
    assert width_of(*lines, *[long, line(20)] * 3) == 54, "without the address, the line is not wider"
    assert width_of(*lines, *[f"{line(60)} {long}", line(20)] * 2) == 54
    assert width_of(*lines, *[f"{line(60)} {long}", line(20)] * 3) == 0, "three lines that would have been broken"
    assert width_of("one line") == width_of("") == 0


def test_ragged_lines_are_wrapped_where_half_of_them_are_long() -> None:
    short, long, widest = line(40), line(41), line(50)
    assert width_of(*[long] * 5, widest, widest) == 50
    assert width_of(long, short, long, short, short, widest, widest) == 50
    assert width_of(long, short, short, short, short, widest, widest) == 0
    assert width_of(*[long] * 4, widest, widest) == 0, "too few lines side by side"


@pytest.mark.parametrize(
    ("one", "other", "exact", "ragged"),
    [
        (line(45), "word after", False, True), (line(45), "words after", True, True),
        (line(41), "A", False, True), (line(40), "A", False, False), (line(40), "a", False, True),
        (line(31), "a", False, True), (line(30), "a", False, False), (line(31, end="."), "a", False, False),
        (line(31), "iOS", False, True), (line(31), "A", False, False),
        (line(41, end=","), "A", True, True), (line(40, end=","), "A", False, False),
        ("har-", "bour", True, True), ("har-", "bOUR", True, True), ("har-", "Bour", False, False),
        ("a-", "bour", False, False), ("12-", "bour", False, False), ("har‐", "bour", True, True),
        ("har\xad", "Bour", True, True),
    ],
)  # fmt: skip
def test_lines_that_go_on(one: str, other: str, exact: bool, ragged: bool) -> None:
    """In a text of 50 characters a line, broken where the next word would not fit, or before that."""
    wrapping = Wrapping([])
    for wrapping.exact, expected in ((True, exact), (False, ragged)):
        wrapping.width = 50
        assert wrapping.continues(Line(1, one), Line(2, other)) is expected
        wrapping.width = 0
        assert wrapping.continues(Line(1, one), Line(2, other)) is False
    wrapping.width = 50
    assert wrapping.continues(Line(1, one, is_row=True), Line(2, other)) is False
    assert wrapping.continues(Line(1, one), Line(2, other, is_row=True)) is False


def starts(*lines: str) -> set[int]:
    return find_indented(split_lines("\n".join(lines)))[0]


ENTRY = ["Silva A. On quays", "   goes on here.", "   and here."]


def test_entries_are_found_at_any_margin() -> None:
    deep = [f"{' ' * 10}{text}" for text in ENTRY * 4]
    assert starts(*deep) == {1, 4, 7, 10}


def test_most_lines_that_go_on_do_so_amid_a_sentence() -> None:
    """Of eight such lines, three may begin with a capital behind a stop; four are too many."""

    def entries(capitals: int) -> list[str]:
        lines = []
        for number in range(4):
            lines += ["Silva A. On quays.", f"   {'Goes' if number < capitals else 'goes'} on here", "   and here."]
        return lines

    assert starts(*entries(3)) == {1, 4, 7, 10}
    assert starts(*entries(4)) == set()


def test_entries_begin_behind_an_end() -> None:
    """Three of four at least: those of four, the first counted by its place."""
    last = ["Silva A. On quays", "   goes on here", "   and here"]
    assert starts(*ENTRY * 4, *last, *ENTRY) == {1, 4, 7, 10, 13, 16}
    assert starts(*ENTRY * 2, *last * 3) == set()


def test_indentation_is_told_between_blank_lines_and_rows() -> None:
    assert starts(*ENTRY * 2, "", *ENTRY * 2) == set(), "too few lines of each"
    assert starts(*ENTRY * 2, "a\tb\tc", *ENTRY * 2) == set()
    assert starts(*ENTRY * 2, "\n\f" + ENTRY[0], *ENTRY[1:], *ENTRY) == {1, 4, 8, 11}, "a page breaks"
    assert starts(*ENTRY * 2, "  third depth", *ENTRY) == set()
    assert starts(*[text.replace("   ", "  ") for text in ENTRY * 4]) == {1, 4, 7, 10}


def joined(text: list[str], one: str, other: str) -> str:
    return Vocabulary([*text, one, other]).joined(one, other)


NO_PARTS = ["the sea is at the side of the quay"]
PARTS = ["the har-", "bour is at the side of the sea", "a harbour"]


@pytest.mark.parametrize(
    ("text", "one", "other", "made"),
    [
        (NO_PARTS, "har-", "bour", "har-bour"), (NO_PARTS, "har-", "bours", "harbours"),
        (NO_PARTS, "harb-", "ours", "harbours"), (NO_PARTS, "sea-", "farers", "sea-farers"),
        (NO_PARTS, "at-", "lantic", "atlantic"), (NO_PARTS, "sea-", "side", "sea-side"),
        (PARTS, "har-", "bours", "harbours"), (PARTS, "sea-", "farers", "seafarers"),
        (PARTS, "sea-", "side", "sea-side"), (PARTS, "at-", "is", "atis"),
        ([*PARTS, "a seaside-hat"], "sea-", "side", "sea-side"), ([*PARTS, "seaside"], "sea-", "side", "seaside"),
        ([*NO_PARTS, "well-known"], "well-", "known", "well-known"), (NO_PARTS, "Har-", "Bourers", "Har-Bourers"),
        (["of a har-", "bour seaside"], "sea-", "side", "seaside"),
    ],
)  # fmt: skip
def test_words_at_line_ends_by_what_the_text_does(text: list[str], one: str, other: str, made: str) -> None:
    """A text that parts words elsewhere does so here, unless both parts are words; one that does not, long ones."""
    assert joined(text, one, other) == made


@pytest.mark.parametrize(
    ("char", "is_unspaced"),
    [
        ("\u3001", True), ("\u30ff", True), ("\u3105", False), ("\u33ff", False), ("\u3400", True), ("\u9fff", True),
        ("\ua000", False), ("\uf900", True), ("\ufaff", True), ("\ufb01", False), ("\uff00", True), ("\uf8ff", False),
        ("\u2fff", False), ("\uffef", True),
        ("\ufff0", False), ("a", False), ("가", False),
    ],
)  # fmt: skip
def test_scripts_without_spaces(char: str, is_unspaced: bool) -> None:
    assert Vocabulary([]).joined(f"x{char}", f"{char}y") == f"x{char}{'' if is_unspaced else ' '}{char}y"


def test_bullets_before_wide_gaps_make_no_row() -> None:
    lines = "-    one", "-    two", "ab    cd", "ef    gh", "ij    kl    mn", "no row", "op    qr", "no row"
    assert [each.is_row for each in split_lines("\n".join(lines))] == [False, False, True, True, True, *[False] * 3]


WRAPPED = [line(54, "nineteen")] * 9


def test_offsets_of_lines_behind_a_bullet() -> None:
    (*_, block) = read_text("\n".join([*WRAPPED, "", f"• {line(52, 'nineteen')}", "nineteen is the end."])).blocks
    assert block.hints.marker == "•"
    assert [block.text[place:] for place in block.hints.breaks] == ["nineteen is the end."]


def test_a_number_alone_on_its_line_is_a_blank_line() -> None:
    lines = [f"{n} {line(50, 'nineteen')}" for n in range(1, 13)]
    lines[5:7] = ["6", "7"]
    read = read_text("\n".join(lines))
    assert [block.hints.blank_lines_before for block in read.blocks] == [0, 2]
    assert [each.text for each in read.set_aside] == [" ".join(map(str, range(1, 13)))]


def test_a_page_that_ends_amid_a_sentence_goes_on_behind_one_blank_line() -> None:
    def blocks(last: str, *between: str) -> int:
        text = [*WRAPPED, last, *between, "Nineteen is the end of it all, as was said here."]
        return len(read_text("\n".join(text)).blocks)

    full = line(54, "nineteen")
    assert blocks(full, "", "\f") == 2
    assert blocks(full, "\f") == 1
    assert blocks(line(54, "nineteen", end=")"), "\f") == 2
    assert blocks(line(54, "nineteen", end="."), "\f") == 2
    assert blocks(line(30, "nineteen"), "\f") == 2


def test_text_moved_in_is_so_by_three_blanks_from_the_margin() -> None:
    def style(*lines: str) -> str | None:
        return read_text("\n".join(lines)).blocks[-1].hints.style

    plain = ["One line.", "", "Two lines.", ""]
    assert style(*plain, "   Moved in.") == "indented"
    assert style(*plain, "  Moved in.") is None
    assert style(*(f"  {each}" for each in plain), "    Moved in.") is None
    assert read_text("").blocks == []
