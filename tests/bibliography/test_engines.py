"""Both engines through one interface, and the writers."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import bibliography, pandoc
from pipeline.bibliography import Cite, Cluster, html, pandoc_engine, text
from pipeline.bibliography.richtext import Link, Style, Styled, plain
from pipeline.errors import MissingPart

ITEMS: list[dict[str, Any]] = [
    {
        "id": "moreau",
        "type": "article-journal",
        "title": "Growth of <i>E. coli</i> in <script>",
        "author": [{"family": "Moreau", "given": "Claire A."}, {"family": "Lindqvist", "given": "Erik"}],
        "issued": {"date-parts": [[2021, 3, 9]]},
        "container-title": "Journal of Examples",
        "volume": "12",
        "issue": "3",
        "page": "145-158",
        "DOI": "10.1000/ex",
    },
    {"id": "who", "type": "report", "title": "A report", "author": [{"literal": "World Body"}], "publisher": "WB"},
]
CLUSTERS = [
    Cluster((Cite("moreau", "146"),)),
    Cluster((Cite("moreau"), Cite("who"))),
    Cluster((Cite("moreau", mode="suppress-author"),)),
    Cluster((Cite("moreau", mode="author-only"),)),
    Cluster((Cite("moreau", "2", "chapter", "see ", " for more"),)),
]


@pytest.mark.parametrize("engine", ["citeproc-py", "pandoc"])
def test_author_date(engine: str) -> None:
    made = bibliography.format(ITEMS, CLUSTERS, "apa", engine=engine)
    assert (made.engine, made.style, made.locale, made.hanging_indent, made.notes) == (
        engine,
        "apa",
        "en-US",
        True,
        False,
    )
    assert [plain(citation) for citation in made.citations[:4]] == [
        "(Moreau & Lindqvist, 2021, p. 146)",
        "(Moreau & Lindqvist, 2021; World Body, n.d.)",
        "(2021)",
        "Moreau & Lindqvist",
    ]
    assert " ".join(plain(made.citations[4]).split()) == "(see Moreau & Lindqvist, 2021, Chapter 2 for more)"
    assert [html.write(entry.whole) for entry in made.entries] == [
        "Moreau, C. A., &amp; Lindqvist, E. (2021). Growth of <i>E. coli</i> in &lt;script&gt;. "
        "<i>Journal of Examples</i>, "
        '<i>12</i>(3), 145–158. <a href="https://doi.org/10.1000/ex">https://doi.org/10.1000/ex</a>',
        "World Body. (n.d.). <i>A report</i>. WB.",
    ]


@pytest.mark.parametrize("engine", ["citeproc-py", "pandoc"])
def test_numeric_with_labels_apart(engine: str) -> None:
    made = bibliography.format(ITEMS, CLUSTERS[:2], "ieee", engine=engine)
    assert [plain(citation) for citation in made.citations] == ["[1, p. 146]", "[1], [2]"]
    assert [plain(entry.label).strip() for entry in made.entries] == ["[1]", "[2]"]
    assert plain(made.entries[0].content).startswith("C. A. Moreau and E. Lindqvist, “Growth of E. coli in <script>,”")


@pytest.mark.parametrize("engine", ["citeproc-py", "pandoc"])
def test_notes(engine: str) -> None:
    made = bibliography.format(ITEMS, [CLUSTERS[1], CLUSTERS[1]], "chicago-notes-bibliography", engine=engine)
    assert made.notes
    assert plain(made.citations[0]).startswith("Claire A. Moreau and Erik Lindqvist, “Growth")
    assert plain(made.citations[1]).startswith("Moreau and Lindqvist, “Growth")


@pytest.mark.parametrize("engine", ["citeproc-py", "pandoc"])
def test_language_of_the_locale(engine: str) -> None:
    made = bibliography.format(ITEMS, CLUSTERS[:1], "apa", "de", engine=engine)
    assert made.locale == "de-DE"
    assert plain(made.citations[0]) == "(Moreau & Lindqvist, 2021, S. 146)"


def test_without_items() -> None:
    for engine in ("citeproc-py", "pandoc"):
        made = bibliography.format([], [], "apa", engine=engine)
        assert (made.citations, made.entries) == ([], [])


def test_label_without_name_is_repaired_in_memory() -> None:
    style = etree.fromstring(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><names variable="editor"><label form="short"/></names></style>'
    )
    assert b"<name/><label" in pandoc_engine.repaired(style)


def test_pandoc_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise MissingPart("pandoc is not installed; run: pip install pypandoc_binary")

    monkeypatch.setattr(pandoc, "executable", missing)
    with pytest.raises(MissingPart, match="pip install pypandoc_binary"):
        bibliography.format(ITEMS, style="apa", engine="pandoc")


def test_pandoc_that_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "pandoc"
    fake.write_text("#!/bin/sh\necho out of order >&2\nexit 64\n", "utf-8")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pandoc, "executable", lambda: os.fspath(fake))
    with pytest.raises(pandoc.PandocError, match="out of order"):
        bibliography.format(ITEMS, style="apa", engine="pandoc")


def test_writers_escape_once() -> None:
    content = ("a & <b> ", Styled(Style.BOLD, ("<i>", Link("https://x.example/?a=1&b=%22", ("“q”",)))))
    assert html.write(content) == (
        'a &amp; &lt;b&gt; <b>&lt;i&gt;<a href="https://x.example/?a=1&amp;b=%22">“q”</a></b>'
    )
    assert text.write(content) == "a & <b> <i>“q”"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///x", "//x.example", ""])
def test_writers_refuse_other_addresses(href: str) -> None:
    assert html.write((Link(href, ("x",)),)) == "x"
