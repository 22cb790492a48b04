"""What a run opens, starts and connects to, as the system saw it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.sources import LATEX, MARKUP, SHELL, TYPST, everywhere

CALLS = "trace=open,openat,openat2,creat,execve,connect,sendto,rename,renameat,renameat2,unlink,mkdir,symlink,link"
CALL = re.compile(r"^(?:\[pid +)?(?:\d+\]? +)?(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)", re.MULTILINE)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ETC = "debian_version gai.conf host.conf ld.so locale localtime mime.types nsswitch os-release resolv.conf".split()
SYSTEM = ("/usr/", "/lib", "/proc/", "/sys/", "/dev/", *(f"/etc/{name}" for name in ETC))
SECRETS = ("/etc/passwd", "/etc/shadow", "/etc/hostname", "environ")


@pytest.fixture(scope="module")
def strace() -> str:
    path = shutil.which("strace")
    if path is None or subprocess.run([path, "-o", os.devnull, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace is not installed or may not trace")
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with everything in it that could make a program do something; secrets beside it."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\nsecret")
    pieces = [*MARKUP, *TYPST, *LATEX, *SHELL, "![x](../secret.png)", "https://example.org/a", "file:///etc/passwd"]
    (folder / "a.txt").write_text(everywhere(pieces), encoding="utf-8")
    return folder / "a.txt"


def calls(log: Path) -> list[tuple[str, str, int]]:
    found = CALL.finditer(log.read_text(errors="replace"))
    return [(match["name"], match["arguments"], int(match["result"])) for match in found]


def test_nothing_outside_is_read_written_started_or_reached(
    strace: str, article: Path, tmp_path: Path, checkout: Path
) -> None:
    script, log, temporary = Path(sys.executable).parent / "jats-pipeline", tmp_path / "log", tmp_path / "temporary"
    temporary.mkdir()
    command = [
        strace,
        "-f",
        "-qq",
        "-s",
        "400",
        "-e",
        CALLS,
        "-o",
        log,
        script,
        "build",
        article,
        "--out",
        tmp_path / "out",
    ]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=article.parent, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert (tmp_path / "out" / "a" / "a.pdf").is_file()
    made = calls(log)
    ours = (str(tmp_path / "out"), str(temporary), str(article.parent / "a.t"))
    known = (*ours, *SYSTEM, sys.prefix, sys.base_prefix, str(checkout), str(article.parent))
    names = [name for name, _, _ in made]
    assert names.count("execve") >= 3, "the trace is of the whole run"
    for name, arguments, result in made:
        paths = [path for path in QUOTED.findall(arguments) if path.startswith("/")]
        if name in ("connect", "sendto"):
            assert "AF_INET" not in arguments or result < 0, arguments
            assert "sin_port=htons(53)" not in arguments, arguments
        elif name == "execve" and result == 0:
            is_limiter = arguments.startswith('"/bin/sh", ["/bin/sh", "-c", "{ ulimit -c 0;')
            assert is_limiter or Path(paths[0]).name.startswith(("python", "pandoc", "jats-pipeline")), arguments
        elif name in ("open", "openat", "openat2", "creat") and result >= 0:
            assert not any(path.endswith(SECRETS) for path in paths), arguments
            if re.search(r"O_WRONLY|O_RDWR|O_CREAT", arguments):
                assert all(path.startswith((*ours, "/dev/")) for path in paths), arguments
            assert all(path.startswith(known) for path in paths), arguments
        elif name not in ("execve", "open", "openat", "openat2", "creat") and result == 0:
            assert all(path.startswith(ours) for path in paths), arguments
    assert list(temporary.iterdir()) == []


def test_the_main_job_needs_no_network(article: Path, tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    alone = [unshare, "-r", "-n"]
    if unshare is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:  # type: ignore[list-item]
        pytest.skip("a network of one's own is not permitted here")
    script = Path(sys.executable).parent / "jats-pipeline"
    command = [*alone, script, "build", article, "--out", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # type: ignore[arg-type]
    assert done.returncode in (0, 1), done.stderr
    assert (tmp_path / "out" / "a" / "a.docx").is_file()
