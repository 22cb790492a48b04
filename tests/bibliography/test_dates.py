"""Dates: parts, ranges, seasons, eras, raw strings."""

from typing import Any

import pytest

from pipeline.bibliography.citeproc.dates import Date, Day, read_date

TEXT = '<date variable="issued" form="text"/>'
OWN = (
    '<date variable="issued"><date-part name="day" suffix=" "/><date-part name="month" form="short" suffix=" "/>'
    '<date-part name="year"/></date>'
)


def issued(*parts: list[int], **more: Any) -> list[dict[str, Any]]:
    return [{"id": "a", "type": "book", "issued": {"date-parts": list(parts), **more}}]


@pytest.mark.parametrize(
    ("data", "layout", "expected"),
    [
        (issued([2020, 3, 5]), TEXT, "March 5, 2020"),
        (issued([2020, 3]), TEXT, "March 2020"),
        (issued([2020]), TEXT, "2020"),
        (issued([2020, 3, 5], [2020, 3, 9]), OWN, "5–9 Mar. 2020"),
        (issued([2020, 3], [2020, 5]), OWN, "Mar.–May 2020"),
        (issued([2019, 12, 30], [2020, 1, 2]), OWN, "30 Dec. 2019–2 Jan. 2020"),
        (issued([1999], [2003]), TEXT, "1999–2003"),
        (issued([2020], season="2"), TEXT, "Summer 2020"),
        (issued([2020, 21]), TEXT, "Spring 2020"),
        (issued([-43, 3]), '<date variable="issued"><date-part name="year"/></date>', "43 BC"),
        ([{"id": "a", "type": "book", "issued": {"literal": "in press"}}], TEXT, "in press"),
        ([{"id": "a", "type": "book", "issued": {"raw": "Jan 10, 2017"}}], OWN, "10 Jan. 2017"),
    ],
)
def test_printed_dates(printed: Any, data: list[dict[str, Any]], layout: str, expected: str) -> None:
    citations = printed(data, layout)[0]
    assert [citation.replace("\u00a0", " ").replace("BCE", "BC") for citation in citations] == [expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"raw": "2019-05-01"}, Date(Day(2019, 5, 1))),
        ({"raw": "1 May 2019"}, Date(Day(2019, 5, 1))),
        ({"raw": "May 2019"}, Date(Day(2019, 5))),
        ({"raw": "Autumn 2019"}, Date(Day(2019, season=3))),
        ({"raw": "2019-05/2019-07"}, Date(Day(2019, 5), Day(2019, 7))),
        ({"raw": "ca. 1850"}, Date(Day(1850), circa=True)),
        ({"raw": "sometime"}, Date(literal="sometime")),
        ("2019-21", Date(Day(2019, season=1))),
        ("2004-06~", Date(Day(2004, 6), circa=True)),
        ({"edtf": "1984/.."}, Date(Day(1984), open_end=True)),
        ({"date-parts": [["2019", "5", "1"]]}, Date(Day(2019, 5, 1))),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({}, None),
        (None, None),
        ({"date-parts": [[1999]], "circa": True}, Date(Day(1999), circa=True)),
    ],
)
def test_read_dates(value: Any, expected: Date | None) -> None:
    assert read_date(value) == expected


def test_uncertain_dates_are_known(printed: Any) -> None:
    layout = f'<choose><if is-uncertain-date="issued"><text term="circa" form="short" suffix=" "/></if></choose>{TEXT}'
    assert printed(issued([1850], circa=True), f'<text value="x "/>{layout}')[0] == ["x c. 1850"]
