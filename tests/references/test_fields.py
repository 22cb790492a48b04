"""Dates, numbers and identifiers: their parts by offsets, their CSL values."""

import pytest

from pipeline.article import Span
from pipeline.references.dates import csl_date, date_parts, literal_date, tables
from pipeline.references.identifiers import doi_in, find_identifiers
from pipeline.references.items import item_of
from pipeline.references.numbers import page_count, page_parts, page_range, split_volume, unglue


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020", [[2020]]),
        ("2020a", [[2020]]),
        ("2020, April 22", [[2020, 4, 22]]),
        ("22 April 2020", [[2020, 4, 22]]),
        ("April 2020", [[2020, 4]]),
        ("4. Juni 1998", [[1998, 6, 4]]),
        ("12 févr. 2001", [[2001, 2, 12]]),
        ("3 de agosto de 2011", [[2011, 8, 3]]),
        ("4 jun. 2022", [[2022, 6, 4]]),
        ("15 września 2010", [[2010, 9, 15]]),
        ("9 мая 1995", [[1995, 5, 9]]),
        ("7 Şubat 2013", [[2013, 2, 7]]),
        ("2019년 3월 5일", [[2019, 3, 5]]),
        ("2019年3月5日", [[2019, 3, 5]]),
        ("2020-04-22", [[2020, 4, 22]]),
        ("22.04.2020", [[2020, 4, 22]]),
        ("04/22/2020", [[2020, 4, 22]]),
        ("1998–2001", [[1998], [2001]]),
        ("March–April 2009", [[2009, 3], [2009, 4]]),
        ("12 December 2001", [[2001, 12, 12]]),
        ("4May 2001", [[2001, 5, 4]]),
        ("March 1998–2001", [[1998, 3], [2001, 3]]),
        ("1998, 1999, 2000", [[1998], [1999]]),
        ("12, 2004", [[2004]]),
        ("3–5 May, June 8 2004", [[2004, 5, 3], [2004, 6, 5]]),
        ("2001-13", [[2001]]),
        ("2001-13-05", [[2001, 5, 13]]),
        ("2001/4", [[2001, 4]]),
        ("1.4.2001", [[2001, 4, 1]]),
        ("5.12.2001", [[2001, 12, 5]]),
        ("1999, May to 1998, June", [[1998, 6], [1999, 5]]),
    ],
)
def test_date(written: str, expected: list[list[int]]) -> None:
    text = f"Smith, J. ({written}). Rivers."
    parts = date_parts(text, 11, 11 + len(written))
    assert (csl_date(text, parts) or {})["date-parts"] == expected


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("12, 2004", "year"),
        ("1998, 1999 or 2000", "year year"),
        ("Spring 12 2004", "season year"),
        ("1, 2, 3 May 2004", "day day month year"),
        ("4May2004", "day month year"),
        ("2004年5月4日", "year month day"),
        ("4.5.2004", "day month year"),
        ("2004-05", "year month"),
        ("04/22/2004", "month day year"),
        ("n.d.", ""),
    ],
)
def test_parts_of_a_date(written: str, labels: str) -> None:
    assert " ".join(part.label for part in date_parts(f"({written})", 1, 1 + len(written))) == labels


def test_every_language_has_twelve_months_and_four_seasons() -> None:
    assert set(tables()["months"].values()) == set(range(1, 13))
    assert set(tables()["seasons"].values()) == {1, 2, 3, 4}
    words = "january januar janvier enero janeiro gennaio januari stycznia ledna января ocak 1월 1月"
    assert {tables()["months"][word] for word in words.split()} == {1}


def test_season_and_circa() -> None:
    text = "Spring 2004"
    assert csl_date(text, date_parts(text, 0, len(text))) == {"date-parts": [[2004]], "season": 1}
    text = "Winter 2004–2005"
    assert csl_date(text, date_parts(text, 0, len(text))) == {"date-parts": [[2004], [2005]], "season": 4}
    text = "Autumn, November 2004"
    assert csl_date(text, date_parts(text, 0, len(text))) == {"date-parts": [[2004, 11]]}
    text = "(circa May 1650)"
    assert csl_date(text, date_parts(text, 7, 15)) == {"date-parts": [[1650, 5]], "circa": True}
    text = "ca. 1650"
    assert csl_date(text, date_parts(text, 0, len(text))) == {"date-parts": [[1650]], "circa": True}


def test_year_letter_is_in_the_year() -> None:
    (year,) = date_parts("2020a", 0, 5)
    assert (year.label, year.start, year.end) == ("year", 0, 5)


def test_what_is_no_year_or_month_is_left_out() -> None:
    text = "12 Brumaire MMXX 2001"
    day, month, roman, year = Span("day", 0, 2), Span("month", 3, 11), Span("year", 12, 16), Span("year", 17, 21)
    assert csl_date(text, [day, month, roman]) is None
    assert csl_date(text, [day, month, roman, year]) == {"date-parts": [[2001]]}


@pytest.mark.usefixtures("fresh")
def test_no_date_and_in_press() -> None:
    assert literal_date(" (S.D.), ") is None
    assert literal_date(" . ") is None
    assert literal_date("(Forthcoming),") == {"literal": "Forthcoming"}
    assert literal_date("n.d.") is None
    assert literal_date("in press") == {"literal": "in press"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi: 10.1000/ab(12)3.4.", [("doi", "10.1000/ab(12)3.4")]),
        ("https://doi.org/10.1016/S0140-6736(05)67728-8.", [("doi", "10.1016/S0140-6736(05)67728-8")]),
        ("(doi:10.1038/nm.2234)", [("doi", "10.1038/nm.2234")]),
        ("10.1126/science.1193063.PMID:20671182", [("doi", "10.1126/science.1193063"), ("pmid", "20671182")]),
        ("PMID: 12345678; PMCID: PMC3497090", [("pmid", "12345678"), ("pmcid", "PMC3497090")]),
        ("arXiv:1407.1446v2 [hep-th]", [("arxiv", "1407.1446v2")]),
        ("arXiv: hep-th/9901001", [("arxiv", "hep-th/9901001")]),
        ("ISBN 978-3-16-148410-0.", [("isbn", "978-3-16-148410-0")]),
        ("ISSN 1234-567X", [("issn", "1234-567X")]),
        ("See https://example.org/a_(b)?c=1&d=2.", [("url", "https://example.org/a_(b)?c=1&d=2")]),
        ("(www.example.org)", [("url", "www.example.org")]),
        ("[https://example.org/a[1]].", [("url", "https://example.org/a[1]")]),
        ("10.1000/a(1] and 10.1000/b[2)", [("doi", "10.1000/a(1"), ("doi", "10.1000/b[2")]),
        (
            "https://example.org/…, or ftp://example.org/x”",
            [("url", "https://example.org/…"), ("url", "ftp://example.org/x")],
        ),
        ("Https://doi.org/10.1000/x1[doi]", [("doi", "10.1000/x1")]),
        ("nothing 10.5 of 12/3 this", []),
    ],
)
def test_identifiers(text: str, expected: list[tuple[str, str]]) -> None:
    found = sorted(find_identifiers(text), key=lambda span: span.start)
    assert [(span.label, text[span.start : span.end]) for span in found] == expected


def test_the_first_doi_of_a_text() -> None:
    assert doi_in("https://example.org/a, 10.1000/x1 and 10.1000/x2") == "10.1000/x1"
    assert doi_in("https://example.org/a") == ""


@pytest.mark.parametrize(
    ("written", "parts", "value"),
    [
        ("123-8", [("first", "123"), ("last", "8")], "123-8"),
        ("101–129", [("first", "101"), ("last", "129")], "101-129"),
        ("S12-S19", [("first", "S12"), ("last", "S19")], "S12-S19"),
        ("xii–xv", [("first", "xii"), ("last", "xv")], "xii-xv"),
        ("45", [("first", "45")], "45"),
        ("e0123456", [("e-locator", "e0123456")], "e0123456"),
        ("12345", [("first", "12345")], "12345"),
        ("123456", [("e-locator", "123456")], "123456"),
        ("A17", [("first", "17")], "A17"),
        ("in part", [], "in part"),
        ("117 p.", [], "117 p"),
    ],
)
def test_pages(written: str, parts: list[tuple[str, str]], value: str) -> None:
    found = page_parts(written, 0, len(written))
    assert [(part.label, written[part.start : part.end]) for part in found] == parts
    assert page_range(written) == value


def test_number_of_pages() -> None:
    assert page_count("117 p.") == "117"
    assert page_count("320 S.") == "320"
    assert page_count("X, 320 S.") == "X, 320"
    assert page_count("117-120") == ""


def test_volume_with_issue_is_two_spans() -> None:
    text = "vol 12(3), 4"
    spans = list(split_volume(text, Span("volume", 4, 9, 0.9)))
    assert [(s.label, text[s.start : s.end], s.confidence) for s in spans] == [
        ("volume", "12", 0.9),
        ("issue", "3", 0.9),
    ]


@pytest.mark.parametrize(
    ("written", "volume", "pages"),
    [("277497 -529", "277", "497 -529"), ("386131-7", "386", "131-7"), ("2010-2012", "2010", "-2012")],
)
def test_volume_and_pages_run_together(written: str, volume: str, pages: str) -> None:
    cut = written.rindex("-")
    spans = [Span("volume", 0, len(written[:cut].rstrip())), Span("pages", cut, len(written))]
    assert [written[span.start : span.end] for span in unglue(written, spans)] == [volume, pages]


def test_a_bar_at_the_end_of_a_site_is_no_part_of_its_name() -> None:
    text = "A map. Center for Tides |."
    assert item_of(text, (Span("title", 0, 5), Span("publisher", 7, 25)))["publisher"] == "Center for Tides"
