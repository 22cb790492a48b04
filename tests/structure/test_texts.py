"""Small texts and what becomes of them, as an outline of the article; each file of `texts` has those on one subject.

A case is a title, a text, and the outline. A line is a paragraph, one with tabs or bars a row of a table, one of XML
an element. What a format marks is written before it: `## ` a heading of that level, `{style} `, `** ` bold, `• `;
`⏎` is where lines were joined. What it says beside the text: `@front title: …`, `@front author: …`, `@file …` for the
properties of the file, `@numbered` where it numbers floats itself, `@note …` for real footnotes.
"""

from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import structure
from pipeline.article import (
    Abstract,
    Affiliation,
    Article,
    Block,
    Contributor,
    Element,
    Hints,
    Keywords,
    SetAside,
    Title,
)
from pipeline.elements import make
from pipeline.references.own_citation import read_own_citation
from pipeline.structure.draft import Draft
from pipeline.structure.remainder import account

FILES = sorted((Path(__file__).parent / "texts").glob("*.txt"))
CASE, OUTLINE = "=== ", "--- outline\n"
FACES = {"italic": "_", "bold": "*", "sup": "^"}
BULLETS = ("• ", "◦ ", "* ")


def blocks(text: str) -> Iterator[Block]:
    blank = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            blank += 1
            continue
        if line.startswith("@"):
            continue
        hints = Hints(blank_lines_before=blank)
        blank = 0
        if line.startswith("{"):
            hints.style, _, line = line[1:].partition("} ")
        elif "\t" in line or line.startswith("|"):
            hints.style = "row"
        if line.startswith("#"):
            marks, _, line = line.partition(" ")
            hints.level = len(marks)
        if line.startswith("** "):
            hints.bold, line = True, line[3:]
        if line.startswith(BULLETS):
            hints.marker, line = line[0], line[2:]
        *joined, last = line.split("⏎")
        hints.breaks = tuple(accumulate(len(part) + 1 for part in joined))
        line = " ".join([*joined, last])
        content = etree.fromstring(line) if line.startswith("<") else make("p", line)
        yield Block(content, number, number, hints)


def said_beside(text: str) -> dict[str, Any]:
    """What a source format says beside the text, as `structure.read` takes it."""
    found: dict[str, Any] = {}
    for line in text.splitlines():
        where, _, said = line.partition(" ")
        what, _, value = said.partition(": ")
        if where == "@numbered":
            found["is_numbered"] = True
        elif where == "@note":
            found.setdefault("footnotes", []).append(etree.fromstring(said))
        elif where in ("@front", "@file"):
            article = found.setdefault("front" if where == "@front" else "properties", Article(lang=""))
            if what == "title":
                article.title = Title(make("article-title", value))
            elif what == "author":
                article.contributors.append(Contributor(written=value))
            elif what == "affiliation":
                article.affiliations.append(Affiliation("aff1", value))
            elif what == "abstract":
                article.abstracts.append(Abstract([make("list", make("list-item", make("p", value)))]))
            elif what == "licence":
                article.permissions.license_text = value
            else:
                article.keywords.append(Keywords([make("kwd", word) for word in value.split("; ")]))
    return found


def outline(draft: Draft) -> Iterator[str]:
    article = draft.article
    if article.title is not None:
        yield f"title: {article.title.text}"
        if article.title.subtitle is not None:
            yield f"subtitle: {said(article.title.subtitle)}"
    yield from (f"title ({title.lang}): {title.text}" for title in article.translated_titles)
    yield from of_people(article)
    journal = article.journal
    facts = {
        "language": article.lang if article.lang != "en" else "",
        "journal": journal.title, "issn": ", ".join(f"{k} {v}" for k, v in journal.issns.items()),
        "type": article.type if article.type != "research-article" else "", "subjects": ", ".join(article.subjects),
        "volume": article.volume, "issue": article.issue, "pages": f"{article.fpage}–{article.lpage}".strip("–"),
        "elocation": article.elocation_id, "ids": " ".join(f"{k} {v}" for k, v in article.ids.items()),
        "dates": ", ".join(f"{each.type} {each.iso}" for each in article.dates),
        "licence": " ".join((article.permissions.license_text, article.permissions.license_url)).strip(),
        "copyright": article.permissions.statement,
    }  # fmt: skip
    yield from (f"{name}: {value}" for name, value in facts.items() if value)
    for abstract in article.abstracts:
        yield f"abstract ({' '.join(filter(None, [abstract.lang, abstract.type]))}): {abstract.title}"
        yield from (f"    {line}" for element in abstract.content for line in of_element(element))
    for keywords in article.keywords:
        yield f"keywords ({keywords.lang}): {keywords.title}: {' / '.join(map(said, keywords.words))}"
    for name, elements in (("meta", article.meta), ("body", article.body), ("back", article.back)):
        lines = [f"    {line}" for element in elements for line in of_element(element)]
        yield from [f"{name}:", *lines] if lines else []
    if draft.references:
        yield f"references: {article.references_title}"
        yield from (f"    {block.text}" for block in draft.references)
    if draft.added:
        yield f"added: {', '.join(draft.added)}"
    yield from (f"aside {each.line}: {each.text} ({each.reason})" for each in draft.set_aside)
    yield from (f"finding {each.line or 0}: {each.code}: {each.message}" for each in draft.findings)


def of_people(article: Article) -> Iterator[str]:
    for person in article.contributors:
        name = person.name
        shown = f"{name.given} | {name.family}{f' | {name.suffix}' if name.suffix else ''}" if name else person.collab
        more = [*person.affiliations, person.email, person.orcid, *person.roles]
        more += ["corresponding"] * person.corresponding + ["equal"] * person.equal_contribution
        yield " · ".join([f"author: {shown}", *filter(None, more)])
    for each in article.affiliations:
        yield f"{each.id}: {each.text} ({', '.join(span.label for span in each.spans)})"


def of_element(element: Element) -> Iterator[str]:
    """The outline of a body; what an element holds stands indented below it."""
    tag = str(element.tag)
    name = f"{tag}#{element.get('id')}" if element.get("id") else tag
    kind = "".join(f" [{element.get(key)}]" for key in ("sec-type", "list-type", "fn-type") if element.get(key))
    if tag == "table":
        for row in element.iter("tr"):
            yield "| " + " | ".join(f"{said(c)}{'!' * (c.tag == 'th')}{c.get('colspan', '')}" for c in row)
    elif all(child.tag in ("xref", "ext-link", "italic", "bold", "sup", "sub") for child in element):
        yield f"{name}{kind}: {said(element)}"
    else:
        head = " | ".join(said(child) for child in element if child.tag in ("label", "title"))
        yield f"{name}{kind}: {head}".rstrip(": ")
        for child in element:
            if child.tag not in ("label", "title"):
                yield from (f"    {line}" for line in of_element(child))


def said(element: Element) -> str:
    """Its text with its faces; what is linked with where it leads, and what that is."""
    made = element.text or ""
    for child in element:
        face = FACES.get(str(child.tag), "")
        to = f"→{child.get('ref-type', '')} {child.get('rid')}"
        made += f"[{said(child)}{to}]" if child.tag == "xref" else f"{face}{said(child)}{face}"
        made += child.tail or ""
    return " ".join(made.split())


def cases(text: str) -> Iterator[tuple[str, str]]:
    for case in text.split(f"\n{CASE}"):
        title, _, rest = case.removeprefix(CASE).partition("\n")
        yield title, rest.partition(OUTLINE)[0]


def read_again(text: str) -> str:
    made = []
    for title, source in cases(text):
        beside = said_beside(source)
        draft = structure.read(list(blocks(source)), read_own_citation, **beside)
        lines = "\n".join(line.rstrip() for line in outline(draft))
        made.append(f"{CASE}{title}\n{source.rstrip()}\n{OUTLINE}{lines}\n")
    return "\n".join(made)


def test_words_that_have_no_place_are_set_aside_and_said() -> None:
    """Each as often as the article lacks it."""
    found = list(blocks("Boats are late.\nBoats and more boats are at the quay."))
    article = Article(lang="en", body=[make("p", "Boats are late, boats are at.")])
    draft = Draft([], article, read_own_citation, blocks=found, set_aside=[SetAside(2, "quay", "why")])
    account(draft)
    assert [(each.line, each.text) for each in draft.set_aside[1:]] == [(1, "boats"), (2, "and more the")]
    assert [(each.code, each.line) for each in draft.findings] == [
        ("words-without-place", 1),
        ("words-without-place", 2),
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts(file: Path, golden: Callable[[Path, str | bytes], None]) -> None:
    golden(file, read_again(file.read_text(encoding="utf-8")))
