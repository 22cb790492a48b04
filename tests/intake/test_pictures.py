"""Pictures that no browser shows: converted where a program for it is at hand, else kept and said."""

import struct
from pathlib import Path

import pytest

from pipeline import intake
from pipeline.intake import convert_picture
from tests.drawing import emf, wmf
from tests.intake.word import docx, paragraph, picture

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
EMF = struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(64)
WMF = b"\xd7\xcd\xc6\x9a" + bytes(60)
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"


@pytest.mark.parametrize(("data", "ending"), [(EMF, ".emf"), (WMF, ".wmf"), (EPS, ".eps")])
def test_metafiles_are_kept_and_said_without_an_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, ending: str
) -> None:
    monkeypatch.setattr(convert_picture, "_office", lambda: None)
    body = paragraph(LONG) + paragraph(picture("image1", "A quay"))
    source = intake.open_source(docx(tmp_path / "a.docx", body, files={"word/media/image1.png": data}))
    assert source.media == {f"a-g001{ending}": data}
    assert "picture-not-converted" in {finding.code for finding in source.findings}


def test_metafiles_become_png_with_an_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def office(command: list[str], **options: object) -> None:
        made = Path(command[-1]).with_suffix(".png")
        made.write_bytes(b"\x89PNG\r\n\x1a\n made")

    monkeypatch.setattr(convert_picture, "_office", lambda: "office")
    monkeypatch.setattr(convert_picture.subprocess, "run", office)
    body = paragraph(LONG) + paragraph(picture("image1", "A quay"))
    source = intake.open_source(docx(tmp_path / "a.docx", body, files={"word/media/image1.png": EMF}))
    assert list(source.media) == ["a-g001.png"]
    assert source.findings == []


def test_sizes_that_pictures_state() -> None:
    assert convert_picture.size_of(emf(), ".emf") == (10.0, 8.0)
    assert convert_picture.size_of(wmf(), ".wmf") == (10.0, 8.0)
    assert convert_picture.size_of(EPS, ".eps") == (12.0, 12.0)


@pytest.mark.skipif(convert_picture._office() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("data", "ending"), [(emf(), ".emf"), (wmf(), ".wmf")])
def test_a_real_metafile_is_drawn(data: bytes, ending: str) -> None:
    made = convert_picture.from_metafile(data, ending)
    assert made is not None
    width, height = struct.unpack_from(">II", made, 16)
    assert abs(width / height - 10 / 8) < 0.05
    assert len(made) > 500
