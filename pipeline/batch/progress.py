"""How far a batch is: a bar on a terminal, a line now and then elsewhere; and the one line at its end."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.batch.work import Made

EVERY_SECONDS = 10.0


@dataclass(slots=True)
class Tally:
    """What became of the articles so far."""

    total: int
    made: int = 0
    unchanged: int = 0
    with_errors: int = 0
    failed: int = 0
    code: int = 0
    start: float = field(default_factory=time.monotonic)

    def add(self, made: Made) -> None:
        record = made.record
        self.made += 1
        self.unchanged += made.unchanged
        self.with_errors += record.status == "errors"
        self.failed += record.status == "failed"
        self.code = max(self.code, record.code)

    @property
    def rate(self) -> float:
        """Articles a second, those that had to be made."""
        return (self.made - self.unchanged) / max(time.monotonic() - self.start, 1e-6)

    @property
    def left(self) -> float:
        """Seconds the rest will take, if it goes on as so far."""
        return (self.total - self.made) * (time.monotonic() - self.start) / max(self.made, 1)

    def __str__(self) -> str:
        facts = [f"{self.made:,} of {self.total:,} articles"]
        facts += [f"{self.unchanged:,} unchanged"] if self.unchanged else []
        facts += [f"{self.with_errors:,} with errors", f"{self.failed:,} failed", f"{self.rate:.1f} a second"]
        return ", ".join(facts)


@contextmanager
def shown(tally: Tally, say: Callable[[str], None]) -> Iterator[Callable[[], None]]:
    """A function to call after each article."""
    if sys.stderr.isatty():
        with _bar(tally) as advance:
            yield advance
        return
    last = time.monotonic()

    def advance_line() -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            say(f"{tally}, {tally.left:,.0f} s left")

    yield advance_line


@contextmanager
def _bar(tally: Tally) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=tally.total)

        def advance() -> None:
            description = f"{tally.rate:.1f}/s, {tally.failed:,} failed"
            progress.update(bar, completed=tally.made, description=description)

        yield advance
