"""Measure the tagger: `python -m pipeline.references.train.evaluate DATA.jsonl...` (see `--help`)."""

import argparse
import sys
import time
from pathlib import Path

from pipeline.references.tagger import MODEL, tag
from pipeline.references.train.corpus import held_out, read
from pipeline.references.train.score import Score


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m pipeline.references.train.evaluate", description=__doc__)
    parser.add_argument("data", nargs="+", type=Path, help="labelled references, JSON Lines")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--held-out", action="store_true", help="only what `train --hold-out` keeps back")
    parser.add_argument("--errors", type=int, default=0, help="print this many references that were read wrongly")
    options = parser.parse_args(arguments)

    scores: dict[str, Score] = {}
    lines, errors, seconds = 0, options.errors, 0.0
    for reference in read(options.data):
        if options.held_out and not held_out(reference):
            continue
        begin = time.perf_counter()
        spans = tag(reference.text, options.model)
        seconds += time.perf_counter() - begin
        lines += 1
        gold = [(label, reference.text[start:end]) for label, start, end in reference.spans]
        found = [(span.label, reference.text[span.start : span.end]) for span in spans]
        for source in (reference.source, "all"):
            scores.setdefault(source, Score()).add(gold, found, reference.source)
        single = Score()
        single.add(gold, found, reference.source)
        if errors and single.total().f1 < 1:
            errors -= 1
            print(reference.source, reference.text, *(f"  - {f}" for f in gold if f not in found), sep="\n")
            print(*(f"  + {f}" for f in found if f not in gold), sep="\n")
    _report(scores)
    print(f"{lines} references, {lines / seconds:.0f} a second")
    return 0


def _report(scores: dict[str, Score]) -> None:
    print(f"{'source':24}{'soft':>8}{'strict':>8}{'fields':>8}")
    for source, score in sorted(scores.items()):
        print(f"{source:24}{score.total().f1:8.3f}{score.total(strict=True).f1:8.3f}{score.total().gold:8}")
    print(f"\n{'field':24}{'P':>8}{'R':>8}{'soft':>8}{'fields':>8}")
    for label, tally in sorted(scores["all"].soft.items(), key=lambda pair: -pair[1].gold):
        print(f"{label:24}{tally.precision:8.3f}{tally.recall:8.3f}{tally.f1:8.3f}{tally.gold:8}")


if __name__ == "__main__":
    sys.exit(main())
