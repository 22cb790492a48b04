"""What holds for every target: facts, rules, reproducible bytes, what went in read back."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from pipeline import resources
from pipeline.archives import pack, unpack
from pipeline.commands import deposits
from pipeline.deposit import TARGETS, Record, deposit, open_record
from pipeline.deposit.needs import NEEDS, Need
from pipeline.errors import ExitCode, UsageError
from pipeline.findings import Severity
from pipeline.journal import Profile, load_journal

ARCHIVES = ("pmc", "meca", "bagit")
SEVERAL = ("crossref", "doaj", "pubmed", "bagit", "ojs", "issue")
BARE = b"""<article><front><journal-meta><journal-id>x</journal-id></journal-meta><article-meta>
<title-group><article-title/></title-group></article-meta></front></article>"""


def module(to: str) -> Any:
    return import_module(f"pipeline.deposit.{TARGETS[to]}")


@pytest.mark.parametrize("to", TARGETS)
def test_the_good_article_goes_to_every_target_and_is_the_same_each_time(
    to: str, record: Callable[..., Record], tmp_path: Path
) -> None:
    read = record()
    package = deposit([read], to, tmp_path / "package")
    assert package.findings == []
    assert package.data
    assert deposit([read], to, tmp_path / "package").data == package.data


@pytest.mark.parametrize("to", TARGETS)
def test_a_missing_fact_is_an_error_that_names_key_and_file(to: str, tmp_path: Path) -> None:
    path = tmp_path / "bare.xml"
    read = open_record(path, BARE, Profile())
    package = deposit([read], to, tmp_path / "package")
    said = [finding.message for finding in package.findings if finding.code == "missing-fact"]
    wanted = [NEEDS[name] for name in module(to).NEEDS if name != "id"]
    files = {True: str(tmp_path / "bare.toml"), False: "journal.toml"}
    assert package.data is None
    assert said == [f"no {need.what}; give {need.key} in {files[need.of_article]}" for need in wanted]


@pytest.mark.parametrize("need", NEEDS.values(), ids=lambda need: need.key)
def test_every_key_that_a_fact_names_is_one_of_the_settings(need: Need) -> None:
    schema = json.loads(
        resources.schemas("article.schema.json" if need.of_article else "journal.schema.json").read_text()
    )
    for key in need.key.split("."):
        assert key in schema["properties"]
        schema = schema["properties"][key]


@pytest.mark.parametrize("to", TARGETS)
def test_a_package_with_another_content_is_refused(to: str, record: Callable[..., Record], tmp_path: Path) -> None:
    read, other = (
        record("ebb"),
        record("flow", {"On <italic>Fucus</italic>": "Off", "10.5555/jt.2021.7<": "10.5555/8<"}),
    )
    made = deposit([other], to, tmp_path / "package").data
    assert made
    codes = {finding.code for finding in module(to).check(made, [read], "package")}
    assert "package-differs" in codes


@pytest.mark.parametrize("to", ARCHIVES)
def test_an_altered_archive_is_refused(to: str, record: Callable[..., Record], tmp_path: Path) -> None:
    read = record()
    made = deposit([read], to, tmp_path / "package").data
    assert made
    altered = pack({name: data + (b" " if name.endswith(".png") else b"") for name, data in unpack(made).items()})
    assert [f for f in module(to).check(altered, [read], "package") if f.severity is Severity.ERROR]


@pytest.mark.parametrize("to", [to for to in TARGETS if to not in SEVERAL])
def test_a_target_of_one_article_says_so(to: str, record: Callable[..., Record], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one article"):
        deposit([record("ebb"), record("flow")], to, tmp_path / "package")


def test_an_unknown_target_is_said_with_those_there_are(record: Callable[..., Record], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="crossref, pmc, meca"):
        deposit([record()], "archive.example", tmp_path / "package")


def test_two_articles_of_one_doi_are_refused(record: Callable[..., Record], tmp_path: Path) -> None:
    package = deposit([record("ebb"), record("flow")], "crossref", tmp_path / "batch.xml")
    assert package.data is None
    assert [finding.code for finding in package.findings] == ["same-doi"]


def test_what_the_archive_would_refuse_is_refused_with_the_reason(
    record: Callable[..., Record], tmp_path: Path
) -> None:
    package = deposit(
        [record("ebb", {"<surname>Roe</surname>": "<surname>Roe 2</surname>"})], "crossref", tmp_path / "x"
    )
    assert package.data is None
    assert [finding.code for finding in package.findings] == ["crossref-name-characters"]


def test_what_name_toml_says_completes_the_article(
    article: Callable[..., Path], profile: Profile, tmp_path: Path
) -> None:
    path = article("ebb", {"<volume>17</volume>": ""})
    path.with_suffix(".toml").write_text('volume = 18\ndoi = "10.5555/jt.18"\n')
    read = open_record(path, path.read_bytes(), profile)
    assert (read.doi, read.article.volume) == ("10.5555/jt.18", "18")
    assert read.url == "https://journal.example.org/18/101/10.5555/jt.18"


def test_the_command_writes_a_package(
    cli: Callable[..., Result], article: Callable[..., Path], profile: Profile
) -> None:
    path, out = article("ebb"), article("flow").with_suffix(".meca")
    result = cli("deposit", path, "--to", "meca", "-o", out, "--journal", profile.path)
    assert result.exit_code == 0, result.output
    assert "manifest.xml" in unpack(out.read_bytes())


def test_the_command_writes_nothing_where_a_fact_is_missing(
    cli: Callable[..., Result], article: Callable[..., Path]
) -> None:
    path = article("ebb")
    out = path.with_suffix(".zip")
    result = cli("deposit", path, "--to", "crossref", "-o", out)
    assert result.exit_code == ExitCode.ARTICLE_HAS_ERRORS
    assert "give deposit.depositor in journal.toml" in result.stderr
    assert not out.exists()


def test_the_command_knows_every_target() -> None:
    assert set(deposits.TARGETS) == set(TARGETS)


def test_the_command_prints_the_rules(cli: Callable[..., Result], checkout: Path) -> None:
    assert cli("rules").stdout == (checkout / "docs" / "rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("to", TARGETS)
def test_an_article_of_any_publisher_is_taken_or_told_what_it_lacks(to: str, shared: Path, tmp_path: Path) -> None:
    journal = load_journal(Path(__file__).parents[2] / "examples" / "journal.toml")
    for path in sorted((shared / "corpus" / "fulltext").glob("*.xml")):
        package = deposit([open_record(path, path.read_bytes(), journal)], to, tmp_path / "package")
        errors = [finding for finding in package.findings if finding.severity is Severity.ERROR]
        assert (package.data is None) == bool(errors)
        assert not {"package-differs", "package-schema"} & {finding.code for finding in errors}, path
