"""What is read without running it: values of Typst, commands of LaTeX, tokens of RTF, dates and names of metadata."""

from typing import Any

import pytest

from pipeline.intake.dialects.typst_values import DEEPEST, Call, Content, arguments, closing, skip, value
from pipeline.intake.hyphens import Vocabulary
from pipeline.intake.latex import scanner
from pipeline.intake.latex.pieces import macros_of, without_internals
from pipeline.intake.latex.scanner import Command, balanced, commands, environment, without_comments
from pipeline.intake.markup.mapper import as_id
from pipeline.intake.metadata.values import as_bool, as_list, as_text, date_in, first, orcid_in, plain, strings
from pipeline.intake.places import TextPlaces
from pipeline.intake.rtf.tokens import Token, codec_of, codec_of_page, tokens

VALUES: list[tuple[str, Any]] = [
    ('"a \\"b\\" \\n\\t\\\\"', 'a "b" \n\t\\'), ("[a #f[b] (c]", Content("a #f[b] (c")), ("true", True),
    ("false", False), ("none", None), ("auto", None),
    ("left", "left"), ("12pt", "12pt"), ("-3.5", "-3.5"), ("(1, 2,)", ["1", "2"]),
    ("()", []), ("(a: 1, b: [x])", {"a": "1", "b": Content("x")}), ('("x y": 2)', {"x y": "2"}), ("{ code }", None),
    ("f(1, a: 2)", Call("f", ("1",), {"a": "2"})), ("f[x][y]", Call("f", (Content("x"), Content("y")))),
    ("f(1)[x]", Call("f", ("1", Content("x")))), ("a.b", "a.b"), ("(1 + 2, 3)", ["1 + 2", "3"]), ("", ""), (")", ""),
    ("/* c */ // d\n 7", "7"), ('"open', '"open'), ("(a: 1 + f(2, 3), b: 4)", {"a": "1 + f(2", "b": "4"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VALUES[:-1])
def test_values_of_typst(text: str, expected: Any) -> None:
    found, end = value(text, 0)
    assert found == expected
    assert type(found) is type(expected)
    assert end >= len(text) or text == ")"


def test_arguments_of_typst() -> None:
    text = 'f(a: 1, [b], ..rest, "c" + "d", g(x: (1, 2)), // e\n h: 3) tail'
    positional, named, end = arguments(text, 1)
    assert named == {"a": "1", "h": "3"}
    assert positional[0] == Content("b")
    assert positional[2] == "c"
    assert positional[-1] == Call("g", (), {"x": ["1", "2"]})
    assert text[end:] == " tail"
    assert arguments("(a, b", 0)[:2] == (("a", "b"), {})
    assert arguments("(a :: b)", 0)[0] == ("a",)
    deep = "(" * (DEEPEST + 2) + "1" + ")" * (DEEPEST + 2)
    assert value(deep, 0)[1] == len(deep)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("(a)b", 3), ("(a", 2), ("(\\)a)b", 5), ('(")")b', 5), ('[")]b', 4), ("(// )\n)b", 7), ("[http://a]b", 10),
        ("([)]b", 5), ("[(]b", 3), ("({)}b", 5), ("[a [b] c]d", 9), ("[a #f[b] c]d", 11), ("[{]x", 3), ("((a]b", 5),
    ],
)  # fmt: skip
def test_the_partner_of_a_bracket(text: str, end: int) -> None:
    assert closing(text, 0) == end


def test_white_space_and_comments_of_typst_are_skipped() -> None:
    assert skip(" \n/* a */// b\nc", 0) == 14
    assert skip("/* a", 0) == 4
    assert skip("// a", 0) == 4
    assert skip("/a", 0) == 0


def test_commands_of_latex() -> None:
    text = r"\a[o]{x{y}\}z}{2} \b* \a \c[p][q]{1}[r] \a{open"
    assert [(each.name, each.options, each.arguments) for each in commands(text, {"a", "b", "c"})] == [
        ("a", ("o",), ("x{y}\\}z", "2")), ("b", (), ()), ("a", (), ()), ("c", ("p", "q"), ("1",)), ("a", (), ()),
    ]  # fmt: skip
    assert [each.argument for each in commands(r"\a{\a{x}}\a{y}", {"a"})] == [r"\a{x}", "y"]
    assert Command("a", (), (), 0, 0).argument == Command("a", (), (), 0, 0).option == ""
    assert [text[each.start : each.end] for each in commands(r"x \a{1} y", {"a"}) if (text := r"x \a{1} y")] == [
        r"\a{1}"
    ]
    assert next(commands("\\a \n {1}", {"a"})).arguments == ("1",)
    assert next(commands("\\a \n\n {1}", {"a"})).arguments == ()


def test_brackets_of_latex(monkeypatch: pytest.MonkeyPatch) -> None:
    assert balanced("{a}", 0) == "a"
    assert balanced("[a{]}b]c", 0) == "a{]}b"
    assert balanced("[a}b]", 0) is None
    assert balanced("{a", 0) is None
    assert balanced("{\\}}", 0) == "\\}"
    monkeypatch.setattr(scanner, "LONGEST", 4)
    assert balanced("{ab}", 0) == "ab"
    assert balanced("{abc}", 0) is None


def test_environments_and_comments_of_latex() -> None:
    text = r"x\begin{b}1\end{b}\begin{a}2\end{a}"
    assert environment(text, "a", "b") == ("1", 1, 18)
    assert environment(text, "c") is None
    assert environment(r"\begin{a}2", "a") is None
    source = "a % b\n\\% c \\\\% d\n\\begin{verbatim}% e\n\\end{verbatim}% f\n"
    assert without_comments(source) == "a \n\\% c \\\\\n\\begin{verbatim}% e\n\\end{verbatim}\n"


def test_definitions_of_latex() -> None:
    text = (
        "\\newcommand{\\a}[1]{x{#1}}\\def\\b{y}\\renewcommand*\\c{z}\\newcommand{\\open}{never\n\n"
        "\\DeclareMathOperator{\\d}{dd}\\newcommand{\\e}{\\newcommand{\\f}{g}}\\def\\g@h{i}\\newcommand\\i"
    )
    made = macros_of(text).split("\n")
    assert made == [
        "\\newcommand{\\a}[1]{x{#1}}", "\\def\\b{y}", "\\renewcommand*\\c{z}", "\\DeclareMathOperator{\\d}{dd}",
        "\\newcommand{\\e}{\\newcommand{\\f}{g}}", "\\def\\g@h{i}",
    ]  # fmt: skip
    kept = without_internals(text)
    assert "\\def\\g@h{i}" not in kept
    assert "\\def\\b{y}" in kept
    assert kept.count("\n") == text.count("\n")
    assert without_internals("\\pandocbounded{\\x}") == "{\\x}"


def test_tokens_of_rtf() -> None:
    made = list(tokens(b"{\\rtf1\\b0 a\r\nb\\'e9\\~\\bin3 }}}\\bin-2 x}\\"))
    assert made == [
        Token("{", None, b""), Token("rtf", 1, b""), Token("b", 0, b""), Token("", None, b"ab"),
        Token("", None, b"\xe9"), Token("~", None, b""), Token("bin", 3, b"}}}"), Token("bin", -2, b""),
        Token("", None, b"x"), Token("}", None, b""),
    ]  # fmt: skip
    assert (codec_of(204), codec_of(999)) == ("cp1251", "cp1252")
    assert [codec_of_page(page) for page in (1251, None, 99999)] == ["cp1251", "cp1252", "cp1252"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-05-31", (2021, 5, 31)), ("2021/5", (2021, 5)), ("2021-05-31T10:00:00Z", (2021, 5, 31)),
        ("31 May 2021", (2021, 5, 31)), ("3rd Sept. 2021", (2021, 9, 3)), ("May 31st, 2021", (2021, 5, 31)),
        ("May 2021", (2021, 5)), (" May 2021 ", (2021, 5)), ("2021-13-01", None), ("2021-00", None), ("Mai 2021", None),
        ("2021", None), ("December 1, 2020", (2020, 12, 1)), ("in May 2021", None),
    ],
)  # fmt: skip
def test_dates_in_many_forms(text: str, expected: tuple[int, ...] | None) -> None:
    assert date_in(text) == expected


def test_plain_values_of_metadata() -> None:
    words = [{"t": "Str", "c": "a"}, {"t": "Space"}, {"t": "Str", "c": "b"}]
    meta = {
        "t": "MetaMap",
        "c": {
            "list": {"t": "MetaList", "c": [{"t": "MetaInlines", "c": words}, {"t": "MetaBool", "c": True}]},
            "blocks": {"t": "MetaBlocks", "c": [{"t": "Para", "c": words}, {"t": "Para", "c": words}]},
            "string": {"t": "MetaString", "c": "x"}, "other": {"t": "Unheard"},
        },
    }  # fmt: skip
    made = plain(meta)
    assert made == {"list": ["a b", True], "blocks": "a b a b", "string": "x", "other": ""}
    assert list(strings(made)) == ["a b", "a b a b", "x"]
    assert (as_text(True), as_text(["a", "", 2]), as_text({"a": 1}), as_text(None), as_text(" a\n b ")) == (
        "",
        "a, 2",
        "",
        "",
        "a b",
    )
    assert (as_list(None), as_list(""), as_list({}), as_list("a"), as_list(["a"])) == ([], [], [], ["a"], ["a"])
    assert [as_bool(each) for each in (True, "Yes", " on ", "1", "no", False, None)] == [True] * 4 + [False] * 3
    assert first({"Last_Name": "", "last-name": [], "LASTNAME": "x"}, "first", "last name") == "x"
    assert first({"a": 0}, "a") == 0
    assert first({"a": ""}, "a") is None
    assert orcid_in("https://orcid.org/0000–0002-1825-009x") == "0000-0002-1825-009X"
    assert orcid_in("10000-0002-1825-0097") == ""


def test_paragraphs_are_found_by_their_letters() -> None:
    places = TextPlaces("# One\n\n\\emph{The quay} is old.\n\nThe quay is new.\nShort.")

    def line(text: str) -> int | None:
        found = places({"t": "Para", "c": [{"t": "Str", "c": text}]})
        return found.line if found else None

    assert [line(text) for text in ("The quay is", "The quay is", "The quay is", "Short", "Shor", "nowhere")] == [
        3, 5, None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fig:one two", "fig-one-two"), ("1a", "id-1a"), ("_a", "_a"), ("é", "é"), ("-a-", "a"), (":", ""),
        ("a.b-c", "a.b-c"),
    ],
)  # fmt: skip
def test_names_become_ids(name: str, expected: str) -> None:
    assert as_id(name) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["the har-", "bour"], "the harbour"), (["well-", "known"], "well-known"), (["soft\xad", "ly"], "softly"),
        (["a twenty-", "-first"], "a twenty-first"), (["pages 4–", "9"], "pages 4–9"),
        (["said –", "and"], "said – and"),
        (["Costa-", "Silva"], "Costa-Silva"), (["港の", "図書館"], "港の図書館"), (["港の", "library"], "港の library"),
        (["co-", "operate"], "cooperate"),
    ],
)  # fmt: skip
def test_words_parted_at_line_ends(lines: list[str], expected: str) -> None:
    text = ["the harbour was well-known", "a harbour that is well-known and the harbour", "the cooperate pages"]
    joined, breaks = Vocabulary([*text, "the har-", "bour"]).join(lines)
    assert joined == expected
    assert joined[breaks[0] :] == lines[1].lstrip("-")
