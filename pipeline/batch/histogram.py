"""A distribution as a picture: bars of equal width, as an SVG that a page can hold."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup

WIDTH, HEIGHT, FOOT, HEAD = 320, 150, 20, 14
BARS = 20
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
REST = 0.99


@dataclass(frozen=True, slots=True)
class Histogram:
    """`counts` of values in bars of `width` from 0; the last one holds what is above it too, if `open`."""

    counts: tuple[int, ...]
    width: float
    open: bool
    middle: float

    @property
    def end(self) -> float:
        return self.width * len(self.counts)

    def svg(self, unit: str) -> Markup:
        """`unit` stands behind the numbers of the axis."""
        step, tallest = WIDTH / len(self.counts), max(self.counts)
        scale = (HEIGHT - FOOT - HEAD) / tallest
        bars = Markup("").join(
            Markup('<rect x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
                f"{number * step + 1:.1f}", f"{HEIGHT - FOOT - count * scale:.1f}", f"{step - 2:.1f}",
                f"{count * scale:.1f}", f"{self._range(number)}{unit}: {count:,}",
            )
            for number, count in enumerate(self.counts)
            if count
        )  # fmt: skip
        ends = [("start", 0, "0"), ("middle", WIDTH / 2, f"{self.end / 2:g}"), ("end", WIDTH, self._last(unit))]
        labels = Markup("").join(
            Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, HEIGHT - 5, anchor, text)
            for anchor, x, text in ends
        )
        return Markup(
            '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
            '<line x1="0" y1="{}" x2="{}" y2="{}"/>{}<text x="0" y="10">{}</text></svg>'
        ).format(
            WIDTH, HEIGHT, self.summary(unit), bars, HEIGHT - FOOT, WIDTH, HEIGHT - FOOT, labels, f"{tallest:,}"
        )  # fmt: skip

    def summary(self, unit: str) -> str:
        """The picture in words."""
        largest = max(range(len(self.counts)), key=self.counts.__getitem__)
        total = sum(self.counts)
        return (
            f"half of {total:,} articles at {self.middle:.3g}{unit} or below; "
            f"most, {self.counts[largest]:,}, at {self._range(largest)}{unit}"
        )

    def _range(self, number: int) -> str:
        if self.open and number == len(self.counts) - 1:
            return f"{number * self.width:g} or more"
        return f"{number * self.width:g}–{(number + 1) * self.width:g}"

    def _last(self, unit: str) -> str:
        return f"{'≥ ' if self.open else ''}{self.end - self.width * self.open:g}{unit}"


def histogram(values: Sequence[float], end: float = 0.0) -> Histogram | None:
    """Bars from 0 to `end`, or to where all but a hundredth of the `values` are; None where there are no values."""
    if not values:
        return None
    ordered = sorted(values)
    width = (end or _round(ordered[math.ceil(REST * len(ordered)) - 1])) / BARS
    counts = [0] * BARS
    before = 0
    for number in range(BARS - 1):
        upto = bisect_right(ordered, (number + 1) * width)
        counts[number], before = upto - before, upto
    counts[-1] = len(ordered) - before
    return Histogram(tuple(counts), width, ordered[-1] > width * BARS, median(ordered))


def _round(value: float) -> float:
    """The next round number that is not below `value`."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in STEPS if step * power >= value * (1 - 1e-9))
