"""No galley loses words; and all ten publishers' articles of the development data render."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Element
from pipeline.render import FORMATS, render, text_of
from pipeline.render.jats_ast import Mapper
from pipeline.words import words

from .conftest import CASES, as_written

UNSURE = ("alternatives", "tex-math", "math")  # letters of formulas run together on a page
RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")  # pdfium reads joined letters in the order they are drawn
TOLERANCE = 0.002
Full = Callable[[str], tuple[bytes, list[Any]]]


def words_of(element: Element) -> list[str]:
    """The words of an element, read as a reader does: inline elements part no word, blocks do."""

    def collect(part: Element) -> str:
        inside = (part.text or "") + "".join(collect(child) + (child.tail or "") for child in part)
        if not isinstance(part.tag, str):
            return ""
        if etree.QName(part).localname in UNSURE:
            return "\n"
        return inside if part.tag in Mapper.inlines else f"\n{inside}\n"

    return words(collect(element))


def missing(elements: list[Element], text: str) -> tuple[Counter[str], int]:
    wanted = Counter(word for element in elements for word in words_of(element))
    return wanted - Counter(words(text)), wanted.total()


@pytest.mark.parametrize("to", FORMATS)
def test_every_word_of_the_article_is_in_the_galley(full: Full, to: str) -> None:
    root = etree.parse(CASES / "full.xml").getroot()
    text = text_of(full(to)[0], to)
    lost, _ = missing([*root.findall("body"), *root.xpath("back/*[not(self::ref-list)]")], text)
    assert not [word for word in lost if to != "pdf" or not RIGHT_TO_LEFT.search(word)], lost
    for title in ("해안을 지키는 갯줄풀", "Cómo la Spartina", "acreción", "WT-7781", "declare no competing interest"):
        assert title in " ".join(text.split()), title


def test_what_could_not_be_shown_is_said(full: Full) -> None:
    for to in FORMATS:
        assert [finding.code for finding in full(to)[1]] == ["image-missing", "unsafe-link", "dangling-link"]


@pytest.mark.parametrize("to", FORMATS)
def test_real_articles_of_ten_publishers_lose_no_words(to: str, shared: Path) -> None:
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    losses = {}
    for path in sorted((shared / "corpus" / "fulltext").glob("*.xml")):
        article = jats.read(etree.parse(path, parser).getroot())
        data, _ = render(article, as_written(article), to)
        lost, count = missing([*article.body, *article.back], text_of(data, to))
        if lost.total() > TOLERANCE * count:
            losses[path.name] = lost
    assert not losses


def test_text_of_html_leaves_navigation_out(full: Full) -> None:
    text = text_of(full("html")[0], "html")
    assert text.count("2.1 Rates") == 1
    assert "citation_title" not in text
