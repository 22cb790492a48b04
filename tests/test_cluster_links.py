"""A citation of several references has one link a reference where its words say which part means which."""

import pytest
from lxml import etree

from pipeline.cluster_links import Mark, linked
from pipeline.elements import make

NUMBERS = {f"r{number}": Mark(number=str(number)) for number in range(1, 9)}
NAMES = {"a": Mark(name="Silva", year="2019"), "b": Mark(name="Roe", year="2001a"), "c": Mark(name="Roe", year="2001b")}


def shown(content: list[object], ids: str, marks: dict[str, Mark]) -> str:
    """The links as `[text|ids]`."""
    made = linked(content, ids.split(), marks)  # type: ignore[arg-type]
    for link in made.iter("xref"):
        link.text = f"[{link.text or ''}"
        (link[-1] if len(link) else link).tail, link.tail = None, f"|{link.get('rid')}]{link.tail or ''}"
    assert made.tag in ("xref", "named-content")
    return "".join(made.itertext()) + (f"|{ids}]" if made.tag == "xref" and made.tail is None else made.tail or "")


@pytest.mark.parametrize(
    ("text", "ids", "expected"),
    [
        ("[1, 3]", "r1 r3", "[[1|r1], [3|r3]]"),
        ("[1–3]", "r1 r2 r3", "[[1|r1 r2]–[3|r3]]"),
        ("[1–3, 5]", "r1 r2 r3 r5", "[[1|r1 r2]–[3|r3], [5|r5]]"),
        ("[3, 1]", "r1 r3", "[[3|r3], [1|r1]]"),
        ("[2]", "r2", "[[2]|r2]"),
        ("[2–]", "r2 r3", "[[2–]|r2 r3]"),
        ("[1, 4]", "r1 r3", "[[1, 4]|r1 r3]"),
        ("[1, 9]", "r1 r9", "[[1, 9]|r1 r9]"),
    ],
)
def test_by_number(text: str, ids: str, expected: str) -> None:
    assert shown([text], ids, NUMBERS) == expected


@pytest.mark.parametrize(
    ("text", "ids", "expected"),
    [
        ("(Silva, 2019; Roe, 2001a)", "a b", "([Silva, 2019|a]; [Roe, 2001a|b])"),
        ("(SILVA 2019, Roe 2001b)", "a c", "([SILVA 2019|a], [Roe 2001b|c])"),
        ("Silva, 2019; Roe, 2001a", "b a", "[Silva, 2019|a]; [Roe, 2001a|b]"),
        ("(see Silva, 2019; also Roe, 2001a)", "a b", "([see Silva, 2019|a]; [also Roe, 2001a|b])"),
        ("(Silva, 2019; Roe, 2001a, 2001b)", "a b c", "[(Silva, 2019; Roe, 2001a, 2001b)|a b c]"),
        ("(Silva, 2019; others)", "a b", "[(Silva, 2019; others)|a b]"),
        ("(Silva, 2019; Roe, 2001a; others)", "a b", "[(Silva, 2019; Roe, 2001a; others)|a b]"),
        ("(Silva, 2019; Roe, 2001a)", "a x", "[(Silva, 2019; Roe, 2001a)|a x]"),
    ],
)
def test_by_name_and_year(text: str, ids: str, expected: str) -> None:
    assert shown([text], ids, NAMES) == expected


def test_numbers_are_found_within_markup_and_names_are_not() -> None:
    made = linked([make("sup", "1,2")], ["r1", "r2"], NUMBERS)
    assert [link.get("rid") for link in made.iter("xref")] == ["r1", "r2"]
    assert made.get("content-type") == "citation"
    made = linked(["(Silva, 2019; ", make("italic", "Roe"), ", 2001a)"], ["a", "b"], NAMES)
    assert etree.tostring(made).startswith(b'<xref ref-type="bibr" rid="a b">')


@pytest.mark.parametrize(
    ("mark", "names"),
    [
        (Mark(name="Roe", year="2001"), True), (Mark(name="roe", year="2001"), True), (Mark(name="Roe"), False),
        (Mark(year="2001"), False), (Mark(name="Roe", year="2002"), False), (Mark(name="Rowe", year="2001"), False),
    ],
)  # fmt: skip
def test_a_mark_names_its_reference_by_name_and_year(mark: Mark, names: bool) -> None:
    assert mark.names("ROE, 2001") is names
