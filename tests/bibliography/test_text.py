"""Text: markup and quotation marks in data, punctuation at seams, case, groups, terms, links."""

from typing import Any

import pytest

US = 'class="in-text" default-locale="en-US"'
GB = 'class="in-text" default-locale="en-GB"'
TITLE = '<text variable="title"/>'


def book(title: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": "a", "type": "book", "title": title, **more}]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<i>E. coli</i> and H<sub>2</sub>O", "<i>E. coli</i> and H<sub>2</sub>O"),
        ("<i>never closed", "&lt;i&gt;never closed"),
        ('A "quoted" word', "A “quoted” word"),
        ("A 'quoted \"inner\" word'", "A “quoted ‘inner’ word”"),
        ("It's the dogs' day", "It’s the dogs’ day"),
        ("1ʳᵉ", "1<sup>re</sup>"),
    ],
)
def test_markup_in_data(printed: Any, title: str, expected: str) -> None:
    assert printed(book(title), TITLE)[0] == [expected]


def test_slant_within_slant_stands_upright(printed: Any) -> None:
    layout = '<text variable="title" font-style="italic"/>'
    normal = '<span style="font-style:normal;font-weight:normal;">E. coli</span>'
    assert printed(book("On <i>E. coli</i>"), layout)[0] == [f"<i>On {normal}</i>"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [(US, "“A ‘b’ c,” 2"), (GB, "‘A “b” c’, 2")],
)
def test_punctuation_and_quotes_by_locale(printed: Any, style: str, expected: str) -> None:
    layout = '<text variable="title" quotes="true" suffix=","/><text variable="volume" prefix=" "/>'
    assert printed(book("A 'b' c", volume="2"), layout, style=style)[0] == [expected]


@pytest.mark.parametrize(
    ("title", "suffix", "expected"),
    [
        ("Why?", ".", "Why?"), ("et al.", ".", "et al."), ("et al.", ",", "et al.,"), ("One;", ";", "One;"),
        ("Stop!", ":", "Stop!"), ("<i>Why?</i>", ".", "<i>Why?</i>"), ("A", " ", "A "),
    ],
)  # fmt: skip
def test_colliding_marks(printed: Any, title: str, suffix: str, expected: str) -> None:
    assert printed(book(title), f'<text variable="title" suffix="{suffix}"/>')[0] == [expected]


@pytest.mark.parametrize(
    ("case", "title", "expected"),
    [
        ("title", "the art of war: a study of two towns", "The Art of War: A Study of Two Towns"),
        ("title", "gone with NASA and iPhone", "Gone with NASA and iPhone"),
        ("title", 'growth of <span class="nocase">nkx2</span> cells', "Growth of nkx2 Cells"),
        ("title", "out-of-date well-being", "Out-of-Date Well-Being"),
        ("capitalize-first", "on rivers", "On rivers"),
        ("capitalize-first", "arXiv preprints", "arXiv preprints"),
        ("sentence", "The Art of NASA Wars", "The art of NASA wars"),
        ("uppercase", "straße <i>im</i> park", "STRASSE <i>IM</i> PARK"),
        ("lowercase", "ABC", "abc"),
    ],
)
def test_text_case(printed: Any, case: str, title: str, expected: str) -> None:
    assert printed(book(title), f'<text variable="title" text-case="{case}"/>')[0] == [expected]


def test_title_case_is_for_english(printed: Any) -> None:
    layout = '<text variable="title" text-case="title"/>'
    assert printed(book("über den wolken", language="de"), layout)[0] == ["über den wolken"]


def test_group_without_filled_variable_prints_nothing(printed: Any) -> None:
    group = '<group prefix=" (" suffix=")"><text term="in" suffix=" "/><text variable="genre"/></group>'
    layout = '<text variable="title"/>' + group
    assert printed(book("T"), layout)[0] == ["T"]
    assert printed(book("T", genre="x"), layout)[0] == ["T (in x)"]


def test_macro_is_a_group(printed: Any) -> None:
    macros = '<macro name="vol"><text value="vol. "/><text variable="volume"/></macro>'
    layout = '<group delimiter=", "><text variable="title"/><text macro="vol"/></group>'
    assert printed(book("T"), layout, macros=macros)[0] == ["T"]
    assert printed(book("T", volume="3"), layout, macros=macros)[0] == ["T, vol. 3"]


def test_delimiter_reaches_through_choose(printed: Any) -> None:
    layout = (
        '<group delimiter="; "><text variable="title"/>'
        '<choose><if type="book"><text value="x"/><text value="y"/></if></choose></group>'
    )
    assert printed(book("T"), layout)[0] == ["T; x; y"]


def test_label_needs_a_variable_in_its_group(printed: Any) -> None:
    layout = (
        '<text variable="title"/><group delimiter=" " prefix=", ">'
        '<label variable="page" form="short"/><text variable="page"/></group>'
    )
    assert printed(book("T"), layout)[0] == ["T"]
    assert printed(book("T", page="7"), layout)[0] == ["T, p. 7"]
    assert printed(book("T", page="7-9"), layout)[0] == ["T, pp. 7–9"]


def test_term_case_and_style_locale(printed: Any) -> None:
    locale = '<locale xml:lang="en"><terms><term name="in">within</term></terms></locale>'
    layout = '<text variable="title"/><text term="in" text-case="title" prefix=" "/>'
    assert printed(book("T"), layout, locale=locale)[0] == ["T Within"]


@pytest.mark.parametrize(
    ("variable", "value", "prefix", "expected"),
    [
        ("DOI", "10.1/a<b", "", '<a href="https://doi.org/10.1/a&lt;b">10.1/a&lt;b</a>'),
        (
            "DOI",
            "https://doi.org/10.1/ab",
            "https://doi.org/",
            '<a href="https://doi.org/10.1/ab">https://doi.org/10.1/ab</a>',
        ),
        ("DOI", "10.1/ab", "doi:", 'doi:<a href="https://doi.org/10.1/ab">10.1/ab</a>'),
        ("URL", "https://a.example/x", "", '<a href="https://a.example/x">https://a.example/x</a>'),
        ("URL", "javascript:alert(1)", "", "javascript:alert(1)"),
        ("PMID", "123", "PMID: ", 'PMID: <a href="https://www.ncbi.nlm.nih.gov/pubmed/123">123</a>'),
    ],
)
def test_links(printed: Any, variable: str, value: str, prefix: str, expected: str) -> None:
    layout = f'<text variable="{variable}" prefix="{prefix}"/>'
    assert printed(book("T", **{variable: value}), layout)[0] == [expected]


@pytest.mark.parametrize(
    ("form", "page", "expected"),
    [
        ("", "1001-1009", "1001–1009"), ("expanded", "1001-9", "1001–1009"), ("minimal", "1001-1009", "1001–9"),
        ("minimal-two", "1001-1009", "1001–09"), ("chicago", "101-108", "101–8"), ("chicago", "321-328", "321–28"),
        ("chicago", "100-104", "100–104"), ("chicago", "1-29", "1–29"), ("minimal", "e12-e19", "e12–9"),
        ("minimal", "iv-ix", "iv–ix"), ("minimal", "12-15, 20-29", "12–5, 20–9"), ("chicago", "R1001-R1005", "R1001–5"),
    ],
)  # fmt: skip
def test_page_ranges(printed: Any, form: str, page: str, expected: str) -> None:
    style = 'class="in-text"' + (f' page-range-format="{form}"' if form else "")
    assert printed(book("T", page=page), '<text variable="page"/>', style=style)[0] == [expected]


@pytest.mark.parametrize(
    ("form", "edition", "expected"),
    [
        ("ordinal", "2", "2nd"), ("ordinal", "11", "11th"), ("ordinal", "23", "23rd"), ("long-ordinal", "3", "third"),
        ("roman", "14", "xiv"), ("numeric", "2-4", "2–4"), ("ordinal", "revised", "revised"),
        ("ordinal", "1, 2", "1st, 2nd"),
    ],
)  # fmt: skip
def test_numbers(printed: Any, form: str, edition: str, expected: str) -> None:
    assert printed(book("T", edition=edition), f'<number variable="edition" form="{form}"/>')[0] == [expected]


def test_ordinals_have_a_gender(printed: Any) -> None:
    assert printed(book("T", edition="1"), '<number variable="edition" form="ordinal"/>', lang="fr-FR")[0] == [
        "1<sup>re</sup>"
    ]
