"""Articles that a stranger might send, made by code: a name, a file name, and its bytes.

`HOSTILE_SIZE` in the environment multiplies the long ones; `make fuzz` sets it to 10.
"""

import io
import os
import random
import zipfile
from collections.abc import Callable

ABSTRACT = (
    "The harbours of the north were closed by ice for three months of the year, and the boats lay on the beach until "
    "the water was open again, as Roe (2001) and Silva (2019) have shown for every quay of the coast in turn."
)
REFERENCES = (
    "Roe, A. (2001). Water at the quay. Journal of Tides, 3(1), 4–9.",
    "Silva, M. (2019). Ports and ledgers. Harbour Press.",
)


def article(
    title: str = "Boats in winter", author: str = "Maria Silva", keywords: str = "ports; ice; boats",
    abstract: str = ABSTRACT, body: str = "", references: tuple[str, ...] = REFERENCES,
) -> str:  # fmt: skip
    """The text of an article of the usual shape."""
    parts = [title, "", author, "University of Porto, Portugal", "", "Abstract", abstract, "", f"Keywords: {keywords}"]
    parts += ["", "Introduction", "", body] if body else []
    return "\n".join([*parts, "", "References", "", "\n\n".join(references), ""])


MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]><!--", "&lt;b&gt; &nbsp; &#0; &x;",
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "<?php echo 1?>", "</p></abstract><evil/>",
    "javascript:alert(1)", '"><svg/onload=alert(1)>', "{{ 7*7 }} {% include '/etc/passwd' %}",
]  # fmt: skip
TYPST = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "$ x $ *b* _i_ @ref <label>",
    "#{while true {}}",
    "]#panic()[",
]
LATEX = [
    r"\input{/etc/passwd}",
    r"\immediate\write18{touch pwned}",
    r"$\def\a{\a\a}\a$",
    r"\end{document}",
    "%$#&_{}~^\\",
]
SHELL = ["$(touch pwned)", "`touch pwned`", "; touch pwned", "| touch pwned", "%x %n ${HOME}"]
FORMULA = ['=HYPERLINK("http://x","y")', "+1+1", "@SUM(A1)", "-2+3"]


def everywhere(pieces: list[str]) -> str:
    """Each piece in the title, an author, a keyword, the abstract, the body and a reference."""
    run = " ".join(pieces)
    return article(
        title=f"Boats {pieces[0]} in winter", keywords="; ".join(["ports", *pieces, "ice"]),
        abstract=f"{ABSTRACT} {run}", body="\n\n".join(f"{ABSTRACT} {each}" for each in (run, *pieces)),
        references=(*REFERENCES, *(f"Roe, A. (2003). Water {each}. Journal of {each}, 3(1), 4–9." for each in pieces)),
    )  # fmt: skip


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def docx(body: bytes, declaration: bytes = b"", extra: dict[str, bytes] | None = None) -> bytes:
    document = declaration + b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (WORD.encode(), body)
    relations = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
            b'document.main+xml"/></Types>',
            "_rels/.rels": (relations + "</Relationships>").encode(),
            "word/document.xml": document,
        }
        | (extra or {})
    )


def paragraphs(*texts: str) -> bytes:
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts).encode()


SIZE = int(os.environ.get("HOSTILE_SIZE", "1"))
NOISE = random.Random(7).randbytes(20_000)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><article><body><p>&a9;</p></body></article>"
).encode()


def a_bomb() -> bytes:
    return docx(paragraphs("word"), extra={"word/media/a": bytes(300_000_000)})


REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "nothing": ("a.txt", b""), "blanks": ("a.txt", b" \n\t\r\n" * 99), "noise": ("a.txt", NOISE),
    "a PNG": ("a.txt", b"\x89PNG\r\n\x1a\n" + NOISE), "a PDF": ("a.txt", b"%PDF-1.7\n" + NOISE),
    "a zip": ("a.txt", zipped({"a": b"a"})), "a gzip": ("a.txt", b"\x1f\x8b\x08" + NOISE),
    "a broken DOCX": ("a.docx", b"PK\x03\x04" + NOISE),
    "a DOCX of nothing": ("a.docx", docx(b"")), "a zip as DOCX": ("a.docx", zipped({"a": b"a"})),
    "a DOCX with entities": ("a.docx", docx(paragraphs("&x;"), ENTITY)),
    "a bomb as DOCX": ("a.docx", a_bomb),
    "an XML bomb": ("a.xml", BOMB), "XML with entities": ("a.xml", ENTITY + b"<article>&x;</article>"),
    "two words": ("a.txt", b"two words"), "control characters": ("a.txt", bytes(range(1, 9)) * 999),
    "too long": ("a.txt", (ABSTRACT + "\n\n").encode() * 6_000),
}  # fmt: skip
READ = {
    "markup": everywhere(MARKUP).encode(), "Typst": everywhere(TYPST).encode(), "LaTeX": everywhere(LATEX).encode(),
    "shell": everywhere(SHELL).encode(), "spreadsheet": everywhere(FORMULA).encode(),
    "controls": "\x00\x07\x1b[31m\x0b\x0c\ufffe\uffff\U0001ffff".join(article(body=ABSTRACT * 9).split(". ")).encode(),
    "bidi": everywhere(["\u202egnissim\u202c", "\u2066a\u2069", "\u200fשלום\u200e", "العربية", "\u061c"]).encode(),
    "combining": everywhere(["Z\u0351\u036b" * 40, "\u0301" * 200, "👩🏽" * 30, "\U000e0041\u2028\u2029\x85"]).encode(),
    "UTF-16": article().encode("utf-16"), "UTF-32": article().encode("utf-32"),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + article().encode(),
    "bad UTF-8": article(body=ABSTRACT * 3).encode().replace(b"winter", b"wint\xed\xa0\x80r\xc0\xafer\xf5\x80"),
    "cp1252": article(body="A maré é o primeiro relógio de um porto, não há hora sem água. " * 9).encode("cp1252"),
    "old Mac": article().replace("\n", "\r").encode(),
    "one line": article(body="word " * 8_000 * SIZE).replace("\n", " ").encode(),
    "one word": article(body="a" * 40_000 * SIZE).encode(),
    "commas": article(body=", " * 10_000 * SIZE, keywords="a, " * 2_000 * SIZE).encode(),
    "brackets": article(body="(" * 6_000 * SIZE + "[" * 6_000 * SIZE).encode(),
    "numbers": article(body="[1]" * 2_000 * SIZE + "1" * 5_000 * SIZE + " (2001)" * 1_000 * SIZE).encode(),
    "a long title": article(title="word " * 2_000 * SIZE, author="A. Roe, " * 500 * SIZE).encode(),
    "spaces": article(body="a" + " " * 50_000 * SIZE + "b\n" + "\t" * 30_000 * SIZE + "c").encode(),
    "line feeds": ("\n" * 5_000 * SIZE).join(["a", *article().split("\n")]).encode(),
    "many references": article(references=REFERENCES * 40 * SIZE).encode(),
    "a reference without end": article(references=(*REFERENCES, "Smith, J. (2010). " * 4_000 * SIZE)).encode(),
    "dates": article(body="3 " + "de " * 9_000 * SIZE + "A.A." * 4_000 * SIZE + "; 2001, , , " * 2_000 * SIZE).encode(),
}  # fmt: skip
