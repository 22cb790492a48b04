"""Plain text as blocks: nothing but page furniture and broken lines goes."""

import textwrap
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.intake.decode import clean, decode
from pipeline.intake.hyphens import Vocabulary
from pipeline.intake.plain_text import read_text

LETTERS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Z", "Cc", "Cf"]), max_size=400)
LINE = [
    "A harbour at dawn and the boats that left", "with the tide, all but one of them, re-", "turned before noon.",
    "12", "- 13 -", "", "", "Journal of Quays 4 (2020) 13", "\fJournal of Quays", "a\tb\tc", "one    two    three",
    "• an item", "  7 numbered line", "## Heading", "[text](https://example.org)", "_emphasis_ and **more**",
    "港の図書館は船の一部であった", "–",
]  # fmt: skip
LINES = st.lists(st.sampled_from(LINE), max_size=60)
STORY = """The harbours of the north were closed by ice for three months of the year, and the boats lay on the beach
until the water was open again. In the third month the nets were mended, and the quays were repaired by those who had
no boats of their own. A few of the older men kept the ledgers, in which every boat that came or went was written down
with the hour of its coming and the height of the water. Nobody asked for the ledgers in those years, and nobody read
them after the keepers had died; they lay in the lofts of the net houses until a schoolmaster began to count."""
WRAPPED = textwrap.fill(" ".join(STORY.split()), 60)


def texts(source: str) -> list[str]:
    return [block.text for block in read_text(clean(source)).blocks]


def counted(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isalnum())


@given(st.one_of(LETTERS, LINES.map("\n".join)))
def test_no_letter_or_digit_is_lost(source: str) -> None:
    cleaned = clean(source)
    read = read_text(cleaned)
    kept = "".join([*(block.text for block in read.blocks), *(item.text for item in read.set_aside)])
    assert counted(kept) == counted(cleaned)


@given(LINES.map("\n".join))
def test_blocks_come_in_the_order_of_their_lines(source: str) -> None:
    blocks = read_text(clean(source)).blocks
    assert all(one.last_line < other.line for one, other in pairwise(blocks))


def test_wrapped_lines_are_joined() -> None:
    assert texts(WRAPPED) == [" ".join(STORY.split())]


def test_short_lines_stay_apart() -> None:
    lines = ["ACM", "ACS", "APA", "Download Citation", "BibTeX", "Issue", "Vol. 3 No. 1 (2020)", "Section"]
    assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("line", "joined"),
    [
        ("the repair of the quay was a re-\npair of the whole", "the repair of the quay was a repair of the whole"),
        ("a long-term plan is a long-\nterm plan for the port", "a long-term plan is a long-term plan for the port"),
        ("years of war, 1914-\n1918, closed the port", "years of war, 1914-1918, closed the port"),
        ("the pages 278–\n293 of the ledger", "the pages 278–293 of the ledger"),
        ("os capitães sabiam-\n-no desde sempre", "os capitães sabiam-no desde sempre"),
        ("a soft hy\xad\nphen goes", "a soft hyphen goes"),
    ],
)
def test_words_parted_at_line_ends(line: str, joined: str) -> None:
    one, other = line.split("\n")
    assert (
        Vocabulary([*WRAPPED.split("\n"), "repair, repair, a long-term re-", "pair", one, other]).joined(one, other)
        == joined
    )


def test_page_numbers_and_running_heads_are_set_aside() -> None:
    words = STORY.split()
    lines = textwrap.fill(" ".join([*words, *reversed(words)]), 60).split("\n")[:27]
    pages = [lines[start : start + 9] for start in range(0, len(lines), 9)]
    text = "\n".join(
        "\n".join([*page, "", str(number), "Quays and Boats 2020", ""]) for number, page in enumerate(pages, 11)
    )
    read = read_text(text)
    reasons = Counter(item.reason for item in read.set_aside)
    assert reasons == {"page number": len(pages), "running head": len(pages)}
    assert [block.text for block in read.blocks] == [" ".join(" ".join(lines).split())]


def test_headings_that_come_back_are_no_running_heads() -> None:
    section = "Method\n\nDesign\n\nForty sailors took part in the study of the sky and said so.\n\n"
    read = read_text("".join(f"Study {number}\n\n{section}" for number in range(1, 5)))
    assert read.set_aside == []


def test_line_numbers_are_set_aside() -> None:
    numbered = "\n".join(f"{number:4} {line}" for number, line in enumerate(WRAPPED.split("\n") * 2, start=1))
    read = read_text(numbered)
    assert [item.reason for item in read.set_aside] == ["line numbers"]
    assert read.blocks[0].text.startswith("The harbours of the north")


def test_a_table_keeps_its_rows() -> None:
    read = read_text("Harbour\tDays\nPort Ellery\t212\n\nAligned   cells   here\nmore      and     more")
    assert [block.hints.style for block in read.blocks] == ["row"] * 4


def test_bullets_and_markdown_headings_are_hints() -> None:
    read = read_text("# Title\n\n## Part\n\n- one\n- two")
    assert [(block.text, block.hints.level, block.hints.marker) for block in read.blocks] == [
        ("Title", 1, None), ("Part", 2, None), ("one", None, "-"), ("two", None, "-"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "A maré é o primeiro relógio de um porto, e os capitães sabiam-no. Não há hora sem água. " * 5
    assert decode(text.encode(encoding), "text")[0] == text


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"\x89PNG\r\n", b"PK\x03\x04xx", bytes(range(256)) * 40], ids=["pdf", "png", "zip", "bytes"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        decode(data, "name")


def test_entries_at_the_margin_begin_where_the_line_before_is_full() -> None:
    lines = [
        "Berg, A. (2011). Ferries of the inner sea and its many islands. Oslo: Fjordforlaget.",
        "Holm, J., & Lind, K. (2014). Who waits at the quay, and what do they see while they",
        "    wait there? Journal of Harbour Studies, 6(1), 11–29.",
        "Moe, T. (2016). Lamps and stairs. A short history of light at the quays of the north.",
        "    Bergen: Kai.",
        "Sund, P. (2019). Timetables and tides in three harbour towns, as seen by those who wait",
        "    and by those who do not. Coastal Mobility, 2(3), 101–118.",
        "Tveit, O. (2020). Ropes, knots and the people who tie them on winter mornings. Oslo: Tau.",
        "Vik, S. (2021). Bells in the fog, and what they were for when there was no other signal",
        "    to be had. Harbour Papers, 4, 3–17.",
    ]
    blocks = read_text("\n".join(lines) + "\n").blocks
    assert [block.text[:4] for block in blocks] == ["Berg", "Holm", "Moe,", "Sund", "Tvei", "Vik,"]


def test_words_parted_at_a_line_end_are_rejoined_where_neither_part_is_a_word() -> None:
    words = "The lamps were seen from the sea by every ship that passed the breakwater on its way to the town. " * 8
    text = textwrap.fill(words, 60) + "\nAll of them were lit by the old keeper and the young harb-\nourmaster at dusk."
    assert "harbourmaster" in read_text(text).blocks[-1].text


def test_lone_page_number_of_a_short_text_is_set_aside() -> None:
    names = "one two six ten red old new far dim lit".split()
    paragraphs = [f"The {name} lamp was seen from the sea by ships that passed {name} by." for name in names]
    read = read_text("\n\n".join([*paragraphs, "212", "The last lamp was seen by nobody at all."]))
    assert [(each.text, each.reason) for each in read.set_aside] == [("212", "page number")]


COLUMNS = """\
Lamps are rare on quays, and             We counted lamps in Bergen and
nobody knows why they are so             in Turku on forty nights of one
rare. Earlier work by Berg [1]           winter. Each lamp was counted
looked at ferries. We look at            by two people who did not talk
the lamps of two towns, which            with each other while they did
have not been counted before.            so, as others advise [2]."""
TABLE = """\
Town of the north        Lamps
Bergen by the sea        212 of them lit
Turku on the river       200 of them lit
Visby on the island      118 of them lit
Ystad in the south       94 of them lit"""


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    words = " ".join(block.text for block in read_text(COLUMNS).blocks)
    assert words.index("counted before") < words.index("in Bergen") < words.index("others advise")


def test_a_table_of_two_columns_stays_one() -> None:
    assert [block.text for block in read_text(TABLE).blocks] == TABLE.split("\n")


def test_lines_of_any_length_with_addresses_are_not_wrapped() -> None:
    entry = "Berg, A. Ferries of the inner sea and {} many islands of the north. Oslo: Fjordforlaget, 2011. https://example.org/{}"
    lines = [entry.format("of the " * number, "x" * 60) for number in range(4, 24, 2)]
    lines += ["A line that is short.", "Another line of no great length at all, to be read alone."]
    assert len(read_text("\n".join(lines)).blocks) == len(lines)
