"""The contracts of the command line: names, flags, outputs, exit codes, one line a problem."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline import build as stages
from pipeline import pandoc
from pipeline.cli import main
from pipeline.errors import ExitCode

Cli = Callable[..., Result]
OUTPUTS = {"xml", "html", "pdf", "docx", "report.json", "report.html"}


@pytest.fixture
def page(examples: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "harbour-libraries.txt"
    copy.write_bytes((examples / copy.name).read_bytes())
    return copy


def one_line(result: Result, code: ExitCode) -> str:
    """The only line on stderr of a run that ended with `code`."""
    assert result.exit_code == code, result.output
    [line] = result.stderr.splitlines()
    assert "Traceback" not in line
    return line


def test_build_writes_every_output(cli: Cli, page: Path, tmp_path: Path) -> None:
    result = cli("build", page, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout == ""
    made = {path.name.partition(".")[2] for path in (tmp_path / "out" / page.stem).iterdir()}
    assert made == OUTPUTS


def test_build_writes_what_is_asked_for(cli: Cli, page: Path, tmp_path: Path) -> None:
    assert cli("build", page, "--out", tmp_path / "out", "--to", "html").exit_code == 0
    made = {path.name.partition(".")[2] for path in (tmp_path / "out" / page.stem).iterdir()}
    assert made == {"html", "report.json", "report.html"}


def test_convert_writes_the_report_where_asked(cli: Cli, page: Path, tmp_path: Path) -> None:
    assert cli("convert", page, "-o", tmp_path / "out" / "a.xml", "--report").exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.xml", "a.report.json", "a.report.html"}


def test_convert_then_render_goes_through_the_one_file(cli: Cli, page: Path, tmp_path: Path) -> None:
    xml = tmp_path / "a.xml"
    assert cli("convert", page, "-o", xml).exit_code == 0
    corrected = xml.read_text("utf-8").replace("THE LIBRARY AT THE QUAY", "The Corrected Quay")
    xml.write_text(corrected, encoding="utf-8")
    assert cli("render", xml, "-o", tmp_path / "a.html").exit_code == 0
    assert "The Corrected Quay" in (tmp_path / "a.html").read_text("utf-8")


def test_validate_prints_a_line_for_each_finding(cli: Cli, page: Path, tmp_path: Path) -> None:
    xml = tmp_path / "a.xml"
    cli("convert", page, "-o", xml)
    good = cli("validate", xml)
    assert good.exit_code == 0
    xml.write_text(xml.read_text("utf-8").replace("<kwd>", "<kwd><nonsense/>", 1), encoding="utf-8")
    bad = cli("validate", xml)
    assert bad.exit_code == ExitCode.ARTICLE_HAS_ERRORS
    assert re.fullmatch(r"(\S+:\d+: (error|warning|info) \S+ .+\n)+", bad.stdout)
    listed = json.loads(cli("validate", "--format", "json", xml).stdout)
    assert {"code", "severity", "message", "file", "line"} == listed[0].keys()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n \t\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG image"),
        ("noise.txt", bytes(range(256)) * 40, "not text"),
        ("zip.txt", b"PK\x03\x04" + bytes(400), "ZIP"),
        ("words.txt", b"hello world\n", "no article found"),
    ],
)
def test_a_source_that_is_no_article_is_one_line_and_nothing_is_written(
    cli: Cli, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = cli("build", tmp_path / name, "--out", tmp_path / "out")
    assert says in one_line(result, ExitCode.UNREADABLE_SOURCE)
    assert not (tmp_path / "out").exists()


def test_a_folder_and_a_missing_file_are_said_to_be_so(cli: Cli, tmp_path: Path) -> None:
    assert "is a directory" in one_line(cli("build", tmp_path), ExitCode.UNREADABLE_SOURCE)
    assert "no such file" in one_line(cli("convert", "nothing.txt", "-o", "x.xml"), ExitCode.UNREADABLE_SOURCE)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may read every file")
def test_an_unreadable_file_is_said_to_be_so(cli: Cli, page: Path) -> None:
    page.chmod(0)
    assert "permission denied" in one_line(cli("build", page), ExitCode.UNREADABLE_SOURCE)


def test_a_source_that_is_too_large_says_which_limit_to_raise(cli: Cli, page: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal.toml"
    journal.write_text("[limits]\nsource_bytes = 1000\n")
    line = one_line(cli("build", page, "--journal", journal), ExitCode.UNREADABLE_SOURCE)
    assert "limits.source_bytes" in line


def test_one_bad_source_does_not_stop_the_others(cli: Cli, page: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    result = cli("build", bad, page, "--out", tmp_path / "out", "--to", "xml")
    assert result.exit_code == ExitCode.UNREADABLE_SOURCE
    assert (tmp_path / "out" / page.stem / f"{page.stem}.xml").is_file()


def test_two_sources_of_one_name_are_refused(cli: Cli, page: Path, tmp_path: Path) -> None:
    assert "rename one" in one_line(cli("build", page, tmp_path / "b" / page.name), ExitCode.USAGE)


def test_an_unknown_style_suggests_the_nearest(cli: Cli, page: Path) -> None:
    line = one_line(cli("build", page, "--style", "vancuver", "--to", "html"), ExitCode.USAGE)
    assert "vancouver" in line


@pytest.mark.parametrize(
    "arguments", [["build"], ["build", "a.txt", "--to", "odt"], ["nonsense"], ["convert", "a.txt"]]
)
def test_wrong_usage_is_exit_code_2(cli: Cli, arguments: list[str]) -> None:
    assert cli(*arguments).exit_code == ExitCode.USAGE


def test_an_output_of_no_known_kind_is_refused(cli: Cli, tmp_path: Path) -> None:
    assert ".html, .pdf, .docx or .epub" in one_line(cli("render", "a.xml", "-o", "a.odt"), ExitCode.USAGE)


@pytest.mark.parametrize(
    "content", [b"<article><p></article>", b"<!DOCTYPE a [<!ENTITY e 'x'>]><article>&e;</article>"]
)
def test_xml_that_cannot_be_read_is_exit_code_3(cli: Cli, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xml").write_bytes(content)
    one_line(cli("render", tmp_path / "a.xml", "-o", tmp_path / "a.html"), ExitCode.UNREADABLE_SOURCE)
    assert not (tmp_path / "a.html").exists()


def test_a_missing_pandoc_says_how_to_install_it(
    cli: Cli, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "executable", lambda: str(tmp_path / "no-pandoc"))
    result = cli("build", page, "--out", tmp_path / "out")
    assert "pip install pypandoc_binary" in one_line(result, ExitCode.MISSING_PART)
    assert not (tmp_path / "out").exists()


def test_missing_schemas_say_how_to_install_them(
    cli: Cli, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import resources

    shipped = resources.schemas
    monkeypatch.setattr(
        resources, "schemas", lambda *parts: tmp_path.joinpath(*parts) if parts[0] == "jats" else shipped(*parts)
    )
    result = cli("convert", page, "-o", tmp_path / "a.xml")
    assert "jats-pipeline schemas install" in one_line(result, ExitCode.MISSING_PART)
    assert not (tmp_path / "a.xml").exists()


def test_an_internal_error_is_one_line_too(
    cli: Cli, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(stages, "convert", fail)
    line = one_line(cli("build", page, "--out", tmp_path / "out"), ExitCode.INTERNAL)
    assert "internal error" in line


def test_a_folder_that_cannot_be_written_is_said(cli: Cli, page: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, where a folder should be")
    result = cli("build", page, "--out", tmp_path / "out", "--to", "xml")
    assert result.exit_code == ExitCode.USAGE
    assert "cannot be written" in result.stderr


def test_references_reads_one_a_line(cli: Cli) -> None:
    lines = "Roe, A. (2001). Tides. Lantern Press.\n\nnothing\n"
    result = cli("references", "-", "--to", "csl-json", stdin=lines)
    assert result.exit_code == 0, result.output
    items = json.loads(result.stdout)
    assert [item["custom"]["source"] for item in items] == lines.split("\n")[:-1]
    assert items[0]["title"] == "Tides"
    spans = [json.loads(line) for line in cli("references", stdin=lines).stdout.splitlines() if "fields" in line]
    assert spans == []
    tagged = cli("references", "-", "--to", "jats", stdin=lines).stdout
    assert "<surname>Roe</surname>" in tagged
    assert "@book" in cli("references", "-", "--to", "bibtex", stdin=lines).stdout


def test_cite_prints_citations_and_bibliography(cli: Cli, tmp_path: Path) -> None:
    items, clusters = tmp_path / "items.json", tmp_path / "clusters.json"
    items.write_text('[{"id": "r", "type": "book", "title": "Tides", "author": [{"family": "Roe", "given": "Ada"}]}]')
    clusters.write_text('[[{"id": "r", "locator": "3"}]]')
    made = json.loads(cli("cite", items, "--clusters", clusters, "--style", "apa", "--to", "text").stdout)
    assert made["citations"] == ["(Roe, n.d., p. 3)"]
    assert made["bibliography"] == [{"id": "r", "entry": "Roe, A. (n.d.). Tides."}]
    items.write_text("{")
    assert "not valid JSON" in one_line(cli("cite", items, "--style", "apa"), ExitCode.UNREADABLE_SOURCE)


def test_styles_are_found_by_name(cli: Cli) -> None:
    result = cli("styles", "vancouver")
    assert result.exit_code == 0
    assert "nlm-citation-sequence" in result.stdout
    assert "no style" in one_line(cli("styles", "qqqqqq"), ExitCode.USAGE)


def test_schemas_are_listed(cli: Cli) -> None:
    assert "1.3" in cli("schemas", "list").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(cli: Cli, shell: str) -> None:
    assert "_JATS_PIPELINE_COMPLETE" in cli("completion", shell).stdout


def every_command() -> list[list[str]]:
    groups = [[name] for name in main.commands]
    return groups + [["schemas", name] for name in main.commands["schemas"].commands]  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_help_of_each_command_shows_an_example(cli: Cli, words: list[str]) -> None:
    result = cli(*words, "--help")
    assert result.exit_code == 0
    assert "Example: " in result.stdout or words == ["schemas"]


def test_version(cli: Cli) -> None:
    assert re.fullmatch(r"jats-pipeline, version \d+\.\d+\.\d+\n", cli("--version").stdout)


def test_a_depfile_names_what_was_read(cli: Cli, page: Path, tmp_path: Path) -> None:
    page.with_suffix(".toml").write_text('issue = "2"\n')
    depfile = tmp_path / "a.d"
    assert cli("convert", page, "-o", tmp_path / "a.xml", "--depfile", depfile).exit_code == 0
    rule = depfile.read_text()
    assert str(page) in rule
    assert str(page.with_suffix(".toml")) in rule


def test_the_editors_reading_of_a_reference_wins(cli: Cli, page: Path, tmp_path: Path) -> None:
    page.with_suffix(".toml").write_text('[references.2]\ntitle = "Imagined communities"\ncsl = { type = "report" }\n')
    assert cli("convert", page, "-o", tmp_path / "a.xml").exit_code == 0
    made = (tmp_path / "a.xml").read_text("utf-8")
    assert "<source>Imagined communities</source>: Reflections" in made
    assert made.index('publication-type="report"') < made.index("<source>Imagined communities</source>")


def test_a_depfile_names_the_pictures_too(cli: Cli, checkout: Path, tmp_path: Path) -> None:
    xml = checkout / "tests" / "render" / "cases" / "full.xml"
    depfile = tmp_path / "a.d"
    assert cli("render", xml, "-o", tmp_path / "a.html", "--depfile", depfile).exit_code < 2
    assert f"{xml.parent / 'shore.png'}:" in depfile.read_text()
