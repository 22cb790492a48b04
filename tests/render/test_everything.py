"""Every element of the JATS tag set that holds words: its words are in each galley, apart from their neighbours'.

In `cases/everything.xml` they are markers, `zz` and the name of the element.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from pipeline import resources
from pipeline.elements import MML
from pipeline.render import FORMATS, text_of

from .conftest import CASES

ARTICLE = CASES / "everything.xml"
TAG_SET = "jats/1.3/JATS-archivearticle1-3-mathml3.dtd"
MARKER = re.compile(r"zz[a-z]+", re.IGNORECASE)
# What is said in another form: the statement of rights names the holder; of alternatives one is shown; terms for an
# index are not printed where they stand.
UNSAID = {"zzcopyrightholder", "zzfigholder", "zztextualform", "zzindexterm", "zzsee", "zzseealso"}
SET_IN_LETTERS = {"zztex"}
# Without words of their own, or of no article: times of processing, rules between cells, glyphs by number.
WORDLESS = {"extended-by", "restricted-by", "glyph-ref", "hr", "time-stamp", "pub-date-not-available"}


@pytest.fixture(scope="module")
def tag_set() -> etree.DTD:
    path = resources.schemas(TAG_SET)
    if not path.is_file():
        pytest.skip("the JATS DTDs are not installed; run: make setup")
    return etree.DTD(file=str(path))


def test_the_case_is_valid_and_has_every_element(tag_set: etree.DTD) -> None:
    root = etree.parse(ARTICLE).getroot()
    assert tag_set.validate(root), tag_set.error_log
    known = {element.name.rpartition(":")[2] for element in tag_set.iterelements() if element.prefix != "mml"}
    found = {etree.QName(element).localname for element in root.iter("{*}*") if etree.QName(element).namespace != MML}
    assert known - found == WORDLESS


@pytest.mark.parametrize("to", FORMATS)
def test_every_marker_arrives_in_one_piece(galley_of: Callable[..., tuple[bytes, list[Any]]], to: str) -> None:
    data, findings = galley_of("everything.xml", to)
    assert {finding.code for finding in findings} == {"image-missing", "figure-without-alt"}
    written = {marker.lower() for text in etree.parse(ARTICLE).getroot().itertext() for marker in MARKER.findall(text)}
    arrived = {marker.lower() for marker in MARKER.findall(text_of(data, to))}
    assert arrived <= {marker.lower() for marker in MARKER.findall(ARTICLE.read_text(encoding="utf-8"))}
    assert written - arrived - SET_IN_LETTERS == UNSAID
