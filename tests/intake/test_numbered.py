"""In wrapped text a full line says nothing of where its paragraph ends: numbers, labels and short lines do."""

import random
import textwrap

from pipeline.intake.plain_text import read_text

PROSE = (
    "Harbours are described in many ways, and most descriptions begin with the water, go on to the quay, and end with "
    "those who work there, who are seldom asked what they think of it, though they know it best, as was said before by "
    "others who had asked them, and found that they did."
)
WIDTH = 60


def wrapped(*paragraphs: str) -> str:
    return "\n".join(line for paragraph in paragraphs for line in textwrap.wrap(paragraph, WIDTH))


def filled(text: str) -> str:
    """`text` with words at its end so that its last line is full when wrapped."""
    while len(textwrap.wrap(text, WIDTH)[-1]) < WIDTH - 4:
        text = f"{text[:-1]} so." if len(text) % 2 else f"{text[:-1]} too."
    return text


def texts(text: str) -> list[str]:
    return [block.text for block in read_text(text).blocks]


def test_items_of_a_list_begin_paragraphs() -> None:
    items = ["(1) The first thing is the tide, and what it does to boats.", "(2) The second is the wind.", "(3) Fog."]
    assert texts(wrapped(filled(PROSE), *items, PROSE))[1:4] == items


def test_a_number_within_a_sentence_does_not() -> None:
    lines = textwrap.wrap(f"{PROSE} {PROSE}", WIDTH)
    lines[2] = f"(1) {lines[2][4:]}"
    assert len(texts("\n".join(lines))) == 1


def test_headings_with_and_without_a_number() -> None:
    for heading in ("2. Tides and boats", "2.1 Tides", "IV. Tides", "Tides and boats"):
        assert texts(wrapped(filled(PROSE), heading, PROSE)) == [filled(PROSE), heading, PROSE]


def test_a_caption_after_a_full_line() -> None:
    caption = "Figure 3. A map of the harbour."
    assert caption in texts(wrapped(filled(PROSE), caption, PROSE))


def test_a_page_may_end_before_a_name() -> None:
    lines = textwrap.wrap(PROSE.replace("by others", "by Anna Other"), WIDTH)
    place = next(n for n, line in enumerate(lines) if line.startswith("Anna") or " Anna" in line)
    page = [*lines[:place], "", "7", "", *lines[place:]]
    assert (
        len(texts("\n".join([*page, "", *textwrap.wrap(PROSE, WIDTH), "", "8", "", *textwrap.wrap(PROSE, WIDTH)]))) == 3
    )


def test_bullets_may_part_keywords_over_two_lines() -> None:
    assert texts(wrapped(PROSE, PROSE) + "\n\ntides • boats • harbours • quays • ropes • sails • anchors\n• nets")[
        -1
    ].endswith("anchors • nets")


def test_an_address_near_a_page_number_is_no_running_head() -> None:
    address = "https://example.org/{}/tides.html. Last access: Jan. 14, 2024."
    pages = []
    for page in range(1, 6):
        words = PROSE.rstrip(".").lower().split()
        random.Random(page).shuffle(words)
        prose = f"{' '.join(words)} at last.".capitalize()
        pages += [*textwrap.wrap(prose, WIDTH), "", address.format(page * 1237), "", str(page), ""]
    found = " ".join(texts("\n".join(pages)))
    assert all(address.format(page * 1237) in found for page in range(1, 6))
