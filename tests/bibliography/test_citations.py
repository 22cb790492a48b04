"""Citations: collapsing, grouping, positions, locators, modes; the interface and its JSON."""

from typing import Any

import pytest

from pipeline import bibliography
from pipeline.bibliography import Cite, Cluster
from pipeline.bibliography.richtext import plain
from pipeline.errors import UsageError


def dated(key: str, year: int, family: str, **more: Any) -> dict[str, Any]:
    people = [{"family": family, "given": "X"}]
    return {"id": key, "type": "book", "title": f"T{key}", "author": people, "issued": {"date-parts": [[year]]}, **more}


ITEMS = [dated("a", 2020, "Byron"), dated("b", 2020, "Byron"), dated("c", 2021, "Byron"), dated("d", 2020, "Born")]
AUTHOR_YEAR = (
    '<group delimiter=", "><group delimiter=" "><names variable="author"><name form="short"/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
    '<group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></group>'
)
SUFFIX = 'disambiguate-add-year-suffix="true"'
PARENTHESES = 'prefix="(" suffix=")" delimiter="; "'
NUMBER = '<text variable="citation-number"/>'


@pytest.mark.parametrize(
    ("collapse", "expected"),
    [
        ("", "(Byron 2020a; Byron 2020b; Byron 2021; Born 2020)"),
        ('collapse="year"', "(Byron 2020a, 2020b, 2021; Born 2020)"),
        ('collapse="year-suffix" year-suffix-delimiter=","', "(Byron 2020a,b, 2021; Born 2020)"),
        ('collapse="year" after-collapse-delimiter=" / "', "(Byron 2020a; 2020b; 2021 / Born 2020)"),
        ('cite-group-delimiter=" + "', "(Byron 2020a + Byron 2020b + Byron 2021; Born 2020)"),
    ],
)
def test_cites_by_one_author(printed: Any, collapse: str, expected: str) -> None:
    citations = printed(ITEMS, AUTHOR_YEAR, cite=f"{SUFFIX} {collapse}", layout=PARENTHESES, clusters=[list("abcd")])[0]
    assert citations == [expected]


def test_ranges_of_year_suffixes(printed: Any) -> None:
    data = [dated(key, 2020, "Byron") for key in "abcd"]
    cite = f'{SUFFIX} collapse="year-suffix-ranged" year-suffix-delimiter=","'
    citations = printed(data, AUTHOR_YEAR, cite=cite, clusters=[["a"], ["a", "b", "c"], ["a", "c", "d"]])[0]
    assert citations == ["Byron 2020a", "Byron 2020a–c", "Byron 2020a,c,d"]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [(["a", "b", "c"], "[1–3]"), (["a", "b"], "[1,2]"), (["d", "a", "b", "c"], "[1–4]"), (["a", "c"], "[1,3]")],
)
def test_ranges_of_numbers(printed: Any, cited: list[str], expected: str) -> None:
    sort = '<sort><key variable="citation-number"/></sort>'
    clusters = [["a"], ["b"], ["c"], ["d"], cited]
    options = {"cite": 'collapse="citation-number"', "layout": 'prefix="[" suffix="]" delimiter=","', "sort": sort}
    assert printed(ITEMS, NUMBER, clusters=clusters, **options)[0][-1] == expected


def test_numbers_follow_the_sorted_bibliography(printed: Any) -> None:
    sort = '<sort><key variable="title" sort="descending"/></sort>'
    citations, entries = printed(ITEMS, NUMBER, NUMBER + '<text variable="title" prefix=" "/>', sort=sort)
    assert entries == ["1 Td", "2 Tc", "3 Tb", "4 Ta"]
    assert citations == ["4", "3", "2", "1"]


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        (Cite("d", "12"), "(Born 2020, p. 12)"),
        (Cite("d", "12-15"), "(Born 2020, pp. 12–15)"),
        (Cite("d", "4", "chapter"), "(Born 2020, chap. 4)"),
        (Cite("d", "3", "figure"), "(Born 2020, fig. 3)"),
        (Cite("d", prefix="see ", suffix=" for more"), "(see Born 2020 for more)"),
        (Cite("d", prefix="see", suffix=", passim"), "(see Born 2020, passim)"),
        (Cite("d", mode="suppress-author"), "(2020)"),
        (Cite("d", mode="author-only"), "Born"),
    ],
)
def test_what_a_cite_may_hold(printed: Any, cite: Cite, expected: str) -> None:
    assert printed(ITEMS, AUTHOR_YEAR, layout=PARENTHESES, clusters=[[cite]])[0] == [expected]


def test_author_alone_in_a_numeric_style(printed: Any) -> None:
    assert printed(ITEMS, NUMBER, clusters=[[Cite("d", mode="author-only")]])[0] == ["Born"]


def test_positions_in_notes(printed: Any) -> None:
    layout = (
        '<choose><if position="ibid-with-locator"><text term="ibid"/><text variable="locator" prefix=" "/></if>'
        '<else-if position="ibid"><text term="ibid"/></else-if>'
        '<else-if position="subsequent"><names variable="author"><name form="short"/></names>'
        '<text variable="first-reference-note-number" prefix=" n. "/></else-if>'
        '<else><text variable="title"/></else></choose>'
    )
    clusters = [["a"], ["a"], [Cite("a", "7")], ["d"], ["a"], ["a", "d"], ["a"]]
    expected = ["Ta", "Ibid.", "Ibid. 7", "Td", "Byron n. 1", "Ibid.; Born n. 4", "Byron n. 1"]
    assert printed(ITEMS, layout, style='class="note"', clusters=clusters)[0] == expected


def test_every_item_is_listed_once_and_ids_stay_apart() -> None:
    data = [dated("Smith2020", 2020, "Smith"), dated("smith2020", 2019, "Smith"), dated("x y/z", 2001, "Adams")]
    for engine in ("citeproc-py", "pandoc"):
        made = bibliography.format(data, [Cluster((Cite("smith2020"),))], "apa", engine=engine)
        assert [entry.id for entry in made.entries] == ["x y/z", "smith2020", "Smith2020"]
        assert [plain(citation) for citation in made.citations] == ["(Smith, 2019)"]


def test_unknown_ids_are_left_out() -> None:
    clusters = [Cluster((Cite("nowhere"),)), Cluster((Cite("nowhere"), Cite("a")))]
    for engine in ("citeproc-py", "pandoc"):
        made = bibliography.format(ITEMS, clusters, "apa", engine=engine)
        assert [plain(citation) for citation in made.citations] == ["", "(Byron, 2020a)"]


def test_item_a_style_prints_nothing_of_is_not_lost(printed: Any) -> None:
    citations, entries = printed([{"id": "a", "type": "book", "title": "T"}], *['<text variable="publisher"/>'] * 2)
    assert citations == ["T"]
    assert entries == ["T"]


def test_order_of_letters_by_locale(printed: Any) -> None:
    data = [dated(name, 2000, name) for name in ("Zhou", "Öberg", "Olsen", "Oberg", "Ödman", "Иванов")]
    entry = '<names variable="author"><name form="short"/></names>'
    sort = '<sort><key variable="author"/></sort>'
    english = printed(data, entry, entry, sort=sort, lang="en-GB")[1]
    assert english == ["Oberg", "Öberg", "Ödman", "Olsen", "Zhou", "Иванов"]
    assert printed(data, entry, entry, sort=sort, lang="sv-SE")[1] == [
        "Oberg",
        "Olsen",
        "Zhou",
        "Öberg",
        "Ödman",
        "Иванов",
    ]
    assert printed(data, entry, entry, sort=sort, lang="ru-RU")[1][0] == "Иванов"


def test_json_of_the_cite_command() -> None:
    made = bibliography.cite(
        [dated("a", 2020, "<b>&"), dated("b", 2021, "Born")], [[{"id": "b", "locator": "3"}]], "nlm-citation-sequence"
    )
    assert made == {
        "engine": "citeproc-py",
        "citations": ["(1)"],
        "bibliography": [
            {"id": "b", "entry": "1. Born X. Tb. 2021."},
            {"id": "a", "entry": "2. &lt;b&gt;&amp; X. Ta. 2020."},
        ],
    }


@pytest.mark.parametrize(
    ("items", "clusters", "words"),
    [
        ({"id": "a"}, [], "JSON array of CSL items"),
        ([{"type": "book"}], [], "item 1 has no id"),
        ([{"id": "a"}, {"id": "a"}], [], "two items have the id 'a'"),
        ([{"id": "a"}], [{"id": "a"}], "array of arrays of cites"),
        ([{"id": "a"}], [["a"]], "array of arrays of cites"),
        ([{"id": "a"}], [[{"id": "a", "mode": "narrative"}]], "unknown mode 'narrative' of a cite; leave it out or"),
    ],
)
def test_json_of_another_shape(items: Any, clusters: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        bibliography.cite(items, clusters)


def test_unknown_engine_and_output() -> None:
    with pytest.raises(UsageError, match="unknown engine 'bibtex'"):
        bibliography.format([], engine="bibtex")
    with pytest.raises(UsageError, match="unknown output 'rtf'"):
        bibliography.cite([], to="rtf")
