"""Org, reStructuredText, MyST and Typst: what pandoc itself does not know of them."""

import contextlib
from pathlib import Path

import pytest
from lxml import etree

from pipeline import build, intake
from pipeline.article import Element
from pipeline.errors import LimitReached, SourceError
from pipeline.journal import load_journal

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
BIBLIOGRAPHY = "@book{costa2019, author = {Costa, Rui}, title = {Tides and readers}, publisher = {Quay}, year = {2019}}"


def made(path: Path, text: str) -> tuple[build.Built, Element]:
    (path.parent / "refs.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    built = build.convert(path, load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == []
    assert [finding.message for finding in built.findings if finding.code == "dtd"] == []
    return built, etree.fromstring(built.xml)


FRONTS = Path(__file__).parent / "fronts"


@pytest.mark.parametrize("name", sorted(path.name for path in FRONTS.iterdir()))
def test_title_authors_and_affiliations(tmp_path: Path, name: str) -> None:
    built, root = made(tmp_path / name, (FRONTS / name).read_text("utf-8"))
    assert root.findtext(".//article-title") == "On the quays of old harbours"
    assert [person.display for person in built.article.contributors] == ["Ana Silva", "Rui Costa"]
    texts = {each.id: each.text for each in built.article.affiliations}
    assert [[texts[one] for one in person.affiliations] for person in built.article.contributors] == [
        ["Harbour University"], ["Harbour University"],
    ]  # fmt: skip
    assert root.findtext("body/sec/title") == "One"


def test_org_tables_with_line_breaks_end(tmp_path: Path) -> None:
    _, root = made(tmp_path / "a.org", f"#+TITLE: T\n\n* One\n\n{LONG}\n\n| a \\\\ | b |\n|---+---|\n| c | d |\n")
    assert [cell.text for cell in root.iter("th", "td")] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.org", f"#+TITLE: T\n\n* One\n\n{LONG} As [cite:@costa2019] says.\n\nbibliography:refs.bib\n"),
        ("a.rst", f"=\nT\n=\n\nOne\n---\n\n{LONG} As :cite:p:`costa2019` says.\n\n.. bibliography:: refs.bib\n"),
        ("a.md", f"---\ntitle: T\nbibliography: refs.bib\n---\n\n# One\n\n{LONG} As {{cite:p}}`costa2019` says.\n"),
        (
            "a.typ",
            f'#set document(title: "T")\n= One\n{LONG} As @costa2019 says.\n#bibliography("refs.bib", style: "ieee")\n',
        ),
    ],
)
def test_citations_by_key(tmp_path: Path, name: str, text: str) -> None:
    _, root = made(tmp_path / name, text)
    assert root.find("body//xref[@ref-type='bibr']").text == "Costa, 2019"  # type: ignore[union-attr]


def test_citations_of_rst_with_their_list(tmp_path: Path) -> None:
    text = (
        f"=\nT\n=\n\nOne\n---\n\n{LONG} As [Cos19]_ says.\n\n.. [Cos19] Costa R. Tides and readers. Quay Press, 2019.\n"
    )
    built, root = made(tmp_path / "a.rst", text)
    assert [each.text for each in built.article.references] == ["Costa R. Tides and readers. Quay Press, 2019."]
    assert root.find("body//xref[@ref-type='bibr']").get("rid") == "ref1"  # type: ignore[union-attr]


MYST = f"""---
title: T
---
+++ {{"part": "abstract"}}
{LONG}
+++

(sec-one)=
# One

{LONG} H{{sub}}`2`O and {{math}}`a^2`, see {{numref}}`fig-a`, {{eq}}`eq-a` and {{ref}}`the part <sec-one>`.

```{{figure}} quay.svg
:name: fig-a
:width: 60%

The *low* tide.
```

```{{math}}
:label: eq-a
e = m c^2
```

:::{{list-table}} Tides of two quays
:header-rows: 1

* - Quay
  - Tide
* - north
  - 3
:::

:::{{note}} Mind this
A remark.
:::

```{{code-cell}} python
print("{{ref}}`x`")
```
"""


def test_roles_and_directives_of_myst(tmp_path: Path) -> None:
    (tmp_path / "quay.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    built, root = made(tmp_path / "a.md", MYST)
    assert root.findtext(".//abstract/p") == LONG
    links = [(link.get("ref-type"), link.text) for link in root.findall("body//xref")]
    assert links == [("fig", "Figure 1"), ("disp-formula", "(1)"), ("sec", "the part")]
    assert root.findtext("body//p/sub") == "2"
    assert root.find("body//inline-formula") is not None
    assert root.findtext("body//fig/caption/p/italic") == "low"
    assert root.findtext("body//table-wrap/caption/p") == "Tides of two quays"
    assert [cell.text for cell in root.iter("th", "td")] == ["Quay", "Tide", "north", "3"]
    said = "".join(map(str, root.itertext()))
    assert all(words in said for words in ("Mind this", "A remark.", 'print("{ref}`x`")'))
    assert list(built.media) == ["a-g001.svg"]


TYPST = f"""#import "@preview/cetz:0.2.0": canvas, draw
#set document(title: "T")
#set text(font: "Libertinus Serif")
#show heading: it => block[#it.body]
#let todo(x) = text(red)[#x]

= One <sec:one>
{LONG} See @fig:a and @sec:one. #todo[Check this.] #unknown("with words")[and content]

#theorem(title: [Wet quays])[All quays are wet.]

#figure(image("quay.svg", width: 80%), caption: [A *low* quay.]) <fig:a>

The #par.strange(3)[odd paragraph] stays.
"""


def test_typst_without_its_packages(tmp_path: Path) -> None:
    (tmp_path / "quay.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    built, root = made(tmp_path / "a.typ", TYPST)
    assert root.findtext("body/sec/title") == "One"
    assert [(link.get("ref-type"), link.text) for link in root.findall("body//xref")] == [
        ("fig", "Figure 1"), ("sec", "One"),
    ]  # fmt: skip
    said = " ".join("".join(map(str, root.itertext())).split())
    for words in ("Check this.", "with words and content", "Wet quays", "All quays are wet.", "odd paragraph"):
        assert words in said
    assert {"typst-function", "typst-as-text"} <= {finding.code for finding in built.findings}


def test_typst_includes_files_of_its_folder_only(tmp_path: Path) -> None:
    (tmp_path / "secret.typ").write_text("SECRET", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "part.typ").write_text(LONG, encoding="utf-8")
    text = '#set document(title: "T")\n= One\n#include "part.typ"\n#include "../secret.typ"\n#read("../secret.typ")\n'
    built, _ = made(tmp_path / "in" / "a.typ", text)
    assert LONG.encode() in built.xml
    assert b"SECRET" not in built.xml
    assert "include-refused" in {finding.code for finding in built.findings}


HOSTILE = {
    "fences.md": "```{note}\n" * 2000 + "x", "calls.typ": "#f(" * 5000, "rule.typ": "#show: x.with(" + "(" * 5000,
    "content.typ": "#show: x.with(title: " + "[#a(" * 3000, "rows.org": "| a \\\\ | b |\n" * 500,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_nested_without_end_ends(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(HOSTILE[name], encoding="utf-8")
    with contextlib.suppress(SourceError):
        assert intake.open_source(tmp_path / name).text


def test_thousands_of_authors_of_org(tmp_path: Path) -> None:
    built, _ = made(tmp_path / "a.org", "#+title: On quays\n" + "#+author: Ana Silva\n" * 2000 + f"\n* One\n{LONG}\n")
    assert len(built.article.contributors) == 2000


def test_typst_with_too_many_references_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.typ"
    path.write_text(f"= One <x>\n{LONG}\n" + "@x " * 50_000)
    with pytest.raises(LimitReached, match="references and calls"):
        build.convert(path, load_journal(None))
