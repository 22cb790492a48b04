"""JATS files from strangers, for every command that reads one, with what lies beside them."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.forked import Ran
from tests.hostile.conftest import CONTROLS, check_refusal, unsafe
from tests.hostile.sources import BOMB, ENTITY, NOISE, article, docx, paragraphs
from tests.hostile.test_sources import MOST_MEGABYTES, MOST_SECONDS

Cli = Callable[..., Result]
HIDDEN = b"known to the house alone"


def jats(body: str, declared: str = "", encoding: str = "utf-8") -> bytes:
    title = "<title-group><article-title>Boats</article-title></title-group>"
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>{declared}<article xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:mml="http://www.w3.org/1998/Math/MathML"><front><article-meta>{title}</article-meta></front>'
        f"<body><p>Some words.</p>{body}</body></article>"
    )
    return text.encode(encoding)


EXPANDED = "<!DOCTYPE article [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
EXTERNAL = "<!DOCTYPE article [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
PARAMETER = "<!DOCTYPE article [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>"
INCLUDED = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
ATTRIBUTES = " ".join(f"a{n}='x'" for n in range(9999))
REFUSED = {
    "a bomb": jats("<p>&a9;</p>", EXPANDED), "a bomb in an attribute": jats("<p id='&a9;'/>", EXPANDED),
    "a bomb in UTF-16": jats("<p id='&a9;'>&a9;</p>", EXPANDED, "utf-16"),
    "a file": jats("<p>&x;</p>", EXTERNAL), "a file in UTF-16": jats("<p>&x;</p>", EXTERNAL, "utf-16"),
    "a parameter": jats("", PARAMETER), "an inclusion": jats(INCLUDED), "another root": b"<html><body/></html>",
    "depth": jats("<p>" * 90_000 + "</p>" * 90_000), "attributes": jats(f"<p {ATTRIBUTES}/>"),
    "no XML": b"words", "a PNG": b"\x89PNG\r\n\x1a\n" + NOISE, "nothing": b"",
    "a wrong encoding": jats("<p>\xe9</p>").replace(b"\xc3", b""),
    "a cut file": jats("<p>x</p>")[:-20],
}  # fmt: skip
COMMANDS = {"render": ("-o", "o.html"), "deposit": ("--to", "bagit", "-o", "o.zip"), "validate": ("--format", "text")}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", REFUSED)
def test_xml_that_may_not_be_read_is_refused(name: str, command: str, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(REFUSED[name])
    with_paths = [tmp_path / each if each.startswith("o.") else each for each in COMMANDS[command]]
    run = cli(command, tmp_path / "a.xml", *with_paths)
    if command == "validate" and run.exit_code == 1:
        assert run.stdout.count("\n") == 1, run.stdout
        assert " error " in run.stdout
    else:
        check_refusal(run)
    assert "root:" not in run.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.xml"]


TABLE = "<table-wrap><table>{}</table></table-wrap>"
ODD = {
    "a DTD of its own": jats("", "<!DOCTYPE article SYSTEM 'file:///etc/passwd'>"),
    "a DTD at an address": jats("", "<!DOCTYPE article SYSTEM 'http://127.0.0.1:9/x.dtd'>"),
    "declared attributes": jats("<p/>", "<!DOCTYPE article [<!ATTLIST p id CDATA 'x'>]>"),
    "a style sheet": jats("").replace(b"<article ", b"<?xml-stylesheet href='/etc/passwd'?><article "),
    "sections": jats("<sec>" * 240 + "<p>x</p>" + "</sec>" * 240),
    "a huge attribute": jats(f"<p id='{'a' * 2_000_000}'/>"),
    "a table without end": jats(TABLE.format("<tr><td colspan='99999999' rowspan='99999999'/></tr>")),
    "spans": jats(TABLE.format("<tr><td colspan='1000' rowspan='1000'>x</td></tr>" * 100)),
    "HTML": jats('<p><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></p>'),
    "formulas": jats(f"<disp-formula><tex-math>\\def\\a{{\\a\\a}}\\a {'{' * 5000}</tex-math></disp-formula>"),
    "UTF-7": jats("<p>+ADw-script+AD4-</p>", encoding="utf-7"),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_jats_costs_little(name: str, command: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(ODD[name])
    for call in (
        "validate a.xml",
        "render a.xml -o o.html",
        "render a.xml -o o.pdf",
        "deposit a.xml --to crossref -o o.zip",
    ):
        ran = command(*call.split(), cwd=tmp_path)
        assert ran.code in (0, 1), (call, ran.errors)
        assert "root:" not in ran.output + ran.errors
        assert ran.seconds < MOST_SECONDS
        assert ran.megabytes < MOST_MEGABYTES
    assert unsafe((tmp_path / "o.html").read_text(encoding="utf-8")) == []


HREFS = [
    "../secret.png", "..%2fsecret.png", "%2e%2e/secret.png", "/etc/passwd", "file:///etc/passwd", "link.png",
    "a/../../secret.png",
    "a%00.png", "a" * 9000, "a/" * 9000, "pipe", ".", "..", "",
    "http://127.0.0.1:9/a.png", "\\..\\secret.png", "C:\\secret.png", "~/x",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, cli: Cli, checkout: Path) -> Path:
    """An article that could be deposited, with pictures that stand outside, are linked there, or are no files."""
    folder = tmp_path / "in"
    folder.mkdir()
    example = checkout / "examples" / "tide-gauges"
    for ending in ("txt", "toml"):
        (folder / f"a.{ending}").write_bytes(example.with_suffix(f".{ending}").read_bytes())
    journal = checkout / "examples" / "journal.toml"
    run = cli("build", folder / "a.txt", "--journal", journal, "--out", tmp_path / "out", "--to", "xml")
    assert run.exit_code == 0, run.stderr
    text = (tmp_path / "out" / "a" / "a.xml").read_text(encoding="utf-8")
    figures = "".join(
        f'<fig id="f{n}"><caption><p>x</p></caption><graphic xlink:href="{href}"/></fig>'
        for n, href in enumerate(HREFS)
    )
    (folder / "a.xml").write_text(text.replace("</body>", f"{figures}</body>"), encoding="utf-8")
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n" + HIDDEN)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="no links and pipes")
@pytest.mark.parametrize("to", ["crossref", "pmc", "meca", "doaj", "pubmed", "datacite", "bagit", "ojs", "issue"])
def test_a_deposit_holds_nothing_from_outside(to: str, folder: Path, cli: Cli, tmp_path: Path, checkout: Path) -> None:
    run = cli(
        "deposit",
        folder / "a.xml",
        "--to",
        to,
        "-o",
        tmp_path / "package",
        "--journal",
        checkout / "examples" / "journal.toml",
    )
    assert run.exit_code in (0, 1), (run.stderr, run.exception)
    data = (tmp_path / "package").read_bytes() if (tmp_path / "package").exists() else b""
    assert HIDDEN not in data
    assert b"root:" not in data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                assert not name.startswith("/")
                assert ".." not in name
                assert HIDDEN not in package.read(name)


@pytest.mark.skipif(os.name == "nt", reason="no links and pipes")
@pytest.mark.parametrize("to", ["html", "pdf", "docx", "epub"])
def test_a_galley_holds_nothing_from_outside(to: str, folder: Path, cli: Cli, tmp_path: Path) -> None:
    run = cli("render", folder / "a.xml", "-o", tmp_path / f"o.{to}")
    assert run.exit_code == 0, run.stderr
    assert run.stderr.count("image-missing") >= len(HREFS) - 1
    assert HIDDEN not in (tmp_path / f"o.{to}").read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="no links and pipes")
def test_jats_is_built_with_nothing_from_outside(folder: Path, cli: Cli, tmp_path: Path) -> None:
    run = cli("build", folder / "a.xml", "--out", tmp_path / "again", "--to", "xml,html")
    assert run.exit_code in (0, 1), run.stderr
    assert sorted(path.name for path in (tmp_path / "again" / "a").iterdir()) == [
        "a.html",
        "a.report.html",
        "a.report.json",
        "a.xml",
    ]


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_a_batch_of_strangers_costs_none_of_the_others(command: Callable[..., Ran], tmp_path: Path) -> None:
    sources = tmp_path / "in"
    sources.mkdir()
    good = [
        "a.txt",
        'it\'s "quoted".txt',
        "$(touch pwned).txt",
        "`touch pwned`; x.txt",
        "line\nfeed.txt",
        "\u202etxt.b.txt",
        "-rf.txt",
    ]
    for name in good:
        (sources / name).write_text(article(), encoding="utf-8")
    bad = {"noise.txt": NOISE, "empty.txt": b"", "bomb.xml": BOMB, "file.docx": docx(paragraphs("&x;"), ENTITY)}
    for name, data in bad.items():
        (sources / name).write_bytes(data)
    (sources / "loop").symlink_to(sources)
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "secret.txt").write_text(article(title="A secret"), encoding="utf-8")
    (sources / "secret.txt").symlink_to(tmp_path / "beside" / "secret.txt")
    (sources / "secrets").symlink_to(tmp_path / "beside")
    (sources / "same.txt").symlink_to(sources / "a.txt")
    os.mkfifo(sources / "pipe.txt")
    ran = command("batch", sources, "--out", "out", "--to", "xml", cwd=tmp_path)
    assert ran.code == 3, ran.errors
    assert "Traceback" not in ran.errors
    assert not CONTROLS.search(ran.errors)
    assert ran.errors.count("secret.txt: is a link out of the folder") == 1
    made = sorted(path.stem for path in (tmp_path / "out").rglob("*.xml"))
    assert made == sorted([*(Path(name).stem for name in good), "same"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside", "in", "out"]
    ran = command("batch", f"{sources}/**/secret*.txt", "--out", "out", "--to", "xml", cwd=tmp_path)
    assert (ran.code, ran.errors.count("is a link out of the folder")) == (3, 1), ran.errors
    assert not list((tmp_path / "out").rglob("secret*.xml"))
