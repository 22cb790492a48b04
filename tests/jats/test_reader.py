"""What other publishers write in other ways is read as the same article."""

import pytest
from lxml import etree

from pipeline import jats
from pipeline.article import Article, Date, Name


def read(front: str, back: str = "") -> Article:
    xml = (
        '<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ali="http://www.niso.org/schemas/ali/1.0/">'
        f"<front><article-meta>{front}</article-meta></front><body/><back>{back}</back></article>"
    )
    return jats.read(etree.fromstring(xml))


def test_a_group_is_named_without_its_members() -> None:
    group = (
        "<contrib-group><contrib contrib-type='author'><collab>The <italic>Tide</italic> Group<contrib-group><contrib>"
        "<name><surname>Roe</surname></name></contrib></contrib-group> of Porto</collab></contrib></contrib-group>"
    )
    (person,) = read(group).contributors
    assert person.collab == "The Tide Group of Porto"
    assert [child.tag for child in person.more] == ["contrib-group"]


@pytest.mark.parametrize(
    ("xml", "name"),
    [
        ("<name><surname>Roe</surname><given-names>Ann</given-names></name>", Name("Roe", "Ann")),
        ("<string-name>Ann <x/> Roe</string-name>", Name("Ann Roe")),
        ("<name-alternatives><name name-style='eastern'><surname>김</surname></name></name-alternatives>",
         Name("김", style="eastern")),
        ("<name><given-names>Plato</given-names><suffix>Jr</suffix></name>", Name("", "Plato", suffix="Jr")),
    ],
)  # fmt: skip
def test_names_in_any_form(xml: str, name: Name) -> None:
    assert read(f"<contrib-group><contrib>{xml}</contrib></contrib-group>").contributors[0].name == name


@pytest.mark.parametrize(
    ("xml", "date"),
    [
        ("<pub-date><year>2020</year></pub-date>", Date("pub", 2020)),
        (
            "<pub-date pub-type='epub'><day>03</day><month>5</month><year>2020</year></pub-date>",
            Date("pub", 2020, 5, 3),
        ),
        ("<pub-date date-type='collection'><year>2020</year></pub-date>", Date("pub", 2020)),
        ("<pub-date><month>May</month><year>2020</year></pub-date>", None),
        ("<pub-date><season>Spring</season><year>2020</year></pub-date>", None),
        ("<pub-date><year>2020</year><era>BC</era></pub-date>", None),
        ("<pub-date><year>in press</year></pub-date>", None),
        ("<history><date date-type='accepted'><year>2019</year></date></history>", Date("accepted", 2019)),
        ("<history><date><year>2019</year></date></history>", Date("pub", 2019)),
    ],
)
def test_a_date_is_one_in_numbers(xml: str, date: Date | None) -> None:
    article = read(xml)
    assert article.dates == ([date] if date else [])
    assert len(article.meta) == (date is None), "what is no date in numbers is kept as it is"


def test_identifiers_marks_and_roles_of_a_person() -> None:
    person = (
        "<contrib-group><contrib corresp='yes' equal-contrib='yes'><contrib-id contrib-id-type='orcid'>"
        "https://orcid.org/0000-0002-1825-0097</contrib-id><name><surname>Roe</surname></name><degrees>PhD</degrees>"
        "<role>Writing  and\nmore</role><email>a@b.example</email><xref ref-type='aff' rid='a2 a1'/><bio><p>Life.</p>"
        "</bio><aff id='a3'>Own institute</aff></contrib><contrib><name><surname>Lund</surname></name>"
        "<xref ref-type='corresp' rid='c'/><uri content-type='orcid'>http://orcid.org/0000-0001-5109-3700</uri></contrib>"
        "</contrib-group><aff id='a1'>One</aff><aff id='a2'>Two</aff><aff>Three</aff>"
    )
    first, second = read(person).contributors
    assert (first.orcid, first.email, first.roles) == ("0000-0002-1825-0097", "a@b.example", ["Writing and more"])
    assert (first.corresponding, first.equal_contribution) == (True, True)
    assert first.affiliations == ["a2", "a1", "a3"]
    assert [each.tag for each in (*first.biography, *first.more)] == ["p", "degrees"]
    assert (second.corresponding, second.equal_contribution) == (True, False)
    assert second.orcid == "0000-0001-5109-3700"
    assert [each.id for each in read(person).affiliations] == ["a3", "a1", "a2", "aff4"]


def test_a_licence_in_any_form() -> None:
    licences = (
        "<permissions><copyright-year>2020</copyright-year><license xlink:href='https://a.example/l'><p>One <bold>two"
        "</bold></p></license><license><ali:license_ref>https://b.example</ali:license_ref><license-p>Three</license-p>"
        "</license></permissions>"
    )
    found = read(licences).permissions
    assert (found.year, found.license_url, found.license_text) == ("2020", "https://a.example/l", "One two Three")


def test_lists_of_references_within_lists() -> None:
    back = (
        "<ref-list><label>A</label><title>References</title><p>Said first.</p><ref id='r1'><mixed-citation>Roe."
        "</mixed-citation></ref><ref-list><title>Sources</title><ref id='r2'><mixed-citation>Lund.</mixed-citation>"
        "</ref></ref-list></ref-list><ref-list><ref><mixed-citation>Silva.</mixed-citation></ref></ref-list>"
    )
    article = read("", back)
    assert [(each.title, each.depth, each.references) for each in article.reference_lists] == [
        ("A References", 0, ["r1"]), ("Sources", 1, ["r2"]), ("", 0, [article.references[2].id]),
    ]  # fmt: skip
    assert [each.text for each in article.references] == ["Roe.", "Lund.", "Silva."]
    assert article.references_title == "A References"
    assert [each.tag for each in article.reference_lists[0].content] == ["p"]


def test_subjects_above_the_title_and_those_that_classify() -> None:
    groups = (
        "<article-categories><subj-group subj-group-type='heading'><subject>Articles</subject></subj-group>"
        "<subj-group subj-group-type='discipline'><subject>Tides</subject></subj-group></article-categories>"
    )
    article = read(groups)
    assert article.subjects == ["Articles"]
    assert [each.get("subj-group-type") for each in article.more] == ["discipline"]
    assert read(groups.replace("heading", "x")).subjects == ["Articles"]


@pytest.mark.parametrize(
    ("inner", "text", "read_as"),
    [
        ("<mixed-citation>Roe. <source>Tides</source>.</mixed-citation>", "Roe. Tides.", "Tides"),
        ("<mixed-citation>One.</mixed-citation><mixed-citation>Two.</mixed-citation>", "One. Two.", None),
        ("<label>1</label><note>Said  of it.</note>", "Said of it.", None),
        ("<mixed-citation>Roe. Tides.</mixed-citation><element-citation><source>Tides</source></element-citation>",
         "Roe. Tides.", "Tides"),
        ("<citation-alternatives><mixed-citation>Roe. Tides.</mixed-citation><element-citation><source>Tides</source>"
         "</element-citation></citation-alternatives>", "Roe. Tides.", "Tides"),
    ],
)  # fmt: skip
def test_a_reference_of_one_work_is_read_and_one_of_several_kept(inner: str, text: str, read_as: str | None) -> None:
    (reference,) = read("", f"<ref-list><ref id='r1'>{inner}</ref></ref-list>").references
    assert (reference.text, reference.item.get("title")) == (text, read_as)
