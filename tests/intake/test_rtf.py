"""RTF: notes, pictures, characters of other code pages, comments and tracked changes."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline import build, intake
from pipeline.article import Element
from pipeline.errors import LimitReached, SourceError
from pipeline.journal import load_journal
from tests.drawing import png

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and is used since."


def made(path: Path, body: str) -> tuple[build.Built, Element]:
    path.write_bytes(
        b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 A;}{\\f1\\fcharset204 B;}}" + body.encode() + b"}"
    )
    built = build.convert(path, load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == []
    return built, etree.fromstring(built.xml)


@pytest.mark.parametrize("mark", [r"{\footnote", r"{\*\footnote", r"{\*\footnote\ftnalt"])
def test_notes_are_kept(tmp_path: Path, mark: str) -> None:
    note = rf"{{\super\chftn{mark}\pard {{\super\chftn}} A note on tides.}}}}"
    body = rf"\b On the quays of old harbours\par Introduction\b0\par {LONG}{note} More.\par {LONG}\par"
    _, root = made(tmp_path / "a.rtf", body)
    assert root.findtext("back/fn-group/fn/p") == "A note on tides."
    assert root.find("body//xref[@ref-type='fn']").get("rid") == "fn1"  # type: ignore[union-attr]


def test_pictures_with_size_and_alternative(tmp_path: Path) -> None:
    properties = r"{\*\picprop{\sp{\sn wzDescription}{\sv A quay}}}"
    one = rf"{{\pict{properties}\picscalex50\picwgoal1440\pichgoal720\pngblip {png().hex()}}}"
    body = rf"{LONG}\par{{\*\shppict{one}}}{{\nonshppict{{\pict\wmetafile8 0100}}}}\par {LONG}\par"
    built, root = made(tmp_path / "a.rtf", body)
    assert list(built.media) == ["a-g001.png"]
    graphic = root.find("body//graphic")
    assert graphic is not None
    assert graphic.findtext("alt-text") == "A quay"
    assert graphic.get("specific-use") == "width:0.50in height:0.50in"


def test_characters_of_other_code_pages(tmp_path: Path) -> None:
    _, root = made(tmp_path / "a.rtf", rf"{LONG} {{\f1\'ec\'ee\'f0\'e5}} {{\uc2\u1084\'3f\'3fx}} \'e9t\'e9.\par")
    assert "море мx été." in "".join(map(str, root.itertext()))


def test_changes_and_comments_are_said(tmp_path: Path) -> None:
    body = rf"{LONG} {{\deleted Strike this.}}{{\revised Added.}}{{\*\annotation Is it so?}} End.\par {{\header Head}}"
    built, root = made(tmp_path / "a.rtf", body)
    text = "".join(map(str, root.itertext()))
    assert "Added. End." in text
    assert "Strike" not in text
    assert built.conservation is not None
    assert {(item.text, item.reason) for item in built.conservation.set_aside} == {
        ("Strike this.", "deleted by a tracked change"), ("Is it so?", "comment beside the text"),
        ("Head", "header or footer of the pages"),
    }  # fmt: skip
    assert {"tracked-changes", "comments"} <= {finding.code for finding in built.findings}


def test_text_boxes_are_text(tmp_path: Path) -> None:
    box = r"{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv 1}}{\shptxt \pard Key points of it.\par}}}"
    _, root = made(tmp_path / "a.rtf", rf"{LONG}\par {box} {LONG}\par")
    assert "Key points of it." in "".join(map(str, root.itertext()))


def test_groups_without_end_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 " + b"{" * 50_000)
    with pytest.raises(SourceError, match="nested too deeply"):
        intake.open_source(tmp_path / "a.rtf")


def test_a_text_longer_than_any_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 " + b"tide " * 300 + b"}")
    with pytest.raises(LimitReached, match="over the limit of 1,000"):
        intake.open_source(tmp_path / "a.rtf", max_characters=1_000)
