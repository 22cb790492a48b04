"""Pages: footnotes by links, titles, what stands around the article; HTML and LaTeX within Markdown."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from pipeline import build
from pipeline.article import Element
from pipeline.journal import load_journal
from tests.drawing import png

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."


def made(path: Path, text: str | bytes) -> tuple[build.Built, Element]:
    (path.parent / "quay.png").write_bytes(png(1))
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    built = build.convert(path, load_journal(None))
    assert [each.message for each in built.findings if each.code in ("dtd", "words-lost")] == []
    return built, etree.fromstring(built.xml)


def text_of(root: Element) -> str:
    return " ".join(" ".join(map(str, root.itertext())).split())


NOTES = {
    "word": '<p>Said<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span><![if !supportFootnotes]>[1]'
    '<![endif]></span></a>.</p><div style="mso-element:footnote-list"><div id=ftn1><p class=MsoFootnoteText>'
    '<a href="#_ftnref1" name="_ftn1">[1]</a> A note of words.</p></div></div>',
    "raised": '<p>Said.<sup><a href="#fn1" id="ref1">1</a></sup></p>'
    '<p id="fn1"><sup><a href="#ref1">1</a></sup> A note of words.</p>',
    "list": '<p>Said.<sup id="r1"><a href="#n1">1</a></sup></p>'
    '<ol><li id="n1"><p>A note of words. <a href="#r1">↩</a></p></li></ol>',
}


@pytest.mark.parametrize("kind", NOTES)
def test_footnotes_by_links(tmp_path: Path, kind: str) -> None:
    page = f"<html><body><h1>On quays</h1><p>{LONG}</p><h2>One</h2>{NOTES[kind]}<p>{LONG}</p></body></html>"
    _, root = made(tmp_path / "a.html", page)
    assert [text_of(note) for note in root.iter("fn")] == ["1 A note of words."]
    assert [link.get("rid") for link in root.findall("body//xref")] == ["fn1"]


def test_a_link_that_nothing_leads_back_from_is_no_note(tmp_path: Path) -> None:
    page = (
        f'<html><body><h1>On quays</h1><p>{LONG} <a href="#x">1</a></p><h2>One</h2><p id="x">{LONG}</p></body></html>'
    )
    _, root = made(tmp_path / "a.html", page)
    assert not list(root.iter("fn"))


def test_what_stands_around_the_main_part_is_set_aside(tmp_path: Path) -> None:
    page = "<html><body><nav>Home Archive</nav><main><p>Articles</p><h1>On quays</h1>"
    page += f"<p>{LONG}</p><h2>One</h2><p>{LONG}</p>"
    built, root = made(tmp_path / "a.html", page + "</main><footer>ISSN 1234-5679</footer></body></html>")
    assert root.findtext(".//article-title") == "On quays"
    assert [text_of(title) for title in root.findall("body/sec/title")] == ["One"]
    assert built.conservation is not None
    assert {each.text for each in built.conservation.set_aside} >= {"Home Archive", "ISSN 1234-5679", "Articles"}


MARKDOWN = [
    ("<table>\n<tr><th>quay</th></tr>\n\n<tr><td>north</td></tr>\n</table>", ".//table//td"),
    ("<figure>\n<img src='quay.png' alt='A quay'>\n<figcaption>Quays.</figcaption>\n</figure>", ".//fig/graphic"),
    ("<p align='center'><img src='quay.png'></p>", ".//graphic"),
    ("An <img src='quay.png' width='20'> in a line.", ".//inline-graphic"),
    ("\\begin{figure}\\includegraphics{quay.png}\\caption{Quays.}\\end{figure}", ".//fig/graphic"),
    ("\\begin{table}\\caption{Tides.}\\begin{tabular}{l}\nnorth\\\\\n\\end{tabular}\\end{table}", ".//table//td"),
    ("\\begin{equation}\nx = y\n\\end{equation}", ".//disp-formula"),
    ("Words\\footnote{A note.} here.", ".//fn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), MARKDOWN)
def test_html_and_latex_within_markdown(tmp_path: Path, text: str, found: str) -> None:
    _, root = made(tmp_path / "a.md", f"# On quays\n\n{LONG}\n\n## One\n\n{LONG}\n\n{text}\n\n{LONG}\n")
    assert len(root.findall(found)) == 1


def test_html_in_code_is_code(tmp_path: Path) -> None:
    _, root = made(
        tmp_path / "a.md",
        f"# On quays\n\n{LONG}\n\n## One\n\n{LONG}\n\n```\n<table>\n<tr><td>x</td></tr>\n</table>\n```\n",
    )
    assert not list(root.iter("table"))
    assert "<table>" in (root.findtext(".//code") or "")


def test_authors_of_the_front_matter_with_marks(tmp_path: Path) -> None:
    head = "---\ntitle: On quays\nauthor:\n- Ana Silva^1,\\*^\n- Rui Costa^2^\n---\n\n"
    head += "^1^ Harbour University, Porto\n\n^2^ Shore Institute\n\n"
    built, _ = made(tmp_path / "a.md", f"{head}# Abstract\n\n{LONG}\n\n# One\n\n{LONG}\n")
    assert [(each.display, each.affiliations) for each in built.article.contributors] == [
        ("Ana Silva", ["aff1"]), ("Rui Costa", ["aff2"]),
    ]  # fmt: skip


def test_a_title_page_of_an_epub_is_kept(tmp_path: Path) -> None:
    stream = io.BytesIO()
    page = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>%s</body></html>'
    first = '<section epub:type="titlepage"><h1>On quays</h1><p>Rui Costa and Ana Silva</p>'
    first += "<p>Shore Institute, Porto</p></section>"
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        book.writestr(
            "c.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>On quays</dc:title>'
            "<dc:creator>Rui Costa</dc:creator>"
            '<dc:creator>Ana Silva</dc:creator></metadata><manifest><item id="a" href="a.xhtml" '
            'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
        )
        book.writestr("a.xhtml", page % f"{first}<h2>Abstract</h2><p>{LONG}</p><h2>One</h2><p>{LONG}</p>")
    built, root = made(tmp_path / "a.epub", stream.getvalue())
    assert [each.display for each in built.article.contributors] == ["Rui Costa", "Ana Silva"]
    assert "Shore Institute" in text_of(root.find("front"))  # type: ignore[arg-type]
