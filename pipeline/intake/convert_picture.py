"""Pictures that no browser shows, as PNG."""

import os
import shutil
import struct
import subprocess
import tempfile
import zlib
from functools import cache
from pathlib import Path

DPI = 200
LONGEST_SIDE = 4000
TIME_LIMIT = 60


def from_pdf(data: bytes) -> bytes | None:
    """The first page of a PDF, None where it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        page = document[0]
        longest = max(page.get_width(), page.get_height(), 1)
        bitmap = page.render(scale=min(DPI / 72, LONGEST_SIDE / longest), rev_byteorder=True)
        return _png(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, bytes(bitmap.buffer))
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        return None


def _png(width: int, height: int, stride: int, channels: int, pixels: bytes) -> bytes:
    """Pixels of 8 bits (grey, RGB, or RGBA with the last of four bytes) as PNG (ISO/IEC 15948)."""
    rows = b"".join(b"\0" + pixels[row * stride : row * stride + width * channels] for row in range(height))
    colour = {1: 0, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@cache
def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def from_metafile(data: bytes, suffix: str) -> bytes | None:
    """EMF, WMF, EPS or BMP through LibreOffice, where it is installed."""
    office = _office()
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"picture{suffix}")
        source.write_bytes(data)
        command = [office, "--headless", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"]
        command += ["--convert-to", "png", "--outdir", folder, str(source)]
        environment = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "SYSTEMROOT")}
        try:
            subprocess.run(
                command, capture_output=True, timeout=TIME_LIMIT, env=environment | {"HOME": folder}, check=False
            )
        except (subprocess.TimeoutExpired, OSError):
            return None
        made = source.with_suffix(".png")
        return made.read_bytes() if made.is_file() else None
