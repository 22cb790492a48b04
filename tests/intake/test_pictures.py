"""Pictures that no browser shows: converted where a program for it is at hand, else kept and said."""

import struct
from pathlib import Path

import pytest

from pipeline import intake
from pipeline.intake import convert_picture
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
