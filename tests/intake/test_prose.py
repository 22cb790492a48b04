"""What pandoc drops is seen: each format's own lexer reads the words; what is nowhere else is said with its line."""

from pathlib import Path

import pytest

from pipeline import build, intake
from pipeline.intake.prose.account import unread
from pipeline.intake.prose.formats import prose_of
from pipeline.journal import load_journal
from pipeline.words import words

PROSE = {
    "latex": (
        r"\documentclass{article}\usepackage{foo}\begin{document}\section[Short]{On \emph{quays}}\label{sec:q}"
        "\n"
        r"Calder\'on and \AA{}s \cite[see][p.~3]{key2020} wrote $x^2$ of 3\,km, \textcolor{red}{red} \vspace{2cm}"
        r"tides\footnote{At low water.} \begin{tabular}{@{}lc@{}} a & b \\[1ex] \cmidrule(lr){1-2} cell \end{tabular}"
        r"\href{http://x.y}{link} \SI{5}{\metre} \def\foo{none} \url{http://z}\end{document} after",
        "on quays calderón and ås see p 3 wrote of 3 km red tides at low water a b cell link",
    ),
    "markdown": (
        "---\ntitle: T\n---\n# Head {#id .cls}\n\nText [@key, p. 3] and **bold** [link](http://x.y 'z')[^n].\n\n"
        "[^n]: A note.\n\n::: {.callout}\nInner\n:::\n\n$a + b$ <b>tag</b> {cite}`key` {{< brk >}}\n\n<!-- gone -->\n",
        "head text p 3 and bold link a note inner tag",
    ),
    "org": (
        "#+TITLE: T\n* Head :tag:\n:PROPERTIES:\n:ID: x\n:END:\nA /word/ [[http://x][link]] [cite:@key] km/h. # no\n"
        "# comment\n#+CAPTION: Quays\n",
        "head a word link km h no quays",
    ),
    "rst": (
        "Head\n====\n\n.. figure:: a.png\n   :width: 3\n\n   Caption\n\n.. a comment\n   of two lines\n\nA *word* "
        ":cite:`key` `link <http://x>`_ [1]_.\n\n.. [1] Note.\n",
        "head caption a word link note",
    ),
    "typst": (
        '#set page(width: 3cm)\n= Head <sec>\nA *word* @key $x$ #footnote[Note] #link("http://x")[here] // gone\n',
        "head a word note here",
    ),
    "html": (
        "<html><head><title>T</title><style>p {}</style></head><body><p>A <b>wo</b>rd<sup>1</sup></p><script>x</script>"
        "<svg><text>t</text></svg></body></html>",
        "a word 1",
    ),
}


@pytest.mark.parametrize("form", PROSE)
def test_the_words_of_a_format(form: str) -> None:
    source, expected = PROSE[form]
    prose = prose_of(source, form)
    assert words(prose) == tuple(expected.split())
    if form != "html":
        assert prose.count("\n") == source.count("\n")


def test_words_are_placed_at_the_line_that_lacks_most() -> None:
    prose = "the quay is open\nthe tide is high\nthe tide lost words here"
    (found,) = unread(prose, "the quay is open the tide is high the")
    assert (found.line, found.words) == (3, ("tide", "lost", "words", "here"))


@pytest.mark.parametrize("read", ["a harbourside quay", "harbour side quay", "harbour-side quays"])
def test_joined_and_parted_words_are_read(read: str) -> None:
    assert unread("harbourside quay", read) == []


LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."


def test_what_no_reader_gives_is_an_error_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.intake import written

    read = written.read_tree
    monkeypatch.setattr(written, "read_tree", lambda data, *rest: read(data.replace(b"vanishing words", b""), *rest))
    path = tmp_path / "a.md"
    path.write_text(f"# On quays\n\n{LONG}\n\n## One\n\nHere are vanishing words.\n", "utf-8")
    built = build.convert(path, load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == ["vanishing", "words"]
    (finding,) = [each for each in built.findings if each.code == "words-lost"]
    assert (finding.line, finding.severity.value) == (7, "error")


def test_notes_that_nothing_refers_to_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# On quays\n\n{LONG}\n\n[^unused]: Words of a lonely note.\n", "utf-8")
    source = intake.open_source(path)
    assert [finding.line for finding in source.findings if finding.code == "pandoc-warning"] == [5]
    assert [each.words for each in source.dropped] == [("words", "of", "lonely", "note")]
