"""Commands and environments of LaTeX that pandoc does not know: their words stay, or are said."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline import build
from pipeline.article import Element
from pipeline.errors import SourceError
from pipeline.journal import load_journal
from tests.drawing import png

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."


def made(folder: Path, latex: str, head: str = "", after: str = "", **beside: str) -> tuple[build.Built, Element]:
    (folder / "quay.png").write_bytes(png(1))
    for name, content in beside.items():
        (folder / name.replace("_", ".")).write_text(content, "utf-8")
    path = folder / "a.tex"
    text = rf"\documentclass{{article}}{head}\begin{{document}}\title{{On quays}}\maketitle\section{{One}}{LONG}"
    path.write_text(f"{text}\n\n{latex}\n\n{LONG}{after}\n\\end{{document}}", "utf-8")
    built = build.convert(path, load_journal(None))
    assert [each.message for each in built.findings if each.code in ("dtd", "words-lost")] == []
    return built, etree.fromstring(built.xml)


def text_of(root: Element) -> str:
    return " ".join(" ".join(map(str, root.itertext())).split())


KEPT = [
    (r"\mybox{0.5\textwidth}{Words in a box}", "Words in a box"),
    (r"\outer{one \inner{two} three}", "one two three"),
    (r"\begin{strange}[htbp]Words within.\end{strange}", "Words within."),
    (r"\begin{multicols}{2}Words in columns.\end{multicols}", "Words in columns."),
    (r"A \dag{} and 3\,\texteuro", "€"),
    (r"Where \SI{3}{\metre} deep, \so{spaced words}", "spaced words"),
    (r"\begin{algorithm}\caption{Stacking}\begin{algorithmic}\State $v \gets$ median\end{algorithmic}\end{algorithm}",
     "Algorithm: Stacking"),
    (r"\begin{definition}[Boat] A hull.\end{definition}", "Definition 1 (Boat)"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "kept"), KEPT)
def test_words_stay(tmp_path: Path, latex: str, kept: str) -> None:
    _, root = made(tmp_path, latex)
    assert kept in text_of(root.find("body")).replace(" ,", ",")  # type: ignore[arg-type]


NOTES = [
    r"word\marginpar{In the margin.}",
    r"word\sidenote{In the margin.}",
    r"word\footnotemark[1] \footnotetext[1]{In the margin.}",
]


@pytest.mark.parametrize("latex", NOTES)
def test_words_in_the_margin_are_notes(tmp_path: Path, latex: str) -> None:
    _, root = made(tmp_path, latex)
    assert [text_of(note) for note in root.iter("fn")] == ["1 In the margin."]


ASIDE = [
    (r"\todo{Check this}", "Check this", False),
    (r"\ifthenelse{\equal{a}{b}}{yes branch}{no}", "a b yes branch no", False),
    (r"\begin{tikzpicture}\node {Seepage};\end{tikzpicture}", "Seepage", True),
]


@pytest.mark.parametrize(("latex", "said", "is_finding"), ASIDE)
def test_what_is_not_printed_is_set_aside(tmp_path: Path, latex: str, said: str, is_finding: bool) -> None:
    built, _ = made(tmp_path, latex)
    assert built.conservation is not None
    assert [(each.text, each.line) for each in built.conservation.set_aside] == [(said, 3)]
    assert [each.line for each in built.findings if each.code == "left-out"] == [3] * is_finding


def test_acronyms_are_in_full_where_they_stand_first(tmp_path: Path) -> None:
    head = r"\newacronym{ph}{PH}{port of harbours}"
    _, root = made(tmp_path, r"\Gls{ph}, \gls{ph}, \acrfull{ph}, \glspl{ph}.", head)
    assert "Port of harbours (PH), PH, port of harbours (PH), PHs." in text_of(root)


def test_files_that_stand_by_themselves(tmp_path: Path) -> None:
    chapter = r"\documentclass[a]{subfiles}\begin{document}\section{Two}Words of a chapter.\end{document}"
    _, root = made(tmp_path, r"\subfile{chapter}", chapter_tex=chapter)
    assert [text_of(title) for title in root.findall("body/sec/title")] == ["One", "Two"]


def test_a_biography_keeps_its_picture(tmp_path: Path) -> None:
    _, root = made(tmp_path, r"\begin{IEEEbiography}[{\includegraphics{quay}}]{Ana Silva} was born.\end{IEEEbiography}")
    assert "Ana Silva" in text_of(root)
    assert len(list(root.iter("graphic", "inline-graphic"))) == 1


def test_people_of_many_classes(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    people = (
        r"\title{On quays\thanks{Supported by the Fund.}}"
        r"\author{Ana Silva\thanks{A. Silva is here; B.} \and Rui Costa}"
        r"\institute{Harbour University \email{costa@example.org} \and Shore Institute}"
        r"\collaboration{QUAY Collaboration}"
    )
    path.write_text(
        rf"\documentclass{{llncs}}{people}\begin{{document}}\maketitle\section{{One}}{LONG}\end{{document}}"
    )
    built = build.convert(path, load_journal(None))
    assert [(each.display, each.email) for each in built.article.contributors] == [
        ("Ana Silva", ""), ("Rui Costa", "costa@example.org"), ("QUAY Collaboration", ""),
    ]  # fmt: skip
    assert built.article.title is not None
    assert built.article.title.text == "On quays"
    assert "Supported by the Fund." in built.xml.decode()


def test_headings_that_a_class_prints(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    body = rf"\introduction[On dust] {LONG}\section{{Data}}{LONG}\conclusions {LONG}"
    path.write_text(rf"\documentclass{{copernicus}}\begin{{document}}\title{{Dust}}\maketitle{body}\end{{document}}")
    root = etree.fromstring(build.convert(path, load_journal(None)).xml)
    assert [text_of(title) for title in root.findall("body/sec/title")] == ["On dust", "Data", "Conclusions"]


def test_tables_within_tables_have_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    table = r"\begin{tabular}{l}" * 20 + "x" + r"\end{tabular}" * 20
    path.write_text(rf"\documentclass{{article}}\begin{{document}}{LONG}{table}\end{{document}}")
    with pytest.raises(SourceError, match="tables are nested too deeply"):
        build.convert(path, load_journal(None))
