"""Parts of readers by themselves: heads in pandoc's tree, what it skipped, titles of pages, words of lines."""

from typing import Any

import pytest

from pipeline.article import Block, Hints
from pipeline.elements import make
from pipeline.intake.dialects.page import outside, settle_title
from pipeline.intake.latex.heads import MARK, take_heads
from pipeline.intake.latex.known import findings_of, left_out, shown, unknown
from pipeline.intake.prose.account import unread
from pipeline.pandoc import Skipped


def table(head: list[str], *bodies: list[str]) -> dict[str, Any]:
    """A table of one column in pandoc's model, of which only heads and bodies matter."""

    def rows(texts: list[str]) -> list[Any]:
        cell = lambda text: [["", [], []], "", 1, 1, [{"t": "Plain", "c": [{"t": "Str", "c": text}]}]]  # noqa: E731
        return [[["", [], []], [cell(text)]] for text in texts]

    attributes: list[Any] = ["", [], []]
    made = [attributes, [], [], [attributes, rows(head)], [[attributes, 0, [], rows(body)] for body in bodies], []]
    return {"blocks": [{"t": "Table", "c": made}, {"t": "Para", "c": [{"t": "Str", "c": f"{MARK}x"}]}]}


def texts(rows: list[Any]) -> list[str]:
    return [row[1][0][4][0]["c"][0]["c"] for row in rows]


@pytest.mark.parametrize(
    ("head", "body", "made", "left"),
    [
        ([f"{MARK}a"], [f"{MARK}b", "c"], ["a", "b"], ["c"]), ([], [f"{MARK}a", f"{MARK}b", "c"], ["a", "b"], ["c"]),
        (["a"], ["b", "c"], ["a"], ["b", "c"]), ([], [f"{MARK}a", f"{MARK}b"], [], ["a", "b"]),
        ([], ["a", f"{MARK}b", "c"], [], ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_marked_rows_are_the_head(head: list[str], body: list[str], made: list[str], left: list[str]) -> None:
    """Those at the beginning, where rows without a mark follow; no mark is left anywhere."""
    tree = table(head, body)
    take_heads(tree)
    assert texts(tree["blocks"][0]["c"][3][1]) == made
    assert texts(tree["blocks"][0]["c"][4][0][3]) == left
    assert MARK not in str(tree)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"\foo{Words}", {"foo"}), (r"\foo", set()), (r"\foo{2cm}", set()), (r"\foo[Words]{2cm}", {"foo"}),
        (r"\begin{foo}Words\end{foo}", set()), (r"\vspace{Words}", set()), (r"\todo{Words}", set()), ("words", set()),
        (r"\foo{$x$}", {"foo"}), (r"\foo{\bar}", set()), (r"\foo{...}", set()),
    ],
)  # fmt: skip
def test_commands_whose_words_are_shown(text: str, names: set[str]) -> None:
    assert unknown([Skipped(text, 1)]) == names


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (r"a \foo{one}{two} b", "a {one} {two} b"), (r"\foo[see]{2cm}", "{see}"), (r"\foo{\foo{word}}", "{{word}}"),
        ("\\foo{one\n\nmore} b", "one\n\nmore b"), ("\\foo\n{one} b", "{one}\n b"),
        (r"\sidenote{x y}", r"\footnote{x y}"),
        (r"\foo{\begin{x}y\end{x}}", r"\begin{x}y\end{x}"), (r"\bar{one}", r"\bar{one}"),
        ("\\foo{head}\n\\begin{document}\\foo{one}", "\\foo{head}\n\\begin{document}{one}"),
        (r"\foo{\foo{\foo{\foo{\foo{\foo{\foo{word}}}}}}}", r"{{{{{{\foo{word}}}}}}}"),
    ],
)  # fmt: skip
def test_words_of_commands_in_their_place(text: str, made: str) -> None:
    assert shown(text, {"foo", "sidenote"}) == made


@pytest.mark.parametrize(
    ("text", "said", "reason"),
    [
        (r"\foo{Some words}", "Some words", r"\foo, which is not known here"),
        ("Some words", "Some words", "\\, which"),
        (r"\todo{Some words}", "Some words", ""), (r"\vspace{Some words}", None, ""), (r"\end{foo}", None, ""),
        (r"\begin{foo}Some words\end{foo}", "Some words", r"\begin{foo}, which is not known here"),
        (r"\begin{foo}[htbp][A head]Some words\end{foo}", "A head Some words", r"\begin{foo}, which"),
        (r"\begin{foo}[width=3cm]\end{foo}", None, ""), (r"\begin{comment}Some words\end{comment}", None, ""),
        (r"\begin{tikzpicture}Some words\end{tikzpicture}", "Some words", ""), (r"\begin {foo}", None, ""),
        (r"\foo{...}", None, ""),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said(text: str, said: str | None, reason: str) -> None:
    found = left_out([Skipped(text, 7)])
    assert [(each.line, each.text) for each in found] == ([(7, said)] if said else [])
    assert all(each.reason.startswith(reason) for each in found)
    listed = text.startswith(r"\todo")
    assert [finding.line for finding in findings_of(found)] == ([7] if said and not listed else [])


@pytest.mark.parametrize(
    ("prose", "read", "found"),
    [
        ("one two", "one", [(1, ("two",))]), ("one two", "two one three", []), ("one 12 b", "one", []),
        ("one 123", "one", [(1, ("123",))]), ("one ab", "one", [(1, ("ab",))]), ("one ก", "one", [(1, ("ก",))]),
        ("harbourside", "harbour side", []), ("harbour side", "harbourside", []),
        ("xy", "x y", []), ("harbourside", "harbour side harbourside", []),
        ("harbourside side", "harbour side", [(1, ("harbourside",))]),
        ("two two\ntwo three", "two", [(1, ("two", "two")), (2, ("three",))]),
        ("one two\nthree four\nfive", "one two five", [(2, ("three", "four"))]), ("", "one", []),
    ],
)  # fmt: skip
def test_words_that_nobody_read(prose: str, read: str, found: list[tuple[int, tuple[str, ...]]]) -> None:
    """Words joined or parted count as read, letters and numbers of two digits do not count."""
    assert [(each.line, each.words) for each in unread(prose, read)] == found


PAGE = (
    "<html><body>\n<nav>Home</nav><script>x</script>\n<div><p>Aside</p><!-- c --><main>Text</main><p> </p></div>\n%s"
    "</body></html>"
)


def test_what_a_page_shows_around_its_main_part() -> None:
    found = outside(PAGE % "<footer>ISSN <b>1</b></footer>")
    assert [(each.line, each.text) for each in found] == [(2, "Home"), (3, "Aside"), (4, "ISSN 1")]
    assert outside("<html><body><p>x</p></body></html>") == []
    assert outside("<p>&lt;main</p><!-- <main> -->") == []


def block(text: str, level: int | None = None, style: str | None = None, tag: str = "p") -> Block:
    return Block(make(tag, text), 1, 1, Hints(level=level, style=style))


def settled(*blocks: Block) -> tuple[list[str], list[str]]:
    """Blocks as `style level text`, and what was set aside."""
    left = list(blocks)
    aside = settle_title(left)
    shown = [f"{each.hints.style or ''}{each.hints.level or ''} {each.text}".strip() for each in left]
    return shown, [each.text for each in aside]


def test_the_only_first_heading_of_a_page_is_its_title() -> None:
    assert settled(block("Quays", 1), block("One", 2)) == (["title Quays", "2 One"], [])
    assert settled(block("Quays", 1), block("One")) == (["1 Quays", "One"], []), "no other headings"
    assert settled(block("Quays", 1), block("One", 1)) == (["1 Quays", "1 One"], [])
    late = [block("x" * 60) for _ in range(6)]
    assert settled(*late, block("Quays", 1), block("One", 2))[0][-2:] == ["title Quays", "2 One"]
    assert settled(*late, late[0], block("Quays", 1), block("One", 2))[0][-2:] == ["1 Quays", "2 One"]


def test_short_lines_above_the_title_are_set_aside() -> None:
    long, drawn = block("x" * 60), block("Figure", tag="fig")
    made = settled(block("Articles"), long, block("x" * 59), drawn, block("Quays", 1), block("One", 2))
    assert made == ([long.text, "Figure", "title Quays", "2 One"], ["Articles", "x" * 59])


def test_what_is_large_before_the_abstract_is_no_section() -> None:
    made = settled(block("Quays", 1), block("Ana Silva", 2), block("We sat.", style="abstract"), block("One", 2))
    assert made == (["title Quays", "Ana Silva", "abstract We sat.", "2 One"], [])


def test_keywords_in_the_style_of_an_abstract() -> None:
    def style(label: str, rest: str) -> str | None:
        content = make("p", make("bold", label))
        content[0].tail = rest
        last = Block(content, 1, 1, Hints(style="abstract"))
        settle_title([block("Quays", 1), block("One", 2), last])
        return last.hints.style

    assert style("Keywords:", " quays, tides.") is None
    assert style("Keywords", " quays, tides") == "abstract"
    assert style("Aim:", " We sat. We saw.") == "abstract"
    assert style("Aim:", " x" * 147) is None, "299 letters"
    assert style("Aim:", " x" * 148) == "abstract"


def test_a_title_told_twice_is_one() -> None:
    assert settled(block("Quays", 1), block("QUAYS", 1), block("One", 2)) == (["title QUAYS", "2 One"], ["Quays"])
    assert settled(block("Quays", 1), block("Quays"), block("One", 2)) == (["title Quays", "Quays", "2 One"], [])
    assert settled(block("Quays"), block("Quays", 1), block("One", 2)) == (["title Quays", "2 One"], ["Quays"])
