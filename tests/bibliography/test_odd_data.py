"""Whatever an item holds, an entry comes out and nothing is raised."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import bibliography
from pipeline.bibliography import Cite, Cluster

STYLES = (
    "apa",
    "chicago-notes-bibliography",
    "modern-language-association",
    "nlm-citation-sequence",
    "gost-r-7-0-5-2008",
)
VARIABLES = (
    "title",
    "container-title",
    "page",
    "volume",
    "issue",
    "edition",
    "DOI",
    "URL",
    "publisher",
    "note",
    "language",
)
TYPES = ("article-journal", "book", "chapter", "webpage", "patent", "thesis", "no-such-type", "")

words = st.text(alphabet="aZé'\"“”‘’<>i/b -–.,:;?!()[]{}&1290李בⅣ\u00a0\u0301", max_size=24)
scalars = st.one_of(words, st.none(), st.integers(-3000, 3000), st.booleans())
people = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {}, optional={"family": scalars, "given": scalars, "suffix": scalars, "literal": scalars}
        ),
        words,
        st.none(),
    ),
    max_size=5,
)
dates = st.one_of(
    st.fixed_dictionaries({"date-parts": st.lists(st.lists(scalars, max_size=4), max_size=3)}),
    st.fixed_dictionaries({"raw": words}),
    st.fixed_dictionaries({}, optional={"literal": words, "season": scalars, "circa": scalars}),
    scalars,
)
items = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES)},
    optional=dict.fromkeys(VARIABLES, scalars)
    | {"author": people, "editor": people, "issued": dates, "accessed": dates},
)


@pytest.mark.parametrize("style", STYLES)
@given(data=st.lists(items, min_size=1, max_size=4), locator=words, prefix=words, suffix=words)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_item(style: str, data: list[dict[str, Any]], locator: str, prefix: str, suffix: str) -> None:
    named = [{**item, "id": f"i{number}"} for number, item in enumerate(data)]
    cites = tuple(Cite(item["id"], locator, prefix=prefix, suffix=suffix) for item in named)
    made = bibliography.format(named, [Cluster(cites), Cluster(cites[:1])], style, engine="citeproc-py")
    assert sorted(entry.id for entry in made.entries) == sorted(item["id"] for item in named)
    for write in bibliography.WRITERS.values():
        assert all(isinstance(write(entry.whole), str) for entry in made.entries)


def test_ids_that_are_numbers() -> None:
    made = bibliography.cite([{"id": 1, "type": "book", "title": "T"}], [[{"id": 1}]], "nlm-citation-sequence")
    assert [entry["id"] for entry in made["bibliography"]] == ["1"]


def test_no_markup_of_data_reaches_html() -> None:
    nasty = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    data = [{"id": "a", "type": "book", "title": nasty, "author": [{"literal": nasty}], "URL": "javascript:alert(1)"}]
    for engine in ("citeproc-py", "pandoc"):
        made = bibliography.cite(data, [[{"id": "a", "prefix": nasty, "suffix": nasty}]], "apa", engine=engine)
        printed = " ".join([*made["citations"], *(entry["entry"] for entry in made["bibliography"])])
        assert "<script" not in printed
        assert "<img" not in printed
        assert 'href="javascript' not in printed
