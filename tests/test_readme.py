"""The transcript in the README is what the commands print; `pytest --update-goldens` writes it anew."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def replayed(transcript: str, folder: Path) -> str:
    """The commands of a transcript, each with what it prints now."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    lines = []
    for line in transcript.splitlines():
        if line.startswith("$ "):
            run = subprocess.run(
                ["bash", "-c", line[2:]], cwd=folder, env=os.environ | {"PATH": path, "LC_ALL": "C.UTF-8"},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=60,
            )  # fmt: skip
            lines += [line, *run.stdout.splitlines()]
    return "\n".join(lines) + "\n"


def test_the_transcript_is_true(checkout: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    readme = checkout / "README.md"
    text = readme.read_text("utf-8")
    [transcript] = CONSOLE.findall(text)
    shutil.copytree(checkout / "examples", tmp_path / "examples")
    now = replayed(transcript, tmp_path)
    if request.config.getoption("--update-goldens"):
        readme.write_text(text.replace(transcript, now), encoding="utf-8")
    else:
        assert now == transcript


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        *(f"docs/{page}.md" for page in ("batch", "command-line", "jats-sources", "journal", "make", "performance")),
    ],
)
def test_links_lead_somewhere(name: str, checkout: Path) -> None:
    page = checkout / name
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []
