"""How far a batch is, in words; the clock stands where a test puts it."""

import sys

import pytest

from pipeline.batch import progress
from pipeline.batch.histogram import Histogram, histogram
from pipeline.batch.progress import Tally, shown
from pipeline.batch.work import Made, Record


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress.time, "monotonic", made)
    return made


def made(status: str, code: int, unchanged: bool = False) -> Made:
    return Made(Record("a", "a.txt", "h", status=status, code=code), unchanged)


def test_a_tally_counts_and_says_the_rate_and_what_is_left(clock: Clock) -> None:
    tally = Tally(2000, start=100.0)
    assert (tally.rate, tally.left) == (0.0, 0.0)
    assert str(tally) == "0 of 2,000 articles, 0 with errors, 0 failed, 0.0 a second"
    for each in (made("done", 0), made("errors", 1), made("failed", 3), made("done", 0, unchanged=True)):
        tally.add(each)
    clock.now = 110.0
    assert str(tally) == "4 of 2,000 articles, 1 unchanged, 1 with errors, 1 failed, 0.3 a second"
    assert tally.rate == pytest.approx(0.3)
    assert tally.left == pytest.approx(1996 * 10 / 4)
    assert tally.code == 3
    tally.add(made("done", 0))
    assert tally.code == 3


def test_without_a_terminal_a_line_is_said_now_and_then(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    tally, said = Tally(4, start=100.0), []
    with shown(tally, said.append) as advance:
        for clock.now in (109.9, 110.0, 119.9, 120.0):
            tally.add(made("done", 0))
            advance()
    assert said == [
        "2 of 4 articles, 0 with errors, 0 failed, 0.2 a second, 10 s left",
        "4 of 4 articles, 0 with errors, 0 failed, 0.2 a second, 0 s left",
    ]


def test_on_a_terminal_a_bar_moves(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    tally, said = Tally(2), []
    with shown(tally, said.append) as advance:
        for _ in range(2):
            tally.add(made("failed", 3))
            advance()
    drawn = capsys.readouterr().err
    assert "2/2" in drawn
    assert "2 failed" in drawn
    assert said == []


@pytest.mark.parametrize(
    ("values", "end", "width", "counts"),
    [
        ([1.0], 0, 0.05, {19: 1}),
        ([0.0, 0.0], 0, 0.05, {0: 2}),
        ([0.1, 0.2, 0.3, 1.9], 0, 0.1, {0: 1, 1: 1, 2: 1, 18: 1}),
        ([5.0, 50.0, 95.0, 100.0], 100, 5.0, {0: 1, 9: 1, 18: 1, 19: 1}),
        ([1.0] * 200 + [500.0], 0, 0.05, {19: 201}),
        ([2.1], 0, 0.125, {16: 1}),
        ([0.03], 0, 0.0025, {11: 1}),
    ],
)
def test_bars_end_at_a_round_number(values: list[float], end: float, width: float, counts: dict[int, int]) -> None:
    made = histogram(values, end)
    assert made
    assert made.width == pytest.approx(width)
    assert {number: count for number, count in enumerate(made.counts) if count} == counts
    assert made.open is (max(values) > made.end)


def test_without_values_there_is_no_picture() -> None:
    assert histogram([]) is None


def test_a_picture_has_a_bar_for_each_count_and_says_it_in_words() -> None:
    made = Histogram((4, 0, 2), 0.5, open=True, middle=0.25)
    assert made.end == 1.5
    assert made.summary(" s") == "half of 6 articles at 0.25 s or below; most, 4, at 0–0.5 s"
    drawn = made.svg(" s")
    assert drawn.count("<rect") == 2
    assert '<rect x="1.0" y="14.0" width="104.7" height="116.0"><title>0–0.5 s: 4</title></rect>' in drawn
    assert '<rect x="214.3" y="72.0" width="104.7" height="58.0"><title>1 or more s: 2</title></rect>' in drawn
    assert '<text x="0" y="145" text-anchor="start">0</text>' in drawn
    assert '<text x="160.0" y="145" text-anchor="middle">0.75</text>' in drawn
    assert '<text x="320" y="145" text-anchor="end">≥ 1 s</text>' in drawn
    assert '<line x1="0" y1="130" x2="320" y2="130"/><text x="0" y="145"' in drawn
    assert drawn.endswith('<text x="0" y="10">4</text></svg>')
    assert '<text x="320" y="145" text-anchor="end">1.5</text>' in Histogram((4, 0, 2), 0.5, False, 0.25).svg("")
