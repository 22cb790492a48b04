"""Containers, formats by their first bytes, encodings, PDF, pictures: what is taken, and what is refused."""

import io
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from pipeline import intake
from pipeline.errors import LimitReached, SourceError
from pipeline.intake import archive, convert_picture, formats
from pipeline.intake.archive import Archive, parse_part
from pipeline.intake.decode import decode
from pipeline.intake.docx.names import W, w
from pipeline.intake.docx.read import Package
from pipeline.intake.pictures import LARGEST, Beside, Pictures, kind_of
from tests.drawing import png
from tests.hostile.sources import zipped

LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."


def test_an_archive_that_lies_of_its_sizes_is_refused() -> None:
    data = zipped({"a.xml": b"<a/>" + b" " * 96})
    place = data.rindex(b"PK\x01\x02") + 24
    assert struct.unpack("<I", data[place : place + 4]) == (100,)
    smaller = data[:place] + struct.pack("<I", 99) + data[place + 4 :]
    with pytest.raises(SourceError, match=r"a\.xml is larger than the archive says|damaged at a\.xml"):
        Archive("x", smaller).read("a.xml")
    assert Archive("x", data).read("a.xml")[:4] == b"<a/>"
    assert Archive("x", data).read("b.xml") == b""


def test_what_is_damaged_or_locked_within_is_said() -> None:
    data = bytearray(zipped({"a.xml": b"<a>" + bytes(range(256)) * 40 + b"</a>"}))
    data[200:260] = bytes(60)
    with pytest.raises(SourceError, match=r"damaged at a\.xml .*; ask the author"):
        Archive("x", bytes(data)).read("a.xml")
    locked = bytearray(zipped({"a.xml": b"<a/>"}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SourceError, match="protected by a password"):
        Archive("x", bytes(locked))


@pytest.mark.parametrize(
    ("files", "total", "is_bomb"),
    [(5_000, 0, False), (5_001, 0, True), (1, 900_000, False), (1, 1_100_000, True)],
)  # fmt: skip
def test_a_bomb_is_told_by_its_sizes(files: int, total: int, is_bomb: bool) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(files):
            made.writestr(str(number), bytes(total))
    if is_bomb:
        with pytest.raises(SourceError, match="refused as a bomb"):
            Archive("x", stream.getvalue())
    else:
        assert len(Archive("x", stream.getvalue()).names) == files


def test_parts_of_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Archive("x", zipped({"a.xml": b"<a/>", "b.xml": b" \n", "c.xml": b"<a>"}))
    assert opened.xml("a.xml").tag == "a"  # type: ignore[union-attr]
    assert opened.xml("b.xml") is None
    assert opened.xml("none.xml") is None
    with pytest.raises(SourceError, match=r"x: c\.xml is no well-formed XML \([^\n]*\)$"):
        opened.xml("c.xml")
    for data in (b"<!DOCTYPE a><a/>", b"<!ENTITY x 'y'>", "<!DOCTYPE a><a/>".encode("utf-16")):
        with pytest.raises(SourceError, match="declares a document type"):
            parse_part(data, "x")
    monkeypatch.setattr(archive, "LARGEST_XML", 3)
    with pytest.raises(SourceError, match="has 4 bytes, more than any article's"):
        opened.xml("a.xml")


def test_characters_are_counted_between_tags() -> None:
    parts = {
        "word/document.xml": b"<w:p><w:instrText>CODE</w:instrText><w:t>abc</w:t></w:p>",
        "word/footnotes.xml": b"<t>de</t>", "word/styles.xml": b"<t>not counted</t>", "a.xhtml": b"<p>f</p>",
    }  # fmt: skip
    assert Archive("x", zipped(parts)).characters() == 6


RELATIONS = (
    '<r xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship/><Relationship '
    'Type="x/core" Target="core.xml"/><Relationship Type="x/officeDocument" Target="/word/./other.xml"/></r>'
)


@pytest.mark.parametrize(
    ("files", "main"),
    [
        ({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}, "word/document.xml"),
        ({"word/other.xml": f'<w:document xmlns:w="{W}"/>', "_rels/.rels": RELATIONS}, "word/other.xml"),
        ({"word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'},
         "word/document.xml"),
    ],
)  # fmt: skip
def test_the_main_part_of_a_word_document_and_its_names(files: dict[str, str], main: str) -> None:
    opened = Package(Archive("x", zipped({name: text.encode() for name, text in files.items()})))
    assert (opened.main, opened.folder, opened.document.tag) == (main, "word", w("document"))


ODT = zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})
EPUB = zipped({"mimetype": b"application/epub+zip"})
DOCX = zipped({"word/document.xml": b"<a/>"})
OTHER_MAIN = zipped({"[Content_Types].xml": b"application/vnd.x.wordprocessingml.document.main+xml"})
DETECTED = [
    (b"\xef\xbb\xbf% a comment\n\n\\documentclass{x}", "a.txt", "latex"),
    (b"% x\n\\documentclass{x}", "a.html", "latex"),
    (b"\\documentclass{x}", "a.md", "markdown"), (b"<!DOCTYPE HTML><html>", "a.md", "html"),
    (b"<?xml version='1.0'?>\n<html >", "a.rst", "html"), (b"<html>", "a.txt", "text"), (b"<html>", "a.html", "html"),
    (b"x", "a.unheard", "text"), (b"%PDF-1.7", "a.pdf", "pdf"), (b"%PDF-1.7", "a.tex", "pdf"),
    (b"%PDF-", "a.txt", "text"),
    (b"{\\rtf1}", "a.rtf", "rtf"), (b"{\\rtf1}", "a.text", "text"), (b"{\\rtf1}", "a.org", "rtf"),
    (DOCX, "a.DOCX", "docx"),
    (OTHER_MAIN, "a.docm", "docx"), (DOCX, "a.md", "docx"), (ODT, "a.odt", "odt"), (EPUB, "a.epub", "epub"),
]  # fmt: skip
REFUSED = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "an old Word document; save it as DOCX"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "protected by a password"),
    (b"x", "a.epub", "is called .epub but is not an EPUB"), (b"%PDF-1", "a.rtf", "is called .rtf but is not an RTF"),
    (b"{\\rtf1}", "a.pdf", "is called .pdf but is not a PDF"),
    (ODT, "a.docx", "is called .docx but is an OpenDocument text"),
    (DOCX, "a.pdf", "is called .pdf but is a Word document; rename it"),
    (zipped({"xl/workbook.xml": b""}), "a.docx", "a spreadsheet; give the article as DOCX, ODT or EPUB"),
    (zipped({"ppt/presentation.xml": b""}), "a.odt", "a presentation"), (zipped({"x": b""}), "a.md", "another kind"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "name", "expected"), DETECTED)
def test_a_format_is_told_by_its_first_bytes(data: bytes, name: str, expected: str) -> None:
    found = formats.detect(data, Path(name))
    assert found.name == expected
    assert (found.archive is not None) is data.startswith(b"PK")


@pytest.mark.parametrize(("data", "name", "message"), REFUSED)
def test_what_is_not_what_it_is_called_is_refused(data: bytes, name: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        formats.detect(data, Path(name))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("data", "text", "code"),
    [
        ("é".encode("utf-16-be"), None, ""), (b"\xfe\xff" + "é".encode("utf-16-be"), "é", ""),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "é", ""), (b"\xff\xfe\x00\x00" + "é".encode("utf-32-le"), "é", ""),
        ("é ü ñ".encode() + b" \xff", "é ü ñ \ufffd", "bad-utf8"),
        ("Der Fluß ist über die Ufer getreten, und es ist schön.".encode("cp1252"), "über", "legacy-encoding"),
        ("Гавань была закрыта льдом три месяца в году, и лодки лежали на берегу. ".encode("cp1251") * 9, "лодки",
         "legacy-encoding"),
        (bytes(range(1, 9)) * 99, None, ""),
        (b"a" * 100 + b"\x01\x02", "a" * 100, ""), (b"a" * 100 + b"\x01" * 3, None, ""),
        (b"\xe9" + bytes([14]) * 50, None, ""), (b"GIF89a", None, ""), (b"II*\x00", None, ""),
    ],
)  # fmt: skip
def test_bytes_become_text_or_are_refused(data: bytes, text: str | None, code: str) -> None:
    if text is None:
        with pytest.raises(SourceError, match=r"not (plain )?text"):
            decode(data, "x")
        return
    made, findings = decode(data, "x")
    assert text in made
    assert [finding.code for finding in findings] == ([code] if code else [])
    assert "\x01" not in made


def pdf(*lines: str) -> bytes:
    """A PDF with a page for each line."""
    pages = len(lines)
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    font = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    for number, line in enumerate(lines):
        shown = f"BT /F 12 Tf 20 50 Td ({line}) Tj ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 144]/Contents {4 + 2 * number} 0 R/Resources{font}>>"
        )
        objects.append(f"<</Length {len(shown)}>>stream\n{shown}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{each}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_the_text_of_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Harbours and books", "A second page"))
    source = intake.open_source(tmp_path / "a.pdf")
    assert [block.text for block in source.blocks] == ["Harbours and books", "A second page"]
    assert source.is_plain
    with pytest.raises(LimitReached, match="over the limit of 10"):
        intake.open_source(tmp_path / "a.pdf", max_characters=10)


@pytest.mark.parametrize(("data", "message"), [(pdf(""), "has no text in it"), (b"%PDF-1.4\nx", "the PDF is damaged")])
def test_a_pdf_without_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(SourceError, match=message):
        intake.open_source(tmp_path / "a.pdf")


def test_a_picture_in_pdf_becomes_png() -> None:
    made = convert_picture.from_pdf(pdf("A quay"))
    assert made is not None
    width, height, depth, colour = struct.unpack(">IIBB", made[16:26])
    assert (width, height, depth) == (800, 400, 8)
    rows = zlib.decompress(made[made.index(b"IDAT") + 4 : made.index(b"IEND") - 8])
    assert len(rows) == height * (1 + width * {0: 1, 2: 3, 6: 4}[colour])
    assert len(set(rows)) > 2, "something is drawn"
    assert convert_picture.from_pdf(b"%PDF-1.4 none") is None
    large = convert_picture.from_pdf(pdf("x").replace(b"288 144", b"9999 99"))
    assert large is not None
    assert struct.unpack(">I", large[16:20]) == (4000,)


def test_an_office_that_hangs_or_fails_gives_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*arguments: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("office", 60)

    monkeypatch.setattr(convert_picture, "_office", lambda: "office")
    monkeypatch.setattr(convert_picture.subprocess, "run", hang)
    assert convert_picture.from_metafile(b"x", ".emf") is None
    monkeypatch.setattr(convert_picture.subprocess, "run", lambda *arguments, **options: None)
    assert convert_picture.from_metafile(b"x", ".emf") is None


def test_kinds_of_pictures() -> None:
    kinds = {
        b"GIF87a": ".gif", b"\xff\xd8\xff": ".jpg", b"RIFF1234WEBP": ".webp", b"RIFF1234WAVE": "", b" <svg>": ".svg",
        bytes(40) + b" EMF": ".emf", b" " * 4000 + b"<svg": "", b"words": "", b"BM": ".bmp", b"MM\x00*": ".tif",
    }  # fmt: skip
    assert {data: kind_of(data) for data in kinds} == kinds


def test_pictures_are_named_once_and_what_is_none_is_said() -> None:
    files = {
        "a.png": png(1),
        "b.png": png(1),
        "c.png": png(2),
        "words.png": b"words",
        "big.png": png(1) + bytes(LARGEST),
    }
    taken = Pictures("x", lambda address: files.get(address, b""))
    names = [
        taken(name) for name in (*files, "a.png", "none.png", "http://far.example/a.png", "data:image/png;base64,!")
    ]
    assert names == ["x-g001.png", "x-g001.png", "x-g002.png", None, None, "x-g001.png", None, None, None]
    assert [finding.code for finding in taken.findings] == [
        "picture-format", "picture-too-large", "picture-missing", "picture-linked",
    ]  # fmt: skip
    assert taken("words.png") is None
    assert len(taken.findings) == 4, "said once"


def test_files_beside_a_source_are_found_in_its_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a b.png").write_bytes(b"1")
    (folder / "sub" / "c.png").write_bytes(b"22")
    (tmp_path / "out.png").write_bytes(b"3")
    (folder / "link.png").symlink_to(tmp_path / "out.png")
    beside = Beside(folder)
    assert beside.find("a%20b.png") == folder / "a b.png"
    assert beside.find("a b", ("", ".png")) == folder / "a b.png"
    assert beside.read("sub/c") == b"22"
    assert beside.read("sub/c.png", most=1) == b""
    for name in (
        "../out.png",
        "link.png",
        "..%2Fout.png",
        str(tmp_path / "out.png"),
        "http://a/b",
        "",
        "\0",
        "x" * 1001,
    ):
        assert beside.find(name) is None, name
    assert beside.find("gone.png") is None
    assert folder / "gone.png" in beside.used


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<?xml version='1.0'?><!-- x --><!DOCTYPE article [<!ENTITY x 'y'>]><article>", True), (b"<article/>", True),
        (b"\xef\xbb\xbf<jats:article >", True), ("<article>".encode("utf-16"), True), (b"<pmc-articleset>", True),
        (b"<?xml version='1.0'?><book>", True), (b"<book>", False), (b"<?xml version='1.0'?><html>", False),
        (b"", False),
        (b"<html><article>", False), (b"text <article>", False), (b" " * 70_000 + b"<article>", False),
    ],
)  # fmt: skip
def test_jats_is_told_by_its_first_element(tmp_path: Path, data: bytes, expected: bool) -> None:
    (tmp_path / "a.xml").write_bytes(data)
    assert intake.holds_jats(tmp_path / "a.xml") is expected
    assert not intake.holds_jats(tmp_path)
