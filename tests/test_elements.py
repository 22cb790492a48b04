"""The operations on elements, each as a table: what is given, what is asked, what comes of it."""

import re

import pytest
from lxml import etree

from pipeline import elements
from pipeline.article import Element
from pipeline.elements import make
from pipeline.faces import marked_up


def read(xml: str) -> Element:
    return etree.fromstring(xml)


def shown(element: Element) -> str:
    """An element with nothing in it in its short form, whether it has no text or an empty one."""
    return re.sub(r"<(\w+)([^<>]*)></\1>", r"<\1\2/>", etree.tostring(element, encoding="unicode"))


def test_an_element_is_made_of_what_is_nested_and_not_none() -> None:
    made = make(
        "p", "a", None, ["b", make("bold", "c"), ["d", None, ("e",)]], "f", "g", lang="en", content_type="x", id=""
    )
    assert shown(made) == '<p xml:lang="en" content-type="x">ab<bold>c</bold>defg</p>'
    assert shown(make("p", ["a"], "b")) == "<p>ab</p>"
    assert shown(make("xref", make("b"), "t", href="u")) == (
        '<xref xmlns:ns0="http://www.w3.org/1999/xlink" ns0:href="u"><b/>t</xref>'
    )


@pytest.mark.parametrize(("after", "expected"), [("a", "<p><a/>1<n/>2<b/>3</p>"), ("b", "<p><a/>1<b/>3<n/>2</p>")])
def test_what_is_put_behind_an_element_stands_behind_its_tail(after: str, expected: str) -> None:
    root, new = read("<p><a/>1<b/>3</p>"), make("n")
    new.tail = "2"
    element = root.find(after)
    assert element is not None
    elements.insert_after(element, new)
    assert shown(root) == expected


@pytest.mark.parametrize(
    ("parent", "tag", "expected"),
    [
        ("<f><a/><c/></f>", "b", "<f><a/><b/><c/></f>"),
        ("<f><b id='1'/><c/></f>", "b", '<f><b id="1"/><b/><c/></f>'),
        ("<f><c/></f>", "a", "<f><a/><c/></f>"),
        ("<f><a/><x/></f>", "c", "<f><a/><c/><x/></f>"),
        ("<f/>", "c", "<f><c/></f>"),
    ],
)
def test_an_element_takes_its_place_in_an_order(parent: str, tag: str, expected: str) -> None:
    root = read(parent)
    elements.put_in_order(root, make(tag), ["a", "b", "c"])
    assert shown(root) == expected


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<p>a#b</p>", "<p>a<n/>b</p>"),
        ("<p>#</p>", "<p><n/></p>"),
        ("<p>a#b#c<i>d#</i>e#f</p>", "<p>a<n/>b<n/>c<i>d<n/></i>e<n/>f</p>"),
        ("<p><i/>#<b/>x</p>", "<p><i/><n/><b/>x</p>"),
        ("<p>a<o>b#</o>c#</p>", "<p>a<o>b#</o>c<n/></p>"),
        ("<p>a<i>b</i>c</p>", "<p>a<i>b</i>c</p>"),
    ],
)
def test_strings_give_way_to_pieces(xml: str, expected: str) -> None:
    def pieces(text: str, parent: Element) -> list[str | Element]:
        first, *rest = text.split("#")
        return [first, *(piece for each in rest for piece in (make("n"), each))]

    root = read(xml)
    elements.rewrite(root, pieces, {"o"})
    assert shown(root) == expected


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<p>a<italic>b</italic>c</p>", "abc"),
        ("<p>a<!-- x -->b<?y z?>c</p>", "abc"),
        ("<p>a<break/>b</p>", "a b"),
        ("<p>a<list><list-item><p>b</p></list-item></list>c</p>", "a   b   c"),
        ("<name><surname>a</surname><given-names>b</given-names></name>", " a  b "),
        ("<name><surname>a</surname>, <given-names>b</given-names></name>", "a, b"),
        ("<name> <surname>a</surname> <given-names>b</given-names></name>", "  a   b "),
        ("<bold><surname>a</surname><surname>b</surname></bold>", "ab"),
        ("<p>a<xref>b<sup>c</sup></xref><fn>d</fn>e</p>", "abce"),
        ("<aff><institution content-type='original'>all of it</institution><country>it</country></aff>", " all of it "),
        ("<org><institution content-type='original'>all</institution><country>it</country></org>", " all  it "),
    ],
)
def test_text_runs_on_within_a_line_and_is_parted_by_blocks(xml: str, text: str) -> None:
    assert elements.running(read(xml), {"fn"}) == text


@pytest.mark.parametrize(
    ("xml", "length", "rest", "start"),
    [
        ("<p>abc</p>", 2, "<p>c</p>", "<p>ab</p>"),
        ("<p>abc</p>", 0, "<p>abc</p>", "<p/>"),
        ("<p>ab<i>cd</i>ef</p>", 3, "<p><i>d</i>ef</p>", "<p>ab<i>c</i></p>"),
        ("<p>ab<i>cd</i>ef</p>", 4, "<p>ef</p>", "<p>ab<i>cd</i></p>"),
        ("<p>ab<i>cd</i>ef</p>", 5, "<p>f</p>", "<p>ab<i>cd</i>e</p>"),
        ("<p>ab<i>c<b>d</b></i>ef</p>", 3, "<p><i><b>d</b></i>ef</p>", "<p>ab<i>c</i></p>"),
        ("<p>a<xref/>b<i>c</i></p>", 2, "<p><xref/><i>c</i></p>", "<p>a<xref/>b</p>"),
        ("<p>a <i>b</i> c</p>", 4, "<p>c</p>", "<p>a <i>b</i></p>"),
        ("<p>ab</p>", 9, "<p/>", "<p>ab</p>"),
    ],
)
def test_a_copy_without_its_start_or_its_end(xml: str, length: int, rest: str, start: str) -> None:
    root = read(f"<x>{xml}tail</x>")[0]
    before = shown(root)
    assert shown(elements.without_start(root, length)) == rest
    assert shown(elements.without_end(root, length)) == start
    assert shown(root) == before


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<p>a<x>b</x>c</p>", "<p>abc</p>"),
        ("<p>a<b>1</b>2<x>3<i>4</i>5</x>6</p>", "<p>a<b>1</b>23<i>4</i>56</p>"),
        ("<p><x><i>1</i><i>2</i></x><b/></p>", "<p><i>1</i><i>2</i><b/></p>"),
        ("<p><b/><x/>c</p>", "<p><b/>c</p>"),
    ],
)
def test_what_an_element_holds_takes_its_place(xml: str, expected: str) -> None:
    root = read(xml)
    element = root.find("x")
    assert element is not None
    elements.unwrap(element)
    assert shown(root) == expected
    elements.unwrap(root)
    assert shown(root) == expected


@pytest.mark.parametrize(
    ("xml", "expected"),
    [("<p>a<x>b</x>c</p>", "<p>ac</p>"), ("<p>a<b/>1<x/>2</p>", "<p>a<b/>12</p>"), ("<p><x/></p>", "<p/>")],
)
def test_an_element_goes_and_its_tail_stays(xml: str, expected: str) -> None:
    root = read(xml)
    element = root.find("x")
    assert element is not None
    elements.remove_keeping_tail(root, element)
    assert shown(root) == expected


def test_another_name_for_the_same() -> None:
    root = read('<x><a id="1">b<c/>d</a>tail</x>')
    assert shown(elements.rename(root[0], "n")) == '<n id="1">b<c/>d</n>'
    assert shown(root) == '<x><a id="1">b<c/>d</a>tail</x>'


def test_the_line_of_an_element_is_known_where_it_was_read() -> None:
    assert elements.line_of(read("<p>\n<a/></p>")[0]) == 2
    assert elements.line_of(make("p")) is None


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<p>no markup</p>", None),
        ("<p>a<xref>b</xref></p>", None),
        ("<p>  a  <italic> b </italic>  c </p>", "<p>a <italic>b </italic>c</p>"),
        ("<p><xref>a<bold>b</bold></xref>c</p>", "<p>a<bold>b</bold>c</p>"),
        ("<p>a <sup>1</sup> \n</p>", "<p>a <sup>1</sup></p>"),
        ("<p>a\n<bold>\tb</bold></p>", "<p>a <bold>b</bold></p>"),
    ],
)
def test_faces_of_a_string_have_single_spaces(xml: str, expected: str | None) -> None:
    root = read(f"<x>{xml}tail</x>")[0]
    made = marked_up(root)
    assert (made if made is None else shown(made)) == expected
