"""Names: forms, initials, particles, et al., substitution, telling people apart."""

from typing import Any

import pytest

LONG = '<names variable="author"><name/></names>'


def item(*names: Any, key: str = "a", **more: Any) -> dict[str, Any]:
    people = [
        {"literal": name} if " " not in name else dict(zip(("given", "family"), name.rsplit(" ", 1), strict=True))
        for name in names
    ]
    return {"id": key, "type": "book", "author": people, **more}


def names(attributes: str) -> str:
    return f'<names variable="author"><name {attributes}/></names>'


@pytest.mark.parametrize(
    ("attributes", "people", "expected"),
    [
        ("", ["Ada Byron"], "Ada Byron"),
        ('and="text"', ["Ada Byron", "Max Born"], "Ada Byron and Max Born"),
        ('and="symbol"', ["Ada Byron", "Max Born", "Lise Meitner"], "Ada Byron, Max Born, &amp; Lise Meitner"),
        ('and="text" delimiter-precedes-last="never"', ["A B", "C D", "E F"], "A B, C D and E F"),
        ('name-as-sort-order="first"', ["Ada Byron", "Max Born"], "Byron, Ada, Max Born"),
        ('name-as-sort-order="all" initialize-with=". "', ["Jean-Luc Paul Godard"], "Godard, J.-L. P."),
        ('initialize-with=""', ["Jean-Luc Paul Godard"], "J-LP Godard"),
        ('initialize-with=". " initialize="false"', ["Ada B Byron", "M.K. Born"], "Ada B. Byron, M. K. Born"),
        ('initialize-with="."', ["Yu.A. Orlov"], "Yu.A. Orlov"),
        ('form="short"', ["Ada Byron", "World Data Centre"], "Byron, Centre"),
        ('et-al-min="3" et-al-use-first="1"', ["A B", "C D", "E F"], "A B et al."),
        ('et-al-min="3" et-al-use-first="2"', ["A B", "C D", "E F"], "A B, C D, et al."),
        ('et-al-min="4" et-al-use-first="1" et-al-use-last="true"', ["A B", "C D", "E F", "G H"], "A B, … G H"),
    ],
)
def test_list_of_names(printed: Any, attributes: str, people: list[str], expected: str) -> None:
    assert printed([item(*people)], names(attributes))[0] == [expected]


@pytest.mark.parametrize(
    ("person", "natural", "inverted"),
    [
        ({"family": "van der Berg", "given": "Piet"}, "Piet van der Berg", "Berg, Piet van der"),
        ({"family": "Beethoven", "given": "Ludwig van"}, "Ludwig van Beethoven", "Beethoven, Ludwig van"),
        ({"family": "d'Alembert", "given": "Jean"}, "Jean d’Alembert", "Alembert, Jean d’"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "Martin King Jr.", "King, Martin, Jr."),
        ({"family": "李", "given": "明"}, "李明", "李明"),
        ({"literal": "Data Group"}, "Data Group", "Data Group"),
        ({"given": "Plato"}, "Plato", "Plato"),
        ({"family": "O'Neill", "given": "S"}, "S O’Neill", "O’Neill, S"),
    ],
)
def test_parts_of_a_name(printed: Any, person: dict[str, str], natural: str, inverted: str) -> None:
    data = [{"id": "a", "type": "book", "author": [person]}]
    assert printed(data, LONG)[0] == [natural]
    assert printed(data, names('name-as-sort-order="all"'))[0] == [inverted]


def test_label_and_substitute_printed_once(printed: Any) -> None:
    data = [{"id": "a", "type": "book", "title": "T", "editor": [{"family": "Born", "given": "M"}]}]
    layout = (
        '<names variable="author"><name form="short"/><label form="short" prefix=" (" suffix=")"/>'
        '<substitute><names variable="editor"/><text variable="title"/></substitute></names>'
        '<names variable="editor" prefix=" / "><name/></names><text variable="title" prefix=". "/>'
    )
    assert printed(data, layout)[0] == ["Born (ed.). T"]
    del data[0]["editor"]
    assert printed(data, layout)[0] == ["T"]


def test_editor_and_translator_the_same(printed: Any) -> None:
    people = [{"family": "Born", "given": "M"}]
    data = [{"id": "a", "type": "book", "editor": people, "translator": people}]
    layout = '<names variable="editor translator" delimiter="; "><name/><label prefix=", "/></names>'
    assert printed(data, layout)[0] == ["M Born, editor &amp; translator"]


def test_name_variables_of_csl_1_0_2(printed: Any) -> None:
    data = [{"id": "a", "type": "motion_picture", "director": [{"family": "Varda", "given": "Agnès"}]}]
    assert printed(data, '<names variable="director"><name/></names>')[0] == ["Agnès Varda"]


def test_formats_of_name_parts(printed: Any) -> None:
    layout = (
        '<names variable="author"><name><name-part name="family" font-variant="small-caps" text-case="uppercase"/>'
        "</name></names>"
    )
    expected = 'Ada <span style="font-variant:small-caps;">BYRON</span>'
    assert printed([item("Ada Byron")], layout)[0] == [expected]


SHORT_YEAR = (
    '<group delimiter=" "><names variable="author"><name form="short" initialize-with=". " and="text"/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)


def dated(key: str, year: int, *people: str) -> dict[str, Any]:
    return item(*people, key=key, issued={"date-parts": [[year]]}, title=key)


def test_year_suffixes_follow_the_bibliography(printed: Any) -> None:
    data = [dated("z", 2020, "Ada Byron"), dated("b", 2020, "Ada Byron"), dated("c", 2021, "Ada Byron")]
    citations, entries = printed(
        data,
        SHORT_YEAR,
        SHORT_YEAR,
        cite='disambiguate-add-year-suffix="true"',
        sort='<sort><key variable="title"/></sort>',
    )
    assert citations == ["Byron 2020b", "Byron 2020a", "Byron 2021"]
    assert entries == ["Byron 2020a", "Byron 2021", "Byron 2020b"]


def test_given_names_tell_people_apart(printed: Any) -> None:
    data = [dated("a", 2020, "Ada Byron"), dated("b", 2020, "Max Byron"), dated("c", 2020, "Lise Meitner")]
    options = 'disambiguate-add-givenname="true" givenname-disambiguation-rule='
    assert printed(data, SHORT_YEAR, cite=options + '"by-cite"')[0] == [
        "A. Byron 2020",
        "M. Byron 2020",
        "Meitner 2020",
    ]
    data[1]["issued"] = {"date-parts": [[1999]]}
    assert printed(data, SHORT_YEAR, cite=options + '"by-cite"')[0][:2] == ["Byron 2020", "Byron 1999"]
    assert printed(data, SHORT_YEAR, cite=options + '"all-names"')[0][:2] == ["A. Byron 2020", "M. Byron 1999"]


def test_more_names_tell_cites_apart(printed: Any) -> None:
    data = [
        dated("a", 2020, "A B", "C D", "E F"),
        dated("b", 2020, "A B", "G H", "E F"),
        dated("c", 1999, "A B", "C D", "X Y"),
    ]
    cite = 'disambiguate-add-names="true" et-al-min="3" et-al-use-first="1"'
    assert printed(data, SHORT_YEAR, cite=cite)[0] == ["B, D, et al. 2020", "B, H, et al. 2020", "B et al. 1999"]


def test_condition_only_where_cites_are_alike(printed: Any) -> None:
    layout = SHORT_YEAR + '<choose><if disambiguate="true"><text variable="title" prefix=", "/></if></choose>'
    data = [dated("a", 2020, "Ada Byron"), dated("b", 2020, "Ada Byron"), dated("c", 2021, "Ada Byron")]
    assert printed(data, layout)[0] == ["Byron 2020, a", "Byron 2020, b", "Byron 2021"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("complete-all", ["A B, C D. x", "—. y", "A B, E F. z"]),
        ("complete-each", ["A B, C D. x", "—, —. y", "A B, E F. z"]),
        ("partial-each", ["A B, C D. x", "—, —. y", "—, E F. z"]),
        ("partial-first", ["A B, C D. x", "—, C D. y", "—, E F. z"]),
    ],
)
def test_repeated_authors(printed: Any, rule: str, expected: list[str]) -> None:
    data = [
        item("A B", "C D", key="x", title="x"),
        item("A B", "C D", key="y", title="y"),
        item("A B", "E F", key="z", title="z"),
    ]
    bib = f'subsequent-author-substitute="—" subsequent-author-substitute-rule="{rule}"'
    entry = '<group delimiter=". ">' + LONG + '<text variable="title"/></group>'
    assert printed(data, LONG, entry, bib=bib)[1] == expected
