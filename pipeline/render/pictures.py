"""What kind of picture some bytes are."""

SIGNATURES = {
    b"\x89PNG\r\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"GIF8": ("image/gif", ".gif"),
    b"RIFF": ("image/webp", ".webp"),
}


def picture_kind(data: bytes) -> tuple[str, str]:
    """Media type and file suffix, as the content says; empty strings where it is none that galleys show."""
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature) and (signature != b"RIFF" or data[8:12] == b"WEBP"):
            return kind
    return ("image/svg+xml", ".svg") if b"<svg" in data[:2000] else ("", "")
