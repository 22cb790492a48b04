"""The make rules: what is built, built again, and left. The command is a stand-in that logs its calls."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import resources
from pipeline.init import EXAMPLE, create

STAND_IN = """\
#!/bin/sh
# convert SOURCE -o OUT … | render FILE -o OUT … | validate FILE…
echo "$*" >> calls
job=$1; shift
if [ "$job" = validate ]; then ! grep -l INVALID "$@"; exit; fi
grep -q UNREADABLE "$1" && exit 3
cat "$1" > "$3.part" && mv "$3.part" "$3"
printf '%s: image.png\\nimage.png:\\n' "$3" > "$3.d"
[ "$job" = convert ] && grep -q 'INVALID\\|LOST' "$1" && exit 1
[ "$job" = render ] && grep -q UNSHOWN "$1" && exit 1
exit 0
"""


@dataclass
class Folder:
    """A journal folder in which make is run."""

    path: Path

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
        command = ["make", *arguments]
        return subprocess.run(command, cwd=self.path, env=environment, capture_output=True, text=True, check=False)

    def calls(self, *arguments: str) -> list[str]:
        """What make called, as `convert a.xml`, in the order of the alphabet."""
        log = self.path / "calls"
        log.unlink(missing_ok=True)
        done = self.make(*arguments)
        assert done.returncode == 0, done.stderr
        lines = log.read_text().splitlines() if log.exists() else []
        return sorted(f"{words[0]} {Path(words[3 if '-o' in words else 1]).name}" for words in map(str.split, lines))

    def touch(self, name: str) -> None:
        """Make a file newer than all the others."""
        for path in self.path.rglob("*"):
            os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 10**10))
        (self.path / name).touch()


def all_of(*names: str) -> list[str]:
    calls = [f"convert {name}.xml" for name in names]
    calls += [f"render {name}.{galley}" for name in names for galley in ("html", "pdf", "docx")]
    return sorted(calls + [f"validate {name}.xml" for name in names])


@pytest.fixture
def folder(tmp_path: Path, program: Callable[[str], str]) -> Folder:
    """Two articles, and a command that copies and logs."""
    program("make")
    for name in ("Makefile", "pipeline.mk"):
        shutil.copy(resources.PACKAGE / "journal_folder" / name, tmp_path)
    stand_in = tmp_path / "bin" / "jats-pipeline"
    stand_in.parent.mkdir()
    stand_in.write_text(STAND_IN)
    stand_in.chmod(0o755)
    (tmp_path / "articles").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "articles" / name).write_text("text")
    (tmp_path / "journal.toml").touch()
    (tmp_path / "image.png").touch()
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"JATS_PIPELINE = bin/jats-pipeline\n{makefile.read_text()}")
    return Folder(tmp_path)


def test_make_alone_builds_everything_into_a_folder_an_article(folder: Folder) -> None:
    assert folder.calls() == all_of("a", "b")
    built = {str(path.relative_to(folder.path / "build")) for path in (folder.path / "build").glob("*/*")}
    assert {f"{name}/{name}.{end}" for name in "ab" for end in ("xml", "html", "pdf", "docx")} <= built


def test_a_second_make_builds_nothing(folder: Folder) -> None:
    folder.make()
    assert folder.calls() == []
    assert folder.make("-q").returncode == 0


def test_in_parallel_the_same_is_built_once(folder: Folder) -> None:
    assert folder.calls("-j8") == all_of("a", "b")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("articles/a.txt", all_of("a")),
        ("articles/a.toml", all_of("a")),
        ("journal.toml", all_of("a", "b")),
        ("image.png", all_of("a", "b")),
        ("build/a/a.xml", [call for call in all_of("a") if not call.startswith("convert")]),
        ("build/a/a.pdf", []),
    ],
)
def test_only_what_changed_is_built_again(changed: str, expected: list[str], folder: Folder) -> None:
    folder.make()
    folder.touch(changed)
    assert folder.calls() == expected


def test_a_lost_galley_is_built_from_the_xml(folder: Folder) -> None:
    folder.make()
    (folder.path / "build" / "a" / "a.pdf").unlink()
    assert folder.calls() == ["render a.pdf"]


def test_an_image_that_vanished_is_no_dead_end(folder: Folder) -> None:
    folder.make()
    (folder.path / "image.png").unlink()
    assert folder.calls() == all_of("a", "b")


def test_another_style_makes_the_galleys_again_and_not_the_xml(folder: Folder) -> None:
    folder.make()
    assert folder.calls("html", "STYLE=vancouver") == ["render a.html", "render b.html"]
    assert "--style vancouver" in (folder.path / "calls").read_text()
    assert folder.calls("html", "STYLE=vancouver") == []
    assert folder.calls("html") == ["render a.html", "render b.html"]


def test_a_style_file_is_a_prerequisite(folder: Folder) -> None:
    (folder.path / "our.csl").touch()
    folder.make("html", "STYLE=our.csl")
    folder.touch("our.csl")
    assert folder.calls("html", "STYLE=our.csl") == ["render a.html", "render b.html"]


def test_another_journal_file_makes_everything_again(folder: Folder) -> None:
    folder.make()
    (folder.path / "other.toml").touch()
    assert folder.calls("JOURNAL=other.toml") == all_of("a", "b")
    assert "--journal other.toml" in (folder.path / "calls").read_text()


def test_articles_and_the_folder_of_outputs_are_variables(folder: Folder) -> None:
    assert folder.calls("ARTICLES=articles/b.txt", "BUILD=out/here", "jats") == ["convert b.xml"]
    assert (folder.path / "out" / "here" / "b" / "b.xml").is_file()
    assert not (folder.path / "build").exists()


def test_xml_that_was_mended_by_hand_may_be_an_article(folder: Folder) -> None:
    (folder.path / "articles" / "a.txt").unlink()
    (folder.path / "articles" / "a.xml").write_text("<article/>")
    assert "convert a.xml" not in folder.calls()
    assert (folder.path / "build" / "a" / "a.xml").read_text() == "<article/>"


def test_an_unreadable_article_stops_alone_and_leaves_no_target(folder: Folder) -> None:
    (folder.path / "articles" / "a.txt").write_text("UNREADABLE")
    assert folder.make("-k").returncode != 0
    assert list((folder.path / "build" / "a").iterdir()) == []
    assert (folder.path / "build" / "b" / "b.pdf").is_file()


@pytest.mark.parametrize("problem", ["INVALID", "LOST"])
def test_an_article_with_errors_keeps_its_outputs_and_fails_until_the_source_is_mended(
    problem: str, folder: Folder
) -> None:
    (folder.path / "articles" / "a.txt").write_text(problem)
    assert folder.make("-k").returncode != 0
    assert (folder.path / "build" / "a" / "a.pdf").is_file()
    assert folder.make().returncode != 0
    (folder.path / "articles" / "a.txt").write_text("mended")
    folder.touch("articles/a.txt")
    assert folder.calls() == all_of("a")


def test_or_until_the_xml_is_mended(folder: Folder) -> None:
    (folder.path / "articles" / "a.txt").write_text("INVALID")
    folder.make("-k")
    (folder.path / "build" / "a" / "a.xml").write_text("mended")
    folder.touch("build/a/a.xml")
    assert "convert a.xml" not in folder.calls()
    assert folder.make("-q").returncode == 0


def test_a_galley_with_errors_is_not_left_behind(folder: Folder) -> None:
    (folder.path / "articles" / "a.txt").write_text("UNSHOWN")
    assert folder.make("-k").returncode != 0
    assert not (folder.path / "build" / "a" / "a.pdf").exists()
    assert (folder.path / "build" / "a" / "a.xml").exists()


def test_validate_looks_at_every_article_each_time(folder: Folder) -> None:
    folder.make()
    assert folder.calls("validate") == ["validate a.xml"]
    assert (folder.path / "calls").read_text() == "validate build/a/a.xml build/b/b.xml\n"


def test_clean_removes_what_was_built_and_nothing_else(folder: Folder) -> None:
    folder.make()
    (folder.path / "build" / "mine.txt").touch()
    folder.make("clean")
    assert [path.name for path in (folder.path / "build").iterdir()] == ["mine.txt"]
    (folder.path / "build" / "mine.txt").unlink()
    folder.make()
    folder.make("clean")
    assert not (folder.path / "build").exists()


def test_two_articles_of_one_name_are_refused(folder: Folder) -> None:
    (folder.path / "articles" / "a.docx").touch()
    assert "Two articles are called a" in folder.make().stderr


def test_a_file_name_with_a_space_says_what_to_do(folder: Folder) -> None:
    (folder.path / "articles" / "my paper.txt").touch()
    assert "run: jats-pipeline build FILE" in folder.make().stderr


def test_a_folder_without_articles_or_journal_is_no_error(folder: Folder) -> None:
    shutil.rmtree(folder.path / "articles")
    (folder.path / "journal.toml").unlink()
    assert folder.calls() == []
    assert folder.calls("validate") == []


def test_help_names_every_target(folder: Folder, checkout: Path) -> None:
    targets = "all jats html pdf docx epub validate clean help".split()
    shown = folder.make("help").stdout
    assert [line.split()[1] for line in shown.splitlines()] == targets
    ours = subprocess.run(["make", "help"], cwd=checkout, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in ours.splitlines()} >= {*targets, "test", "lint", "bench"}


def test_a_new_journal_folder_builds(tmp_path: Path, program: Callable[[str], str]) -> None:
    """The real command, as its user has it."""
    program("make")
    create(tmp_path)
    command = Path(sys.executable).parent / "jats-pipeline"
    done = Folder(tmp_path).make(f"JATS_PIPELINE={command}")
    assert done.returncode == 0, done.stderr
    built = tmp_path / "build" / EXAMPLE
    assert (built / f"{EXAMPLE}.pdf").read_bytes().startswith(b"%PDF")
    assert all((built / f"{EXAMPLE}.{end}").stat().st_size > 1000 for end in ("xml", "html", "docx"))
    assert Folder(tmp_path).make("-q", f"JATS_PIPELINE={command}").returncode == 0
    used = (built / f"{EXAMPLE}.html.d").read_text().split()
    assert {"journal.toml", str(resources.styles("default", "house.toml"))} <= set(used)


SIGNS = [
    "x;touch${IFS}pwned;.txt",
    "$(shell\ttouch\tpwned).txt",
    "`id>pwned`.txt",
    "a&id>pwned&.txt",
    "it's.txt",
    '"q".txt',
]


@pytest.mark.parametrize(
    "name", [*SIGNS, "a|b.txt", "a(b).txt", "x%y.txt", "a#b.txt", "a:b.txt", "a=b.txt", "~a.txt", "a*.txt"]
)
def test_a_name_that_make_or_the_shell_would_run_is_refused(folder: Folder, name: str) -> None:
    (folder.path / "articles" / name).write_text("text")
    done = folder.make()
    assert done.returncode == 2
    assert "run: jats-pipeline build FILE" in done.stderr
    assert not (folder.path / "pwned").exists()
    assert not (folder.path / "build").exists()
