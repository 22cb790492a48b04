"""References as tagged citations, and back."""

import pytest
from lxml import etree

from pipeline import jats, references
from pipeline.article import Article, Reference, Span
from pipeline.elements import make, text_of
from pipeline.jats.citation import tables, write_citation, write_list
from pipeline.jats.citation_reader import read_citation, read_reference

ENTRIES = [
    "Abuza, Z. (2020, April 22). Explaining successful responses in Southeast Asia. The Diplomat.",
    "Badie, B., Berg-Schlosser, D., & Morlino, L. (2011). Regionalism. In International encyclopedia of political "
    "science. SAGE.",
    "Palmer, C., & Bolderston, A. (2006). A brief introduction to qualitative research. Canadian Journal of Medical "
    "Radiation Technology, 37(1), 16-19.",
    "ASEAN-Korea Centre. (2017, October). ASEAN-Korea Relations. Retrieved September 28, 2020, from",
    "국립바다도서관. (2021). 항구 도시 도서관 이용 조사 보고서. 국립바다도서관.",
    "Smith J, Brown K, et al. A trial of things. Lancet. 2019;12(3):e45. doi:10.1000/xyz123",
    "a line that is no reference",
    "x < y & z > \"q\" 'r'",
]


def tagged(text: str, *parts: tuple[str, str], **item: object) -> etree._Element:
    """`text` with the first occurrence of each string tagged by its label."""
    spans = tuple(Span(label, text.index(part), text.index(part) + len(part)) for part, label in parts)
    return write_citation(Reference(text=text, spans=spans, item=item))


@pytest.mark.parametrize("text", ENTRIES)
def test_the_exact_string_survives(text: str) -> None:
    [reference], _ = references.parse([Reference(text=text)])
    assert text_of(write_citation(reference)) == text


@pytest.mark.parametrize("text", ENTRIES)
def test_the_item_made_from_the_xml_is_the_one_made_from_the_string(text: str) -> None:
    [reference], _ = references.parse([Reference(text=text)])
    article = jats.read(etree.fromstring(jats.serialize(jats.write(Article(references=[reference])))))
    assert article.references[0].text == text
    assert article.references[0].item == reference.item


def test_titles_are_sources_where_nothing_contains_them() -> None:
    book = tagged("Roe (2001). Tides. Lantern Press.", ("Tides", "title"), ("Lantern Press", "publisher"), type="book")
    assert [child.tag for child in book] == ["source", "publisher-name"]
    chapter = tagged("Roe. Ebb. In Tides.", ("Ebb", "title"), ("Tides", "container-title"), type="chapter")
    assert [(child.tag, child.text) for child in chapter] == [("chapter-title", "Ebb"), ("source", "Tides")]


def test_dates_and_pages_are_tagged_part_by_part() -> None:
    text = "Roe. 2001, May 3. Tides. 12-19."
    date = Span("date", 5, 16, parts=(Span("year", 5, 9), Span("month", 11, 14), Span("day", 15, 16)))
    pages = Span("pages", 25, 30, parts=(Span("first", 25, 27), Span("last", 28, 30)))
    item = {"type": "article-journal", "issued": {"date-parts": [[2001, 5, 3]]}}
    citation = write_citation(Reference(text=text, spans=(date, pages), item=item))
    assert [child.tag for child in citation] == ["year", "month", "day", "fpage", "lpage"]
    assert citation[0].get("iso-8601-date") == "2001-05-03"
    assert text_of(citation) == text


def test_an_element_citation_reads_with_spaces_between_its_parts() -> None:
    xml = """<element-citation publication-type="journal"><person-group person-group-type="author">
      <name><surname>Roe</surname><given-names>A</given-names></name><etal/></person-group><year>2001</year>
      <article-title>Tides</article-title><source>Sea</source><volume>3</volume><fpage>12</fpage><lpage>19</lpage>
      <pub-id pub-id-type="doi">10.1/x</pub-id></element-citation>"""
    ref = make("ref", etree.fromstring(xml), id="B1")
    reference = read_reference(ref, 1)
    assert reference.text == "Roe A 2001 Tides Sea 3 12–19 10.1/x"
    assert reference.item["author"] == [{"family": "Roe", "given": "A"}]
    expected = {"type": "article-journal", "title": "Tides", "container-title": "Sea", "volume": "3", "id": "B1"}
    assert expected.items() <= reference.item.items()
    assert reference.item["page"] == "12-19"


def test_names_without_a_group_are_the_authors() -> None:
    xml = "<mixed-citation><name><surname>Roe</surname> <given-names>A</given-names></name>, Tides.</mixed-citation>"
    text, spans = read_citation(etree.fromstring(xml))
    assert text == "Roe A, Tides."
    assert [(span.label, [part.label for part in span.parts]) for span in spans] == [("author", ["person"])]


def test_a_list_is_well_formed_and_one_entry_a_line() -> None:
    made = write_list(references.parse([Reference(text=text) for text in ENTRIES])[0])
    assert len(made.splitlines()) == len(ENTRIES) + 2
    assert len(etree.fromstring(made)) == len(ENTRIES)


def test_a_dash_stands_for_the_authors_of_the_entry_above() -> None:
    texts = ["Roe, A. (2001). Tides. Lantern Press.", "______. (2003). Ebb. Lantern Press."]
    read, _ = references.parse([Reference(text=text) for text in texts])
    again = jats.read(etree.fromstring(jats.serialize(jats.write(Article(references=read)))))
    assert again.references[1].item["author"] == [{"family": "Roe", "given": "A."}]
    assert again.references[1].text == texts[1]


def test_only_parts_that_may_hold_italics_do(dtd: etree.DTD) -> None:
    """The author's italics reach over every kind of part: none of them makes the citation invalid."""
    labels = [*tables()["elements"], *tables()["typed"], "title", "url", "date", "year", "pages", "version"]
    text = " ".join(f"p{number}" for number in range(len(labels)))
    starts = [0, *(place + 1 for place, char in enumerate(text) if char == " ")]
    spans = tuple(
        Span(label, start, start + len(word)) for label, start, word in zip(labels, starts, text.split(), strict=True)
    )
    marked = make("p", make("italic", text))
    ref = make("ref", write_citation(Reference(text, spans), marked), id="r1")
    assert text_of(ref) == text
    dtd.validate(make("article", make("front"), make("back", make("ref-list", ref))))
    assert [error.message for error in dtd.error_log if "italic" in error.message] == []


def test_tags_that_hold_nothing_at_the_end_are_no_parts() -> None:
    xml = "<mixed-citation>Roe A. <year>2001</year> <volume> </volume> <fpage> </fpage></mixed-citation>"
    text, spans = read_citation(etree.fromstring(xml))
    assert text == "Roe A. 2001"
    assert [(span.label, text[span.start : span.end]) for span in spans] == [("date", "2001")]
    name = "<string-name><surname>Roe</surname> <given-names> </given-names></string-name>"
    ((author,),) = (read_citation(etree.fromstring(f"<mixed-citation>{name}</mixed-citation>"))[1],)
    assert [[part.label for part in person.parts] for person in author.parts] == [["family"]]


@pytest.mark.parametrize(
    ("xml", "label"),
    [
        ("<ext-link>https://a.example</ext-link>", "url"), ("<uri xlink:href='https://a.example'>here</uri>", "url"),
        ("<ext-link>here</ext-link>", None), ("<pub-id pub-id-type='doi'>10.1/x</pub-id>", "doi"),
    ],
)  # fmt: skip
def test_addresses_are_told_by_what_they_say_or_lead_to(xml: str, label: str | None) -> None:
    whole = f'<mixed-citation xmlns:xlink="http://www.w3.org/1999/xlink">Roe. {xml}</mixed-citation>'
    assert [span.label for span in read_citation(etree.fromstring(whole))[1]] == ([label] if label else [])


@pytest.mark.parametrize(("page", "tag"), [("e45", "elocation-id"), ("45", "fpage"), ("iv", "fpage"), ("S", "fpage")])
def test_an_article_number_is_a_letter_and_digits(page: str, tag: str) -> None:
    assert tagged(f"Roe. Tides. {page}.", (f"{page}", "pages"))[0].tag == tag


def test_dates_without_a_year_in_digits_are_strings() -> None:
    assert tagged("Roe. in press. Tides.", ("in press", "date"))[0].tag == "string-date"
    year = tagged("Roe. 2001. Tides.", ("2001", "date"), issued={"date-parts": [[2001]]})[0]
    assert (year.tag, year.get("iso-8601-date")) == ("year", "2001")
    for parts in ([[0]], [[2001], [2002]], [["2001"]], [[12000]]):
        assert tagged("Roe. 2001.", ("2001", "date"), issued={"date-parts": parts})[0].get("iso-8601-date") is None


def test_overlapping_parts_leave_the_string_as_it_is() -> None:
    spans = (Span("title", 5, 10), Span("volume", 8, 12), Span("year", 11, 15))
    citation = write_citation(Reference("Roe. Tides 2001.", spans))
    assert text_of(citation) == "Roe. Tides 2001."
    assert [child.tag for child in citation] == ["source", "year"]


def test_the_day_on_which_an_address_was_seen_has_its_date() -> None:
    item = {"accessed": {"date-parts": [[2021, 6, 7]]}, "issued": {"date-parts": [[2020]]}}
    made = tagged("Roe. 7 June 2021. 10.1/x", ("7 June 2021", "accessed"), ("10.1/x", "doi"), **item)
    assert [(child.tag, child.get("iso-8601-date")) for child in made] == [
        ("date-in-citation", "2021-06-07"), ("pub-id", None),
    ]  # fmt: skip
