"""How entries begin and end, and what the entries of one list have in common."""

import pytest

from pipeline.references.starts import Habit, ends_strongly, hangs, shape_of

APA = ["Berg, A. (2011). Ferries.", "Holm, J., & Lind, K. (2014). Quays.", "Moe, T. (2016). Lamps."]
ORDERED = [*APA, "Sund, P. (2019). Tides.", "Vik, S. (2021). Bells."]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("———. (2011). Lakes.", "repeated"),
        ("— . Lakes.", "repeated"),
        ("van der Zee, P. (2011). Lakes.", "family, initials"),
        ("Zee P, Holm J. Lakes. 2011.", "family initials"),
        ("Zee, Peter, and Jens Holm. Lakes.", "family, given"),
        ("P. van der Zee, J. Holm, Lakes.", "initials family"),
        ("Peter Zee and Jens Holm. Lakes.", "given family"),
        ("The wide LEP Collaboration in Geneva, Lakes.", "collaboration"),
        ("李明. 河流.", "characters"),
        ("Harbour union of towns (2011). Lakes.", "body and year"),
        ("Harbour union of towns. 2011. Lakes.", "body. year"),
        ("Harbour union of towns. Lakes and rivers.", "body. title"),
        ("lakes and rivers", ""),
        ("12(3), 4-5.", ""),
    ],
)
def test_the_shape_of_a_beginning(text: str, shape: str) -> None:
    assert shape_of(text) == shape


@pytest.mark.parametrize(
    "end", ["in", "of the", "Oslo:", "1–", ", pp.", "vol.", "No.", "№", "(", "Smith, J.,", "Vol. 2, т."]
)
def test_what_asks_for_more(end: str) -> None:
    assert hangs(f"Lakes 2011 {end}")
    assert not hangs(f"Lakes {end} 2011.")


@pytest.mark.parametrize(
    ("end", "strong"),
    [("2011.", True), ("2011a).", True), ("4–9", True), ("https://a.org/b", True), ("10.5555/ab.", True), ("”", True),
     ("230 p.", True), ("230 с.", True), ("Springer.", False), ("et al.", False), ("Smith, J.", False)],
)  # fmt: skip
def test_what_surely_ends_an_entry(end: str, strong: bool) -> None:
    assert ends_strongly(f"Lakes of the north, {end}  ") is strong


BEFORE = "Berg, A. (2011). Ferries of the sea. Oslo: Kai."
STRONG = "Berg, A. (2011). Ferries of the sea. Harbour Papers, 3(2), 14–29."


@pytest.mark.parametrize(
    ("starts", "before", "after", "following", "begins"),
    [
        (APA, BEFORE, "Moe, T. (2016). Lamps.", "", True),
        (APA, BEFORE, "Aas, T. (2016). Lamps.", "", True),
        (APA, BEFORE, "moe, T. (2016). Lamps.", "", False),
        (APA, BEFORE, "de Moe, T. (2016). Lamps.", "", True),
        (APA, BEFORE, "“Moe, T. (2016). Lamps.", "", False),
        (APA, BEFORE, "Moe T, Holm J. Lamps. 2016.", "", False),
        (APA, "Berg, A. (2011). Ferries.", "Moe, T. (2016). Lamps.", "", False),
        (APA, "Berg, A. Ferries of the sea. Oslo: Kai in blue.", "Moe, T. (2016). Lamps.", "", False),
        (APA, "Berg, A. (2011). Ferries of the sea. Oslo and", "Moe, T. (2016). Lamps.", "", False),
        (APA, "Berg, A. (2011). Ferries of the sea. Oslo, vol.", "Moe, T. (2016). Lamps.", "", False),
        (APA, "Berg, A. (2011). Ferries of the sea. Oslo", "Moe, T. (2016). Lamps.", "", False),
        (APA, "Berg, A. (2011). Ferries of the sea, by P.", "Moe, T. (2016). Lamps.", "", False),
        (APA, STRONG, "Harbour union (2016). Lamps.", "", False),
        ([*APA, "Harbour union (2001). Fog.", "Quay board (2002). Fog."], STRONG, "Ports (2016). Lamps.", "", True),
        ([*APA, "Harbour union (2001). Fog.", "Quay board (2002). Fog."], BEFORE, "Ports (2016). Lamps.", "", False),
        (ORDERED, BEFORE, "Moe, T. (2016). Lamps.", "", True),
        (ORDERED, BEFORE, "Moe, T. (2016). Lamps.", "Moe, T. (2018). Stairs.", True),
        (ORDERED, BEFORE, "Berg, A. (2016). Lamps.", "Moe, T. (2018). Stairs.", True),
        (ORDERED, BEFORE, "Aas, T. (2016). Lamps.", "", False),
        (ORDERED, BEFORE, "van der Moe, T. (2016). Lamps.", "Sund, P. (2019). Tides.", True),
        (ORDERED, BEFORE, "Moe, T. (2016). Lamps.", "Lind, K. (2018). Stairs.", False),
        (ORDERED, BEFORE, "Éluard, T. (2016). Lamps.", "Holm, J. (2018). Stairs.", True),
        (ORDERED, BEFORE, "———. (2016). Lamps.", "", False),
        ([*ORDERED, "———. (2017). Fog.", "———. (2018). Fog."], BEFORE, "———. (2016). Lamps.", "", True),
        (ORDERED, STRONG, "Harbour union (2016). Lamps.", "", True),
        (ORDERED, BEFORE, "Harbour union (2016). Lamps.", "", True),
        (ORDERED, STRONG, "Harbour union. Lamps of the quay, 2016.", "", False),
        (ORDERED, STRONG, "Peter Moe and Jens Holm. Lamps, 2016.", "", False),
        ([*ORDERED, "Aas, B. (2001). Fog."], BEFORE, "Aas, T. (2016). Lamps.", "", False),
        ([*ORDERED, "Aas, B. (2001). Fog.", "Aa, B. (2001). Fog."], BEFORE, "Aas, T. (2016). Lamps.", "", True),
        (["Aas, B. (2001). Fog.", *APA], BEFORE, "Aas, T. (2016). Lamps.", "", True),
    ],
)  # fmt: skip
def test_an_entry_begins_as_those_of_its_list(
    starts: list[str], before: str, after: str, following: str, begins: bool
) -> None:
    assert Habit(starts).begins(before, after, following) is begins
