"""Small pictures for tests, made by code."""

import struct
import zlib


def png(number: int = 1, side: int = 40) -> bytes:
    """A square picture; each number gives another one (ISO/IEC 15948)."""
    rows = b"".join(b"\0" + bytes((number * 40 % 256, y * 5 % 256, y * 5 % 256)) * side for y in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
