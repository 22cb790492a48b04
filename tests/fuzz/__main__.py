"""`python -m tests.fuzz TARGET [atheris options]`; what breaks a target is written to a file `crash-…`."""

import sys

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
