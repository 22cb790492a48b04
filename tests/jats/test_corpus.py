"""Other publishers' articles: read and written, they lose no word."""

from collections import Counter
from pathlib import Path

from lxml import etree

from pipeline import jats
from pipeline.elements import text_of
from pipeline.words import words

FILES = 10


def test_reading_another_publishers_article_loses_no_word_of_front_or_body(shared: Path) -> None:
    files = sorted((shared / "corpus" / "fulltext").glob("*.xml"))
    assert len(files) == FILES
    for file in files:
        root = etree.fromstring(file.read_bytes())
        again = jats.write(jats.read(root))
        for part in ("body", "back"):
            before = Counter(words(" ".join(text_of(each) for each in root.findall(part))))
            after = Counter(words(" ".join(text_of(each) for each in again.findall(part))))
            lost = before - after
            assert lost.total() <= 0.002 * max(before.total(), 1), (file.name, part, lost.most_common(8))
