"""JATS from strangers: each renders what it can and says, with file and line, what it could not, or is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import build
from pipeline.errors import SourceError
from pipeline.findings import Finding
from pipeline.journal import load_journal
from pipeline.render import text_of

FORMATS = ("html", "pdf", "docx")
Rendered = Callable[..., tuple[dict[str, str], list[Finding]]]
HEAD = '<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"{}>\n<front><article-meta><title-group>'
TITLE = "<article-title>Tides</article-title></title-group></article-meta></front>\n<body>\n"
NLM_23 = """<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN" "journalpublishing.dtd">
<article dtd-version="2.3" xml:lang="EN"><front><journal-meta><journal-title>Old Journal</journal-title></journal-meta>
<article-meta><title-group><article-title>Tides</article-title></title-group><contrib-group><contrib
contrib-type="author"><name><surname>Roe</surname><given-names>A</given-names></name></contrib></contrib-group>
<pub-date pub-type="epub"><year>2008</year></pub-date><copyright-statement>Copyright 2008 Quay</copyright-statement>
</article-meta></front><body><p>deep</p></body><back><ref-list><ref id="b1"><label>1</label><citation
citation-type="journal"><person-group person-group-type="author"><name><surname>Doe</surname>
<given-names>J</given-names></name></person-group><article-title>Mud</article-title><source>Shores</source>
<year>2001</year></citation></ref><ref id="b2"><label>2</label><nlm-citation citation-type="book"><source>Grass</source>
<year>1999</year></nlm-citation></ref></ref-list></back></article>"""


def article(body: str, attributes: str = "", doctype: str = "") -> str:
    return f'<?xml version="1.0"?>\n{doctype}{HEAD.format(attributes)}{TITLE}{body}\n</body></article>'


@pytest.fixture
def rendered(tmp_path: Path) -> Rendered:
    """`rendered(xml)`: the text of each galley of a file `bad/a.xml`, and what was said."""
    (tmp_path / "bad").mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\nsecret")

    def make(xml: str | bytes, *formats: str) -> tuple[dict[str, str], list[Finding]]:
        file = tmp_path / "bad" / "a.xml"
        file.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
        profile = load_journal(None)
        built = build.open_xml(file, profile)
        build.render(built, formats or FORMATS, profile, "", file.parent)
        return {to: " ".join(text_of(data, to).split()) for to, data in built.galleys.items()}, built.findings

    return make


REFUSED = {
    "not well formed": (article("<p>one <bold>two</p>"), r"a\.xml:5: not well-formed XML"),
    "cut off": (article("<p>one</p>")[:120], r"a\.xml:\d+: not well-formed XML"),
    "an outside entity": (
        article("<p>&x;</p>", doctype='<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'),
        "declares entities",
    ),
    "an entity bomb": (
        article("<p>&b;</p>", doctype=f'<!DOCTYPE article [<!ENTITY a "{"x" * 99}"><!ENTITY b "{"&a;" * 99}">]>\n'),
        "declares entities",
    ),
    "an entity nobody knows": (
        article("<p>one\n&nobody;</p>", doctype='<!DOCTYPE article SYSTEM "http://127.0.0.1:9/x.dtd">\n'),
        r"&nobody; is no known character",
    ),
    "another vocabulary": ("<html><body/></html>", "the root element is <html>"),
    "nothing": ("", "empty"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_article_is_refused_in_one_line(kind: str, rendered: Rendered) -> None:
    xml, said = REFUSED[kind]
    with pytest.raises(SourceError, match=said) as caught:
        rendered(xml)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3", "1.4"])
def test_every_version_renders(version: str, rendered: Rendered) -> None:
    texts, findings = rendered(article("<p>deep</p>", f' dtd-version="{version}"'), "pdf", "docx")
    assert all("Tides" in text and "deep" in text for text in texts.values())
    assert not findings


@pytest.mark.parametrize("tag_set", ["Archiving and Interchange", "Article Authoring", "Journal Publishing"])
def test_every_tag_set_renders_without_its_dtd(tag_set: str, rendered: Rendered) -> None:
    doctype = (
        f'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) {tag_set} DTD v1.2//EN" "http://127.0.0.1:9/x.dtd">\n'
    )
    texts, findings = rendered(article("<p>deep caf&eacute; &ndash; &alpha;</p>", doctype=doctype), "pdf")
    assert "deep café – α" in texts["pdf"]
    assert not findings


def test_nlm_2_3_renders_with_its_citations(rendered: Rendered) -> None:
    texts, findings = rendered(NLM_23)
    for words in (
        "Old Journal",
        "Tides",
        "Roe",
        "Copyright 2008 Quay",
        "deep",
        "Mud",
        "Shores",
        "2001",
        "Grass",
        "1999",
    ):
        assert all(words in text for text in texts.values()), words
    assert not findings


def test_dangling_references_are_said_with_their_line_and_stay_as_text(rendered: Rendered) -> None:
    body = '<p>a</p>\n<p>see <xref rid="none">Fig. 9</xref></p>\n<p><xref ref-type="fn" rid="f9">9</xref></p>'
    texts, findings = rendered(article(body))
    assert [(finding.code, finding.line) for finding in findings] == [("dangling-link", 6), ("dangling-link", 7)]
    assert all(finding.file and finding.file.endswith("a.xml") for finding in findings)
    assert all("see Fig. 9" in text for text in texts.values())


@pytest.mark.parametrize("href", ["../secret.png", "/etc/hostname", "file:///etc/hostname", "http://127.0.0.1:9/a.png"])
def test_a_picture_outside_the_folder_is_not_read(href: str, rendered: Rendered) -> None:
    texts, findings = rendered(article(f'<fig id="f">\n<graphic xlink:href="{href}"/></fig><p>deep</p>'))
    assert [(finding.code, finding.line) for finding in findings] == [("image-missing", 6)]
    assert all("deep" in text for text in texts.values())


def test_unknown_elements_keep_their_words(rendered: Rendered) -> None:
    texts, _ = rendered(article("<widget>one <gadget>two</gadget>\n<p>three</p></widget>"))
    assert all("one two three" in text for text in texts.values())


def test_a_table_of_many_rows_repeats_its_head_on_every_page(rendered: Rendered) -> None:
    rows = "".join(f"<tr><td>{number}</td><td>value {number}</td></tr>" for number in range(900))
    table = f"<table><thead><tr><th>Place</th><th>Count</th></tr></thead><tbody>{rows}</tbody></table>"
    texts, findings = rendered(article(f"<table-wrap><label>Table 1</label>{table}</table-wrap>"))
    assert not findings
    assert texts["pdf"].count("Place Count") > 5
    assert all("value 899" in text for text in texts.values())


def test_utf_16_renders(rendered: Rendered) -> None:
    xml = article("<p>deep</p>").replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")
    assert "deep" in rendered(xml, "pdf")[0]["pdf"]
