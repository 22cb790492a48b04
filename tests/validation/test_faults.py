"""The good article spoilt in one place each, and what is then said: in `faults.txt`, `old => new`, findings below."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.findings import Finding
from pipeline.validation import check_file

GOOD = Path(__file__).with_name("good.xml")
FAULTS = Path(__file__).with_name("faults.txt")


def said(text: str) -> list[str]:
    found: list[Finding] = check_file(GOOD, text.encode())
    return [f"    {each.line or 0}: {each.severity} {each.code} {each.message}" for each in found]


def read_again(lines: list[str]) -> Iterator[str]:
    good = GOOD.read_text(encoding="utf-8")
    usual = said(good)
    for line in lines:
        if line.startswith("    "):
            continue
        yield line
        old, arrow, new = line.partition(" => ")
        if arrow:
            assert old in good, old
            yield from [each for each in said(good.replace(old, new)) if each not in usual] or ["    nothing"]


def test_faults(golden: Callable[[Path, str], None]) -> None:
    golden(FAULTS, "\n".join(read_again(FAULTS.read_text(encoding="utf-8").splitlines())) + "\n")
