"""`build --watch`: what changed decides what is made again, and nothing of the editor's is lost."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.watch import Desk, Job
from tests.processes import PATIENCE

NAME = "harbour-libraries"


@pytest.fixture
def folder(examples: Path, tmp_path: Path) -> Path:
    for name in (f"{NAME}.txt", f"{NAME}.toml", "journal.toml"):
        shutil.copy(examples / name, tmp_path)
    return tmp_path


class Editor:
    """Someone at work on the article in `folder`, and what is said to them."""

    def __init__(self, folder: Path, formats: tuple[str, ...] = ("xml", "html")) -> None:
        self.folder, self.said = folder, list[str]()
        self.out = folder / "build" / NAME
        job = Job([folder / f"{NAME}.txt"], folder / "build", folder / "journal.toml", "", formats)
        self.desk = Desk(job, self.said.append, lambda built: None)
        self.desk.start()

    def writes(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        written = time.time_ns() + 5_000_000_000 * len(self.said)  # a clock too coarse for a test must not hide it
        os.utime(path, ns=(written, written))

    def replaces(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.writes(name, text.replace(old, new))

    def waits(self) -> list[str]:
        """What is said after a while."""
        before = len(self.said)
        for _ in range(3):
            self.desk.look()
        return self.said[before:]

    def reads(self, ending: str) -> str:
        return (self.out / f"{NAME}.{ending}").read_text(encoding="utf-8")


@pytest.fixture
def editor(folder: Path) -> Editor:
    return Editor(folder)


def test_without_a_change_nothing_is_made(editor: Editor) -> None:
    assert "<article" in editor.reads("xml")
    assert editor.waits() == []


def test_the_source_and_the_facts_beside_it_make_all_anew(editor: Editor) -> None:
    editor.replaces(f"{NAME}.txt", "port towns", "littoral villages")
    [said] = editor.waits()
    assert said.startswith(f"{NAME}.txt changed: made {NAME}.xml, {NAME}.html")
    assert "littoral" in editor.reads("xml")
    editor.writes(f"{NAME}.toml", 'volume = "77"\n')
    [said] = editor.waits()
    assert said.startswith(f"{NAME}.toml changed: made {NAME}.xml")
    assert "<volume>77</volume>" in editor.reads("xml")


def test_the_journal_makes_all_anew_and_a_mistake_in_it_ends_nothing(editor: Editor) -> None:
    editor.writes("journal.toml", "title = 7\n")
    [said] = editor.waits()
    assert said.startswith("journal.toml changed: ")
    assert "title" in said
    editor.writes("journal.toml", '[publisher]\nname = "Another Press"\n')
    assert len(editor.waits()) == 1
    assert "Another Press" in editor.reads("xml")


def test_xml_corrected_by_hand_makes_the_galleys_and_is_kept(editor: Editor) -> None:
    xml = f"build/{NAME}/{NAME}.xml"
    editor.replaces(xml, "</article-title>", " corrected</article-title>")
    [said] = editor.waits()
    assert said.startswith(f"{NAME}.xml changed: made {NAME}.html in")
    assert "corrected</" in editor.reads("html")
    assert "corrected</article-title>" in editor.reads("xml")
    editor.replaces(f"{NAME}.txt", "port towns", "littoral villages")
    said, _ = editor.waits()
    assert f"the correction is in {NAME}.corrected.xml" in said
    assert "corrected</article-title>" in editor.reads("corrected.xml")
    assert "corrected</article-title>" not in editor.reads("xml")


def test_xml_that_is_none_is_said_and_the_next_correction_builds(editor: Editor) -> None:
    xml = f"build/{NAME}/{NAME}.xml"
    editor.replaces(xml, "</article>", "")
    [said] = editor.waits()
    assert f"{NAME}.xml changed: " in said
    assert "made" not in said
    editor.writes(xml, editor.reads("xml") + "</article>")
    assert "made" in editor.waits()[0]


def test_the_house_style_makes_the_galleys(folder: Path) -> None:
    (folder / "house").mkdir()
    (folder / "house" / "house.toml").write_text("")
    journal = folder / "journal.toml"
    journal.write_text('template = "house/"\n' + re.sub(r"(?m)^(?=template|accent)", "# ", journal.read_text()))
    editor = Editor(folder)
    editor.writes("house/house.toml", '[colours]\naccent = "#8a1538"\n')
    [said] = editor.waits()
    assert said.startswith(f"house.toml changed: made {NAME}.html in")
    assert "#8a1538" in editor.reads("html")


def test_a_source_that_is_gone_is_waited_for(editor: Editor) -> None:
    source = editor.folder / f"{NAME}.txt"
    text = source.read_text(encoding="utf-8")
    source.unlink()
    [said] = editor.waits()
    assert "cannot be read" in said
    editor.writes(source.name, text)
    assert "made" in editor.waits()[0]


def test_a_picture_in_the_source_makes_all_anew(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "tides.md").write_text("# Tides\n\n## Abstract\n\nWater rises.\n\n![Shore](shore.png)\n")
    shutil.copy(checkout / "tests" / "render" / "cases" / "shore.png", tmp_path)
    said: list[str] = []
    desk = Desk(Job([tmp_path / "tides.md"], tmp_path / "out", None, "", ("xml",)), said.append, lambda built: None)
    desk.start()
    with (tmp_path / "shore.png").open("ab") as file:
        file.write(b"changed")
    for _ in range(3):
        desk.look()
    assert said[-1].startswith("shore.png changed: made tides.xml")
    assert (tmp_path / "out" / "tides" / "tides-g001.png").read_bytes().endswith(b"changed")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_ends_it_cleanly(folder: Path) -> None:
    command = Path(sys.executable).with_name("jats-pipeline")
    process = subprocess.Popen(
        [command, "build", f"{NAME}.txt", "--to", "xml", "--watch"], cwd=folder, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr
        while "Ctrl-C ends it" not in process.stderr.readline():
            assert process.poll() is None
        with (folder / f"{NAME}.txt").open("a") as file:
            file.write("\n")
        assert f"{NAME}.txt changed: made {NAME}.xml" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "Traceback" not in said
    finally:
        process.kill()
        process.wait()
