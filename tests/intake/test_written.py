"""Markdown, LaTeX and HTML: what they state of an article, their citations by key, their pictures."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline import build, intake
from pipeline.article import Element
from pipeline.errors import SourceError
from pipeline.journal import load_journal

BIBLIOGRAPHY = """
@article{silva2020, author = {Silva, Ana and Costa, Rui}, title = {On harbour libraries}, journal = {Shore Studies},
  year = {2020}, volume = {4}, pages = {1--9}, doi = {10.5555/shore.4}}
@book{costa2019, author = {Costa, Rui}, title = {Tides and readers}, publisher = {Quay Press}, year = {2019}}
"""
LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."


def made(path: Path, text: str, **beside: str) -> tuple[build.Built, Element]:
    path.write_text(text, encoding="utf-8")
    for name, content in beside.items():
        (path.parent / name.replace("_", ".")).write_text(content, encoding="utf-8")
    built = build.convert(path, load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == []
    assert [finding.message for finding in built.findings if finding.code == "dtd"] == []
    return built, etree.fromstring(built.xml)


FRONT = {
    "joss": """title: 'Quays: a library'
authors:
  - name: Ana Silva
    orcid: 0000-0002-1825-0097
    affiliation: "1, 2"
    corresponding: true
  - name: Rui Costa
    affiliation: 2
affiliations:
  - name: Harbour University, Porto, Portugal
    index: 1
  - name: Shore Institute
    index: 2
tags: [tides, books]
date: 5 May 2021""",
    "quarto": """title: 'Quays: a library'
author:
  - name: {given: Ana, family: Silva}
    orcid: 0000-0002-1825-0097
    affiliations: [{ref: hu}, {ref: si}]
    attributes: {corresponding: true}
  - name: Rui Costa
    affiliations: [{ref: si}]
affiliations:
  - {id: hu, name: Harbour University, city: Porto, country: Portugal}
  - {id: si, name: Shore Institute}
keywords: [tides, books]
date: 2021-05-05""",
    "pandoc-scholar": """title: 'Quays: a library'
author:
  - Ana Silva:
      institute: [hu, si]
      orcid: 0000-0002-1825-0097
      correspondence: "yes"
  - Rui Costa:
      institute: si
institute:
  - hu: "Harbour University, Porto, Portugal"
  - si: {name: Shore Institute}
keywords: tides, books
date: 2021-05-05""",
}


@pytest.mark.parametrize("kind", FRONT)
def test_front_matter(tmp_path: Path, kind: str) -> None:
    built, root = made(tmp_path / "a.md", f"---\n{FRONT[kind]}\n---\n\n# Summary\n\n{LONG}\n\n# Use\n\n{LONG}\n")
    article = built.article
    assert root.findtext(".//article-title") == "Quays: a library"
    assert [(person.display, person.affiliations) for person in article.contributors] == [
        ("Ana Silva", ["aff1", "aff2"]), ("Rui Costa", ["aff2"]),
    ]  # fmt: skip
    assert article.contributors[0].orcid == "0000-0002-1825-0097"
    assert article.contributors[0].corresponding
    assert [each.text for each in article.affiliations] == ["Harbour University, Porto, Portugal", "Shore Institute"]
    assert [word.text for word in article.keywords[0].words] == ["tides", "books"]
    assert [date.iso for date in article.dates] == ["2021-05-05"]
    assert root.findtext(".//abstract/p") == LONG


def test_citations_by_key(tmp_path: Path) -> None:
    text = f"---\ntitle: T\nbibliography: refs.bib\n---\n\n# One\n\n{LONG}\n\n"
    text += "@silva2020 [p. 4] says so [see @costa2019; -@silva2020].\n"
    built, root = made(tmp_path / "a.md", text, refs_bib=BIBLIOGRAPHY)
    said = "".join(map(str, root.findall("body/sec/p")[-1].itertext())).replace("\xa0", " ")
    assert said == "Silva & Costa (2020, p. 4) says so (see Costa, 2019; 2020)."
    assert [link.get("rid") for link in root.findall("body//xref")] == ["ref2", "ref1", "ref2"]
    assert root.findtext("back/ref-list/ref[@id='ref2']/element-citation/pub-id") == "10.5555/shore.4"
    assert built.counts["citations_linked"] == 3


def test_unknown_keys_stay_and_are_said(tmp_path: Path) -> None:
    built, root = made(tmp_path / "a.md", f"---\ntitle: T\n---\n\n# One\n\n{LONG} As [@nobody] says.\n")
    assert "[nobody]" in "".join(map(str, root.findall("body/sec/p")[0].itertext()))
    assert "citation-unknown" in {finding.code for finding in built.findings}


AUTHORS = {
    "authblk": r"\author[1]{Ana Silva}\author[2]{Rui Costa}"
    r"\affil[1]{Harbour University, Porto}\affil[2]{Shore Institute}",
    "marks": r"\author{Ana Silva$^{1}$, Rui Costa\textsuperscript{2}}"
    r"\affiliation{$^{1}$ Harbour University, Porto \\ $^{2}$ Shore Institute}",
    "and": r"\author{Ana Silva\\ Harbour University, Porto \and Rui Costa\\ Shore Institute}",
    "revtex": r"\author{Ana Silva}\affiliation{Harbour University, Porto}"
    r"\author{Rui Costa}\affiliation{Shore Institute}",
    "llncs": r"\author{Ana Silva\inst{1} \and Rui Costa\inst{2}}"
    r"\institute{Harbour University, Porto \and Shore Institute}",
    "sn-jnl": r"\author*[1]{\fnm{Ana} \sur{Silva}}\author[2]{\fnm{Rui} \sur{Costa}}"
    r"\affil*[1]{\orgname{Harbour University}, \orgaddress{\city{Porto}}}\affil[2]{\orgname{Shore Institute}}",
    "elsarticle": r"\author[1]{Ana Silva}\author[2]{Rui Costa}"
    r"\affiliation[1]{organization={Harbour University},city={Porto}}"
    r"\affiliation[2]{organization={Shore Institute}}",
    "ieee": r"\author{\IEEEauthorblockN{Ana Silva}\IEEEauthorblockA{Harbour University, Porto}"
    r"\and\IEEEauthorblockN{Rui Costa}\IEEEauthorblockA{Shore Institute}}",
    "acmart": r"\author{Ana Silva}\affiliation{\institution{Harbour University}\city{Porto}}"
    r"\author{Rui Costa}\affiliation{\institution{Shore Institute}}",
}


@pytest.mark.parametrize("kind", AUTHORS)
def test_authors_of_latex_classes(tmp_path: Path, kind: str) -> None:
    head = r"\documentclass{article}\title{On \emph{harbours}}" + AUTHORS[kind]
    text = (
        head + r"\begin{document}\maketitle\begin{abstract}Short.\end{abstract}\section{One}" + LONG + r"\end{document}"
    )
    built, root = made(tmp_path / "a.tex", text)
    assert root.findtext(".//article-title/italic") == "harbours"
    assert [person.display for person in built.article.contributors] == ["Ana Silva", "Rui Costa"]
    names = {each.id: each.text for each in built.article.affiliations}
    assert [[names[one] for one in person.affiliations] for person in built.article.contributors] == [
        ["Harbour University, Porto"], ["Shore Institute"],
    ]  # fmt: skip
    assert root.findtext(".//abstract/p") == "Short."


def test_latex_references_and_numbers(tmp_path: Path) -> None:
    text = rf"""\documentclass{{article}}\title{{T}}\author{{Ana Silva}}
\begin{{document}}\maketitle
\section{{One}} {LONG} See \ref{{eq:a}}, Figure~\ref{{fig:q}} and \citep{{silva2020}}.
\begin{{equation}}\label{{eq:a}} a = b \end{{equation}}
\begin{{figure}}\includegraphics{{quay.svg}}\caption{{The quay.}}\label{{fig:q}}\end{{figure}}
\bibliography{{refs}}
\end{{document}}"""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"></svg>'
    built, root = made(tmp_path / "a.tex", text, refs_bib=BIBLIOGRAPHY, quay_svg=svg)
    links = [(link.get("ref-type"), link.text) for link in root.findall("body//xref")]
    assert links == [("disp-formula", "(1)"), ("fig", "1"), ("bibr", "Silva & Costa, 2020")]
    assert root.findtext("body//fig/label") == "Figure 1"
    assert list(built.media) == ["a-g001.svg"]


def test_bibitems_are_the_printed_list(tmp_path: Path) -> None:
    text = rf"""\documentclass{{article}}\title{{T}}\begin{{document}}\section{{One}} {LONG} \cite{{b}}
\begin{{thebibliography}}{{9}}
\bibitem{{a}} A. Silva. \newblock On harbour libraries. \newblock \emph{{Shore Studies}}, 4:1--9, 2020.
\bibitem[Costa(2019)]{{b}} R. Costa. Tides and readers. Quay Press, 2019.
\end{{thebibliography}}\end{{document}}"""
    built, root = made(tmp_path / "a.tex", text)
    assert [reference.text[:8] for reference in built.article.references] == ["A. Silva", "R. Costa"]
    assert root.find("body//xref[@ref-type='bibr']").get("rid") == "ref2"  # type: ignore[union-attr]


def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("SECRET", encoding="utf-8")
    (tmp_path / "in").mkdir()
    text = rf"""\documentclass{{article}}\title{{T}}\begin{{document}}\section{{One}} {LONG}
\input{{../secret}} \include{{{tmp_path}/secret}} \includegraphics{{../secret.tex}}
\bibliography{{../secret}}\end{{document}}"""
    built, _ = made(tmp_path / "in" / "a.tex", text)
    assert b"SECRET" not in built.xml
    assert {"include-refused", "bibliography-missing"} <= {finding.code for finding in built.findings}


def test_files_in_the_folder_are_put_in_their_place(tmp_path: Path) -> None:
    text = r"\documentclass{article}\title{T}\begin{document}\section{One}\input{part}\end{document}"
    built, _ = made(tmp_path / "a.tex", text, part_tex=LONG)
    assert LONG.encode() in built.xml
    assert tmp_path / "part.tex" in built.inputs


def test_macros_without_end_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(r"\documentclass{article}\def\a{\a\a}\begin{document}\a\end{document}", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot be read"):
        intake.open_source(path)


@pytest.mark.parametrize(
    ("name", "text"), [("a.html", "<ul><li>x" * 5000), ("a.md", "".join("  " * n + "- x\n" for n in range(300)))]
)
def test_lists_nested_without_end_are_one_line(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="nested too deeply"):
        intake.open_source(tmp_path / name)


def test_html(tmp_path: Path) -> None:
    head = "<!DOCTYPE html><html><head><title>On quays</title></head>"
    text = f"{head}<body><h2>One</h2><p>{LONG}</p><p>H<sub>2</sub>O</p></body></html>"
    _, root = made(tmp_path / "a.html", text)
    assert root.findtext(".//article-title") == "On quays"
    assert root.findtext("body/sec/p/sub") == "2"


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.rtf", "a.pdf", "a.epub"])
def test_a_fake_type_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LONG, encoding="utf-8")
    with pytest.raises(SourceError, match="is called"):
        intake.open_source(tmp_path / name)


def test_a_ris_file_with_the_name_of_the_source(tmp_path: Path) -> None:
    ris = (
        "TY  - BOOK\nID  - costa2019\nAU  - Costa, Rui\nTI  - Tides and readers\nPB  - Quay Press\nPY  - 2019\nER  -\n"
    )
    text = f"---\ntitle: T\n---\n\n# One\n\n{LONG} As [@costa2019] says.\n"
    _, root = made(tmp_path / "a.md", text, a_ris=ris)
    assert root.find("body//xref[@ref-type='bibr']").text == "Costa, 2019"  # type: ignore[union-attr]


def test_a_bbl_beside_the_source_stands_for_a_missing_file(tmp_path: Path) -> None:
    bbl = r"\begin{thebibliography}{1}\bibitem{costa} R. Costa. \newblock \emph{Tides and readers}. Quay Press, 2019."
    text = rf"\documentclass{{article}}\title{{T}}\begin{{document}}\section{{One}} {LONG} \cite{{costa}}"
    text += r"\bibliography{gone}\end{document}"
    built, root = made(tmp_path / "a.tex", text, a_bbl=bbl + r"\end{thebibliography}")
    assert [each.text for each in built.article.references] == ["R. Costa. Tides and readers. Quay Press, 2019."]
    assert root.findtext("back//mixed-citation//italic") == "Tides and readers"
    assert root.find("body//xref[@ref-type='bibr']").get("rid") == "ref1"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"---\ntitle: T\nbibliography: refs.bib\nnocite: '@*'\n---\n\n# One\n\n{LONG} [@costa2019]\n"),
        ("a.md", f"---\ntitle: T\nbibliography: refs.bib\nnocite: '@silva2020'\n---\n\n# 1\n\n{LONG} [@costa2019]\n"),
        ("a.tex", r"\documentclass{article}\title{T}\begin{document}\maketitle\section{One}"
         + LONG + r" \cite{costa2019}\nocite{silva2020}\bibliography{refs}\end{document}"),
    ],
)  # fmt: skip
def test_works_that_are_listed_uncited(tmp_path: Path, name: str, text: str) -> None:
    built, _ = made(tmp_path / name, text, refs_bib=BIBLIOGRAPHY)
    assert sorted(each.item["title"] for each in built.article.references) == [
        "On harbour libraries",
        "Tides and readers",
    ]
    assert built.counts["citations_found"] == 1


def test_italics_of_entries_of_rst_stay(tmp_path: Path) -> None:
    text = f"T\n=\n\nOne\n---\n\n{LONG} [Sil20]_\n\n.. [Sil20] Silva, A. On quays. *Shore Studies* 4, 1-9 (2020).\n"
    _, root = made(tmp_path / "a.rst", text)
    assert [each.text for each in root.findall(".//mixed-citation//italic")] == ["Shore Studies"]


def test_an_orcid_beside_an_author_of_latex(tmp_path: Path) -> None:
    front = r"\author{Ana Silva\orcidlink{0000-0002-1825-0097}\orcid{0000-0002-1825-0097}}"
    text = (
        rf"\documentclass{{article}}\title{{T}}{front}\begin{{document}}\maketitle\section{{One}}{LONG}\end{{document}}"
    )
    built, _ = made(tmp_path / "a.tex", text)
    assert [(each.display, each.orcid) for each in built.article.contributors] == [("Ana Silva", "0000-0002-1825-0097")]
