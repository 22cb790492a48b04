"""No pattern backtracks catastrophically: steps are counted, not seconds.

Doubling an attack may at most double the steps of a pattern, or, where it has to try every place of a long run of
spaces or letters, make them four times as many. What grows faster fails. Text longer than an article never reaches a
pattern (`limits.characters`), and tests/hostile measures long runs through the whole pipeline.
"""

import re
import sys

import pytest

from tests.patterns.attacks import attacks, is_at_most_quadratic
from tests.patterns.collect import patterns
from tests.patterns.steps import Matcher, TooMany

SHORT, LONG = 10, 30
FEW = 3_000  # steps: less than a millisecond, whatever the growth
MOST = 200_000
STEEPEST = 3**2.4  # as LONG is three times SHORT: quadratic is 9, cubic 27

# How a pattern is used, where one of the two ways would be steep.
USED = {
    "pipeline.jats.languages.RUN": "search",
    "pipeline.references.refine._DATE_AFTER": "fullmatch",
    "pipeline.structure.issues.MASTHEAD": "fullmatch",
    "pipeline.structure.issues.YEAR_FIRST": "fullmatch",
    "pipeline.structure.issues.YEAR_IN_BRACKETS": "fullmatch",
}
WAYS = ("search", "fullmatch")

ALL = patterns()
SUSPECT = [place for place, pattern in ALL.items() if not is_at_most_quadratic(pattern)]


@pytest.fixture(autouse=True)
def _deep() -> None:
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 10_000))


def worst(pattern: re.Pattern[str], how: str) -> tuple[float, str]:
    """The steepest growth of the steps of `search` or `fullmatch`, and the attack."""
    matcher, found = Matcher(pattern), (0.0, "")
    count = getattr(matcher, how)
    for attack in attacks(pattern):
        try:
            long = count(attack.text(LONG), MOST)
            growth = long / count(attack.text(SHORT), MOST) if long > FEW else 0.0
        except TooMany:
            return float("inf"), repr(attack)
        found = max(found, (growth, repr(attack)))
    return found


@pytest.mark.parametrize("place", SUSPECT)
def test_no_pattern_backtracks_without_end(place: str) -> None:
    for how in [USED[place]] if place in USED else WAYS:
        growth, attack = worst(ALL[place], how)
        assert growth <= STEEPEST, f"{how} of {ALL[place].pattern!r}: {growth:.0f} times the steps, with {attack}"


def test_the_patterns_are_found() -> None:
    assert len(ALL) > 250
    assert any(":" in place for place in ALL), "those written in functions"
    assert set(USED) <= set(SUSPECT)


@pytest.mark.parametrize(
    ("text", "is_bad"),
    [
        (r"(a+)+$", True), (r"(a|a)*b", True), (r"(?:a|ab)*c", False), (r"(\s*,\s*)*x", True), (r"\s+$", False),
        (r"a*a*a*b", True), (r"(?:\w+\s?)*:", True), (r"(a++)+$", False), (r"(?>a+)+$", False), (r"[^b]*b", False),
        (r"(?=(a+)+b)a", True), (r"^(\d+|\d+x)*$", True),
    ],
)  # fmt: skip
def test_bad_patterns_are_told_from_good_ones(text: str, is_bad: bool) -> None:
    pattern = re.compile(text)
    assert (max(worst(pattern, how)[0] for how in WAYS) > STEEPEST) is is_bad


SAMPLES = ["", "a", "ab", "aab 12.3, (x)", "Silva, M. (2019a). X–Y", "aa--bb\n", "\tñ가"]
CHECKED = [
    r"\w+",
    r"(a|b)*?c?",
    r"(?i)SILVA,\s",
    r"(?<=[ ,])\(?\d{1,4}",
    r"(\w)\1",
    r"\b[^\W\d]+$",
    r"(?s).{2,4}+x?",
    r"(a)?(?(1)b|c)",
]


@pytest.mark.parametrize("text", CHECKED)
def test_the_matcher_agrees_with_re(text: str) -> None:
    pattern = re.compile(text)
    for sample in SAMPLES:
        matcher = Matcher(pattern)
        matcher.fullmatch(sample, MOST)
        assert matcher.matched is (pattern.fullmatch(sample) is not None), sample
