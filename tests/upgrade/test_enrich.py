"""What a publisher's tags do not say is told from the text, and what they say stays."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from pipeline.article import Element
from pipeline.elements import PREFIXES, text_of
from pipeline.jats.reader import read
from pipeline.upgrade import blocks_of, complete, link_citations, name_language, tag_references, upgrade

FILE = Path(__file__).with_name("citations.txt")
NAMESPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in PREFIXES.items() if prefix != "xml")
FRONT = (
    "<front><journal-meta><journal-id>j</journal-id><issn>0000-0019</issn></journal-meta><article-meta><title-group>"
    "<article-title>T</article-title></title-group></article-meta></front>"
)
LIST = (
    "<ref-list><ref id='r1'><label>1</label><mixed-citation>Arno P. Quays. 2001.</mixed-citation></ref>"
    "<ref id='r2'><label>2</label><mixed-citation>Moreau P. Salt. 2002.</mixed-citation></ref></ref-list>"
)


def article(body: str, back: str = "", lang: str = "en") -> Element:
    said = f' xml:lang="{lang}"' if lang else ""
    return etree.fromstring(f"<article {NAMESPACES}{said}>{FRONT}<body>{body}</body><back>{back}</back></article>")


def tagged(text: str) -> Iterator[str]:
    for line in (line for line in text.splitlines() if not line.startswith("    ")):
        yield line
        if line.startswith("<"):
            root = article("<p>x</p>", f"<ref-list><ref id='r1'>{line} </ref></ref-list>")
            findings = tag_references(root, {})
            (citation,) = root.iter("mixed-citation")
            assert citation.tail == " "
            assert text_of(citation) == text_of(etree.fromstring(f"<a {NAMESPACES}>{line}</a>")[0])
            made = etree.tostring(citation, encoding="unicode", with_tail=False)
            yield f"    {made.replace(f' {NAMESPACES}', '')}"
            yield from (f"    - {finding.line} {finding.code}: {finding.message}" for finding in findings)


def test_tagged_citations(golden: Callable[[Path, str], None]) -> None:
    golden(FILE, "\n".join(tagged(FILE.read_text(encoding="utf-8"))) + "\n")


def test_a_reference_that_is_corrected_is_tagged_though_it_is_already() -> None:
    given = "<mixed-citation>Arno P. <source>Quays</source>. Tides. 2001.</mixed-citation>"
    root = article("<p>x</p>", f"<ref-list><ref/><ref>{given}</ref><ref>{given}</ref></ref-list>")
    assert [each.code for each in tag_references(root, {"2": {"title": "Nowhere"}, "1": {"title": "x"}})] == [
        "correction-not-found"
    ]
    second, third = root.iter("mixed-citation")
    assert (second.findtext("year"), third.find("year")) == ("2001", None)


def xref(text: str, kind: str = "bibr") -> str:
    return f"<xref ref-type='{kind}' rid='r1'>{text}</xref>"


@pytest.mark.parametrize(
    ("body", "linked"),
    [
        ("As Arno (2001) and Moreau (2002) say.", ["Arno (2001", "Moreau (2002"]),
        ("As Arno [1] and Moreau [2] say.", ["1", "2"]),
        (f"Seen by {xref('Arno, 2001')}, and by Moreau (2002); [2].", ["Arno, 2001", "Moreau (2002"]),
        (f"Seen [{xref('1')}], [2]; by Moreau (2002).", ["1", "2"]),
        (f"Seen {xref('[1]')}, [2]; by Moreau (2002).", ["[1]", "2"]),
        (f"Seen [{xref('1')}, {xref('2')}], (see{xref('1')}–{xref('2')}), [2].", ["1", "2", "1", "2", "2"]),
        (f"Seen<sup>{xref('1')}</sup>, [2]; by Moreau (2002).", ["1"]),
        (f"Seen<sup>{xref('1')}</sup>, [{xref('1')}], [2].", ["1", "1", "2"]),
        (f"Seen<sup>{xref('1')},{xref('1')}</sup>; [{xref('1')}], [2].", ["1", "1", "1", "2"]),
        (f"Seen<sup>{xref('1')} {xref('1')}</sup>; [{xref('1')}], [2].", ["1", "1", "1"]),
        (f"{xref('1')} is seen, [2].", ["1"]),
        (f"Seen in {xref('1', 'fig')}, [1] and [2].", ["1", "2"]),
        ("Seen in [2].", []),
        (f"Seen by {xref('Arno')}, {xref('1')}: Moreau (2002).", ["Arno", "1"]),
        (f"Seen by {xref('Arno')}, {xref('Arno')}, {xref('1')}: Moreau (2002).", ["Arno", "Arno", "1", "Moreau (2002"]),
    ],
)
def test_citations_are_linked_as_the_others_are(body: str, linked: list[str]) -> None:
    root = article(f"<p>{body}</p>", LIST)
    links = link_citations(root, read(root))
    found = [text_of(each) for each in root.iter("xref") if each.get("ref-type") == "bibr"]
    assert found == linked
    assert links.linked == len(linked)


def test_a_reference_that_nothing_cites_is_said_where_the_publisher_linked_none() -> None:
    for body, codes in (("As Arno (2001) says.", ["reference-not-cited"]), (f"As {xref('Arno, 2001')} says.", [])):
        root = article(f"<p>{body}</p>", LIST)
        assert [each.code for each in link_citations(root, read(root)).findings] == codes


def test_the_language_is_that_of_the_text_else_the_journals() -> None:
    german = "<p>Die Geschichte der Häfen und der Boote ist lang, und sie ist noch nicht geschrieben.</p>"
    for body, default, expected in ((german, "fr", "de"), ("<p>1</p>", "fr", "fr"), ("<p>1</p>", "", "en")):
        root = article(body, lang="")
        name_language(root, default)
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == expected
    root = article(german, lang="pt")
    name_language(root, "fr")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "pt"


def test_blocks_have_the_lines_of_the_source() -> None:
    root = article("\n<p>one</p>\n<sec><title>two</title>\n\n<p>three</p></sec>")
    assert [(each.text, each.line, each.last_line) for each in blocks_of(root)][1:] == [
        ("one", 2, 2),
        ("two", 3, 3),
        ("three", 5, 5),
    ]


def test_sections_get_ids_and_namespaces_that_nothing_uses_go() -> None:
    source = article("<sec><title>T</title><p xmlns:odd='urn:odd'>a</p></sec>")
    root = upgrade(source).root
    complete(root)
    assert [each.get("id") for each in root.iter("sec")] == ["sec1"]
    assert "urn:odd" in etree.tostring(source, encoding="unicode")
    assert "urn:odd" not in etree.tostring(root, encoding="unicode")
    assert root.get("dtd-version") == "1.3"
