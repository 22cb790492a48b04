"""The targets of `make fuzz` with a small, fixed budget, and every case that was ever found."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import MANUSCRIPTS, TARGETS

FOUND = Path(__file__).parent / "found"
TOKENS = (
    "Silva, M. (2019a). |et al.|“|Title: |vol. 3(2), |pp. 4–9|https://doi.org/10.1/x|[1]|In |(Eds.)|한국|п. 5|\u202e"
    "|&lt;|n.d.|—. |12.|Abstract\n|References\n\n|1 Introduction\n\n|Keywords: a; b\n|\n|\t|Table 1. x\n|a\tb\n|• |doi:"
    "|Received 3 May 2020|A1, B2*\n"
).split("|")
TAGS = (
    "front article-meta title-group article-title contrib-group contrib name surname aff xref abstract body sec title "
    "p italic back ref-list ref mixed-citation element-citation year table-wrap table tr td fig fn pub-date "
    "permissions kwd-group kwd sub-article"
).split()

texts = st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=12)), max_size=30).map("".join)
trees = st.recursive(
    st.text("aé1 <&", max_size=5).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda tag, attribute, parts: f"<{tag} {attribute}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(["", "id='a'", "rid='a b'", "ref-type='bibr'", "xml:lang='x'", "iso-8601-date='2'"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)
budget = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@budget
@given(st.one_of(texts.map(str.encode), st.binary(max_size=200)))
def test_intake(data: bytes) -> None:
    TARGETS["intake"](data)


PIECES = (
    r"\begin{tabular}{ll}|\end{tabular}|\multirow{2}*{|\author[1]{|\affil[1]{|\def\a{|{|}|[|]|\|%|$|&|\\|\'e9|\u8364?|"
    r"\u-10179?\u-8704?|{\pict |\bin9 |{\footnote |{\*\shppict|\deleted |\ansicpg1251|{\fonttbl{\f1\fcharset204 x;}}|"
    "```{note}|:::|(a)=\n|+++ {\"part\": \"abstract\"}|{ref}`a`|#show: x.with(|#let f(x) = |#f[|\"|//|/*|@a|<a:b>|"
    "#+author: |\n|"
    "<meta name='citation_author' content='x'>|<script type='application/ld+json'>[{|}]</script>|&#1;|text |\n\n"
).split("|")  # fmt: skip
sources = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=9)), max_size=25).map("".join)


@budget
@given(st.integers(0, len(MANUSCRIPTS) - 1), sources)
def test_manuscript(kind: int, text: str) -> None:
    TARGETS["manuscript"](bytes([kind]) + text.encode())


@budget
@given(st.one_of(texts.map(str.encode), st.binary(max_size=200)))
@example(b"A" * 3000)
def test_reference(data: bytes) -> None:
    TARGETS["reference"](data)


@budget
@given(st.lists(trees, max_size=4).map(lambda parts: f"<article>{''.join(parts)}</article>".encode()))
def test_jats_reader(data: bytes) -> None:
    TARGETS["jats_reader"](data)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_is_repaired(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())
