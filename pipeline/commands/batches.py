"""Many articles at once."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from pipeline.commands.common import NAME, READABLE, formats_option, journal_option, say, style_option

INTERRUPTED = 130


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--out", required=True, type=READABLE, metavar="DIR", help="Folder of the outputs and the manifest.")
@journal_option
@style_option
@formats_option
@click.option("--workers", type=click.IntRange(min=1), help="Worker processes. [default: the processors]")
@click.option("--memory", type=click.IntRange(min=200), default=2000, show_default=True, help="MB for each worker.")
@click.option("--resume", is_flag=True, help="Skip what is done and unchanged; try again what failed.")
@click.pass_context
def batch(
    ctx: click.Context,
    sources: Sequence[str],
    out: Path,
    journal_file: Path | None,
    style: str,
    formats: tuple[str, ...],
    workers: int | None,
    memory: int,
    resume: bool,
) -> None:
    """Build many articles: files, folders, globs, @lists of them.

    \b
    Example: jats-pipeline batch articles/ --out build --resume
    """
    from pipeline.batch.progress import Tally, shown
    from pipeline.batch.run import run
    from pipeline.batch.sources import find
    from pipeline.batch.work import Settings
    from pipeline.journal import load_journal

    found = find(sources)
    settings = Settings(out, load_journal(journal_file), style, formats)
    tally = Tally(len(found))
    with _interruptible() as interrupted, shown(tally, say) as advance:
        for made in run(found, settings, workers or os.cpu_count() or 1, memory, resume, interrupted):
            tally.add(made)
            if made.record.status == "failed":
                say(f"{NAME}: {made.record.reason}")
            advance()
    say(str(tally))
    if interrupted() and tally.made < tally.total:
        say(f"{NAME}: interrupted; go on with --resume")
        ctx.exit(INTERRUPTED)
    ctx.exit(tally.code)


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed: the first lets the articles at work finish, the second ends them."""
    seen = False

    def note(number: int, frame: Any) -> None:
        nonlocal seen
        if seen:
            raise KeyboardInterrupt
        seen = True

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: seen
    finally:
        signal.signal(signal.SIGINT, before)
