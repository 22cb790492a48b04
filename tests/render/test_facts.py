"""Facts of an article as they are printed: rights, dates, fonts by language."""

from typing import Any

import pytest

from pipeline.article import Article, Date, Permissions
from pipeline.render import fonts, metadata
from pipeline.render.epub import modified
from pipeline.render.front import copyright_line, issue_line, sentence
from pipeline.render.house import labels
from pipeline.render.pdf import first_of, shortened, whole_date


@pytest.mark.parametrize(
    ("permissions", "line"),
    [
        (Permissions(statement="© We", holder="They", year="1999"), "© We"),
        (Permissions(holder="They", year="1999"), "© 1999 They"),
        (Permissions(holder="They"), "© They"),
        (Permissions(year="1999"), "© 1999"),
        (Permissions(), ""),
    ],
)
def test_who_holds_the_rights(permissions: Permissions, line: str) -> None:
    assert copyright_line(Article(permissions=permissions)) == line


@pytest.mark.parametrize(
    ("text", "ended"), [("So", "So."), ("So.", "So."), ("So!", "So!"), ("如此。", "如此。"), ("", "")]
)
def test_a_sentence_ends(text: str, ended: str) -> None:
    assert sentence(text) == ended


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"volume": "17", "issue": "2", "fpage": "101", "lpage": "129"}, "Vol. 17, No. 2, pp. 101–129"),
        ({"volume": "17", "fpage": "101", "lpage": "101"}, "Vol. 17, p. 101"),
        ({"issue": "2", "fpage": "101"}, "No. 2, p. 101"),
        ({"volume": "17", "elocation_id": "e7", "dates": [Date("pub", 2021)]}, "Vol. 17 (2021), e7"),
        ({"dates": [Date("pub", 2021)], "elocation_id": "e7"}, "2021, e7"),
        ({"lpage": "9"}, ""),
    ],
)
def test_issue_line(facts: dict[str, Any], line: str) -> None:
    assert issue_line(Article(**facts), labels("en")) == line


@pytest.mark.parametrize(
    ("date", "day"),
    [
        (Date("pub", 2024, 4, 9), "2024-04-09"), (Date("pub", 2024, 4), "2024-04-01"),
        (Date("pub", 2024), "2024-01-01"),
        (Date("pub", 2024, 2, 31), ""),
    ],
)  # fmt: skip
def test_a_pdf_has_a_whole_day(date: Date, day: str) -> None:
    assert whole_date(date.iso) == day


def test_strings_of_a_pdf_have_an_end() -> None:
    assert whole_date("") == ""
    assert shortened("x " * 500) == "x " * 500
    assert shortened("word " * 201) == "word " * 199 + "…"
    words = ["1234567890"] * 100
    assert list(first_of(words)) == words[:83]


LATIN = {"name": "Own", "covers": "latin-in-cjk"}


@pytest.mark.parametrize(
    ("lang", "own", "faces"),
    [
        ("en", "Own", ["KR", "JP", "SC", "TC", "HK"]), ("ja", LATIN, ["JP", "KR", "SC", "TC", "HK"]),
        ("zh-TW", LATIN, ["TC", "KR", "JP", "SC", "HK"]), ("zh_HK", LATIN, ["HK", "KR", "JP", "SC", "TC"]),
        ("zh-SG", LATIN, ["SC", "KR", "JP", "TC", "HK"]),
    ],
)  # fmt: skip
def test_ideographs_have_the_forms_of_the_language(lang: str, own: object, faces: list[str]) -> None:
    stack = fonts.stack(["Own"], lang)
    assert stack[0] == own
    assert stack[1:3] == list(fonts.FURTHER[:2])
    assert stack[3:8] == [f"Noto Sans CJK {face}" for face in faces]
    assert stack[8:] == list(fonts.FURTHER[2:])


@pytest.mark.parametrize(
    ("epoch", "date", "day"),
    [
        ("86400", "2024-04-09", "1970-01-02"), ("", "2024-04-09", "2024-04-09"), ("", "2024-04", "2024-04-01"),
        ("0", "2024", "2024-01-01"), ("", "", "1970-01-01"), ("86400", "", "1970-01-02"),
    ],
)  # fmt: skip
def test_an_epub_is_of_the_day_of_its_article(epoch: str, date: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert modified({"date": date}) == f"{day}T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("A word. " * 100, "A word. " * 37 + "A …"),
        ("潮" * 500, "潮" * 300),
        ("A short text.", "A short text."),
    ],
)
def test_a_description_is_cut_between_words_where_there_are_any(text: str, short: str) -> None:
    assert metadata.shortened(text) == short
