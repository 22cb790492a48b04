"""Train the tagger: `python -m pipeline.references.train DATA.jsonl...` (see `--help`)."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from pipeline.references.features import features
from pipeline.references.labels import encode
from pipeline.references.tagger import MODEL
from pipeline.references.train.corpus import Labelled, held_out, read
from pipeline.references.train.synthesize import noisy, synthesize

PARAMETERS = {
    "c1": 1.0,
    "c2": 0.005,
    "feature.minfreq": 2,
    "feature.possible_transitions": False,
    "max_iterations": 120,
    "epsilon": 1e-5,
    "delta": 1e-4,
    "period": 10,
}


def train(references: Iterable[Labelled], model: Path, iterations: int, verbose: bool = True) -> None:
    """Write the model file; the same references in the same order give the same bytes."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=PARAMETERS | {"max_iterations": iterations}, verbose=verbose)
    for reference in references:
        items, starts, ends = features(reference.text)
        if items:
            trainer.append(items, encode(reference.spans, starts, ends))
    model.parent.mkdir(parents=True, exist_ok=True)
    trainer.train(str(model))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m pipeline.references.train", description=__doc__)
    parser.add_argument("data", nargs="+", type=Path, help="labelled references, JSON Lines")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--iterations", type=int, default=int(PARAMETERS["max_iterations"]))
    parser.add_argument("--hold-out", action="store_true", help="keep every tenth document back for evaluation")
    parser.add_argument("--batches", type=int, default=360, help="styles to render references in, 30 each")
    parser.add_argument("--noise", type=float, default=0.08, help="share of references repeated with spoilt spaces")
    parser.add_argument("--every", type=int, default=1, help="train on every n-th reference only")
    options = parser.parse_args(arguments)
    references = [r for r in read(options.data) if not (options.hold_out and held_out(r))][:: options.every]
    rendered = list(synthesize(references, options.batches))
    spoilt = list(noisy(references, options.noise))
    print(f"{len(references)} labelled, {len(rendered)} rendered, {len(spoilt)} with spoilt spaces", flush=True)
    train([*references, *rendered, *spoilt], options.model, options.iterations)
    return 0


if __name__ == "__main__":
    sys.exit(main())
