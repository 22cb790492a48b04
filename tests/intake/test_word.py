"""Word documents: what Word and citation programs know of a text reaches the JATS, and no word is lost."""

import base64
import json
from pathlib import Path

import pytest
from lxml import etree

from pipeline import build, intake
from pipeline.article import Element
from pipeline.errors import LimitReached, SourceError
from pipeline.journal import load_journal
from tests.drawing import png
from tests.intake.word import NAMES, docx, field, paragraph, picture, run, zotero

SILVA = {
    "id": "s1", "type": "article-journal", "title": "On harbour libraries", "container-title": "Shore Studies",
    "author": [{"family": "Silva", "given": "Ana"}], "issued": {"date-parts": [[2020]]}, "volume": "4", "page": "1-9",
    "DOI": "10.5555/shore.4",
}  # fmt: skip
COSTA = {
    "id": "c1", "type": "book", "title": "Tides and readers", "publisher": "Quay Press",
    "author": [{"family": "Costa", "given": "Rui"}], "issued": {"date-parts": [[2019]]},
}  # fmt: skip
LONG = "The library of the harbour was opened in the year in which the old quay was closed, and has been used since."
FRONT = paragraph("A harbour and its books", "Title") + paragraph("Ana Silva", "Author")


def made(path: Path) -> tuple[build.Built, Element]:
    built = build.convert(path, load_journal(None))
    assert built.conservation is not None
    assert built.conservation.missing == []
    assert [finding for finding in built.findings if finding.code == "dtd"] == []
    return built, etree.fromstring(built.xml)


def codes(built: build.Built) -> set[str]:
    return {finding.code for finding in built.findings}


def test_title_and_authors_by_style(tmp_path: Path) -> None:
    body = FRONT + paragraph("Introduction", "heading1") + paragraph(LONG)
    built, root = made(docx(tmp_path / "a.docx", body))
    assert root.findtext(".//article-title") == "A harbour and its books"
    assert [person.display for person in built.article.contributors] == ["Ana Silva"]
    assert root.findtext("body/sec/title") == "Introduction"


def test_emphasis_is_kept(tmp_path: Path) -> None:
    runs = run("It is ") + run("old", "<w:i/>") + run(" H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O. ")
    runs += run("Kept", "<w:smallCaps/>") + run(" so.")
    _, root = made(docx(tmp_path / "a.docx", FRONT + paragraph("Text", "heading1") + paragraph(runs)))
    text = root.find("body/sec/p")
    assert text is not None
    assert [child.tag for child in text] == ["italic", "sub", "sc"]


def test_zotero_citations_are_used_as_they_are(tmp_path: Path) -> None:
    cited = run("As shown ") + zotero("(Silva, 2020; Costa, 2019)", SILVA, COSTA) + run(", it was.")
    listed = paragraph("References", "heading1")
    listed += paragraph(
        field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "Costa, R. (2019). Tides and readers. Quay Press.")
    )
    listed += paragraph("Silva, A. (2020). On harbour libraries. Shore Studies, 4, 1–9.")
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + paragraph(cited) + listed
    built, root = made(docx(tmp_path / "a.docx", body))
    links = root.findall("body//xref[@ref-type='bibr']")
    assert [link.text for link in links] == ["Silva, 2020", "Costa, 2019"]
    by_id = {reference.id: reference for reference in built.article.references}
    assert [by_id[link.get("rid", "")].item["title"] for link in links] == ["On harbour libraries", "Tides and readers"]
    assert len(built.article.references) == 2
    structured = root.findall("back/ref-list/ref/citation-alternatives/element-citation")
    assert {element.findtext("pub-id") for element in structured} == {"10.5555/shore.4", None}


def test_numbers_in_a_citation_lead_each_to_its_work(tmp_path: Path) -> None:
    cited = run("Shown before ") + zotero("[1,2]", SILVA, COSTA) + run(".")
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + paragraph(cited)
    body += paragraph("References", "heading1") + paragraph("1. Silva A. On harbour libraries. Shore Studies 2020.")
    body += paragraph("2. Costa R. Tides and readers. Quay Press; 2019.")
    _, root = made(docx(tmp_path / "a.docx", body))
    assert [(link.text, link.get("rid")) for link in root.findall("body//xref")] == [("1", "ref1"), ("2", "ref2")]


def test_citation_without_a_printed_list(tmp_path: Path) -> None:
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + paragraph(zotero("(Silva, 2020)", SILVA))
    _, root = made(docx(tmp_path / "a.docx", body))
    assert root.findtext("back/ref-list/ref/element-citation/article-title") == "On harbour libraries"


def test_mendeley_cite(tmp_path: Path) -> None:
    data = {"citationItems": [{"id": "x", "itemData": SILVA}]}
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(data).encode()).decode()
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{run("(Silva, 2020)")}</w:sdtContent></w:sdt>'
    )
    body = FRONT + paragraph("Text", "heading1") + paragraph(run(LONG + " ") + control)
    built, _ = made(docx(tmp_path / "a.docx", body))
    assert [reference.item["DOI"] for reference in built.article.references] == ["10.5555/shore.4"]


@pytest.mark.parametrize("where", ["instruction", "data"])
def test_endnote(tmp_path: Path, where: str) -> None:
    record = (
        "<EndNote><Cite><Author>Silva</Author><Year>2020</Year><RecNum>7</RecNum>"
        '<record><rec-number>7</rec-number><ref-type name="Journal Article">17</ref-type><contributors><authors>'
        "<author>Silva, Ana</author></authors></contributors><titles><title>On harbour libraries</title>"
        "<secondary-title>Shore Studies</secondary-title></titles><dates><year>2020</year></dates></record>"
        "</Cite></EndNote>"
    )
    data = base64.b64encode(record.encode()).decode() if where == "data" else ""
    code = "ADDIN EN.CITE" if where == "data" else f"ADDIN EN.CITE {record}"
    body = FRONT + paragraph("Text", "heading1") + paragraph(run(LONG + " ") + field(code, "(Silva, 2020)", data))
    built, root = made(docx(tmp_path / "a.docx", body))
    assert built.article.references[0].item["container-title"] == "Shore Studies"
    assert root.findtext("body//xref") == "Silva, 2020"


def test_citation_of_word_itself(tmp_path: Path) -> None:
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Sil20'
        "</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Quays</b:Title><b:Year>2020</b:Year><b:Author><b:Author>"
        "<b:NameList><b:Person><b:Last>Silva</b:Last><b:First>Ana</b:First></b:Person></b:NameList></b:Author></b:Author>"
        "</b:Source></b:Sources>"
    )
    body = (
        FRONT
        + paragraph("Text", "heading1")
        + paragraph(run(LONG) + field(r"CITATION Sil20 \l 1033", " (Silva, 2020)"))
    )
    path = docx(tmp_path / "a.docx", body, files={"customXml/item1.xml": sources.encode()})
    built, _ = made(path)
    assert built.article.references[0].item["author"] == [{"family": "Silva", "given": "Ana"}]


def test_tracked_changes_are_accepted_and_said(tmp_path: Path) -> None:
    changed = '<w:ins w:id="1" w:author="x">' + run("newly ") + '</w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>'
    changed += "oldly </w:delText></w:r></w:del>"
    body = FRONT + paragraph("Text", "heading1") + paragraph(run("It was ") + changed + run("built."))
    built, root = made(docx(tmp_path / "a.docx", body))
    assert root.findtext("body/sec/p") == "It was newly built."
    assert "tracked-changes" in codes(built)
    assert built.conservation is not None
    assert "oldly" in {item.text for item in built.conservation.set_aside}


def test_comments_go_into_the_report(tmp_path: Path) -> None:
    comments = f'<w:comments {NAMES}><w:comment w:id="0">{paragraph("Is this so?")}</w:comment></w:comments>'
    built, _ = made(
        docx(tmp_path / "a.docx", FRONT + paragraph("Text", "heading1") + paragraph(LONG), {"comments": comments})
    )
    assert "comments" in codes(built)
    assert built.conservation is not None
    assert [item.reason for item in built.conservation.set_aside] == ["comment beside the text"]


def test_text_boxes_are_lifted(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Within the box')}</w:txbxContent>"
    shape = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="u">'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    _, root = made(docx(tmp_path / "a.docx", FRONT + paragraph("Text", "heading1") + paragraph(run(LONG) + shape)))
    assert [text.text for text in root.findall("body/sec/p")] == [LONG, "Within the box"]


def test_footnotes(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes {NAMES}><w:footnote w:id="2">{paragraph("A note of some length.")}</w:footnote></w:footnotes>'
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = FRONT + paragraph("Text", "heading1") + paragraph(run(LONG) + mark)
    _, root = made(docx(tmp_path / "a.docx", body, {"footnotes": notes}))
    assert root.findtext("body//xref[@ref-type='fn']") == "1"
    assert root.findtext("back/fn-group/fn[@id='fn1']/p") == "A note of some length."


def test_two_marks_side_by_side(tmp_path: Path) -> None:
    held = "".join(f'<w:footnote w:id="{number}">{paragraph(f"Note {number}.")}</w:footnote>' for number in (2, 3))
    marks = "".join(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in (2, 3))
    body = FRONT + paragraph("Text", "heading1") + paragraph(run(LONG) + marks)
    _, root = made(docx(tmp_path / "a.docx", body, {"footnotes": f"<w:footnotes {NAMES}>{held}</w:footnotes>"}))
    assert "".join(map(str, root.find("body/sec/p").itertext())).endswith("since.1,2")  # type: ignore[union-attr]


def test_equations_have_both_forms(tmp_path: Path) -> None:
    formula = (
        "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
    )
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + f"<w:p>{formula}</m:oMath></m:oMathPara></w:p>"
    _, root = made(docx(tmp_path / "a.docx", body))
    forms = root.find("body//disp-formula/alternatives")
    assert forms is not None
    assert forms.findtext("tex-math") == r"\frac{a}{b}"
    assert forms.find("{http://www.w3.org/1998/Math/MathML}math") is not None


def test_a_formula_and_its_number_in_a_table_are_no_table(tmp_path: Path) -> None:
    formula = "<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>"
    cells = f"<w:tc><w:tcPr/><w:p>{formula}</w:p></w:tc><w:tc><w:tcPr/>{paragraph('(1)')}</w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + table + paragraph(LONG)
    _, root = made(docx(tmp_path / "a.docx", body))
    assert root.find(".//table") is None
    assert root.findtext("body/sec/disp-formula/label") == "(1)"


def test_the_number_behind_a_formula_is_its_label(tmp_path: Path) -> None:
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    number = "<w:r><w:tab/></w:r>" + run("(2)")
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + f"<w:p>{formula}{number}</w:p>" + paragraph(LONG)
    _, root = made(docx(tmp_path / "a.docx", body))
    assert root.findtext("body/sec/disp-formula/label") == "(2)"


def test_pictures_captions_and_references_to_them(tmp_path: Path) -> None:
    caption = '<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + run("Figure ") + field(r"SEQ Figure \* ARABIC", "1")
    caption += '<w:bookmarkEnd w:id="1"/>' + run(". The quay at ") + run("low", "<w:i/>") + run(" tide.")
    body = (
        FRONT + paragraph("Text", "heading1") + paragraph(run("See ") + field(r"REF _Ref1 \h", "Figure 1") + run("."))
    )
    body += paragraph(picture("image1", "A quay")) + paragraph(caption, "caption") + paragraph(LONG)
    built, root = made(docx(tmp_path / "harbour.docx", body, files={"word/media/image1.png": png()}))
    figure = root.find("body//fig")
    assert figure is not None
    assert figure.findtext("label") == "Figure 1."
    assert figure.find("caption/p/italic") is not None
    assert figure.findtext("graphic/alt-text") == "A quay"
    assert figure.find("graphic").get("{http://www.w3.org/1999/xlink}href") == "harbour-g001.png"  # type: ignore[union-attr]
    assert built.media == {"harbour-g001.png": png()}
    link = root.find("body//xref[@ref-type='fig']")
    assert link is not None
    assert (link.text, link.get("rid")) == ("Figure 1", figure.get("id"))


def test_linked_pictures_are_never_fetched(tmp_path: Path) -> None:
    path = docx(
        tmp_path / "a.docx", FRONT + paragraph("Text", "heading1") + paragraph(LONG) + paragraph(picture("far"))
    )
    data = path.read_bytes()
    far = (
        '<Relationship Id="far" TargetMode="External" Target="file:///etc/hostname" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    from pipeline.archives import pack, unpack

    files = unpack(data)
    name = "word/_rels/document.xml.rels"
    files[name] = files[name].replace(b"</Relationships>", far.encode())
    path.write_bytes(pack(files))
    built, _ = made(path)
    assert built.media == {}


def test_merged_cells_keep_their_spans(tmp_path: Path) -> None:
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("Both")}</w:tc></w:tr>'
    narrow = f"<w:tr><w:tc>{paragraph('One')}</w:tc><w:tc>{paragraph('Two')}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{wide}{narrow}</w:tbl>"
    body = (
        FRONT + paragraph("Text", "heading1") + paragraph("Table 1. Of the quay", "caption") + table + paragraph(LONG)
    )
    _, root = made(docx(tmp_path / "a.docx", body))
    wrap = root.find("body//table-wrap")
    assert wrap is not None
    assert wrap.findtext("label") == "Table 1."
    assert [cell.get("colspan") for cell in wrap.iter("td", "th")] == ["2", None, None]


def test_headings_in_bold_where_no_style_marks_them(tmp_path: Path) -> None:
    body = FRONT + "".join(
        paragraph(run(name, "<w:b/>")) + paragraph(LONG) for name in ("Introduction", "Where ships were", "Conclusion")
    )
    _, root = made(docx(tmp_path / "a.docx", body))
    assert [title.text for title in root.findall("body/sec/title")] == [
        "Introduction",
        "Where ships were",
        "Conclusion",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: b"PK\x03\x04 nothing of the kind", "damaged"),
        (lambda data: b"plain words", "is not a Word document"),
        (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_bad_files_get_one_line(tmp_path: Path, change: "object", message: str) -> None:
    path = docx(tmp_path / "a.docx", paragraph(LONG))
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(SourceError, match=message):
        intake.open_source(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    from pipeline.archives import pack, unpack

    path = docx(tmp_path / "a.docx", paragraph(LONG))
    files = unpack(path.read_bytes())
    files["word/document.xml"] = (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + files["word/document.xml"]
    )
    path.write_bytes(pack(files))
    with pytest.raises(SourceError, match="document type"):
        intake.open_source(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph(LONG), files={"word/media/b.png": b"\0" * 400_000_000})
    with pytest.raises(SourceError, match="bomb"):
        intake.open_source(path)


def test_authors_with_raised_marks(tmp_path: Path) -> None:
    def high(text: str) -> str:
        return run(text, '<w:vertAlign w:val="superscript"/>')

    names = run("Ana Silva") + high("a,b,*") + run(", Rui Costa") + high("b") + run(" and Mia Lund") + high("a")
    body = paragraph("A harbour and its books", "Title") + paragraph(names)
    body += paragraph(high("a") + run(" Harbour University, Porto, Portugal"))
    body += paragraph(high("b") + run(" Shore Institute, Bergen, Norway"))
    body += (
        paragraph("Abstract", "heading1") + paragraph(LONG) + paragraph("Introduction", "heading1") + paragraph(LONG)
    )
    built, _ = made(docx(tmp_path / "a.docx", body))
    assert [(person.display, person.affiliations) for person in built.article.contributors] == [
        ("Ana Silva", ["aff1", "aff2"]), ("Rui Costa", ["aff2"]), ("Mia Lund", ["aff1"]),
    ]  # fmt: skip
    assert built.article.contributors[0].corresponding


def test_citations_by_raised_numbers(tmp_path: Path) -> None:
    def high(text: str) -> str:
        return run(text, '<w:vertAlign w:val="superscript"/>')

    cited = run("Shown before") + high("1,2") + run(" over 10 m") + high("2") + run(" and since.") + high("3")
    listed = "".join(
        paragraph(f"{number}. {name} A. On harbour libraries {number}. Shore Studies 2020;4:1-9.")
        for number, name in enumerate(("Silva", "Costa", "Lund"), 1)
    )
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + paragraph(cited)
    _, root = made(docx(tmp_path / "a.docx", body + paragraph("References", "heading1") + listed))
    links = [(link.text, link.get("rid")) for link in root.findall("body//sup/xref")]
    assert links == [("1", "ref1"), ("2", "ref2"), ("3", "ref3")]


def test_et_al_in_italics_parts_no_citation(tmp_path: Path) -> None:
    cited = run("As shown (Silva ") + run("et al.", "<w:i/>") + run(", 2020), so it is.")
    listed = paragraph("Silva, A., Costa, R., and Lund, M. (2020). On harbour libraries. Shore Studies, 4(1), 1-9.")
    body = FRONT + paragraph("Text", "heading1") + paragraph(LONG) + paragraph(cited)
    _, root = made(docx(tmp_path / "a.docx", body + paragraph("References", "heading1") + listed))
    link = root.find("body//xref[@ref-type='bibr']")
    assert link is not None
    assert "".join(map(str, link.itertext())) == "Silva et al., 2020"
    assert link.findtext("italic") == "et al."


def test_comments_and_changes_say_their_paragraph(tmp_path: Path) -> None:
    mark = '<w:commentRangeStart w:id="4"/>' + run("here") + '<w:commentRangeEnd w:id="4"/>'
    gone = '<w:del w:id="9"><w:r><w:delText>struck</w:delText></w:r></w:del>'
    body = FRONT + paragraph("Introduction", "heading1") + paragraph(run(LONG) + mark) + paragraph(run(LONG) + gone)
    comments = f'<w:comments {NAMES}><w:comment w:id="4">{paragraph("Is it so?")}</w:comment></w:comments>'
    built, _ = made(docx(tmp_path / "a.docx", body, {"comments": comments}))
    assert {(finding.code, finding.line) for finding in built.findings if finding.line} >= {
        ("comments", 4), ("tracked-changes", 5),
    }  # fmt: skip
    assert built.conservation is not None
    assert {(item.line, item.text) for item in built.conservation.set_aside} == {(4, "Is it so?"), (5, "struck")}


def test_figures_and_tables_behind_the_references(tmp_path: Path) -> None:
    references = [paragraph(f"Silva A{n}. On harbour libraries. Shore Studies. 202{n};4:1-9.") for n in range(4)]
    table = f"<w:tbl><w:tr><w:tc>{paragraph('quay')}</w:tc><w:tc>{paragraph('7')}</w:tc></w:tr></w:tbl>"
    body = FRONT + paragraph("Introduction", "heading1") + paragraph(LONG) + paragraph("References", "heading1")
    body += (
        "".join(references) + paragraph("Table 1. Tides at two quays.") + table + paragraph("Note. Measured by hand.")
    )
    body += paragraph("Figure 1. The quay.") + paragraph(picture("image1", "A quay"))
    built, root = made(docx(tmp_path / "a.docx", body, files={"word/media/image1.png": png()}))
    assert len(built.article.references) == 4
    assert root.findtext("body//table-wrap/caption/p") == "Tides at two quays."
    assert root.findtext("body//fig/caption/p") == "The quay."
    assert list(built.media) == ["a-g001.png"]
    assert root.findtext("body//fig/graphic/alt-text") == "A quay"


def test_a_text_longer_than_any_article_is_refused_before_it_is_read(tmp_path: Path) -> None:
    long = docx(tmp_path / "long.docx", FRONT + paragraph("tide " * 3_000))
    with pytest.raises(LimitReached, match="characters, over the limit of 12,000"):
        intake.open_source(long, max_characters=12_000)
    coded = docx(tmp_path / "coded.docx", FRONT + field("ADDIN " + "x" * 15_000, "(Silva, 2020)") + paragraph(LONG))
    assert intake.open_source(coded, max_characters=12_000).blocks
