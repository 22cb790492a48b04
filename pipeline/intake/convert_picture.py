"""Pictures that no browser shows, as PNG."""

import base64
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
PLACEABLE = b"\xd7\xcd\xc6\x9a"
SMALLEST, LARGEST, USUAL = 0.5, 100.0, 12.0
"""Of a side of a page, in centimetres."""
NAMESPACES = {"office": "office", "style": "style", "text": "text", "draw": "drawing", "fo": "xsl-fo-compatible",
              "svg": "svg-compatible"}  # fmt: skip


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
    """EMF, WMF, EPS or BMP through LibreOffice, where it is installed: on a page of its own, or drawn where it can."""
    office = _office()
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = _run(office, folder, "page.fodt", _page(data, suffix), "pdf")
        if page is not None and (made := from_pdf(page)) is not None:
            return made
        return _run(office, folder, f"picture{suffix}", data, "png")


def _run(office: str, folder: Path, name: str, data: bytes, to: str) -> bytes | None:
    """What LibreOffice makes of a file, None where it makes nothing of it."""
    source = folder / name
    source.write_bytes(data)
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", to, "--outdir", str(folder), str(source)]
    environment = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "SYSTEMROOT")}
    try:
        subprocess.run(
            command, capture_output=True, timeout=TIME_LIMIT, env=environment | {"HOME": str(folder)}, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    made = source.with_suffix(f".{to}")
    return made.read_bytes() if made.is_file() else None


def size_of(data: bytes, suffix: str) -> tuple[float, float]:
    """Width and height in centimetres that a metafile or bitmap states ([MS-EMF] 2.2.9, [MS-WMF] 2.3.2.3)."""
    width = height = 0.0
    try:
        if suffix == ".emf":
            left, top, right, bottom = struct.unpack_from("<4i", data, 24)
            width, height = (right - left) / 1000, (bottom - top) / 1000
        elif suffix == ".wmf" and data.startswith(PLACEABLE):
            left, top, right, bottom, inch = struct.unpack_from("<4hH", data, 6)
            width, height = (right - left) * 2.54 / inch, (bottom - top) * 2.54 / inch
        elif suffix == ".bmp":
            across, down = struct.unpack_from("<2i", data, 18)
            width, height = across * 2.54 / DPI, abs(down) * 2.54 / DPI
    except (struct.error, ZeroDivisionError):
        pass
    sides = [min(max(abs(side), SMALLEST), LARGEST) if side else USUAL for side in (width, height)]
    return sides[0], sides[1]


def _page(data: bytes, suffix: str) -> bytes:
    """A flat OpenDocument text whose one page is the picture."""
    width, height = (f"{side:.2f}cm" for side in size_of(data, suffix))
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"' for name, urn in NAMESPACES.items()
    )
    edges = 'fo:margin-top="0cm" fo:margin-bottom="0cm" fo:margin-left="0cm" fo:margin-right="0cm"'
    return (
        f'<?xml version="1.0"?><office:document{names} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
        f'<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="{width}" '
        f'fo:page-height="{height}" {edges}/></style:page-layout></office:automatic-styles><office:master-styles>'
        '<style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles><office:body>'
        f'<office:text><text:p><draw:frame text:anchor-type="page" text:anchor-page-number="1" svg:x="0cm" svg:y="0cm" '
        f'svg:width="{width}" svg:height="{height}"><draw:image><office:binary-data>'
        f"{base64.b64encode(data).decode()}</office:binary-data></draw:image></draw:frame></text:p></office:text>"
        "</office:body></office:document>"
    ).encode()
