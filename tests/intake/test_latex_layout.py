"""Tables and figures of LaTeX in the packages that authors use: no cell, caption or picture is lost."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline import build
from pipeline.article import Element
from pipeline.intake.latex.layout import as_pandoc_reads
from pipeline.journal import load_journal
from tests.drawing import png

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
ROWS = r"north & one & two \\ south & three & four \\"


def body_of(folder: Path, latex: str) -> Element:
    (folder / "quay.png").write_bytes(png(1))
    (folder / "pier.png").write_bytes(png(2))
    path = folder / "a.tex"
    path.write_text(
        rf"\documentclass{{article}}\title{{On quays}}\begin{{document}}\maketitle\section{{One}}{LONG}"
        f"\n\n{latex}\n\n{LONG}\n\\end{{document}}",
        encoding="utf-8",
    )
    built = build.convert(path, load_journal(None))
    assert [finding.message for finding in built.findings if finding.code in ("dtd", "words-lost")] == []
    body = etree.fromstring(built.xml).find("body")
    assert body is not None
    return body


COLUMNS = [
    r"\begin{tabular}{@{}l|c!{\vrule}c@{}}", r"\begin{tabular}{lS[table-format=2.1]D{.}{.}{2}}",
    r"\begin{tabular}{>{\raggedright\arraybackslash}p{(\linewidth - 4\tabcolsep) * \real{0.3}}cc}",
    r"\begin{tabularx}{\textwidth}{lXX}", r"\begin{tabulary}{\textwidth}{LCR}", r"\begin{tabu} to \textwidth {lcc}",
    r"\begin{tabular*}{\textwidth}{@{\extracolsep{\fill}}l*{2}{c}}", r"\begin{tblr}{colspec={lcc}, hlines}",
    r"\begin{supertabular}{lcc}", r"\begin{longtable}[c]{lcc}",
]  # fmt: skip


@pytest.mark.parametrize("columns", COLUMNS)
def test_columns(tmp_path: Path, columns: str) -> None:
    name = columns[7 : columns.index("}")]
    body = body_of(tmp_path, f"{columns} {ROWS} \\end{{{name}}}")
    rows = [["".join(map(str, cell.itertext())) for cell in row] for row in body.iter("tr")]
    assert rows == [["north", "one", "two"], ["south", "three", "four"]]


TABLE = rf"\begin{{tabular}}{{lcc}} {ROWS} \end{{tabular}}"
AROUND = [
    r"\begin{table*}\caption{Tides.}%s\end{table*}", r"\begin{sidewaystable}\caption{Tides.}%s\end{sidewaystable}",
    r"\begin{table}[h]\caption{Tides.}\resizebox{\textwidth}{!}{%s}\end{table}",
    r"\begin{table}\caption{Tides.}\begin{adjustbox}{width=\textwidth,center}%s\end{adjustbox}\end{table}",
    r"\begin{table}\scalebox{0.8}{%s}\caption{Tides.}\end{table}",
    r"\begin{wraptable}{r}{4cm}\caption{Tides.}%s\end{wraptable}",
    r"\begin{table}\begin{threeparttable}\caption{Tides.}%s\end{threeparttable}\end{table}",
    r"\begin{center}\captionof{table}{Tides.}%s\end{center}",
]  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_a_table(tmp_path: Path, around: str) -> None:
    wrap = body_of(tmp_path, around.replace("%s", TABLE)).find(".//table-wrap")
    assert wrap is not None
    assert (wrap.findtext("label"), wrap.findtext("caption/p")) == ("Table 1", "Tides.")
    assert [cell.text for cell in wrap.iter("td")] == ["north", "one", "two", "south", "three", "four"]


def test_heads_of_several_rows_and_cells_over_several(tmp_path: Path) -> None:
    head = r"\toprule \multirow[t]{2}{3cm}{Quay} & \multicolumn{2}{c@{}}{Tide} \\ \cmidrule(lr){2-3} & low & high \\"
    table = rf"\begin{{tabular}}{{lcc}}{head}\midrule {ROWS} \bottomrule\end{{tabular}}"
    wrap = body_of(tmp_path, table).find(".//table")
    assert wrap is not None
    heads = [(cell.text, cell.get("rowspan"), cell.get("colspan")) for cell in wrap.findall("thead//th")]
    assert heads == [("Quay", "2", None), ("Tide", None, "2"), ("low", None, None), ("high", None, None)]
    assert len(wrap.findall("tbody/tr")) == 2


def test_the_head_of_a_long_table_is_there_once(tmp_path: Path) -> None:
    table = (
        r"\begin{longtable}{lcc}\caption{Tides.}\\ \toprule Quay & low & high \\ \midrule \endfirsthead "
        r"Quay & low & high \\ \midrule \endhead \multicolumn{3}{r}{continued} \\ \endfoot \bottomrule \endlastfoot "
        rf"{ROWS} \end{{longtable}}"
    )
    wrap = body_of(tmp_path, table).find(".//table-wrap")
    assert wrap is not None
    assert "".join(map(str, wrap.find("table").itertext())).split() == (  # type: ignore[union-attr]
        "Quay low high north one two south three four".split()
    )


def test_boxes_in_cells(tmp_path: Path) -> None:
    cells = r"\makecell[l]{north\\quay} & \rotatebox{90}{one} & \diagbox{two}{three} \\"
    body = body_of(tmp_path, rf"\begin{{tabular}}{{lcc}} {cells} a & b & c \\ \end{{tabular}}")
    assert [cell.text for cell in body.iter("td")][:3] == ["north quay", "one", "two / three"]


FIGURES = [
    r"\begin{wrapfigure}{r}{4cm}\includegraphics{quay}\includegraphics{pier}\caption{Quays.}\end{wrapfigure}",
    r"\begin{figure*}\subfloat[one]{\includegraphics{quay.png}}\subfigure[two]{\includegraphics{pier}}\caption{Quays.}\end{figure*}",
    r"\begin{figure}\epsfig{file=quay.png,width=2cm}\includegraphics*[width=2cm]{pier}\caption{Quays.}\end{figure}",
    r"\begin{center}\includegraphics{quay}\includegraphics{pier}\captionof{figure}{Quays.}\end{center}",
]  # fmt: skip


@pytest.mark.parametrize("latex", FIGURES)
def test_figures(tmp_path: Path, latex: str) -> None:
    figures = body_of(tmp_path, latex).findall(".//fig")
    assert [figure.findtext("label") for figure in figures] == ["Figure 1"]
    assert figures[0].findtext("caption/p") == "Quays."
    assert len(figures[0].findall("graphic")) == 2


def test_other_latex_is_left_as_it_is() -> None:
    text = r"\section{One} Text \emph{that} stays. \begin{equation} a & b \end{equation} \mbox{x}"
    assert as_pandoc_reads(text) == text


def test_commands_before_an_abstract_do_not_shift_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(
        r"\documentclass{article}\title{T}\begin{document}\begin{abstract}" + f"{LONG}\n\n{LONG}" * 3
        + r"\keywords{tides \and books}\end{abstract}\maketitle"
        + rf"\pacs{{01.20}}\received{{3 May 2021}}\section{{One}} {LONG} END"
        + r"\end{document}",
        encoding="utf-8",
    )  # fmt: skip
    built = build.convert(path, load_journal(None))
    root = etree.fromstring(built.xml)
    assert root.findtext("body/sec/p") == f"{LONG} END"
    assert [word.text for word in root.iter("kwd")] == ["tides", "books"]
    assert [date.iso for date in built.article.dates] == ["2021-05-03"]
    assert built.conservation is not None
    assert ("01.20", "stated for the class, for which the article has no place") in {
        (item.text, item.reason) for item in built.conservation.set_aside
    }
