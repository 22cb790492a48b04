"""Strings that mean something to HTML, Typst, LaTeX, Word, BibTeX, templates or a shell, and articles full of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

from pipeline.elements import HREF, MML

FULL = Path(__file__).resolve().parents[1] / "render" / "cases" / "full.xml"
MARKUP = [
    "<script>alert(1)</script>", "</script><script>alert(2)</script>", "</style><img src=x onerror=alert(3)>",
    "]]><!-- x -->", "&lt;b&gt;&#60;i>&nbsp;", '" onmouseover="alert(4)', "' onfocus='alert(5)' autofocus='",
    "<w:p/><w:instrText>QUOTE</w:instrText>", "<svg/onload=alert(6)>", "<math><mtext><style><img>", "--!><b>",
]  # fmt: skip
ADDRESSES = [
    "javascript:alert(7)", " \tjava\nscript:alert(8)", "JaVaScRiPt:alert(9)", "data:text/html,<script>a()</script>",
    "vbscript:x", "file:///etc/passwd", "//evil.example/x", 'http://e.example/" onclick="alert(1)', "../../etc/passwd",
    "mailto:a@b.example?bcc=c@d.example", 'a@b.example" onclick="x', "\\\\host\\share\\x", "C:\\x.png",
    "http://[", "https://e.example/\u202e", "#\" onclick='x'", "https:evil.example", "blob:x",
]  # fmt: skip
CODE = [
    "#set page(width: 1pt)", '#read("/etc/passwd")', "]#panic()[", "*b* _i_ $x$ @ref <label> \\",
    "`raw` ``` // c /* d */ -- --- ~ = h\n= head", '#import "@preview/x:1.0.0": *',
    "\\input{/etc/passwd}\\write18{id} $\\def\\a{\\a\\a}\\a$", "{\\bf x} } @article{x, title={y}} %",
    "TY  - JOUR\nER  - ", "{{ 7*7 }} {% raw %}", '=HYPERLINK("http://x","y")', ' INCLUDETEXT "c:\\\\x" \\* MERGEFORMAT',
    "PAGEREF _Toc \\h", "[x](javascript:alert(10)) ![y](z) ^[n] | a | b |", "%n%s${x}$(touch p)`id`",
]  # fmt: skip
CHARACTERS = [
    "\u202egnissim\u202c \u2066a\u2069 \u200fx", "\u0085\u2028\u2029\u00ad\u200b\ufeff", "\U0001f600\U0010ffff\ue000",
    "a\u0301\u0301\u0301", "“quoted” ‘x’ \"y\" 'z'", "\u202e\u202e\u202e", "  two  spaces  ", "tab\tfeed\n",
]  # fmt: skip
NASTY = [*MARKUP, *ADDRESSES, *CODE, *CHARACTERS]

OF_XML = st.characters(
    codec="utf-8", exclude_characters="".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))
)
strings = st.one_of(st.sampled_from(NASTY), st.sampled_from(NASTY), st.text(OF_XML, max_size=30))

# What stands for something else than words, or is shown in another form.
OF_ITS_OWN = frozenset(
    "year month day issn fpage lpage volume issue copyright-year tex-math label article-id contrib-id license_ref "
    "xref sub sup".split()
)
UNSHOWN = frozenset("journal-id abbrev-journal-title publisher-name publisher-loc copyright-holder".split())
OF_STRUCTURE = frozenset("rid id dtd-version colspan rowspan".split())


def places(root: etree._Element) -> Iterator[etree._Element]:
    """The elements of an article whose whole content is words."""
    for element in root.iter(etree.Element):
        is_words = element.tag.rpartition("}")[2] not in OF_ITS_OWN and MML not in element.tag  # type: ignore[union-attr]
        if is_words and len(element) == 0 and (element.text or "").strip():
            yield element


PLACES = sum(1 for _ in places(etree.parse(FULL).getroot()))


def article_of(texts: list[str]) -> tuple[bytes, list[str]]:
    """An article with each of `texts` as the content of an element, and those of them that readers are to see."""
    root = etree.parse(FULL).getroot()
    shown = []
    for element, text in zip(places(root), texts, strict=True):
        element.text = text
        shown += [text] if element.tag not in UNSHOWN else []
    return etree.tostring(root, encoding="utf-8", xml_declaration=True), shown


def attributed(values: Iterator[str]) -> bytes:
    """An article with one of `values` in each attribute that says no structure, and addresses where there were none."""
    root = etree.parse(FULL).getroot()
    for element in root.iter(etree.Element):
        if element.tag in ("self-uri", "license", "uri", "media", "related-article", "named-content", "institution"):
            element.set(HREF, "x")
        for name in element.attrib:
            if name not in OF_STRUCTURE:
                element.set(name, next(values))
    for path in ("license_ref", "contrib-id", "article-id", "email"):
        for element in root.iter(f"{{*}}{path}"):
            element.text = next(values)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def squeezed(text: str) -> str:
    """A text without white space and without what only steers line breaks."""
    return re.sub(r"[\s\u00ad\u200b\u2028\u2029\ufeff\u0085]+", "", text)
