"""Fuzzing with a longer breath than the tests have: `make fuzz SECONDS=300` (atheris, guided by coverage)."""
