"""Findings lead back to the source."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from lxml import etree

from pipeline.article import Block
from pipeline.elements import make
from pipeline.findings import Finding, Severity
from pipeline.validation import in_source

SOURCE = [
    Block(make("p", text), line, line)
    for line, text in [(1, "On Tides"), (3, "The sea comes and goes twice a day."), (6, "The end. The end.")]
]
XML = """<article>
<title>On Tides</title>
<p>The sea comes and goes</p>
<p>The end</p>
<p>Never said before</p>
</article>"""


def located(line: int | None) -> str:
    finding = Finding("x", Severity.ERROR, "wrong", "a.xml", line)
    [found] = in_source([finding], etree.fromstring(XML), SOURCE, "a.txt")
    return found.message


def test_words_that_stand_once_in_the_source_are_found() -> None:
    assert located(2) == "wrong (a.txt:1)"
    assert located(3) == "wrong (a.txt:3)"


def test_words_that_stand_twice_or_nowhere_are_not_placed() -> None:
    assert [located(line) for line in (4, 5, 99, None)] == ["wrong"] * 4


def test_validate_says_the_line_of_the_source(cli: Callable[..., Result], examples: Path, tmp_path: Path) -> None:
    source = tmp_path / "harbour-libraries.txt"
    source.write_bytes((examples / source.name).read_bytes())
    xml = tmp_path / "a.xml"
    assert cli("convert", source, "-o", xml, "--report").exit_code == 0
    xml.write_text(xml.read_text("utf-8").replace("<p>When the", "<p><nonsense/>When the"), encoding="utf-8")
    line = source.read_text("utf-8").partition("When the ferries")[0].count("\n") + 1
    said = [each for each in cli("validate", xml).stdout.splitlines() if " dtd " in each]
    assert said
    assert any(f"({source.name}:{line})" in each for each in said)
