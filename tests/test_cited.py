"""Citations that a source states by key: text and links in their place, tables of what is cited and what is printed."""

from collections.abc import Callable

import pytest
from lxml import etree

from pipeline import cited
from pipeline.article import Article, Reference
from pipeline.cited import Cited
from pipeline.elements import CLUSTER

ITEMS = {
    "silva": {
        "type": "book",
        "title": "Quays",
        "author": [{"family": "Silva", "given": "Ana"}],
        "issued": {"date-parts": [[2019]]},
    },
    "costa": {
        "type": "book",
        "title": "Boats",
        "author": [{"family": "Costa", "given": "Rui"}],
        "issued": {"date-parts": [[2020]]},
    },
    "bare": {"type": "book"},
}
Place = Callable[..., tuple[str, Cited]]


def article(cluster: str) -> Article:
    paragraph = etree.fromstring(f"<p>As <{CLUSTER}>{cluster}</{CLUSTER}> says.</p>")
    return Article(body=[paragraph], lang="en")


def placed(cluster: str, listed: tuple[str, ...] = (), printed: tuple[str, ...] = ()) -> tuple[str, Cited]:
    """The paragraph with its links as `[text|ids]`, between `As ` and ` says.`, and the record of it."""
    made = article(cluster)
    record = cited.gather(made, [Reference(text) for text in printed], [], ITEMS, listed)
    cited.place(made, record)
    for link in made.body[0].iter("xref"):
        link.text, link.tail = f"[{''.join(link.itertext())}|{link.get('rid')}]", link.tail
        for child in list(link):
            link.remove(child)
    return "".join(made.body[0].itertext()).removeprefix("As ").removesuffix(" says."), record


@pytest.mark.parametrize(
    ("cites", "text"),
    [
        ('<cite key="silva"/>', "([Silva, 2019|ref1])"),
        ('<cite key="silva" prefix="see" suffix="p. 5"/>', "(see [Silva, 2019|ref1], p. 5)"),
        ('<cite key="silva" suffix="; and more"/>', "([Silva, 2019|ref1]; and more)"),
        ('<cite key="silva"/><cite key="costa"/>', "([Silva, 2019|ref2]; [Costa, 2020|ref1])"),
        ('<cite key="silva" mode="narrative"/>', "[Silva (2019)|ref1]"),
        ('<cite key="silva" mode="narrative" suffix="p. 5"/>', "[Silva (2019|ref1], p. 5)"),
        ('<cite key="silva" mode="narrative"/><cite key="costa"/>', "[Silva (2019|ref2]; [Costa, 2020|ref1])"),
        ('<cite key="silva" mode="suppress-author"/>', "([2019|ref1])"),
        ('<cite key="nobody"/>', "([nobody])"),
        ('<cite key="nobody"/><cite key="silva"/>', "([nobody]; [Silva, 2019|ref1])"),
        ('<cite key="bare"/>', "([bare])"),
    ],
)
def test_what_no_program_has_printed_is_composed(cites: str, text: str) -> None:
    assert placed(cites)[0] == text


@pytest.mark.parametrize(
    ("cluster", "text"),
    [
        ('(Silva, 2019)<cite key="silva"/>', "([Silva, 2019|ref1])"),
        (
            '(Silva, 2019; Costa, 2020)<cite key="silva"/><cite key="costa"/>',
            "([Silva, 2019|ref2]; [Costa, 2020|ref1])",
        ),
        ('Silva, 2019 ; Costa, 2020<cite key="silva"/><cite key="costa"/>', "[Silva, 2019|ref2] ; [Costa, 2020|ref1]"),
        ('(Silva, 2019, Costa, 2020)<cite key="silva"/><cite key="costa"/>', "([Silva, 2019, Costa, 2020|ref2 ref1])"),
        ('[1, 2]<cite key="silva"/><cite key="costa"/>', "[[1|ref1], [2|ref2]]"),
        ('[1–2]<cite key="silva"/><cite key="costa"/>', "[[1–2|ref1 ref2]]"),
        ('[7, 9]<cite key="silva"/><cite key="costa"/>', "[[7|ref2], [9|ref1]]"),
        ('[7, 9, 11]<cite key="silva"/><cite key="costa"/>', "[[7|ref2], [9|ref1], [11|ref1]]"),
        ('<sup>1,2</sup><cite key="silva"/><cite key="costa"/>', "[1|ref1],[2|ref2]"),
        ('Silva <italic>2019</italic><cite key="silva"/>', "[Silva 2019|ref1]"),
        ('(Nobody)<cite key="nobody"/>', "(Nobody)"),
    ],
)
def test_what_a_program_has_printed_is_linked(cluster: str, text: str) -> None:
    assert placed(cluster)[0] == text


def test_what_is_found_linked_added_and_unknown_is_counted() -> None:
    _, record = placed('<cite key="silva"/><cite key="nobody"/>')
    assert (record.found, record.linked, record.added) == (2, 1, ["Silva, 2019", "[nobody]"])
    [finding] = record.findings
    assert (finding.code, "'nobody' is cited" in finding.message) == ("citation-unknown", True)
    [reference] = record.references
    assert (reference.id, reference.item["id"], reference.is_known) == ("ref1", "ref1", True)


@pytest.mark.parametrize(
    ("listed", "titles"),
    [((), ["Quays"]), (("costa",), ["Boats", "Quays"]), (("*",), ["Boats", "Quays"]), (("bare",), ["Quays"])],
)
def test_works_that_are_listed_uncited_are_in_the_list(listed: tuple[str, ...], titles: list[str]) -> None:
    _, record = placed('<cite key="silva"/>', listed)
    assert [reference.item["title"] for reference in record.references] == titles


def test_a_printed_list_keeps_its_order_and_gets_the_data() -> None:
    printed = ("Silva, A. (2019). Quays.", "Costa, R. (2020). Boats.", "Unknown, X. (1999). Nothing.")
    text, record = placed('<cite key="costa"/>', printed=printed)
    assert text == "([Costa, 2020|ref2])"
    assert [reference.text for reference in record.references] == list(printed)
    assert [reference.is_known for reference in record.references] == [False, True, False]
    assert record.references[1].item["title"] == "Boats"


def test_a_range_of_numbers_has_an_end() -> None:
    match = cited.NUMBER.fullmatch("3-9999")
    assert match
    assert cited._range(match) == range(3, 54)
