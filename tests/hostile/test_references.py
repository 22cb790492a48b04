"""References, items to cite and styles from strangers: what is none of them costs one line, and all of them little."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.forked import Ran
from tests.hostile.conftest import check_refusal, unsafe
from tests.hostile.sources import NOISE
from tests.hostile.test_sources import MOST_MEGABYTES, MOST_SECONDS

Cli = Callable[..., Result]
REFERENCE = "Silva, M. (2019). Ports and ledgers. Journal of Tides, 3(1), 4–9. https://doi.org/10.5555/x\n"


@pytest.mark.parametrize(
    "data", [b"", b"\n \n", NOISE, b"\x89PNG\r\n\x1a\n" + NOISE, bytes(5000), bytes(range(1, 9)) * 99]
)
def test_what_is_no_list_of_references_is_refused(data: bytes, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_bytes(data)
    check_refusal(cli("references", tmp_path / "r.txt"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_references_in_any_encoding(encoding: str, cli: Cli, tmp_path: Path) -> None:
    text = "Müller, J. (2001). Über die Grenze des Meeres. Zürich: Verlag für Küsten.\n" * 3
    (tmp_path / "r.txt").write_bytes(text.encode(encoding))
    run = cli("references", tmp_path / "r.txt")
    assert [item["author"][0]["family"] for item in json.loads(run.stdout)] == ["Müller"] * 3


LONG = {
    "a line": "Silva, M. (2019). ", "a word": "a", "brackets": "(", "commas": ", ", "digits": "1", "dots": ".",
    "spaces": "a ", "names": "A. B., ", "an address": "http://a/", "quotation marks": '"', "lines": REFERENCE,
    "marks of bidi": "\u202e", "tabs": "\t", "dashes": "—",
}  # fmt: skip


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG.keys())
def test_long_references_cost_little_and_are_kept(unit: str, command: Callable[..., Ran], tmp_path: Path) -> None:
    text = "x" + unit * (300_000 // len(unit))
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    ran = command("references", "r.txt", cwd=tmp_path)
    assert ran.code == 0
    assert [item["custom"]["source"] for item in json.loads(ran.output)] == [line.strip() for line in text.splitlines()]
    assert ran.seconds < MOST_SECONDS
    assert ran.megabytes < MOST_MEGABYTES


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b"[" + b"9" * 6000 + b"]", b'"x"', b'[{"id":"a"},{"id":"a"}]', b"\xff", b"<a/>", NOISE]
)
def test_what_are_no_items_is_refused(data: bytes, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "i.json").write_bytes(data)
    run = cli("cite", tmp_path / "i.json", "--style", "apa")
    check_refusal(run, run.exit_code)
    assert run.exit_code in (2, 3)


@pytest.mark.parametrize(
    "item",
    [
        {"title": [1, {}], "author": "x", "issued": {"date-parts": [["x", None, 1e300]]}, "volume": {"a": 1}},
        {"title": "\ud800 \udfff", "author": [{"family": "\udead"}]},
        {"title": "(" * 100_000, "author": [{"family": "“" * 20_000 + "”" * 20_000, "given": "A." * 30_000}]},
        {"title": "'\"‘’“”«»" * 8_000, "container-title": "<i>" * 20_000, "publisher": "</i>" * 20_000},
        {"title": "a", "page": "1-" * 50_000, "volume": "1" * 50_000, "issued": {"literal": "1" * 50_000}},
    ],
    ids=["types", "surrogates", "brackets", "marks", "numbers"],
)
def test_any_item_is_cited(item: dict[str, object], command: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "i.json").write_text(json.dumps([{"id": "a", "type": "book"} | item]))
    ran = command("cite", "i.json", "--style", "apa", cwd=tmp_path)
    assert (ran.code, ran.errors) == (0, "")
    assert json.loads(ran.output)["bibliography"][0]["id"] == "a"
    assert ran.seconds < MOST_SECONDS


def style(layout: str, macros: str = "", declared: str = "", info: str = "") -> str:
    known = "<title>x</title><id>x</id><updated>2020-01-01T00:00:00Z</updated>"
    return (
        f'{declared}<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info>{known}{info}'
        f"</info>{macros}<citation><layout>{layout}</layout></citation></style>"
    )


def doubled(depth: int) -> str:
    """Macros of which each calls the next ten times."""
    calls = (f'<macro name="a{n}">' + f'<text macro="a{n + 1}"/>' * 10 + "</macro>" for n in range(depth))
    return "".join(calls) + f'<macro name="a{depth}"><text value="x"/></macro>'


STYLES = {
    "a macro that calls itself": style('<text macro="a"/>', '<macro name="a"><text macro="a"/></macro>'),
    "macros without end": style('<text macro="a0"/>', doubled(9)),
    "entities": style('<text value="&x;"/>', declared='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "an inclusion": style('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'),
    "a parent that is a file": style("<text/>", info='<link rel="independent-parent" href="file:///etc/passwd"/>'),
    "a parent at an address": style("<text/>", info='<link rel="independent-parent" href="http://127.0.0.1:9/x"/>'),
    "groups without end": style("<group>" * 5000 + '<text variable="title"/>' + "</group>" * 5000),
    "nothing": "", "no XML": "x", "another root": "<html/>",
}  # fmt: skip


@pytest.mark.parametrize("name", STYLES)
def test_a_style_of_a_stranger_reads_nothing_and_ends(name: str, command: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "i.json").write_text('[{"id": "a", "type": "book", "title": "T"}]')
    (tmp_path / "s.csl").write_text(STYLES[name])
    ran = command("cite", "i.json", "--style", "s.csl", cwd=tmp_path)
    assert ran.seconds < MOST_SECONDS
    assert ran.megabytes < MOST_MEGABYTES
    assert "root:" not in ran.output + ran.errors
    assert ran.code in (0, 2, 3), ran.errors
    assert ran.errors.count("\n") == (ran.code != 0), ran.errors


def test_a_style_can_put_no_markup_into_a_citation(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "i.json").write_text('[{"id": "a", "type": "book", "title": "<script>a()</script>"}]')
    layout = '<text variable="title" prefix="&lt;img src=x onerror=a()&gt;" suffix="&lt;/p&gt;"/>'
    (tmp_path / "s.csl").write_text(style(layout))
    for engine in ("citeproc-py", "pandoc"):
        run = cli("cite", tmp_path / "i.json", "--style", tmp_path / "s.csl", "--engine", engine)
        assert run.exit_code == 0, run.stderr
        made = json.loads(run.stdout)
        texts = [*made["citations"], *(entry["entry"] for entry in made["bibliography"])]
        assert [found for text in texts for found in unsafe(f"<body>{text}</body>")] == []


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "http://127.0.0.1:9/x.csl", "", "a" * 5000, "$(id)"]
)
def test_a_style_that_is_none_is_refused(name: str, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "i.json").write_text('[{"id": "a", "type": "book", "title": "T"}]')
    check_refusal(cli("cite", tmp_path / "i.json", "--style", name), 2)
