"""JATS content becomes pandoc's model: nothing dropped, notes placed, grids filled."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.article import Contributor, Name
from pipeline.render import information
from pipeline.render import pandoc_ast as ast
from pipeline.render.jats_ast import Mapper, figures
from pipeline.render.jats_ast.notes import notes_by_id
from pipeline.render.jats_ast.tables import width_of

from .conftest import CASES

OUTSIDE = ("../secret.png", "/etc/hostname", "file:///etc/hostname", "http://a.example/b.png", "\\\\host\\x.png")
NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def mapped(xml: str, base: Path | None = None) -> tuple[list[Any], Mapper]:
    root = etree.fromstring(f"<body {NAMESPACES}>{xml}</body>")
    mapper = Mapper(lang="en", base=base, notes=notes_by_id([root]))
    return mapper.flow(root), mapper


def kinds(value: Any, kind: str) -> list[Any]:
    found: list[Any] = []

    def collect(node: ast.Node) -> None:
        if node["t"] == kind:
            found.append(node)

    ast.rewrite(value, collect)
    return found


def words(value: Any) -> str:
    return " ".join(ast.text_of(value).split())


def test_sections_within_one_without_a_title_are_headed_as_they_would_be_without_it() -> None:
    inner = "<sec><title>T</title><p>b</p></sec>"
    made, _ = mapped(f"<sec id='s'><p>a</p>{inner}</sec>{inner}")
    assert [(block["t"], block["c"][0]) for block in made if block["t"] == "Header"] == [("Header", 1)] * 2
    assert (made[0]["t"], made[0]["c"][0][0], words(made[0])) == ("Div", "s", "a")
    assert [block["t"] for block in mapped(f"<sec id='s'>{inner}</sec>")[0]] == ["Div", "Header", "Para"]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<p>a <italic>b</italic>\n  <bold>c</bold></p>", "a b c"),
        ("<p>a<nobody-knows>b<sup>c</sup></nobody-knows>d</p>", "abcd"),
        ("<nobody-knows><p>a</p>b<p>c</p></nobody-knows>", "a b c"),
        ("<p>a<list><list-item><p>b</p></list-item></list>c</p>", "a b c"),
        ("<sec><label>1</label><title>T</title><p>a</p></sec>", "1 T a"),
        ("<p>a<!-- no -->b<?no no?>c</p>", "abc"),
        ("<statement><label>S</label><title>T</title><p>a</p></statement>", "S T a"),
        ("<list list-type='simple'><list-item><label>x</label><p>a</p></list-item></list>", "x a"),
        ("<def-list><def-item><term>t</term><def><p>d</p></def></def-item></def-list>", "td"),
    ],
)
def test_every_word_is_kept_in_order(xml: str, expected: str) -> None:
    assert words(mapped(xml)[0]) == expected


def test_white_space_is_collapsed_and_trimmed() -> None:
    blocks, _ = mapped("<p>\n   a  <italic> b </italic>  c\n  </p>")
    assert ast.text_of(blocks) == "a b c\n"


def test_sections_nest_by_level() -> None:
    blocks, _ = mapped(
        "<sec id='s'><title>A</title><sec id='t'><title>B</title><p/></sec></sec><sec><title>C</title></sec>"
    )
    assert [(node["c"][0], node["c"][1][0]) for node in kinds(blocks, "Header")] == [(1, "s"), (2, "t"), (1, "")]


def test_a_note_is_set_at_its_first_call_and_linked_at_the_next() -> None:
    call = "<xref ref-type='fn' rid='n'>7</xref>"
    xml = f"<p>a<sup>{call}</sup> b{call}</p><fn-group><fn id='n'><label>7</label><p>note</p></fn></fn-group>"
    blocks, _ = mapped(xml)
    (note,) = kinds(blocks, "Note")
    assert words(note["c"]) == "note"
    assert note["c"][0]["c"][0] == ["n", ["note"], [["label", "7"]]]
    assert [link["c"][2][0] for link in kinds(blocks, "Link")] == ["#n"]
    assert words(blocks) == "a b7"


def test_a_note_nobody_calls_stays_with_its_mark() -> None:
    blocks, _ = mapped("<fn-group><title>Notes</title><fn id='n'><label>*</label><p>alone</p></fn></fn-group>")
    assert words(blocks) == "Notes * alone"


def cells(blocks: list[Any]) -> list[list[tuple[str, int, int]]]:
    """Text, rows and columns of each cell, row by row, head first."""
    _, _, _, (_, head), bodies, (_, foot) = kinds(blocks, "Table")[0]["c"]
    rows = [*head, *(row for body in bodies for row in body[3]), *foot]
    return [[(words(cell[4]), cell[2], cell[3]) for cell in row[1]] for row in rows]


def test_spans_fill_the_grid() -> None:
    xml = """<table><thead><tr><th rowspan="2">a</th><th colspan="2">b</th></tr><tr><th>c</th><th>d</th></tr></thead>
    <tbody><tr><th>e</th><td rowspan="9">f</td></tr><tr><td>g</td><td>h</td></tr></tbody></table>"""
    assert cells(mapped(xml)[0]) == [
        [("a", 2, 1), ("b", 1, 2)],
        [("c", 1, 1), ("d", 1, 1)],
        [("e", 1, 1), ("f", 2, 1), ("", 1, 1)],
        [("g", 1, 1), ("h", 1, 1)],
    ]


@pytest.mark.parametrize(
    ("rows", "width"),
    [
        ("<tr><td/><td/></tr>", 2),
        ("<tr><td rowspan='2'/><td/></tr><tr><td/></tr>", 2),
        ("<tr><td rowspan='2' colspan='2'/></tr><tr><td/></tr>", 3),
        ("<tr><td colspan='x'/></tr>", 1),
    ],
)
def test_the_width_of_a_table_counts_cells_that_reach_down(rows: str, width: int) -> None:
    root = etree.fromstring(f"<tbody>{rows}</tbody>")
    assert width_of([list(row) for row in root]) == width


def test_the_best_of_alternatives_is_taken() -> None:
    xml = "<alternatives><graphic xlink:href='t.png'/><table><tr><td>a</td></tr></table></alternatives>"
    blocks, mapper = mapped(xml)
    assert words(blocks) == "a"
    assert not mapper.findings


@pytest.mark.parametrize(
    "href", ["../secret.png", "/etc/hostname", "file:///etc/hostname", "http://a.example/b.png", "\\\\host\\x.png"]
)
def test_no_picture_is_read_from_outside_the_folder(href: str, tmp_path: Path) -> None:
    inside = tmp_path / "article"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    _, mapper = mapped(f"<graphic xlink:href='{href}'/>", inside)
    assert not mapper.images
    assert [finding.code for finding in mapper.findings] == ["image-missing"]


def test_a_link_in_the_folder_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "article"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (inside / "a.png").symlink_to(tmp_path / "secret.png")
    assert not mapped("<graphic xlink:href='a.png'/>", inside)[1].images


def test_a_picture_is_found_without_its_suffix_and_needs_an_alt_text(tmp_path: Path) -> None:
    (tmp_path / "fig 1.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    xml = "<fig><label>F</label><caption><p>words</p></caption><graphic xlink:href='fig%201'/></fig>"
    blocks, mapper = mapped(xml, tmp_path)
    assert [image.name for image in mapper.images.values()] == ["media/1-fig-1.png"]
    assert words(kinds(blocks, "Image")[0]["c"][1]) == "F words"
    assert [finding.code for finding in mapper.findings] == ["figure-without-alt"]


def test_a_picture_of_the_greatest_size_is_taken_and_no_larger_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = CASES / "shore.png"
    (tmp_path / "shore.png").write_bytes(picture.read_bytes())
    size = picture.stat().st_size
    for most, found in ((size, True), (size - 1, False)):
        monkeypatch.setattr(figures, "MAXIMUM_BYTES", most)
        mapper = mapped('<fig><graphic xlink:href="shore.png"/></fig>', tmp_path)[1]
        assert (len(mapper.images) == 1) is found


def test_who_did_what_and_how_to_reach_those_who_answer_no_letters() -> None:
    mapper = mapped("<p/>")[1]
    people = [
        Contributor(Name("Roe", "Ann"), email="ann@example.org", roles=["Writing", "Data"]),
        Contributor(Name("Silva", "Rui"), email="rui@example.org", corresponding=True),
        Contributor(Name("Holt", "Pia"), type="editor", roles=["Editor"]),
    ]
    lines = [information.contribution(mapper, person) for person in people]
    assert [words(line) for line in lines] == ["Ann Roe (ann@example.org): Writing, Data", "", ""]
    [link] = kinds(lines[0], "Link")
    assert link["c"][2][0] == "mailto:ann@example.org"
