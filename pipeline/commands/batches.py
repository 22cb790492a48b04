"""Many articles at once."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.common import NAME, READABLE, draft_option, formats_option, journal_option, say, style_option
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from pipeline.batch.run import Workers
    from pipeline.batch.settings import Settings
    from pipeline.batch.sources import Source

INTERRUPTED = 130


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--out", metavar="DIR", help="Folder of the outputs, or its address.")
@journal_option
@style_option
@formats_option
@draft_option
@click.option("--workers", type=click.IntRange(min=1), help="Worker processes. [default: the processors]")
@click.option("--cluster", metavar="ADDRESS", help="The workers of a Dask scheduler, tcp://….")
@click.option("--memory", type=click.IntRange(min=200), default=2000, show_default=True, help="MB for each worker.")
@click.option("--manifest", type=READABLE, metavar="FILE", help="[default: DIR/manifest.sqlite]")
@click.option("--resume", is_flag=True, help="Skip what is done and unchanged; try again what failed.")
@click.option("--report", metavar="DIR", help="Make DIR/report.html of what a batch has left in DIR.")
@click.option("--parquet", type=READABLE, metavar="DIR", help="Make DIR/manifest.parquet, for analysis.")
@click.pass_context
def batch(
    ctx: click.Context,
    sources: Sequence[str],
    out: str | None,
    journal_file: Path | None,
    style: str,
    formats: tuple[str, ...],
    draft: bool,
    workers: int | None,
    cluster: str | None,
    memory: int,
    manifest: Path | None,
    resume: bool,
    report: str | None,
    parquet: Path | None,
) -> None:
    """Build many articles: files, folders, globs, @lists of them, also at addresses.

    \b
    Example: jats-pipeline batch articles/ --out build --resume
    Afterwards: jats-pipeline batch --report build
    """
    if report or parquet:
        if sources or out:
            raise click.UsageError("--report and --parquet read what a batch has left; give no SOURCE and no --out")
        ctx.exit(_tell_of(report, parquet, manifest))
    if not sources or not out:
        raise click.UsageError("name at least one SOURCE, and the folder of the outputs: --out DIR")
    if workers and cluster:
        raise click.UsageError("choose one of --workers and --cluster")
    from pipeline.batch import places
    from pipeline.batch.settings import Settings
    from pipeline.batch.sources import find
    from pipeline.journal import load_journal

    out = places.plain(out)
    places.check(out)
    settings = Settings(out, load_journal(journal_file).as_draft(draft), style, formats)
    file = manifest or places.manifest_of(out)
    ctx.exit(_run(find(sources, out), settings, file, resume, _workers(settings, workers, cluster, memory)))


def _workers(settings: "Settings", number: int | None, cluster: str | None, megabytes: int) -> "Workers":
    if cluster:
        from pipeline.batch.cluster import Cluster

        return Cluster(cluster, settings, megabytes)
    from pipeline.batch.pool import Pool
    from pipeline.batch.work import make

    return Pool(make, number or os.cpu_count() or 1, settings.profile.limits.seconds, megabytes)


def _run(found: "Sequence[Source]", settings: "Settings", manifest: Path, resume: bool, workers: "Workers") -> int:
    from pipeline.batch.progress import Tally, shown
    from pipeline.batch.run import run

    tally = Tally(len(found))
    with _interruptible() as interrupted, shown(tally, say) as advance, suppress(KeyboardInterrupt):
        for made in run(found, settings, workers, manifest, resume, interrupted):
            tally.add(made)
            if made.record.status == "failed":
                say(f"{NAME}: {made.record.reason}")
            advance()
    say(str(tally))
    if interrupted() and tally.made < tally.total:
        say(f"{NAME}: interrupted; go on with --resume")
        return INTERRUPTED
    return tally.code


def _tell_of(report: str | None, parquet: Path | None, manifest: Path | None) -> int:
    from pipeline.batch import places

    if report:
        from pipeline.batch import summary

        folder = places.plain(report)
        places.write_folder(folder, {summary.NAME: summary.page(manifest or places.manifest_of(folder))})
    if parquet:
        from pipeline.batch import parquet as table

        table.export(manifest or places.manifest_of(str(parquet)), parquet / table.NAME)
    return ExitCode.DONE


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
