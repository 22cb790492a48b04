"""A store of objects over HTTP, and the driver with which fsspec reaches it: what S3 and s3fs are, in small.

An object has a name and bytes, appears whole, and is told from another version by its `ETag`; there are no folders.
This file imports nothing of the project: a copy of it is installed for the processes of a test.
"""

import hashlib
import json
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qs, quote, unquote, urlsplit

from fsspec.spec import AbstractFileSystem

DRIVER = "[fsspec.specs]\ns3 = small_s3:SmallS3\n"  # entry_points.txt of a package that brings a driver


class Store(ThreadingHTTPServer):
    """The objects by their names, each with its ETag; and the requests that came, as `GET bucket/name`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.requests: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def put(self, name: str, data: bytes, etag: str = "") -> None:
        self.objects[name] = data, etag or hashlib.md5(data, usedforsecurity=False).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name, query = self._asked()
        if "prefix" in query:
            [prefix] = query["prefix"]
            known = {key: len(data) for key, (data, _) in self.server.objects.items() if key.startswith(prefix)}
            self._answer(200, json.dumps(known).encode())
        elif name in self.server.objects:
            self._answer(200, *self.server.objects[name])
        else:
            self._answer(404)

    do_HEAD = do_GET  # noqa: N815

    def do_PUT(self) -> None:
        self.server.put(self._asked()[0], self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(200)

    def do_DELETE(self) -> None:
        self._answer(204 if self.server.objects.pop(self._asked()[0], None) else 404)

    def _asked(self) -> tuple[str, dict[str, list[str]]]:
        parts = urlsplit(self.path)
        name = unquote(parts.path.lstrip("/"))
        self.server.requests.append(f"{self.command} {name}")
        return name, parse_qs(parts.query, keep_blank_values=True)

    def _answer(self, code: int, body: bytes = b"", etag: str = "") -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class SmallS3(AbstractFileSystem):
    """The driver; `endpoint_url` is the address of the store, as s3fs has it."""

    protocol = "s3"

    def __init__(self, endpoint_url: str, **options: object) -> None:
        super().__init__(**options)
        self.host = urlsplit(endpoint_url).netloc

    def call(self, method: str, path: str, body: bytes | None = None, query: str = "") -> tuple[bytes, dict[str, str]]:
        connection = HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, f"/{quote(path)}{query}", body)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if answer.status == 404:
            raise FileNotFoundError(path)
        return data, dict(answer.getheaders())

    def ls(self, path: str, detail: bool = True, **_: object) -> list:
        folder = f"{self._strip_protocol(path)}/".lstrip("/")
        found = {}
        for name, size in json.loads(self.call("GET", "", query=f"?prefix={quote(folder)}")[0]).items():
            first, _, rest = name.removeprefix(folder).partition("/")
            found[folder + first] = {
                "name": folder + first, "size": 0 if rest else size, "type": "directory" if rest else "file",
            }  # fmt: skip
        if not found:
            raise FileNotFoundError(path)
        return list(found.values()) if detail else list(found)

    def info(self, path: str, **_: object) -> dict:
        path = self._strip_protocol(path)
        try:
            headers = self.call("HEAD", path)[1]
        except FileNotFoundError:
            self.ls(path)
            return {"name": path, "size": 0, "type": "directory"}
        return {"name": path, "size": int(headers["Content-Length"]), "type": "file", "ETag": headers["ETag"]}

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: object) -> bytes:
        return self.call("GET", self._strip_protocol(path))[0][start:end]

    def rm_file(self, path: str) -> None:
        self.call("DELETE", self._strip_protocol(path))

    def _open(self, path: str, mode: str = "rb", autocommit: bool = True, **_: object) -> BytesIO:
        return BytesIO(self.cat_file(path)) if mode == "rb" else _Upload(self, path, autocommit)


class _Upload(BytesIO):
    """Bytes that become an object when they are complete, or when the transaction they belong to is."""

    def __init__(self, system: SmallS3, path: str, autocommit: bool) -> None:
        super().__init__()
        self.system, self.path, self.autocommit, self.data = system, path, autocommit, b""

    def close(self) -> None:
        if not self.closed:
            self.data = self.getvalue()
            super().close()
            if self.autocommit:
                self.commit()

    def commit(self) -> None:
        self.system.call("PUT", self.path, self.data)

    def discard(self) -> None:
        self.data = b""
