"""Citations are linked where they mean exactly one reference, and only there."""

import pytest

from pipeline import citations
from pipeline.article import Article, Reference
from pipeline.elements import make

AUTHORS = {
    "r1": ("Silva, A. (2019). Quays.", [("Silva", "A.")], 2019, ""),
    "r2": ("Silva, A., & Costa, B. (2020). Boats.", [("Silva", "A."), ("Costa", "B.")], 2020, ""),
    "r3": ("Moe, K., Ruiz, L., & Tan, M. (2018a). Nets.", [("Moe", "K."), ("Ruiz", "L."), ("Tan", "M.")], 2018, "a"),
    "r4": ("Moe, K., Ruiz, L., & Tan, M. (2018b). Knots.", [("Moe", "K."), ("Ruiz", "L."), ("Tan", "M.")], 2018, "b"),
    "r5": ("van der Zee, P. (2004). Clocks.", [("van der Zee", "P.")], 2004, ""),
    "r6": ("Berg, A. (2011). Ice.", [("Berg", "A.")], 2011, ""),
    "r7": ("Berg, C. (2011). Snow.", [("Berg", "C.")], 2011, ""),
}


def author_date() -> list[Reference]:
    made = []
    for identifier, (text, people, year, letter) in AUTHORS.items():
        item = {
            "author": [{"family": family, "given": given} for family, given in people],
            "issued": {"date-parts": [[year]]},
        } | ({"year-suffix": letter} if letter else {})
        made.append(Reference(text, item=item, id=identifier))
    body = {"author": [{"literal": "World Harbour Union"}], "issued": {"date-parts": [[2015]]}}
    return [*made, Reference("World Harbour Union. (2015). Rules.", item=body, id="r8")]


def numbered(count: int = 12) -> list[Reference]:
    return [
        Reference(f"Author {number}. Title.", id=f"r{number}", label=f"{number}.") for number in range(1, count + 1)
    ]


def linked(text: str, references: list[Reference]) -> list[tuple[str, str]]:
    paragraph = make("p", text)
    citations.link(Article(body=[paragraph], references=references))
    assert "".join(map(str, paragraph.itertext())) == text
    return [(xref.text or "", xref.get("rid") or "") for xref in paragraph.iter("xref")]


@pytest.mark.parametrize(
    ("text", "rids"),
    [
        ("as Silva (2019) says", ["r1"]),
        ("said before (Silva, 2019)", ["r1"]),
        ("Silva and Costa (2020) and Silva (2019)", ["r2", "r1"]),
        ("(Silva & Costa, 2020; see also van der Zee, 2004, p. 12)", ["r2", "r5"]),
        ("(SILVA; COSTA, 2020, p. 4)", ["r2"]),
        ("Silva y Costa (2020), Silva e Costa (2020), Silva und Costa (2020)", ["r2"] * 3),
        ("Moe et al. (2018a, b)", ["r3", "r4"]),
        ("(Moe, Ruiz, & Tan, 2018b)", ["r4"]),
        ("Silva's (2019) view", ["r1"]),
        ("the rules of the World Harbour Union (2015)", ["r8"]),
        ("(WHU, 2015)", ["r8"]),
    ],
)
def test_names_and_years(text: str, rids: list[str]) -> None:
    assert [rid for _, rid in linked(text, author_date())] == rids


@pytest.mark.parametrize(
    "text",
    [
        "in the winter of 2019 nothing came",
        "Berg (2011) does not say which",
        "Moe et al. (2018) could be two",
        "Tan (2018a) was not the first author",
        "Silva (2001) is not in the list",
    ],
)
def test_what_is_unsure_stays_text(text: str) -> None:
    assert linked(text, author_date()) == []


def test_what_is_not_linked_is_said() -> None:
    links = citations.link(
        Article(body=[make("p", "Berg (2011), Silva (2001), Silva (2019)")], references=author_date())
    )
    codes = [finding.code for finding in links.findings]
    assert (links.found, links.linked) == (3, 1)
    assert codes.count("citation-ambiguous") == 1
    assert codes.count("citation-unmatched") == 1
    assert codes.count("reference-not-cited") == len(author_date()) - 1


FILLER = " It was shown [1], [2], [4–6] and [7, 8]."


def test_brackets_and_ranges() -> None:
    found = linked("shown before [1–3, 7]." + FILLER, numbered(8))
    assert found[:2] == [("1–3", "r1 r2 r3"), ("7", "r7")]


HIGH = (
    "Boats leave early1 and late2,3. Nets are mended4-6 on quays7. Ice comes8, and goes.9,10 Fish stay11 until noon12."
)


@pytest.mark.parametrize(
    "trap",
    [
        "an area of 12 km2 was",
        "CO2 rose and H2O fell",
        "see Figure 3 for",
        "of 5 mg/dL3 at most",
        "in the year 1911 it",
    ],
)
def test_high_numbers_leave_powers_units_and_names_alone(trap: str) -> None:
    found = linked(f"{HIGH} Here {trap} the end.", numbered())
    assert [rid for _, rid in found] == ["r1", "r2", "r3", "r4 r5 r6", "r7", "r8", "r9", "r10", "r11", "r12"]


def test_no_references_no_links() -> None:
    assert linked("Silva (2019) and [1]", []) == []


def numbered_titles() -> list[Reference]:
    people = {"r1": "García de Enterría", "r2": "Ernst"}
    titles = {"r1": "La responsabilidad patrimonial del Estado", "r2": "Das Rumoren der Archive"}
    return [
        Reference(
            f"{people[identifier]}, {titles[identifier]}.",
            item={"author": [{"family": people[identifier]}], "title": titles[identifier]},
            id=identifier,
        )
        for identifier in people
    ]


def test_notes_cite_by_title_and_by_what_stands_before() -> None:
    texts = [
        "Vgl. Wolfgang Ernst, Das Rumoren der Archive, Berlin, S. 12.",
        "Ebd., S. 14.",
        "García de Enterría, op. cit., p. 40; Ernst, Das Rumoren der Archive, S. 3.",
        "Ibid.",
        "Another Ernst wrote nothing.",
    ]
    notes = make("fn-group", [make("fn", make("p", text)) for text in texts])
    citations.link(Article(back=[notes], references=numbered_titles()))
    links = [[(xref.text, xref.get("rid")) for xref in note.iter("xref")] for note in notes]
    assert links == [
        [("Ernst", "r2")],
        [("Ebd.", "r2")],
        [("García de Enterría", "r1"), ("Ernst", "r2")],
        [],
        [],
    ]


def test_pages_within_numeric_citations() -> None:
    text = "see [1, с. 15], [3; 4, с. 22–25], and [5–7], more in [8, p. 3], [9], [10]"
    assert [rid for _, rid in linked(text, numbered())] == ["r1", "r3", "r4", "r5 r6 r7", "r8", "r9", "r10"]


def test_a_scale_is_not_cited() -> None:
    text = "shown (1), (2–5), (6), (7). Answers were rarely (1), sometimes (2), often (3) and always (4). More (8)."
    assert [rid for _, rid in linked(text, numbered())] == ["r1", "r2 r3 r4 r5", "r6", "r7", "r8"]


def test_declined_names_are_found_in_languages_that_decline_them() -> None:
    item = {"author": [{"family": "Kowalczyk", "given": "R."}], "issued": {"date-parts": [[2015]]}}
    reference = Reference("Kowalczyk, R. (2015). Nabrzeża.", item=item, id="r1")
    for lang, expected in (("pl", 1), ("en", 0)):
        paragraph = make("p", "Według Kowalczyka (2015, s. 88) wynik jest wyższy.")
        citations.link(Article(lang=lang, body=[paragraph], references=[reference]))
        assert len(list(paragraph.iter("xref"))) == expected


def test_names_in_characters_are_found_in_full() -> None:
    people = [{"family": "박", "given": "지영"}, {"family": "이", "given": "정훈"}]
    item = {"author": people, "issued": {"date-parts": [[2020]]}}
    reference = Reference("박지영, 이정훈 (2020). 부두.", item=item, id="r1")
    assert linked("박지영·이정훈(2020)은 보고하였다", [reference]) == [("박지영·이정훈(2020", "r1")]


@pytest.mark.parametrize(
    ("text", "rids"),
    [
        ("as shown [2، 3] and [1] before [4]", ["r2", "r3", "r1", "r4"]),
        ("compare [3, Lemma 4] with [1, §2.1] and [2], [4]", ["r3", "r1", "r2", "r4"]),
        ("as in [1]–[3] and in [4]", ["r1", "r2 r3", "r4"]),
    ],
)
def test_numbers_in_brackets(text: str, rids: list[str]) -> None:
    assert [rid for _, rid in linked(text, numbered(4))] == rids
