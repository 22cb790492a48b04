"""An RTF file made ready for pandoc, and what it says that pandoc does not: pictures, comments, deleted text.

Groups of a destination are passed on, shown as text, or kept; all characters are passed on as Unicode.
"""

import re
from dataclasses import dataclass, field, replace

from pipeline.intake.decode import NOT_XML
from pipeline.intake.rtf.tokens import Token, codec_of, codec_of_page, tokens

OPEN, OPEN_CODE, CLOSE = "\ufdd2", "\ufdd4", "\ufdd3"
"""Marks around the number of a picture, or that of a character beyond the first 65,536, which pandoc does not read."""
SHOWN = {"footnote", "shppict", "shptxt", "rtf", "result", "fldrslt", "field", "mmath", "shp", "upr"}
"""Destinations whose text is the document's own."""
THROUGH = {"shpinst", "ud", "object"}
"""Destinations marked as to be left out by who does not know them, within which something is shown."""
KEPT = {
    "annotation": "comment beside the text", "header": "header or footer of the pages",
    "headerl": "header or footer of the pages", "headerr": "header or footer of the pages",
    "headerf": "header or footer of the pages", "footer": "header or footer of the pages",
    "footerl": "header or footer of the pages", "footerr": "header or footer of the pages",
    "footerf": "header or footer of the pages",
}  # fmt: skip
INFORMATION = {"title", "author", "keywords", "subject"}
SILENT = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "nonshppict", "objdata", "picprop", "fldinst",
    "listtext", "pntext", "tc", "xe", "rxe", "txe", "bkmkstart", "bkmkend", "atnid", "atnauthor", "ftnsep", "ftnsepc",
    "aftnsep", "listpicture", "sp", "sn", "sv",
}  # fmt: skip
PASSED = {"fonttbl", "colortbl", "stylesheet", "fldinst", "bkmkstart", "bkmkend", "listtext", "pntext"}
SYMBOLS = {
    "par": "\n", "line": "\n", "cell": "\n", "row": "\n", "tab": " ", "emdash": "—", "endash": "–", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "~": " ",
    "_": "-", "page": "\n", "sect": "\n",
}  # fmt: skip
DELETED = "deleted by a tracked change"
HIGH, LOW, END = 0xD800, 0xDC00, 0xE000
"""Where the two kinds of surrogates begin, and what is behind them (The Unicode Standard, 3.8)."""
NO_DIGIT = re.compile(rb"[^0-9A-Fa-f]+")


@dataclass(slots=True)
class Picture:
    """Its bytes, its alternative text, and its size in twips (twentieths of a point); 0 where it is not said."""

    data: bytearray = field(default_factory=bytearray)
    hexadecimal: bytearray = field(default_factory=bytearray)
    alternative: str = ""
    width: int = 0
    height: int = 0
    scales: tuple[int, int] = (100, 100)

    @property
    def bytes(self) -> bytes:
        digits = bytes(self.hexadecimal)
        return bytes(self.data) or bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


@dataclass(slots=True)
class Group:
    """`name` is its destination, `shown` whether its characters are text, `passed` whether pandoc is to see it."""

    name: str = ""
    shown: bool = True
    passed: bool = True
    codec: str = "cp1252"
    unicode_skip: int = 1
    deleted: bool = False
    begun: bool = False
    starred: bool = False
    opened: bool = False
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Prepared:
    """`data` is for pandoc, with a mark for each of `pictures`; `said` is the text; `kept` are texts with a reason."""

    data: bytes = b""
    said: str = ""
    pictures: list[Picture] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    information: dict[str, str] = field(default_factory=dict)
    changes: int = 0
    formulas: int = 0


DEEPEST = 2000


class TooDeep(Exception):
    """Groups are nested beyond any use."""


class Preparer:
    """Reads a file once; `run` gives what was found."""

    def __init__(self, data: bytes) -> None:
        self.source = data
        self.made = Prepared()
        self.out: list[bytes] = []
        self.said: list[str] = []
        self.stack: list[Group] = []
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.page = "cp1252"
        self.pending = b""
        self.to_skip = 0
        self.high = 0
        self.picture: Picture | None = None

    def run(self) -> Prepared:
        for token in tokens(self.source):
            if self.pending and (token.word or not token.data):
                self._flush()
            if token.word == "{":
                self._open()
            elif token.word == "}":
                self._close()
            elif not self.stack:
                continue
            elif token.word:
                self._word(token)
            else:
                self._bytes(token.data)
        if self.pending:
            self._flush()
        self.made.data = b"".join(self.out) + b"}" * len(self.stack)
        self.made.said = "".join(self.said)
        return self.made

    @property
    def group(self) -> Group:
        return self.stack[-1]

    def _open(self) -> None:
        if len(self.stack) >= DEEPEST:
            raise TooDeep
        self.to_skip = 0
        outer = self.stack[-1] if self.stack else Group()
        outer.begun = True
        self.stack.append(replace(outer, begun=False, starred=False, opened=False, words=outer.words))

    def _begin(self) -> None:
        """Pass the opening of a group on, once its destination is known."""
        group = self.group
        if not group.begun:
            group.begun = True
            if group.passed:
                for each in self.stack:
                    if each.passed and not each.opened:
                        each.opened = True
                        self.out.append(b"{")

    def _close(self) -> None:
        self.to_skip = self.high = 0
        if not self.stack:
            return
        group = self.stack.pop()
        if group.opened:
            self.out.append(b"}")
        outer = self.stack[-1].name if self.stack else ""
        if group.name in KEPT and outer != group.name:
            self._keep("".join(group.words), KEPT[group.name])
        elif group.name in INFORMATION and outer == "info":
            self.made.information[group.name] = " ".join("".join(group.words).split())
        elif group.name == "sv" and self.picture is not None and outer == "sp":
            self.stack[-1].words.append("=" + "".join(group.words))
        elif group.name == "sp" and outer == "picprop" and self.picture is not None:
            name, _, text = "".join(group.words).partition("=")
            if name.strip() == "wzDescription":
                self.picture.alternative = " ".join(text.split())
        elif group.name == "pict" and outer != "pict":
            self._end_picture()
        elif group.name == "footnote" and outer != "footnote":
            self.said.append("\n")

    def _keep(self, text: str, reason: str) -> None:
        text = " ".join(text.split())
        if text:
            self.made.kept.append((text, reason))

    def _end_picture(self) -> None:
        picture, self.picture = self.picture, None
        if picture is None or not self.stack or not self.group.shown or not picture.bytes:
            return
        self.made.pictures.append(picture)
        self._text(f"{OPEN}{len(self.made.pictures)}{CLOSE}", counted=False)

    def _word(self, token: Token) -> None:
        group, word = self.group, token.word
        if word == "*" and not group.begun:
            group.starred = True
            return
        if not group.begun and self._destination(word):
            return
        if group.starred and not group.begun:
            group.shown = group.passed = False
        self._begin()
        if word in ("'", "bin"):
            if self.picture is not None and word == "bin":
                self.picture.data += token.data
            return
        if word == "u" and token.number is not None:
            self._unicode(token.number)
            return
        if self.to_skip and word in SYMBOLS:
            self.to_skip -= 1
            return
        self.to_skip = 0
        if word in ("\\", "{", "}"):
            self._text(word)
            return
        self._state(token)
        if word in SYMBOLS:
            (self.said if group.shown else group.words).append(SYMBOLS[word])
        if group.passed and not group.deleted:
            self.out.append(_written(token))

    def _destination(self, word: str) -> bool:
        """Whether `word` says what the group is; then the group is opened, or hidden from pandoc."""
        group = self.group
        known = word in SHOWN or word in THROUGH or word in KEPT or word in SILENT
        information = word in INFORMATION and len(self.stack) > 1 and self.stack[-2].name == "info"
        if not known and not information:
            return False
        outer_shown = len(self.stack) < 2 or self.stack[-2].shown or self.stack[-2].name in THROUGH
        outer_passed = len(self.stack) < 2 or self.stack[-2].passed or self.stack[-2].name in THROUGH
        group.name = word
        if word in SHOWN and outer_shown:
            group.shown = True
            group.passed = outer_passed
            self._begin()
            if word in ("footnote", "field", "fldrslt", "rtf") and group.passed:
                self.out.append(b"\\rtf1 " if word == "rtf" else b"\\" + word.encode() + b" ")
            self.said.append("\n" if word in ("footnote", "shptxt") else "")
            self.made.formulas += word == "mmath"
            return True
        group.shown = False
        group.passed = word in PASSED and outer_passed
        if word in KEPT or information or word in ("sp", "sn", "sv"):
            group.words = []
        if word == "sn" and len(self.stack) > 1:
            group.words = self.stack[-2].words
        if word == "pict":
            self.picture = Picture()
        self._begin()
        if group.passed:
            self.out.append((b"\\*" if group.starred else b"") + b"\\" + word.encode() + b" ")
        return True

    def _state(self, token: Token) -> None:
        """What a control word changes for the characters after it."""
        group, word, number = self.group, token.word, token.number
        if word == "ansicpg":
            self.page = codec_of_page(number)
            for each in self.stack:
                each.codec = self.page
        elif word == "f" and number is not None:
            self.font = number
            if group.name != "fonttbl":
                group.codec = self.fonts.get(number, self.page)
        elif word == "fcharset" and group.name == "fonttbl":
            self.fonts[self.font] = self.page if number in (0, 1, None) else codec_of(number)
        elif word == "uc":
            group.unicode_skip = max(0, number if number is not None else 1)
        elif word in ("plain", "deleted"):
            group.deleted = word == "deleted" and number != 0
            self.made.changes += group.deleted
        elif word == "revised" and number != 0:
            self.made.changes += 1
        elif self.picture is not None and group.name == "pict":
            self._measure(word, number or 0)

    def _measure(self, word: str, number: int) -> None:
        picture = self.picture
        if picture is None:
            return
        if word == "picwgoal":
            picture.width = number
        elif word == "pichgoal":
            picture.height = number
        elif word == "picscalex":
            picture.scales = (number, picture.scales[1])
        elif word == "picscaley":
            picture.scales = (picture.scales[0], number)

    def _unicode(self, number: int) -> None:
        """`\\uN`, of which two may be one character, and what stands for it for who does not read it (`\\uc`)."""
        code = number % 65536
        if HIGH <= code < LOW:
            self.high = code
        else:
            paired = self.high and LOW <= code < END
            self._text(chr(0x10000 + ((self.high - HIGH) << 10) + code - LOW) if paired else chr(code))
            self.high = 0
        self.to_skip = self.group.unicode_skip

    def _bytes(self, data: bytes) -> None:
        group = self.group
        if group.starred and not group.begun:
            group.shown = group.passed = False
        self._begin()
        if self.to_skip:
            skipped = min(self.to_skip, len(data))
            self.to_skip -= skipped
            data = data[skipped:]
        if self.picture is not None and group.name == "pict":
            self.picture.hexadecimal += NO_DIGIT.sub(b"", data)
        else:
            self.pending += data

    def _flush(self) -> None:
        data, self.pending = self.pending, b""
        self._text(data.decode(self.group.codec if self.stack else self.page, "replace"))

    def _text(self, text: str, counted: bool = True) -> None:
        group = self.group
        self._begin()
        if counted:
            text = NOT_XML.sub("", text)
        if group.deleted and group.shown:
            self._keep(text, DELETED)
            return
        if group.shown and counted:
            self.said.append(text)
        elif not group.shown:
            group.words.append(text)
        if group.passed:
            self.out.append("".join(map(self._escaped, text)).encode())

    def _escaped(self, char: str) -> str:
        if char in "\\{}":
            return "\\" + char
        if char.isascii():
            return char
        code = ord(char)
        if code > 0xFFFF:
            return "".join(map(self._escaped, f"{OPEN_CODE}{code}{CLOSE}"))
        return f"\\u{code} {'?' * self.group.unicode_skip}"


def _written(token: Token) -> bytes:
    if not token.word.isalpha():
        return b"\\" + token.word.encode("latin-1")
    return f"\\{token.word}{'' if token.number is None else token.number} ".encode()


def prepare(data: bytes) -> Prepared:
    """What `data` holds.

    Raises TooDeep.
    """
    return Preparer(data).run()
