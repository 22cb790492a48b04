"""`python -m tests.fuzz.seeds TARGET FOLDER`: what a fuzzer begins with, from the cases of the tests, and its words."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.fuzz.targets import MANUSCRIPTS
from tests.hostile.sources import READ, docx, paragraphs
from tests.intake import test_latex_layout, test_written

TESTS = Path(__file__).resolve().parents[1]
SUFFIXES = {"markdown": ".md", "org": ".org", "typst": ".typ", "html": ".html", "latex": ".tex", "rtf": ".rtf"}
OF_CODE = {
    "latex": [text.encode() for text in (*test_written.AUTHORS.values(), *test_latex_layout.FIGURES)],
    "container": [docx(paragraphs("text"))],
}


def intake() -> Iterator[bytes]:
    yield from READ.values()
    for path in sorted((TESTS / "structure" / "cases").rglob("input.txt")):
        yield path.read_bytes()


def manuscript() -> Iterator[bytes]:
    """A byte that chooses the format, and a source in it."""
    for number, kind in enumerate(MANUSCRIPTS):
        for data in OF_CODE.get(kind, ()):
            yield bytes([number]) + data
        for path in sorted((TESTS / "intake").glob(f"*/**/*{SUFFIXES.get(kind, '.none')}")):
            yield bytes([number]) + path.read_bytes()


def reference() -> Iterator[bytes]:
    for path in sorted((TESTS / "references").glob("*.txt")):
        yield from (line.encode() for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 20)


def jats_reader() -> Iterator[bytes]:
    """Articles, and each part of theirs alone in an article, which is small enough to be changed often."""
    for path in sorted(TESTS.rglob("*.xml")):
        try:
            root = etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()
        except etree.XMLSyntaxError:
            continue
        if root.tag == "article":
            yield etree.tostring(root)
            for part in root.xpath("front/article-meta/* | body/* | back/*"):
                place = f"{part.getparent().tag}"
                inner = etree.tostring(part, with_tail=False).decode()
                inner = f"<front><article-meta>{inner}</article-meta></front>" if place == "article-meta" else inner
                wrapped = inner if place == "article-meta" else f"<{place}>{inner}</{place}>"
                yield f"<article>{wrapped}</article>".encode()


def words(seeds: list[bytes]) -> list[str]:
    """Tags and attributes of the seeds, for the fuzzer to put in."""
    found = {match for seed in seeds for match in re.findall(rb"</?[a-z][a-z-]*>|[a-z:-]+=\"[^\"\\]{0,20}\"", seed)}
    return sorted('"' + word.decode(errors="ignore").replace('"', '\\"') + '"' for word in found if word.isascii())


SEEDS = {"intake": intake, "manuscript": manuscript, "reference": reference, "jats_reader": jats_reader}

if __name__ == "__main__":
    target, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    made = [seed for seed in SEEDS[target]() if len(seed) < 20_000]
    for number, seed in enumerate(made):
        (folder / f"seed-{number:04}").write_bytes(seed)
    folder.with_suffix(".dict").write_text("\n".join(words(made)) + "\n")
