"""The language of a part is marked where its script tells it."""

import pytest
from lxml import etree

from pipeline.elements import text_of
from pipeline.jats.languages import mark_languages

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def marked(xml: str, lang: str = "en") -> etree._Element:
    root = etree.fromstring(f'<article xml:lang="{lang}">{xml}</article>')
    before = text_of(root)
    mark_languages(root)
    assert text_of(root) == before
    return root[0]


@pytest.mark.parametrize(
    ("text", "tag"),
    [("국가통계포털", "ko"), ("日本の港と図書館", "ja"), ("港口城市", "zh"), ("เมืองท่า", "th"), ("ספריית הנמל", "he")],
)
def test_an_element_wholly_in_another_script_says_its_language(text: str, tag: str) -> None:
    assert marked(f"<source>{text}</source>").get(LANG) == tag


def test_a_few_latin_letters_do_not_hide_it() -> None:
    assert marked("<publisher-name>KOSIS 국가통계포털</publisher-name>").get(LANG) == "ko"


def test_a_part_of_a_text_is_marked_alone() -> None:
    made = marked("<p>The 항구 도시, <italic>or</italic> harbour 도시 (towns)</p>")
    assert made.get(LANG) is None
    assert [(each.get(LANG), each.text) for each in made.iter("styled-content")] == [
        ("ko", "항구 도시"),
        ("ko", "도시"),
    ]


@pytest.mark.parametrize(
    ("xml", "lang"),
    [
        ("<p>α and β in Ωm</p>", "en"),
        ("<p>공공 도서관</p>", "ko"),
        ("<p>圖書館 in Korean</p>", "ko"),
        ("<p>日本の港</p>", "ja"),
        ("<p>Москва</p>", "en"),
        ("<journal-id>국가</journal-id>", "en"),
        ('<p xml:lang="ko">항구</p>', "en"),
    ],
)
def test_what_tells_nothing_is_left_alone(xml: str, lang: str) -> None:
    made = marked(xml, lang)
    assert not list(made.iter("styled-content"))
    assert made.get(LANG) in (None, "ko")


def test_marking_twice_is_marking_once() -> None:
    root = etree.fromstring('<article xml:lang="en"><p>The 항구 도시 and <b>x</b> 港口</p></article>')
    mark_languages(root)
    once = etree.tostring(root)
    mark_languages(root)
    assert etree.tostring(root) == once
