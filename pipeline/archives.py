"""Zip archives that are the same bytes each time."""

import io
import zipfile
from collections.abc import Collection, Mapping

START = (1980, 1, 1, 0, 0, 0)

Moment = tuple[int, int, int, int, int, int]


def pack(files: Mapping[str, bytes], date: Moment = START, stored: Collection[str] = ()) -> bytes:
    """A zip of `files` by name, in their order, every one dated `date`; the format knows none before 1980.

    Those named in `stored` are not compressed.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, max(date, START))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return stream.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
