"""Parts of articles in forms that Publishing 1.3 has not, and what becomes of them: `fragments.txt`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from pipeline.elements import PREFIXES
from pipeline.schema_files import dtd
from pipeline.upgrade import upgrade
from pipeline.validation.conservation import audit, strings_of
from pipeline.validation.dtd import load

FILE = Path(__file__).with_name("fragments.txt")
NAMESPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in PREFIXES.items() if prefix != "xml")
FRONT = (
    '<front><journal-meta><journal-id journal-id-type="x">a</journal-id><issn>1234-5678</issn></journal-meta>'
    "<article-meta>{}</article-meta></front>"
)
TITLE = "<title-group><article-title>T</article-title></title-group>"


def read_again(text: str) -> Iterator[str]:
    for line in (line for line in text.splitlines() if not line.startswith("    ")):
        yield line
        if not line.startswith("<"):
            continue
        part, front = line, FRONT.format(TITLE)
        if line.startswith("<front>"):
            inner = line.removeprefix("<front>").removesuffix("</front>")
            part, front = "", FRONT.format(inner if "<title-group>" in inner else TITLE + inner)
        source = etree.fromstring(f'<article {NAMESPACES} article-type="other">{front}{part}</article>')
        made = upgrade(source)
        assert audit(strings_of(source), made.root, made.set_aside, made.added).missing == [], line
        made_part = made.root.find("front/article-meta") if not part else made.root[1]
        written = etree.tostring(made_part, encoding="unicode", with_tail=False)
        yield f"    {written.replace(f' {NAMESPACES}', '')}"
        yield from (f"    - {finding.message}" for finding in made.findings)
        yield from (f"    set aside: {' '.join(each.text.split())} ({each.reason})" for each in made.set_aside)
        yield from (f"    added: {text}" for text in made.added)
        if not load(dtd()).validate(made.root):
            yield "    not valid"


def test_fragments(golden: Callable[[Path, str], None]) -> None:
    golden(FILE, "\n".join(read_again(FILE.read_text(encoding="utf-8"))) + "\n")
