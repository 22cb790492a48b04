"""Open a source of any supported format."""

from dataclasses import dataclass, field
from pathlib import Path, PurePath

from pipeline.article import Block, SetAside
from pipeline.errors import LimitReached, SourceError
from pipeline.findings import Finding
from pipeline.intake.decode import decode
from pipeline.intake.plain_text import read_text

MAX_BYTES = 50_000_000
ENDINGS = frozenset(".txt .text .md .markdown .docx .odt .html .htm .tex .rtf".split())


@dataclass(slots=True)
class Source:
    """What was read: the blocks, what was left out (page furniture), and what is doubtful.

    `text` holds the words of both, those that line ends had parted whole again: they are counted.
    """

    blocks: list[Block]
    text: str
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def is_source(name: str) -> bool:
    """Whether a file of that name in a folder of articles is one: by its ending, as its content is not looked at."""
    return PurePath(name).suffix.lower() in ENDINGS


def open_source(path: Path, max_bytes: int = MAX_BYTES, max_characters: int = MAX_BYTES) -> Source:
    """The blocks of the file at `path`.

    Raises SourceError, in one line: missing, a directory, unreadable, too large, empty, not text.
    """
    text, findings = decode(read_bytes(path, max_bytes), str(path))
    refuse_too_long(text, path, max_characters)
    read = read_text(text)
    if not read.blocks:
        raise SourceError(f"{path}: the file holds no text")
    counted = [*(block.text for block in read.blocks), *(item.text for item in read.set_aside)]
    return Source(read.blocks, "\n".join(counted), read.set_aside, findings)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a source file that is not too large."""
    try:
        if path.is_dir():
            raise SourceError(f"{path}: is a directory; give the text file of one article")
        size = path.stat().st_size
        if size > max_bytes:
            raise SourceError(
                f"{path}: {size:,} bytes, over the limit of {max_bytes:,}; raise limits.source_bytes in journal.toml"
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from None
    if not data.strip():
        raise SourceError(f"{path}: the file is empty")
    return data


def refuse_too_long(text: str, path: Path, most: int) -> None:
    """Raises LimitReached: `text` has more characters than an article may have."""
    if len(text) > most:
        message = f"{len(text):,} characters, over the limit of {most:,}; raise limits.characters in journal.toml"
        raise LimitReached(f"{path}: {message}")
