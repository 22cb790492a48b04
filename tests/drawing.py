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


def emf() -> bytes:
    """A rectangle and a line across it, 10 by 8 cm, as an enhanced metafile ([MS-EMF])."""
    shapes = _record(43, 100, 100, 900, 700) + _record(27, 100, 100) + _record(54, 900, 700)
    end = _record(14, 0, 0, 20)
    bounds = struct.pack("<8i", 0, 0, 1000, 800, 0, 0, 10_000, 8_000)
    counts = struct.pack(
        "<IIIIHHIIIiiii", 0x464D4520, 0x10000, 108 + len(shapes + end), 5, 1, 0, 0, 0, 0, 1000, 800, 100, 80
    )
    return (struct.pack("<II", 1, 108) + bounds + counts).ljust(108, b"\0") + shapes + end


def _record(kind: int, *values: int) -> bytes:
    return struct.pack(f"<II{len(values)}i", kind, 8 + 4 * len(values), *values)


def wmf() -> bytes:
    """The same as a placeable Windows metafile ([MS-WMF])."""
    calls = (
        (0x020B, 0, 0),
        (0x020C, 800, 1000),
        (0x041B, 700, 900, 100, 100),
        (0x0214, 100, 100),
        (0x0213, 700, 900),
        (0,),
    )
    body = b"".join(struct.pack(f"<IH{len(call) - 1}h", 2 + len(call), *call) for call in calls)
    place = struct.pack("<IHhhhhHI", 0x9AC6CDD7, 0, 0, 0, 1000, 800, 254, 0)
    check = 0
    for (word,) in struct.iter_unpack("<H", place):
        check ^= word
    return (
        place + struct.pack("<H", check) + struct.pack("<HHHIHIH", 1, 9, 0x300, (18 + len(body)) // 2, 0, 7, 0) + body
    )
