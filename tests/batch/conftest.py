"""Processes that stand for a cluster: a Dask scheduler, its workers, and a file server that is their only disk."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import Start, end

FILE_SERVER = """
import sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
users = DummyAuthorizer()
users.add_anonymous(sys.argv[1], perm="elradfmwMT")
FTPHandler.authorizer = users
server = FTPServer(("127.0.0.1", 0), FTPHandler)
print(server.address[1], flush=True)
server.serve_forever()
"""


@pytest.fixture
def start() -> Iterator[Start]:
    """`start("program", "argument", …)`: a process that ends with the test, and all that it started too."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: object, **options: Any) -> subprocess.Popen[str]:
        process = subprocess.Popen([*map(str, arguments)], text=True, start_new_session=True, **options)
        started.append(process)
        return process

    yield run
    for process in started:
        end(process)


@pytest.fixture
def file_server(start: Start, tmp_path: Path) -> tuple[Path, str]:
    """A folder, and its address at a server."""
    pytest.importorskip("pyftpdlib", reason="no pyftpdlib for a file server")
    folder = tmp_path / "server"
    (folder / "tmp").mkdir(parents=True)
    server = start(sys.executable, "-c", FILE_SERVER, folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdout
    return folder, f"ftp://127.0.0.1:{int(server.stdout.readline())}"


@pytest.fixture
def folder(examples: Path, tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    (texts / "deep").mkdir(parents=True)
    shutil.copy(examples / "harbour-libraries.txt", texts)
    shutil.copy(examples / "tide-gauges.txt", texts / "deep")
    (texts / "empty.txt").write_bytes(b"")
    return texts
