"""Articles nobody should write: every format still gets a galley with the words in it."""

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.render import FORMATS, text_of
from pipeline.render.pdf import first_of, shortened

Galley = Callable[..., tuple[bytes, list[Any]]]


def nested(name: str, depth: int, inner: str = "deep") -> str:
    return f"<{name}>" * depth + inner + f"</{name}>" * depth


BODIES = {
    "faces": f"<p>{nested('italic', 240)}</p>",
    "sections": nested("sec", 120, "<title>title</title><p>deep</p>"),
    "lists": "<list><list-item>" * 100 + "<p>deep</p>" + "</list-item></list>" * 100,
    "quotations": nested("disp-quote", 100, "<p>deep</p>"),
    "unknown elements": nested("nobody-knows", 240),
    "tables in tables": "<table><tr><td>" * 30 + "deep" + "</td></tr></table>" * 30,
    "spans beyond the table": "<table><tr><td colspan='9999' rowspan='9999'>deep</td><td colspan='-1'/></tr></table>",
    "one id twice": "<p id='a'>deep</p><p id='a b'>x<xref rid='a b'>y</xref></p>",
    "odd characters": "<p>deep \u0085\u2028\ufeff\u200b\u202e\u00ad\ue000</p>",
    "a note that calls itself": "<p>deep</p><p><fn id='f'><p>note<xref ref-type='fn' rid='f'>1</xref></p></fn></p>",
    "TeX that is none": "<p>deep <inline-formula><tex-math>\\foo{</tex-math></inline-formula></p>",
    "nothing in anything": "<sec/><p/><list/><table/><fig/><table-wrap/><disp-formula/><def-list/><verse-group/><code/>"
    "<boxed-text/><list><list-item/></list><disp-formula><label>1</label></disp-formula><graphic/><media/><xref/>"
    "<alternatives/><p>deep<alternatives/><inline-graphic/><email/><sup/><ext-link/></p>",
}  # fmt: skip


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", BODIES)
def test_a_galley_is_made(name: str, to: str, galley_of: Galley) -> None:
    data, _ = galley_of(f"<body>{BODIES[name]}</body>", to)
    assert "deep" in text_of(data, to)


@pytest.mark.parametrize("words", ["(" * 40_000, "A." * 45_000])
def test_a_run_of_characters_without_end_is_broken_into_lines(words: str, galley_of: Galley) -> None:
    data, findings = galley_of(f"<body><p>{words}</p></body>", "pdf")
    assert data.startswith(b"%PDF")
    assert not findings


def test_more_keywords_than_a_pdf_can_name_cost_no_galley() -> None:
    assert list(first_of(["word"] * 40_000)) == ["word"] * 166
    assert len(shortened("title " * 40_000)) <= 1000
