"""No PDF is lost: what Typst refuses is set plainer, and said with its line."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline import build, resources
from pipeline.errors import LimitReached
from pipeline.journal import load_journal
from pipeline.render import pandoc_ast as ast
from pipeline.render import rescue, text_of, typesetting
from pipeline.render.typst_process import Refused

from .conftest import CASES

Galley = Callable[..., tuple[bytes, list[Any]]]
TOO_LONG = f"<ext-link xlink:href='https://example.org/{'a' * 40_000}'>far</ext-link>"
TOO_DEEP = "<table><tr><td>" * 18 + "deep" + "</td></tr></table>" * 18


def words_of(data: bytes) -> str:
    return " ".join(text_of(data, "pdf").split())


def assert_archival(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as made, made.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")


def test_a_link_that_typst_refuses_is_its_words(galley_of: Galley) -> None:
    body = f"<body>\n<p>one <bold>two</bold></p>\n<p>three {TOO_LONG} <sup>4</sup></p>\n</body>"
    data, findings = galley_of(body, "pdf")
    assert [(finding.code, finding.line) for finding in findings] == [("typeset-as-text", 3)]
    assert "without formulas, links and pictures in the PDF (URL is too long)" in findings[0].message
    assert "one two three far 4" in words_of(data)
    assert_archival(data)


def test_many_refusals_are_each_said_with_their_line(galley_of: Galley) -> None:
    lines = "\n".join(f"<p>line {number} {TOO_LONG if number % 3 == 0 else 'near'}</p>" for number in range(2, 12))
    data, findings = galley_of(f"<body>\n{lines}\n</body>", "pdf")
    assert [finding.line for finding in findings] == [3, 6, 9]
    assert words_of(data).count("near") == 7


def test_a_block_without_a_place_in_the_message_is_found_by_halving(galley_of: Galley) -> None:
    good = "<sec id='s'><title>One</title>\n<p>good <bold>words</bold></p>"
    body = f"<body>{good}\n{TOO_DEEP}\n<p>better</p></sec></body>"
    data, findings = galley_of(body, "pdf")
    assert [(finding.code, finding.line) for finding in findings] == [("typeset-as-text", 3)]
    assert "One good words deep better" in words_of(data)
    assert_archival(data)


def test_notes_and_targets_of_a_refused_block_stay(galley_of: Galley) -> None:
    note = "<fn id='n'><p>a note</p></fn>"
    body = f"<body><p>see <xref rid='t'>there</xref></p><sec id='s'><p>{note}<named-content id='t'/></p>{TOO_DEEP}"
    data, findings = galley_of(f"{body}</sec></body>", "pdf")
    assert [finding.code for finding in findings] == ["typeset-as-text"]
    assert "a note" in words_of(data)


REFERENCE = "<back><ref-list><ref id='r1'><mixed-citation>Roe 2001.</mixed-citation></ref></ref-list></back>"
BROKEN = {
    "syntax": ("#let x = \n", "article.typ:1: expected expression"),
    "lacks functions": ("#let article(pieces) = pieces.values().join()", "unresolved import"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_template_gives_way_to_the_default_one(fault: str, galley_of: Galley, tmp_path: Path) -> None:
    template, message = BROKEN[fault]
    (tmp_path / "article.typ").write_text(template, encoding="utf-8")
    data, findings = galley_of(f"<body><p>deep</p></body>{REFERENCE}", "pdf", house=str(tmp_path))
    assert [(finding.code, finding.severity) for finding in findings] == [("template-broken", "error")]
    assert message in findings[0].message
    assert "deep References Roe 2001." in words_of(data)


def test_a_template_that_fails_in_one_function_costs_only_what_that_draws(galley_of: Galley, tmp_path: Path) -> None:
    template = resources.styles("default", "article.typ").read_text("utf-8")
    template = template.replace("#let entry(body) =", "#let entry(body) = gone +")
    (tmp_path / "article.typ").write_text(template, encoding="utf-8")
    data, findings = galley_of(f"<body><p>deep</p></body>{REFERENCE}", "pdf", house=str(tmp_path))
    assert [finding.code for finding in findings] == ["typeset-as-text"]
    assert re.search(r"article\.typ:\d+: unknown variable: gone", findings[0].message)
    assert "deep References Roe 2001." in words_of(data)


def test_the_plainest_template_is_the_last_resort(galley_of: Galley, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = typesetting._compile

    def only_plain(path: Path, root: Path) -> tuple[bytes, list[str]]:
        if "plainest" not in (root / "article.typ").read_text("utf-8"):
            raise Refused("no", "error: no such luck")
        return compiled(path, root)

    monkeypatch.setattr(typesetting, "_compile", only_plain)
    data, findings = galley_of("full.xml", "pdf")
    assert "the PDF has no design (no such luck)" in [finding.message for finding in findings]
    for words in ("How Spartina holds a shore", "한국어 갯벌", "Unpublished, with good reason."):
        assert words in words_of(data)
    assert_archival(data)


def test_as_text_keeps_words_notes_and_targets() -> None:
    note = {"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": "a note"}]}]}
    block = {"t": "Para", "c": [{"t": "Span", "c": [["x", [], []], [{"t": "Str", "c": "words"}]]}, note]}
    first, second = rescue.as_text(block)
    assert first["c"] == [{"t": "Span", "c": [["x", [], []], []]}, {"t": "Str", "c": "words"}]
    assert second == {"t": "Para", "c": [{"t": "Str", "c": "a note"}]}


def test_glyphs_no_font_has_are_said_by_script_with_the_line(galley_of: Galley) -> None:
    ethiopic = "".join(map(chr, range(0x1200, 0x1240)))
    data, findings = galley_of(f"<body>\n<p>one</p>\n<p>{ethiopic}</p>\n<p>two \U00013000 \ufe0f</p></body>", "pdf")
    said = {re.search(r"\((\w+)\);", finding.message).group(1): finding.line for finding in findings}  # type: ignore[union-attr]
    assert said == {"Ethiopic": 3, "Egyptian": 4}
    assert "�" * 40 in "".join(text_of(data, "pdf").split())
    assert_archival(data)


def test_thousands_of_glyphs_no_font_has_cost_no_pdf(galley_of: Galley) -> None:
    text = " ".join(map(chr, range(0x12000, 0x12380)))
    data, findings = galley_of(f"<body><p>{text}</p></body>", "pdf")
    assert {finding.code for finding in findings} == {"glyph-missing"}
    assert text_of(data, "pdf").count("�") > 800


def test_symbols_of_formulas_are_not_names_of_the_template(galley_of: Galley) -> None:
    tex = r"a \qquad b \mathrm{d}x \bigl\langle y \bigr\rangle"
    formula = f"<inline-formula><tex-math>{tex}</tex-math></inline-formula>"
    data, findings = galley_of(f"<body><p>{formula}</p></body>", "pdf")
    assert not findings
    text = text_of(data, "pdf")
    assert "false" not in text
    assert "d𝑥" in text
    assert "⟨𝑦⟩" in text


TABLE = (
    "<table-wrap><table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table></table-wrap>"
)


def refusing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Typst takes too much memory this many times."""
    real, left = typesetting._compile, iter(range(times))

    def compiled(path: Path, root: Path) -> tuple[bytes, list[str]]:
        if next(left, None) is not None:
            raise LimitReached("Typst needs more than 1 MB")
        return real(path, root)

    monkeypatch.setattr(typesetting, "_compile", compiled)


def test_what_takes_too_much_is_laid_again_with_its_large_parts_as_text(
    galley_of: Galley, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, 1)
    monkeypatch.setattr(rescue, "LARGE", 10)
    data, findings = galley_of(f"<body><p>Words.</p>{TABLE}</body>", "pdf")
    assert [finding.code for finding in findings] == ["typeset-as-text"]
    assert "1 MB" in findings[0].message
    assert "a · b" in text_of(data, "pdf")


def test_what_takes_too_much_all_over_is_set_plainly(galley_of: Galley, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, 1)
    data, findings = galley_of(f"<body><p>Words.</p>{TABLE}</body>", "pdf")
    assert [finding.code for finding in findings] == ["typeset-plainly"]
    assert "Words." in text_of(data, "pdf")


def test_one_galley_that_takes_too_much_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, 9)
    profile = load_journal(None)
    built = build.open_xml(CASES / "full.xml", profile)
    build.render(built, ["html", "pdf"], profile, "", CASES)
    assert list(built.galleys) == ["html"]
    assert "galley-missing" in {finding.code for finding in built.findings}
    with pytest.raises(LimitReached):
        build.render(built, ["pdf"], profile, "", CASES)


def test_the_simple_form_of_a_block_keeps_the_words_of_links_pictures_and_formulas() -> None:
    link = ast.link("https://example.org", [ast.string("far")])
    picture = ast.image("x.png", "shore")
    formula = ast.span([ast.math("a+b", display=False), ast.string("(1)")], classes=["formula"])
    [block] = rescue.simplified(ast.para([link, picture, formula]))
    assert [node["t"] for node in block["c"]] == ["Str"] * 4
    assert "".join(node["c"] for node in block["c"]) == "farshorea+b(1)"
