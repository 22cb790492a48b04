"""Sentences and the links in them: groups of references in `sentences.txt`, each with sentences that cite them.

A reference is `@ id | Family, Given; Family, Given | year | the entry as it stands in the list`; in a list that is
numbered its number, `3.`, stands in the place of the year. Below each sentence it stands again with its links, and
what is said of it. A group that is one `text` is linked as a whole.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline import citations
from pipeline.article import Article, Reference
from pipeline.elements import make

FILE = Path(__file__).with_name("sentences.txt")
GROUP = "=== "


def reference(line: str) -> Reference:
    identifier, people, year, text = (part.strip() for part in line.removeprefix("@ ").split(" | "))
    authors: list[dict[str, str]] = []
    for name in filter(None, people.split("; ")):
        family, comma, given = name.partition(", ")
        authors.append({"family": family, "given": given} if comma else {"literal": name})
    item: dict[str, Any] = {"author": authors} if authors else {}
    if year[:4].isdecimal():
        item["issued"] = {"date-parts": [[int(year[:4])]]}
        item |= {"year-suffix": year[4:]} if year[4:] else {}
    if "“" in text:
        item["title"] = text.partition("“")[2].partition("”")[0]
    return Reference(text, item=item, id=identifier, label=year if year.endswith(".") else "")


def shown(element: Any) -> str:
    made = element.text or ""
    for child in element:
        inner = shown(child)
        made += f"[{inner}→{child.get('rid')}]" if child.tag == "xref" else f"<{child.tag}>{inner}</{child.tag}>"
        made += child.tail or ""
    return made


def linked(sentences: list[str], references: list[Reference], lang: str) -> Iterator[list[str]]:
    """For each sentence the lines below it; sentences that begin with `† ` are notes."""
    marked = [sentence.removeprefix("† ").replace("&", "&amp;") for sentence in sentences]
    elements = [etree.fromstring(f"<p>{each}</p>") for each in marked]
    notes = [make("fn", each) for each, text in zip(elements, sentences, strict=True) if text.startswith("† ")]
    body = [each for each in elements if each.getparent() is None]
    found = citations.link(Article(lang=lang, body=body, back=notes, references=references))
    said = [str(each.message) for each in found.findings if each.code != "reference-not-cited"]
    for number, element in enumerate(elements, 1):
        yield [f"    {shown(element)}", *(f"    ! {text}" for text in said if number == len(elements))]


def read_again(text: str) -> str:
    made: list[str] = []
    for group in text.split(GROUP)[1:]:
        lines = [line for line in group.splitlines() if not line.startswith("    ")]
        references = [reference(line) for line in lines if line.startswith("@ ")]
        lang = lines[0].partition("[")[2].partition("]")[0] or "en"
        sentences = [line for line in lines[1:] if line.strip() and not line.startswith("@ ")]
        batches = [sentences] if lines[0].startswith("text") else [[each] for each in sentences]
        below = dict(
            zip(sentences, (each for batch in batches for each in linked(batch, references, lang)), strict=True)
        )
        for number, line in enumerate(lines):
            made += [f"{GROUP}{line}" if number == 0 else line, *below.get(line, [])]
    return "\n".join(made) + "\n"


def test_sentences(golden: Callable[[Path, str], None]) -> None:
    golden(FILE, read_again(FILE.read_text(encoding="utf-8")))
