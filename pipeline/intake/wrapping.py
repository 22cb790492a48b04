"""Hard-wrapped lines: is the text wrapped, and which lines go on in the next one?"""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.intake.lines import Line

WIDEST = 160
NARROWEST = 30
LEAST_PAIRS = 6
FULL_SHARE = 0.5
RAGGED = 0.8
LONG_WORD = 40
LEAST_WIDER = 3
BROKEN = re.compile(r"[^\W\d_]{2}[-‐]$")
TERMINAL = tuple('.!?:;。！？؟…"”»)]')


class Wrapping:
    """The width at which the lines of a text were broken; 0 where they were not."""

    def __init__(self, lines: Sequence[Line]) -> None:
        plain = [line for line in lines if not line.is_row]
        lengths = sorted(len(line.text) for line in plain if max(map(len, line.text.split())) < LONG_WORD)
        self.width = lengths[max(0, int(len(lengths) * 0.995) - 1)] if lengths else 0
        self.exact = False
        if self.width and sum(_is_wider(line.text, self.width) for line in plain) >= LEAST_WIDER:
            self.width = 0
            return
        together = [(one, other) for one, other in pairwise(lines) if not (other.gap or one.is_row or other.is_row)]
        if (
            not NARROWEST <= self.width <= WIDEST
            or (lengths and lengths[-1] > 2 * WIDEST)
            or len(together) < LEAST_PAIRS
        ):
            self.width = 0
            return
        full = sum(self._overflows(one, other) for one, other in together)
        long = sum(len(one.text) > self.width * RAGGED for one, _ in together)
        self.exact = full >= len(together) * FULL_SHARE and full >= long * 0.9
        if not self.exact and long < len(together) * FULL_SHARE:
            self.width = 0

    def continues(self, one: Line, other: Line) -> bool:
        """Whether `other`, which follows `one` without a blank line, is the same paragraph."""
        if not self.width or one.is_row or other.is_row:
            return False
        if one.text.endswith("\xad") or (BROKEN.search(one.text[-3:]) and other.words[:1].islower()):
            return True
        if one.text.endswith(",") and len(one.text) > self.width * RAGGED:
            return True
        if self.exact:
            return self._overflows(one, other)
        if len(one.text) > self.width * RAGGED:
            return True
        return len(one.text) > self.width * 0.6 and not one.text.endswith(TERMINAL) and other.words[:1].islower()

    def _overflows(self, one: Line, other: Line) -> bool:
        """The first word of `other` would not have fitted on `one`."""
        return len(one.text) + 1 + len(other.text.split()[0]) > self.width


def _is_wider(text: str, width: int) -> bool:
    """A line that would have been broken, whatever long word it holds."""
    return len(text) - max(map(len, text.split())) > width
