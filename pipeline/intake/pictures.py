"""The pictures of a source, taken out and named for deposit: `NAME-g001.png`."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from pipeline.findings import Finding, Severity
from pipeline.intake.convert_picture import from_metafile, from_pdf

LARGEST = 40_000_000
KINDS = {
    b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg", b"GIF87a": ".gif", b"GIF89a": ".gif", b"II*\x00": ".tif",
    b"MM\x00*": ".tif", b"%PDF-": ".pdf", b"%!PS": ".eps", b"\xc5\xd0\xd3\xc6": ".eps", b"\xd7\xcd\xc6\x9a": ".wmf",
    b"\x01\x00\x09\x00": ".wmf", b"BM": ".bmp",
}  # fmt: skip
GUESSED = ("", ".png", ".jpg", ".jpeg", ".svg", ".pdf", ".tif", ".tiff", ".gif", ".webp", ".eps")
REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\")
DATA = re.compile(r"data:image/[\w.+-]{1,40}(?:;[\w=-]{1,40}){0,3};base64,", re.IGNORECASE)
BY_PROGRAM = {".emf", ".wmf", ".eps", ".bmp"}

Read = Callable[[str], bytes]


@dataclass(slots=True)
class Pictures:
    """Names pictures as they are asked for. `read` gives the bytes at an address within the source, empty if none."""

    stem: str
    read: Read
    media: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    used: list[Path] = field(default_factory=list)
    _names: dict[str, str | None] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)

    def __call__(self, address: str) -> str | None:
        if address not in self._names:
            self._names[address] = self._take(address)
        return self._names[address]

    def _take(self, address: str) -> str | None:
        inline = DATA.match(address)
        if inline:
            data = _decoded(address[inline.end() :])
            return self._keep(data, "a picture within the text") if data else None
        if REMOTE.match(address):
            self._say("picture-linked", f"the picture {address[:120]} is only linked; it was not fetched: embed it")
            return None
        data = self.read(address)
        if not data:
            self._say("picture-missing", f"the picture {address[:120]} is not beside the source")
            return None
        return self._keep(data, address)

    def _keep(self, data: bytes, address: str) -> str | None:
        if len(data) > LARGEST:
            self._say("picture-too-large", f"the picture {address} has {len(data):,} bytes; it was left out")
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._hashes:
            return self._hashes[digest]
        suffix = kind_of(data)
        if not suffix:
            self._say("picture-format", f"the picture {address} is in no known format; it was left out")
            return None
        data, suffix = self._readable(data, suffix, address)
        name = f"{self.stem}-g{len(self.media) + 1:03}{suffix}"
        self.media[name] = data
        self._hashes[digest] = name
        return name

    def _readable(self, data: bytes, suffix: str, address: str) -> tuple[bytes, str]:
        """As PNG where a browser cannot show the format, and a program for it is at hand."""
        if suffix == ".pdf":
            made = from_pdf(data)
        elif suffix in BY_PROGRAM:
            made = from_metafile(data, suffix)
        else:
            return data, suffix
        if made is None:
            message = f"the picture {address} is {suffix[1:].upper()} and could not be converted; save it as PNG or SVG"
            self._say("picture-not-converted", message)
            return data, suffix
        return made, ".png"

    def _say(self, code: str, message: str) -> None:
        self.findings.append(Finding(code, Severity.WARNING, message))


def kind_of(data: bytes) -> str:
    """The ending that the first bytes of a picture call for; empty for no picture."""
    for signature, suffix in KINDS.items():
        if data.startswith(signature):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[40:44] == b" EMF":
        return ".emf"
    return ".svg" if b"<svg" in data[:4000] else ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return b""


@dataclass(frozen=True, slots=True)
class Beside:
    """Files in the folder of a source and below it; nothing outside is ever read.

    `used` are those that were read and, where one was not found, each name it was looked for by: what comes of the
    source changes when it appears.
    """

    folder: Path
    used: list[Path] = field(default_factory=list)

    def find(self, name: str, endings: tuple[str, ...] = ("",)) -> Path | None:
        """The file that `name` means, with one of the `endings`; None where it is not there or lies outside."""
        if not name or "\0" in name or len(name) > 1000 or REMOTE.match(name) or Path(name).is_absolute():
            return None
        root = self.folder.resolve()
        absent: list[Path] = []
        for written in dict.fromkeys((name, unquote(name))):
            for ending in endings:
                try:
                    path = (root / (written + ending)).resolve()
                    if not path.is_relative_to(root):
                        continue
                    if path.is_file():
                        return self.folder / path.relative_to(root)
                except (OSError, ValueError):
                    return None
                absent.append(self.folder / path.relative_to(root))
        self.used.extend(absent)
        return None

    def read(self, name: str, endings: tuple[str, ...] = GUESSED, most: int = LARGEST) -> bytes:
        path = self.find(name, endings)
        if path is None or path.stat().st_size > most:
            return b""
        self.used.append(path)
        return path.read_bytes()
