"""What a run opens, starts and connects to, as the system saw it; and it needs no network."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.hostile.sources import LATEX, MARKUP, SHELL, TYPST, docx, everywhere, paragraphs
from tests.hostile.test_jats import HIDDEN, jats

CALLS = "trace=open,openat,openat2,creat,execve,connect,sendto,rename,renameat,renameat2,unlink,mkdir,symlink,link"
CALL = re.compile(r"^(?:\[pid +)?(?:\d+\]? +)?(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)", re.MULTILINE)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ETC = "debian_version gai.conf host.conf ld.so locale localtime mime.types nsswitch os-release resolv.conf".split()
SYSTEM = ("/usr/", "/lib", "/proc", "/sys/", "/dev/", *(f"/etc/{name}" for name in ETC))
CLIMBING = ("../secret.xml", "/etc/secret.xml", "word/../../secret.xml", "..\\secret.xml", "word/media/../../../x.png")
SECRETS = ("/etc/passwd", "/etc/shadow", "/etc/hostname", "environ", "secret.png", "secret.bib")


TRACED = ("strace", "-f", "-qq", "-s", "400", "-e", CALLS, "-o")
ALONE = ("unshare", "-r", "-n")


def is_permitted(*command: str) -> bool:
    """Whether a program is here and may do what it is for."""
    return bool(shutil.which(command[0])) and not subprocess.run([*command, "true"], capture_output=True).returncode


@pytest.fixture(scope="module")
def watched() -> Callable[[Path], list[str]]:
    """`watched(log)`: what to put before a command, for it to have no network and its calls to be in a file."""
    is_alone, is_traced = is_permitted(*ALONE), is_permitted(*TRACED, os.devnull)
    if not is_alone and not is_traced:
        pytest.skip("neither strace may trace nor unshare give a network of one's own")
    return lambda log: [*(ALONE if is_alone else ()), *((*TRACED, str(log)) if is_traced else ())]


@pytest.fixture
def articles(tmp_path: Path, checkout: Path) -> Path:
    """A folder with files for every command, which hold all that could make a program do something; secrets beside."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n" + HIDDEN)
    pieces = [*MARKUP, *TYPST, *LATEX, *SHELL, "![x](../secret.png)", "https://example.org/a", "file:///etc/passwd"]
    (folder / "a.txt").write_text(everywhere(pieces), encoding="utf-8")
    (folder / "b.md").write_text(
        f"---\nbibliography: ../secret.bib\ncsl: http://127.0.0.1:9/x\n---\n\n# One\n\n{everywhere(pieces)}"
    )
    (folder / "c.tex").write_text("\\documentclass{article}\\input{/etc/passwd}\\begin{document}Text.\\end{document}")
    (folder / "d.docx").write_bytes(
        docx(paragraphs("A text of some words."), extra=dict.fromkeys(CLIMBING, b"<x>%s</x>" % HIDDEN))
    )
    (folder / "e.xml").write_bytes(jats('<fig><graphic xlink:href="../secret.png"/></fig>'))
    (folder / "r.lst").write_text("\n".join(pieces), encoding="utf-8")
    (folder / "i.json").write_text('[{"id": "a", "type": "book", "title": "<img src=\'file:///etc/passwd\'>"}]')
    (folder / "journal.toml").write_bytes((checkout / "examples" / "journal.toml").read_bytes())
    return folder


def calls(log: Path) -> list[tuple[str, str, int]]:
    found = CALL.finditer(log.read_text(errors="replace"))
    return [(match["name"], match["arguments"], int(match["result"])) for match in found]


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """For the sockets of workers, whose names are short."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


COMMANDS = {
    "build": "build a.txt --out ../out --to xml,html,pdf,docx,epub",
    "build other formats": "build b.md c.tex d.docx --out ../out --to xml,html",
    "convert": "convert e.xml -o ../out/b.xml",
    "render": "render e.xml -o ../out/b.pdf",
    "validate": "validate e.xml",
    "deposit": "deposit e.xml --to bagit -o ../out/b.zip --journal journal.toml",
    "references": "references r.lst --to jats",
    "cite": "cite i.json --style apa --engine pandoc",
    "batch": "batch . --out ../out --to xml --workers 1",
}
PROGRAMS = ("python", "pandoc", "jats-pipeline")


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_outside_is_read_written_started_or_reached(
    name: str, watched: Callable[[Path], list[str]], articles: Path, tmp_path: Path, short_folder: Path, checkout: Path
) -> None:
    script, log = Path(sys.executable).parent / "jats-pipeline", tmp_path / "log"
    temporary = short_folder
    (tmp_path / "out").mkdir()
    command = [*watched(log), script, *COMMANDS[name].split()]
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=articles, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert HIDDEN not in done.stdout.encode()
    assert not any(HIDDEN in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert list(temporary.iterdir()) == []
    made = calls(log) if log.exists() else []
    ours = (str(tmp_path / "out"), str(temporary))
    known = (*ours, *SYSTEM, sys.prefix, sys.base_prefix, str(checkout), str(articles))
    assert not log.exists() or "execve" in [call for call, _, _ in made], "the trace is of the whole run"
    for call, arguments, result in made:
        check_call(call, arguments, result, articles, ours, known)


def check_call(call: str, arguments: str, result: int, folder: Path, ours: Sequence[str], known: Sequence[str]) -> None:
    """One call to the system: no connection, no other program, nothing read or written elsewhere."""
    named = [path for path in QUOTED.findall(arguments) if path.startswith("/") or ".." in Path(path).parts]
    paths = [os.path.normpath(folder / path) for path in named]
    if call in ("connect", "sendto"):
        assert "AF_INET" not in arguments or result < 0, arguments
        assert "sin_port=htons(53)" not in arguments, arguments
    elif call == "execve" and result == 0:
        is_limiter = arguments.startswith('"/bin/sh", ["/bin/sh", "-c", "{ ulimit -c 0;')
        assert is_limiter or Path(paths[0]).name.startswith(PROGRAMS), arguments
    elif call in ("open", "openat", "openat2", "creat") and result >= 0:
        assert not any(path.endswith(SECRETS) for path in paths), arguments
        if re.search(r"O_WRONLY|O_RDWR|O_CREAT", arguments):
            assert all(path.startswith((*ours, "/dev/")) for path in paths), arguments
        assert all(path.startswith(tuple(known)) for path in paths), arguments
    elif call not in ("execve", "open", "openat", "openat2", "creat") and result == 0:
        assert all(path.startswith(tuple(ours)) for path in paths), arguments
