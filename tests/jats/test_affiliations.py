"""Affiliations in the forms of other publishers, read: `affiliations.txt`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from pipeline.jats.affiliation_reader import read_affiliation, read_affiliations

FILE = Path(__file__).with_name("affiliations.txt")


def read_again(text: str) -> Iterator[str]:
    for line in (line for line in text.splitlines() if not line.startswith("    ")):
        yield line
        if line.startswith("<"):
            read = read_affiliation(etree.fromstring(line), "aff1")
            yield f"    {read.text}"
            yield from (f"    {span.label}: {read.text[span.start : span.end]}" for span in read.spans)
            facts = {"id": read.id, "label": read.label, "lang": read.lang, "ror": read.ror, "code": read.country_code}
            yield "    " + "; ".join(f"{name} {value}" for name, value in facts.items() if value)


def test_affiliations(golden: Callable[[Path, str], None]) -> None:
    golden(FILE, "\n".join(read_again(FILE.read_text(encoding="utf-8"))) + "\n")


def test_those_of_the_authors_are_counted_and_no_others() -> None:
    meta = etree.fromstring(
        "<article-meta><contrib-group><contrib><aff>One</aff><bio><p><aff>Born</aff></p></bio></contrib></contrib-group>"
        "<aff id='x'>Two</aff><aff>Three</aff></article-meta>"
    )
    assert [(each.id, each.text) for each in read_affiliations(meta).values()] == [
        ("aff1", "One"),
        ("x", "Two"),
        ("aff3", "Three"),
    ]
