"""Open a source of any supported format."""

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from pipeline.article import Article, Block, Element, Reference, SetAside
from pipeline.errors import LimitReached, SourceError
from pipeline.findings import Finding
from pipeline.intake import formats
from pipeline.intake.decode import allowed, decode
from pipeline.intake.metadata.properties import said
from pipeline.intake.plain_text import read_text
from pipeline.intake.prose.account import Dropped, unread

MAX_BYTES = 50_000_000
PRINTED = {".pdf", ".epub"}


@dataclass(slots=True)
class Source:
    """What was read: the blocks, what was left out (page furniture), and what is doubtful.

    `text` holds the words of both, those that line ends had parted whole again: they are counted.

    What a format says beside its text: `front` (metadata, which wins over what is read from the blocks), `properties`
    (of the file, which do not), `notes` (the `fn` elements that marks in the blocks lead to), `items` (CSL items by
    the keys that `citation-cluster` elements in the blocks cite), `listed` (keys of those in the list uncited, `*`
    all), `references` (entries of a list whose ids are such keys), `media` (pictures by the name under which the
    blocks show them). `used` are the files that were read besides.
    `dropped` are words that the format's own marks leave over and that are not in `text`: nobody read them.
    `is_plain`: it is text without any marks of a format.
    `is_numbered`: the format's own program numbers figures, tables and equations when it prints them.
    """

    blocks: list[Block]
    text: str
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    front: Article | None = None
    properties: Article | None = None
    notes: list[Element] = field(default_factory=list)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    used: list[Path] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    is_numbered: bool = False
    is_plain: bool = False

    @property
    def accounted(self) -> str:
        """All that was read or left out."""
        return "\n".join([self.text, *(each.text for each in self.set_aside)])


def is_source(name: str) -> bool:
    """Whether a file of that name in a folder of articles is one: by its ending, as its content is not looked at.

    A PDF or an EPUB among manuscripts is more likely what was printed of one.
    """
    return PurePath(name).suffix.lower() in formats.ENDINGS.keys() - PRINTED


def open_source(path: Path, max_bytes: int = MAX_BYTES, max_characters: int = MAX_BYTES) -> Source:
    """The content of the file at `path`.

    Raises SourceError, in one line: missing, a directory, unreadable, too large, empty, damaged, not what its ending
    says, or in no format that is read.
    """
    data = read_bytes(path, max_bytes)
    found = formats.detect(data, path)
    if found.archive is not None:
        refuse_too_long(found.archive.characters(), path, max_characters)
    if found.name == formats.TEXT:
        text, findings = decode(data, str(path))
        refuse_too_long(len(text), path, max_characters)
        source = _plain(text, findings)
    elif found.name == formats.PDF:
        from pipeline.intake.pdf import text_layer

        text = text_layer(data, str(path))
        refuse_too_long(len(text), path, max_characters)
        source = _plain(text, [])
    elif found.name == formats.DOCX and found.archive is not None:
        from pipeline.intake.docx import read_docx

        source = read_docx(found.archive, path)
    elif found.name == "odt" and found.archive is not None:
        from pipeline.intake.odf.read import read_odt

        source = read_odt(found.archive, path)
    elif found.name == "rtf":
        from pipeline.intake.rtf import read_rtf

        source = read_rtf(data, path, max_characters)
    elif found.archive is not None:
        from pipeline.intake.epub import read_epub

        source = read_epub(found.archive, path)
    else:
        text, findings = decode(data, str(path))
        refuse_too_long(len(text), path, max_characters)
        source = _read_written(text, found.name, path)
        source.findings = findings + source.findings
    source.items = allowed(source.items)
    source.text = "\n".join(
        [source.text, *said(source.properties), *(word for each in source.dropped for word in each.words)]
    )
    if not source.blocks and source.front is None:
        raise SourceError(f"{path}: the file holds no text")
    return source


def _read_written(text: str, form: str, path: Path) -> Source:
    if form == "latex":
        from pipeline.intake.latex.read import read_latex

        return read_latex(text, path)
    from pipeline.intake.prose.formats import prose_of
    from pipeline.intake.written import read_written

    source = read_written(text, form, path)
    source.dropped = unread(prose_of(text, form), source.accounted)
    return source


def _plain(text: str, findings: list[Finding]) -> Source:
    read = read_text(text)
    counted = [*(block.text for block in read.blocks), *(item.text for item in read.set_aside)]
    return Source(read.blocks, "\n".join(counted), read.set_aside, findings, is_plain=True)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a source file that is not too large."""
    if not str(path).isprintable() and any("\ud800" <= char <= "\udfff" for char in str(path)):
        raise SourceError(f"{path}: its name is not in the encoding of the system; rename the file")
    try:
        if path.is_dir():
            raise SourceError(f"{path}: is a directory; give the file of one article")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from None
    if len(data) > max_bytes:
        raise LimitReached(f"{path}: over the limit of {max_bytes:,} bytes; raise limits.source_bytes in journal.toml")
    if not data.strip():
        raise SourceError(f"{path}: the file is empty")
    return data


def refuse_too_long(characters: int, path: Path, most: int) -> None:
    """Raises LimitReached: a text has more `characters` than an article may have."""
    if characters > most:
        message = f"{characters:,} characters, over the limit of {most:,}; raise limits.characters in journal.toml"
        raise LimitReached(f"{path}: {message}")
