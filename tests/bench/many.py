"""Many articles: `python -m tests.bench.many [CORPUS]`, the goals of the issue and what a stage costs.

CORPUS has `landing/*.txt` (pages) and `fulltext/*.txt` (whole articles), as the folder beside the checkout; without
one the examples stand for both. Each text is used again under other names until there are enough. Rates are of a warm
pool: the articles that each worker begins with do not count. Seconds a stage are CPU seconds of one warm process and
the programs it starts, the least of some rounds, so that other work on the machine does not show. Exit code 1: a goal
is missed.
"""

import gc
import itertools
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from pipeline import build, pandoc
from pipeline.batch.pool import Pool
from pipeline.batch.run import run
from pipeline.batch.settings import Settings
from pipeline.batch.sources import Source
from pipeline.batch.work import Made, Task, make
from pipeline.journal import load_journal

TOP = Path(__file__).resolve().parents[2]
CORPUS = TOP.parent / "shared" / "corpus"
WHOLE = ("xml", "html", "pdf", "docx")
PAGES, ARTICLES, MEMORY = 500, 100, 5_000
GOALS = {"pages": 40.0, "articles": 1.5, "two workers": 1.8, "growth": 1.1}
ROUNDS = 3
WARM = 4
SECONDS = 120.0
MEGABYTES = 2000


@dataclass(frozen=True, slots=True)
class Rate:
    """Articles a second of a warm pool, and the memory of its workers (MB) as it went."""

    articles: float
    failed: int
    memory: list[float]


def several(texts: Sequence[Path], number: int) -> list[Source]:
    """As many sources, each of them a text once more."""
    return [Source(str(text), f"{text.stem}-{copy}") for copy, text in zip(range(number), itertools.cycle(texts))]


def rate(texts: Sequence[Path], number: int, formats: tuple[str, ...], workers: int, samples: int = 2) -> Rate:
    """Build `number` articles, and some more for each worker to get warm with."""
    warm = WARM * workers
    sources = several(texts, number + warm)
    memory: list[float] = []
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(folder, load_journal(None), "", formats)
        pool: Pool[Task, Made] = Pool(make, workers, SECONDS, MEGABYTES)
        start = time.monotonic()
        for done, made in enumerate(run(sources, settings, pool, Path(folder, "manifest.sqlite")), 1):
            failed += made.record.status == "failed"
            if done == warm:
                start = time.monotonic()
            if done >= warm and (done - warm) % max(1, number // samples) == 0:
                memory.append(
                    max(psutil.Process(worker.process.pid).memory_info().rss for worker in pool.workers) / 1e6
                )
        seconds = time.monotonic() - start
    return Rate(number / seconds, failed, memory)


def cpu_seconds() -> float:
    """User and system time of this process and of all that it started, ended or not."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(_used, _typst()))


def _typst() -> list[psutil.Process]:
    """The one program that lives on from article to article."""
    module = sys.modules.get("pipeline.render.typst_process")
    return [psutil.Process(worker.process.pid) for worker in module._current] if module else []


def _used(process: psutil.Process) -> float:
    return sum(process.cpu_times()[:2])


def stages(texts: Sequence[Path], formats: tuple[str, ...]) -> dict[str, float]:
    """CPU seconds an article by stage, `all` of it and what is `between`, in a warm process."""
    best: Counter[str] = Counter()
    clock, build.time.perf_counter = build.time.perf_counter, cpu_seconds
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(folder, load_journal(None), "", formats)
            for _ in range(ROUNDS + 1):
                gc.collect()
                before = cpu_seconds()
                found: Counter[str] = Counter()
                for source in several(texts, len(texts)):
                    found.update(make(Task(source, settings, settings.hash)).record.stages)
                found["all"] = cpu_seconds() - before
                if not best or found["all"] < best["all"]:
                    best = found
    finally:
        build.time.perf_counter = clock
    best["between"] = 2 * best["all"] - best.total()
    return {name: seconds / len(texts) for name, seconds in best.items()}


def bare(texts: Sequence[Path]) -> float:
    """CPU seconds an article of what pandoc and Typst need for the same formats, with nothing else around them."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(folder, load_journal(None), "", ("xml",))
        made = [make(Task(source, settings, "")) for source in several(texts, len(texts))]
        articles = [next(Path(folder, each.record.name).glob("*.xml")).read_bytes() for each in made]
        page = Path(folder, "page.typ")
        fonts = typst.Fonts(include_system_fonts=False)

        def render_all() -> float:
            before = cpu_seconds()
            for data in articles:
                for to in ("html5", "docx"):
                    pandoc.convert(data, "jats", to, ["--standalone"])
                page.write_bytes(pandoc.convert(data, "jats", "typst", ["--standalone"]))
                try:
                    typst.compile(str(page), font_paths=fonts)
                except typst.TypstError:
                    continue
            return cpu_seconds() - before

        return min(render_all() for _ in range(2)) / len(articles)


class Bench:
    """Prints a line for each figure, and knows whether a goal was missed."""

    def __init__(self) -> None:
        self.missed = False

    def say(self, what: str, value: float, unit: str, goal: str = "", most: bool = False) -> None:
        aim = GOALS.get(goal)
        missed = aim is not None and (value > aim if most else value < aim)
        self.missed |= missed
        wanted = f", goal {'≤' if most else '≥'} {aim:g}{'  MISSED' if missed else ''}" if aim is not None else ""
        print(f"{what:<52}{value:9.2f} {unit}{wanted}", flush=True)

    def say_stages(self, what: str, found: dict[str, float]) -> None:
        print(f"{what}: CPU seconds an article, warm")
        for name, seconds in sorted(found.items(), key=lambda item: -item[1]):
            print(f"  {name:<16}{seconds:8.4f} {seconds / found['all']:5.0%}", flush=True)


def corpus(folder: Path) -> tuple[list[Path], list[Path]]:
    """Pages and whole articles."""
    found = [sorted((folder / name).glob("*.txt")) for name in ("landing", "fulltext")]
    examples = sorted((TOP / "examples").glob("*.txt"))
    return found[0] or examples, found[1] or examples


def main() -> int:
    pages, articles = corpus(Path(sys.argv[1]) if sys.argv[1:] else CORPUS)
    cores = os.cpu_count() or 1
    bench = Bench()
    print(f"{len(pages)} pages, {len(articles)} whole articles, each used several times; {cores} processors")
    found = stages(pages, ("xml",))
    bench.say_stages("pages to XML", found)
    whole = stages(articles, WHOLE)
    bench.say_stages("whole articles to XML, HTML, PDF, DOCX", whole)
    bench.say("whole articles ÷ bare pandoc + Typst", whole["all"] / bare(articles), "times the CPU")
    one = rate(pages, PAGES // 2, ("xml",), 1)
    two = rate(pages, PAGES, ("xml",), 2)
    bench.say("pages to XML, one worker", one.articles, "a second")
    bench.say("pages to XML, two workers", two.articles, "a second", "pages")
    bench.say("two workers ÷ one", two.articles / one.articles, "times", "two workers")
    both = rate(articles, ARTICLES, WHOLE, 2)
    bench.say("whole articles to all formats, two workers", both.articles, "a second", "articles")
    long = rate(pages, MEMORY, ("xml",), 2, samples=10)
    print(f"memory of the larger worker over {MEMORY:,} pages, MB: {' '.join(f'{size:.0f}' for size in long.memory)}")
    bench.say("memory at the end ÷ after a tenth", long.memory[-1] / long.memory[1], "times", "growth", most=True)
    print(f"failed: {one.failed + two.failed + both.failed + long.failed}")
    return int(bench.missed)


if __name__ == "__main__":
    sys.exit(main())
