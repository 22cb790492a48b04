"""Small pieces of intake: sizes and kinds of pictures, tables that only lay out, fields of reStructuredText and Org."""

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image

from pipeline import pandoc
from pipeline.intake import assemble
from pipeline.intake.convert_picture import _png, size_of
from pipeline.intake.dialects import org, rst
from pipeline.intake.dialects.typst import _Contents
from pipeline.intake.dialects.typst_values import Call, Content
from pipeline.intake.docx import names
from pipeline.intake.docx.endnote import _name
from pipeline.intake.line_numbers import find_line_numbers
from pipeline.intake.lines import split_lines
from pipeline.intake.markup.layout_tables import without_layout_tables
from pipeline.intake.markup.mapper import as_id, flowing
from pipeline.intake.pictures import Beside, kind_of
from pipeline.intake.source import is_source
from tests.drawing import png

USUAL = (12.0, 12.0)


def emf(left: int, top: int, right: int, bottom: int) -> bytes:
    return bytes(24) + struct.pack("<4i", left, top, right, bottom)


def wmf(left: int, top: int, right: int, bottom: int, inch: int) -> bytes:
    return b"\xd7\xcd\xc6\x9a\0\0" + struct.pack("<4hH", left, top, right, bottom, inch)


def bmp(across: int, down: int) -> bytes:
    return bytes(18) + struct.pack("<2i", across, down)


@pytest.mark.parametrize(
    ("data", "ending", "size"),
    [
        (emf(1000, 2000, 5000, 9000), ".emf", (4.0, 7.0)), (emf(5000, 9000, 1000, 2000), ".emf", (4.0, 7.0)),
        (emf(0, 0, 499, 500), ".emf", (0.5, 0.5)), (emf(0, 0, 100_000, 100_001), ".emf", (100.0, 100.0)),
        (emf(7, 0, 7, 3000), ".emf", (12.0, 3.0)), (emf(0, 0, 9, 9)[:-1], ".emf", USUAL),
        (wmf(100, 200, 500, 900, 100), ".wmf", (10.16, 17.78)), (wmf(0, 0, 5, 5, 0), ".wmf", USUAL),
        (bytes(6) + wmf(0, 0, 100, 100, 100)[6:], ".wmf", USUAL), (bmp(200, -400), ".bmp", (2.54, 5.08)),
        (wmf(100, 200, 500, 900, 100), ".eps", USUAL),
    ],
)  # fmt: skip
def test_sizes_that_metafiles_state(data: bytes, ending: str, size: tuple[float, float]) -> None:
    assert size_of(data, ending) == pytest.approx(size)


@pytest.mark.parametrize(
    ("channels", "mode", "stride", "pixels", "first", "last"),
    [
        (1, "L", 4, b"\1\2\3\0\4\5\6\0", 1, 6), (3, "RGB", 9, bytes(range(18)), (0, 1, 2), (15, 16, 17)),
        (4, "RGBA", 12, bytes(range(24)), (0, 1, 2, 3), (20, 21, 22, 23)),
    ],
)  # fmt: skip
def test_pixels_as_png(channels: int, mode: str, stride: int, pixels: bytes, first: Any, last: Any) -> None:
    image = Image.open(io.BytesIO(_png(3, 2, stride, channels, pixels)))
    image.load()
    assert (image.size, image.mode) == ((3, 2), mode)
    assert (image.getpixel((0, 0)), image.getpixel((2, 1))) == (first, last)


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (png(1), ".png"), (b"RIFF1234WEBP", ".webp"), (b"RIFF1234WAVE", ""), (bytes(40) + b" EMF", ".emf"),
        (b" " * 3996 + b"<svg", ".svg"), (b" " * 3997 + b"<svg", ""), (b"", ""),
    ],
)  # fmt: skip
def test_kinds_of_pictures(data: bytes, ending: str) -> None:
    assert kind_of(data) == ending


def test_files_beside_a_source(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.png").write_bytes(b"out")
    (tmp_path / "in" / "a b.png").write_bytes(b"four")
    beside = Beside(tmp_path / "in")
    assert beside.read("a b.png") == beside.read("a%20b.png") == beside.read("./a b") == b"four"
    assert beside.read("a b.png", most=4) == b"four"
    assert beside.read("a b.png", most=3) == b""
    assert [beside.read(name) for name in ("", "\0", "../out.png", "http://x/a.png", "gone", "a" * 1001)] == [b""] * 6
    assert beside.read(str(tmp_path / "in" / "a b.png")) == b""
    assert beside.find("a b", ("", ".png")) == tmp_path / "in" / "a b.png"
    assert tmp_path / "in" / "gone.png" in beside.used
    assert tmp_path / "out.png" not in beside.used


def string(text: str) -> dict[str, Any]:
    return {"t": "Str", "c": text}


MATH = {"t": "Math", "c": [{"t": "InlineMath"}, "x = y"]}


def table(*rows: list[Any], caption: bool = False) -> dict[str, Any]:
    """A table whose cells are texts or lists of inlines."""

    def cell(held: Any) -> list[Any]:
        inlines = held if isinstance(held, list) else [string(held)] if held else []
        return [["", [], []], "", 1, 1, [{"t": "Plain", "c": inlines}]]

    said = [{"t": "Plain", "c": [string("Tides")]}] if caption else []
    body = [["", [], []], 0, [], [[["", [], []], [cell(each) for each in row]] for row in rows]]
    return {"t": "Table", "c": [["", [], []], [None, said], [], [[], []], [body], [[], []]]}


def kinds(*blocks: dict[str, Any]) -> list[str]:
    return [block["t"] for block in without_layout_tables(list(blocks))]


def paragraph(text: str) -> dict[str, Any]:
    return {"t": "Para", "c": [string(text)]}


def test_tables_of_words_on_the_first_page_only_lay_out() -> None:
    words = ["Ana Silva", "Rui Costa"]
    assert kinds(table(words)) == ["Para", "Para"]
    assert kinds(table(words, caption=True)) == ["Table"]
    assert kinds(table(*[["One"]] * 12)) == ["Para"] * 12
    assert kinds(table(*[["One"]] * 13)) == ["Table"]
    assert kinds(table(["One"] * 4)) == ["Para"] * 4
    assert kinds(table(["One"] * 5)) == ["Table"]
    assert kinds(table(["abcdefgh12"])) == ["Para"], "eight of ten are letters"
    assert kinds(table(["abcdefg123"])) == ["Table"]
    assert kinds(table()) == []
    assert kinds(paragraph("Table 1. Tides"), table(words)) == ["Para", "Table"], "the line before is its caption"
    assert kinds({"t": "Header", "c": [1, ["", [], []], [string("One")]]}, table(words)) == ["Header", "Table"]
    assert kinds(paragraph("x" * 301), table(words)) == ["Para", "Table"]
    assert kinds(paragraph("x" * 300), table(words)) == ["Para", "Para", "Para"]
    assert kinds(*[paragraph("x")] * 11, table(words)) == ["Para"] * 13
    assert kinds(*[paragraph("x")] * 12, table(words)) == [*["Para"] * 12, "Table"]


@pytest.mark.parametrize(
    ("row", "is_equation"),
    [
        ([[MATH], "(1)"], True), (["", [MATH], "(A1.2a)"], True), ([[MATH], "[3]"], True), ([[MATH], "1"], False),
        ([[MATH], "(1)", "x"], False), (["x = y", "(1)"], False), ([[string("so"), MATH], "(1)"], False),
        ([[{"t": "Space"}, MATH, {"t": "LineBreak"}], "(1)"], True), ([[MATH]], False),
        ([[string("\ufdd07\ufdd1"), MATH], "\ufdd08\ufdd1(1)"], True),
    ],
)  # fmt: skip
def test_a_formula_and_its_number_in_cells(row: list[Any], is_equation: bool) -> None:
    (made,) = without_layout_tables([{"t": "Header", "c": [1, ["", [], []], []]}, table(row)])[1:]
    assert (made["t"] == "Para") is is_equation
    if is_equation:
        assert {"t": "DisplayMath"} in [node["c"][0] for node in made["c"] if node["t"] == "Math"]
        assert made["c"][-1]["c"][0] in "(["
    assert kinds(*[paragraph("x" * 301)], table(row, row)) == ["Para", "Table"]


def said(tree: dict[str, Any]) -> dict[str, Any]:
    """Metadata of pandoc's model as plain values."""
    from pipeline.intake.metadata.values import plain

    return {name: plain(held) for name, held in tree["meta"].items()}


@pytest.mark.parametrize(
    ("text", "meta"),
    [
        ("#+author: Ana Silva and Rui Costa", {"author": [{"name": "Ana Silva"}, {"name": "Rui Costa"}]}),
        ("#+author: Ana Silva", {}), ("#+keywords: tides\n#+keywords: books", {"keywords": "tides, books"}),
        ("#+author: Ana Silva\n#+email: a@b.org", {"author": [{"name": "Ana Silva", "email": "a@b.org"}]}),
        ("#+author: A\n#+author: B\n#+affiliation: X\n#+affiliation: Y",
         {"author": [{"name": "A", "affiliations": ["X"]}, {"name": "B", "affiliations": ["Y"]}]}),
        ("#+author: A\n#+author: B\n#+institute: X\n#+email: a@b.org",
         {"author": [{"name": "A", "affiliations": ["X"]}, {"name": "B", "affiliations": ["X"]}]}),
        ("#+bibliography: a.bib plain\nbibliography:b.bib,c.bib", {"bibliography": ["a.bib", "b.bib", "c.bib"]}),
        ("#+author:\n#+keywords:", {}),
    ],
)  # fmt: skip
def test_keywords_of_org(text: str, meta: dict[str, Any]) -> None:
    tree: dict[str, Any] = {"meta": {}, "blocks": []}
    org.settle(tree, text)
    assert said(tree) == meta
    if "keywords" in meta:
        tree = {"meta": {"keywords": {"t": "MetaString", "c": "stated"}}, "blocks": []}
        org.settle(tree, text)
        assert said(tree) == {"keywords": "stated"}


def test_repeated_keywords_of_org_are_read_once() -> None:
    text = "#+title: A\n#+keywords: a\n#+author: B\n#+author: C\n#+keywords: b\n"
    assert org.prepare(text).split() == "#+title: A #+keywords: a #+author: B #+keywords: b".split()


def heading(level: int, text: str) -> dict[str, Any]:
    return {"t": "Header", "c": [level, ["", [], []], [string(text)]]}


def test_a_first_heading_above_all_others_is_the_title_of_rst() -> None:
    def settled(*blocks: dict[str, Any], **meta: Any) -> tuple[dict[str, Any], list[Any]]:
        tree: dict[str, Any] = {"meta": dict(meta), "blocks": list(blocks)}
        rst.settle(tree, "")
        return said(tree), [(block["t"], block["c"][0]) for block in tree["blocks"]]

    assert settled(heading(1, "Quays"), heading(2, "One")) == ({"title": "Quays"}, [("Header", 1)])
    assert settled(heading(1, "Quays"), heading(1, "One")) == ({}, [("Header", 1), ("Header", 1)])
    assert settled(paragraph("x"), heading(1, "Quays"))[0] == {}
    stated = {"t": "MetaString", "c": "stated"}
    assert settled(heading(1, "Quays"), title=stated) == ({"title": "stated"}, [("Header", 1)])
    assert settled() == ({}, [])


def division(identifier: str, *blocks: dict[str, Any], kind: str = "") -> dict[str, Any]:
    return {"t": "Div", "c": [[identifier, [kind] if kind else [], []], list(blocks)]}


def test_citations_of_rst_lead_to_their_entries() -> None:
    def link(name: str, kind: str = "citation") -> dict[str, Any]:
        return {"t": "Link", "c": [["", [kind], []], [string(name)], [f"#{name}", ""]]}

    entries = {"t": "DefinitionList", "c": [[[string("Sil20")], [[paragraph("Silva. Quays.")]]]]}
    cited = {"t": "Para", "c": [link("Sil20"), link("Gone"), link("Sil20", "other")]}
    kept, full = division("refs", paragraph("x")), division("other")
    blocks = [cited, division("citations", entries, paragraph("x")), division("refs"), kept, full]
    tree: dict[str, Any] = {"meta": {}, "blocks": blocks}
    rst.settle(tree, ".. bibliography:: a.bib b.bib\n")
    assert tree["blocks"] == [cited, kept, full]
    assert tree["references"] == {"Sil20": [paragraph("Silva. Quays.")]}
    assert [node["c"][0][2] for node in cited["c"]] == [[["citation", "Sil20"]], [], []]
    assert said(tree) == {"bibliography": ["a.bib", "b.bib"]}


@pytest.mark.parametrize(("title", "name"), [("Abstract", "abstract"), ("Keywords:", "keywords"), ("Aim", "")])
def test_topics_of_rst(title: str, name: str) -> None:
    tree: dict[str, Any] = {
        "meta": {}, "blocks": [paragraph("x"), division("", paragraph(title), paragraph("y"), kind="topic")],
    }  # fmt: skip
    rst.settle(tree, "")
    made = tree["blocks"][1]["c"]
    assert made[0][0] == name
    assert len(made[1]) == (1 if name else 2)


@pytest.mark.parametrize(
    ("fields", "meta"),
    [
        ([("Author", "Ana Silva"), ("Contact", "a@b.org"), ("Organization", "Harbours"), ("Address", "Porto")],
         {"author": [{"name": "Ana Silva", "email": "a@b.org", "affiliations": ["Harbours, Porto"]}]}),
        ([("Authors", "Ana Silva, Rui Costa Jr, Jr"), ("Contact", "a@b.org")],
         {"author": [{"name": "Ana Silva", "email": "a@b.org", "affiliations": []},
                     {"name": "Rui Costa Jr, Jr", "affiliations": []}]}),
        ([("Author", "Ana Silva"), ("Institution", "X"), ("Author", "Rui Costa"), ("Institution", "Y"),
          ("Institution", "Z"), ("Orcid", "0"), ("Corresponding", "")],
         {"author": [{"name": "Ana Silva", "affiliations": ["X"]},
                     {"name": "Rui Costa", "affiliations": ["Y", "Z"], "orcid": "0", "corresponding": "true"}]}),
        ([("Authors", "Silva, Ana; Costa, Rui"), ("Contact", "the quay")],
         {"author": [{"name": "Silva, Ana", "affiliations": []}, {"name": "Costa, Rui", "affiliations": []}],
          "contact": "the quay"}),
        ([("Keywords", "tides"), ("Tags", "books"), ("Bibliography", "a.bib")],
         {"keywords": ["tides", "books"], "bibliography": ["a.bib"]}),
        ([("Keywords", "tides, books"), ("Abstract", "We sat.")], {"keywords": "tides, books", "abstract": "We sat."}),
    ],
)  # fmt: skip
def test_fields_of_rst(fields: list[tuple[str, str]], meta: dict[str, Any]) -> None:
    entries = [[[string(name)], [[paragraph(value)] if value else []]] for name, value in fields]
    tree: dict[str, Any] = {"meta": {}, "blocks": [{"t": "DefinitionList", "c": entries}, paragraph("Text.")]}
    rst.settle(tree, "")
    assert said(tree) == meta
    assert tree["blocks"] == [paragraph("Text.")]


def test_text_of_a_paragraph_of_word() -> None:
    text = (
        f'<w:p xmlns:w="{names.W}" xmlns:m="{names.M}"><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r>'
        "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r><m:t>x</m:t>"
        "<w:r><w:instrText>no</w:instrText><w:delText>no</w:delText></w:r></w:p>"
    )
    assert names.text_of(etree.fromstring(text)).split() == ["a", "b", "c-d", "x"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Silva, Ana Maria", {"family": "Silva", "given": "Ana Maria"}), ("Silva,", {"literal": "Silva"}),
        ("Ana Maria Silva", {"family": "Silva", "given": "Ana Maria"}), ("Silva", {"literal": "Silva"}),
        ("Harbour Group of Porto", {"literal": "Harbour Group of Porto"}),
    ],
)  # fmt: skip
def test_names_of_endnote(written: str, name: dict[str, str]) -> None:
    assert _name(written) == name


def test_numbers_of_lines_may_be_read_wrongly_in_a_fifth() -> None:
    def numbered(*numbers: int) -> list[int]:
        lines = "\n".join(f"{number} of the boats that came late" for number in numbers)
        return sorted(find_line_numbers(split_lines(lines)))

    assert numbered(*range(1, 9), 50, 40) == list(range(1, 9))
    assert numbered(*range(1, 9), 50, 40, 30) == []


@pytest.mark.parametrize(("last", "found"), [(80, 16), (75, 0)])
def test_numbers_of_every_fifth_line_stand_on_four_fifths_of_lines(last: int, found: int) -> None:
    lines = [f"{line} the quay" if line % 5 == 0 and line <= last else "the quay" for line in range(1, 101)]
    assert len(find_line_numbers(split_lines("\n".join(lines)))) == found


def test_paragraphs_without_words_are_left_out() -> None:
    held = etree.fromstring("<x><p/><p> </p><p>a</p><p><b/></p><fig/></x>")
    assert flowing(held) == list(held)[2:]


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("fig:one", "fig-one"), ("1a", "id-1a"), ("_a", "_a"), (".a", "id-.a"), ("::", ""), ("é b", "é-b")],
)
def test_names_as_ids(name: str, identifier: str) -> None:
    assert as_id(name) == identifier


def test_items_that_pandoc_cannot_read_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any) -> bytes:
        raise pandoc.PandocError("no")

    monkeypatch.setattr(pandoc, "convert", fail)
    assert assemble.inline_items({"references": {"t": "MetaList", "c": []}}) == {}
    assert assemble.inline_items({}) == {}


def test_markup_of_typst_in_code() -> None:
    content = _Contents("a.typ")
    held = ["a_b", Content("*c*"), Call("f", ("d", Call("g", (Content("e"),), {})), {}), None]
    assert content._markup(held) == "a\\_b, *c*, d e, "
    assert content.text(held) == "a_b, c, d e"
    assert content.blocks("") == []


@pytest.mark.parametrize(
    ("name", "is_one"), [("a.docx", True), ("A.TEX", True), ("a.pdf", False), ("a.epub", False), ("a", False)]
)
def test_names_of_sources_in_a_folder(name: str, is_one: bool) -> None:
    assert is_source(name) is is_one
