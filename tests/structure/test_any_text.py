"""Whatever text comes in, valid JATS comes out, or a refusal; and no word goes."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import citations, jats, structure
from pipeline.article import Reference
from pipeline.errors import SourceError
from pipeline.intake import open_source
from pipeline.references.own_citation import read_own_citation
from pipeline.validation import audit

LINE = [
    "Abstract", "Resumen:", "Keywords: nets; boats", "Introduction", "1. Methods", "1.1 Sample", "II. RESULTS",
    "References", "How to Cite", "Silva, A. (2019). Quays. Journal of Ports, 3(1), 4–9.", "Maria Silva1, João Costa2",
    "1 University of Porto, Portugal", "Table 1. Harbours", "a\tb\t1", "c\td\t2", "Figure 1. A map",
    "• item", "◦ inner", "Highlights", "Plain language summary", "JEL classification: Q01; R40", "We thank Ana Costa.",
    "Funding: This work was supported by the Quay Fund (Q-1234).", "* A note of the author", "    indented, " * 12,
    "(1) a note",
    "x = y + 2 (3)", "Received 3 May 2020", "Funding", "Copyright (c) 2020 Maria Silva", "Notes",
    "Home / Archives / Vol. 3 No. 1 (2020) / Articles", "12", "", "", "Appendix A", "Acknowledgements", "]]>",
    "<p>&amp;", "Published", "2020-01-02", "License", "Issue", "Author Biographies", "Supplementary material",
    "This is a paragraph of some length, in which Silva (2019) is cited and Figure 1 is named, with a mark1 as well.",
]  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(LINE), st.text(max_size=80)), min_size=1, max_size=40)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(lines=LINES)
def test_any_text(lines: list[str], tmp_path: Path, dtd: etree.DTD) -> None:
    path = tmp_path / "any.txt"
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        source = open_source(path)
    except SourceError:
        return
    draft = structure.read(source.blocks, read_own_citation)
    draft.article.references = [Reference(block.text, id=f"r{n}") for n, block in enumerate(draft.references, start=1)]
    citations.link(draft.article)
    root = etree.fromstring(jats.serialize(jats.write(draft.article)))
    assert dtd.validate(root), dtd.error_log
    assert audit(source.text, root, [*source.set_aside, *draft.set_aside]).missing == []
