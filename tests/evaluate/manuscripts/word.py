"""Manuscripts in Word: fronts and bodies as authors set them, and what editors do to a document."""

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree

from pipeline.archives import pack
from pipeline.article import Element
from pipeline.intake.docx.names import W, text_of, w
from pipeline.intake.markup.nodes import Node, Nodes, descendants
from tests.evaluate.manuscripts.article import Manuscript, header, mapped, para, words_of
from tests.evaluate.manuscripts.written import SHELL, Files, with_pictures

Change = Callable[[Element, Manuscript], None]


def styled(name: str, *blocks: Node) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", name]]], list(blocks)]}


def strong(text: str) -> Node:
    return {"t": "Strong", "c": words_of(text)}


def raised(text: str) -> Node:
    return {"t": "Superscript", "c": words_of(text)}


def _names(each: Manuscript) -> Nodes:
    nodes: Nodes = []
    for n, p in enumerate(each.people):
        nodes += [{"t": "Str", "c": " and" if n == len(each.people) - 1 else ","}, {"t": "Space"}] if nodes else []
        nodes += words_of(p.name) + (
            [raised(",".join(map(str, p.places)) + ("*" if p.email else ""))] if p.places else []
        )
    return nodes


def _places(each: Manuscript) -> list[Nodes]:
    made: list[Nodes] = [[raised(str(n)), *words_of(text)] for n, text in enumerate(each.places, 1)]
    mails = [p.email for p in each.people if p.email]
    return made + ([[raised("*"), *words_of(f"Corresponding author: {mails[0]}")]] if mails else [])


def front_styled(each: Manuscript) -> Nodes:
    blocks = [styled("Title", para(*words_of(each.title))), styled("Author", para(*_names(each)))]
    blocks += [styled("Affiliation", para(*place)) for place in _places(each)]
    if each.abstract:
        blocks += [header(1, each.labels[0]), *(para(*words_of(text)) for text in each.abstract)]
    if each.keywords:
        blocks.append(para(strong(each.labels[1] + ":"), {"t": "Space"}, *words_of(", ".join(each.keywords))))
    return blocks


def front_plain(each: Manuscript) -> Nodes:
    blocks = [styled("Centre", para(strong(each.title))), styled("Centre", para(*_names(each)))]
    blocks += [styled("Centre", para(*place)) for place in _places(each)]
    if each.abstract:
        blocks += [para(strong(each.labels[0].upper())), *(para(*words_of(text)) for text in each.abstract)]
    if each.keywords:
        blocks.append(para(strong(each.labels[1]), *words_of(": " + "; ".join(each.keywords))))
    return blocks


def front_each(each: Manuscript) -> Nodes:
    """An author a paragraph, with the address below."""
    blocks = [styled("Title", para(*words_of(each.title)))]
    for p in each.people:
        blocks.append(para(strong(p.name)))
        blocks += [para({"t": "Emph", "c": words_of(each.places[n - 1])}) for n in p.places]
        blocks += [para(*words_of(p.email))] if p.email else []
    if each.abstract:
        first, *rest = each.abstract
        blocks.append(para(strong(each.labels[0] + "."), {"t": "Space"}, *words_of(first)))
        blocks += [para(*words_of(text)) for text in rest]
    if each.keywords:
        blocks.append(
            para(
                {"t": "Emph", "c": words_of(each.labels[1] + ":")}, {"t": "Space"}, *words_of(", ".join(each.keywords))
            )
        )
    return blocks


def bold_headings(blocks: Nodes) -> Nodes:
    """Headings as most authors set them: bold, those below the first level in italics too."""

    def change(node: Node) -> Nodes:
        if node["t"] != "Header":
            return [node]
        inner: Node = {"t": "Strong", "c": node["c"][2]}
        return [para(inner if node["c"][0] == 1 else {"t": "Emph", "c": [inner]})]

    return list(mapped(blocks, change))


def captioned(blocks: Nodes, each: Manuscript) -> Nodes:
    """Figures and tables as pictures and tables with a paragraph of their own that says what they are."""
    numbers = {"Figure": 0, "Table": 0}

    def change(node: Node) -> Nodes:
        if node["t"] == "Figure":
            numbers["Figure"] += 1
            images = [inner for inner in descendants(node["c"][2]) if inner["t"] == "Image"]
            words = [inner for block in node["c"][1][1] for inner in block.get("c", []) if isinstance(inner, dict)]
            label = strong(f"{each.labels[3]} {numbers['Figure']}.")
            return [para(*images), para(label, {"t": "Space"}, *words)]
        if node["t"] == "Table":
            numbers["Table"] += 1
            words = [inner for block in node["c"][1][1] for inner in block.get("c", []) if isinstance(inner, dict)]
            node["c"][1] = [None, []]
            return [para(strong(f"{each.labels[4]} {numbers['Table']}."), {"t": "Space"}, *words), node]
        return [node]

    return list(mapped(blocks, change))


def make(
    each: Manuscript, blocks: Nodes, *changes: Change, package: Callable[[Files], Files] = lambda files: files
) -> bytes:
    """The document, with its pictures, after `changes` to its main part and then to its parts."""
    tree = SHELL | {"blocks": blocks}
    data = with_pictures(each, tree, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(files["word/document.xml"])
    for change in changes:
        change(root, each)
    files["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack(package(files))


def _set(paragraph: Element, name: str, **values: str) -> Element:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    made = etree.SubElement(properties, w(name))
    for key, text in values.items():
        made.set(w(key), text)
    return made


def unstyled(root: Element, each: Manuscript) -> None:
    """No paragraph style at all; what was centred is centred by hand."""
    for style in list(root.iter(w("pStyle"))):
        if style.get(w("val")) == "Centre":
            _set(style.getparent().getparent(), "jc", val="center")  # type: ignore[union-attr,arg-type]
        if style.get(w("val")) not in ("FootnoteText",):
            style.getparent().remove(style)  # type: ignore[union-attr]


def numbered(root: Element, each: Manuscript) -> None:
    """Headings numbered by a list."""
    for style in list(root.iter(w("pStyle"))):
        if (style.get(w("val")) or "").startswith("Heading"):
            inner = _set(style.getparent().getparent(), "numPr")  # type: ignore[union-attr,arg-type]
            for name, text in (("ilvl", str(int(style.get(w("val"))[7:]) - 1)), ("numId", "1000")):  # type: ignore[index]
                etree.SubElement(inner, w(name)).set(w("val"), text)


def title_in_table(root: Element, each: Manuscript) -> None:
    """The first paragraph in a table of one cell, as templates of journals have it."""
    table = (
        f'<w:tbl xmlns:w="{W}"><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        "<w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>"
    )
    _put_first(root[0], table, "tc")


def title_in_box(root: Element, each: Manuscript) -> None:
    box = (
        f'<w:p xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox>'
        "<w:txbxContent/></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    _put_first(root[0], box, "txbxContent")


def _put_first(body: Element, holder: str, inner: str) -> None:
    """The first paragraph of `body` into the element `inner` of `holder`, which takes its place."""
    first, made = body[0], etree.fromstring(holder)
    body.insert(0, made)
    made.find(f".//{w(inner)}").append(first)  # type: ignore[union-attr]


def tracked(root: Element, each: Manuscript) -> None:
    """Some words deleted, some inserted."""
    runs = [run for run in root.iter(w("r")) if len("".join(t.text or "" for t in run.iter(w("t")))) > 40]
    for number, run in enumerate(runs[5::9]):
        parent = run.getparent()
        change = etree.Element(
            w("ins"), {w("id"): str(900 + number), w("author"): "A. Editor", w("date"): "2022-01-01T00:00:00Z"}
        )
        parent.insert(parent.index(run), change)  # type: ignore[union-attr]
        change.append(run)
        gone = etree.Element(
            w("del"), {w("id"): str(950 + number), w("author"): "A. Editor", w("date"): "2022-01-01T00:00:00Z"}
        )
        inner = etree.SubElement(etree.SubElement(gone, w("r")), w("delText"))
        inner.text = "strike these words "
        parent.insert(parent.index(change), gone)  # type: ignore[union-attr]


def sequence(root: Element, each: Manuscript) -> None:
    """The numbers of captions as fields, with bookmarks around the label."""
    for paragraph in list(root.iter(w("p"))):
        texts = list(paragraph.iter(w("t")))
        whole = text_of(paragraph)
        match = re.match(rf"({each.labels[3]}|{each.labels[4]}) (\d+)\.", whole)
        if not match or not texts:
            continue
        run = texts[0].getparent()
        lead = 0
        for text in texts:
            lead += len(text.text or "")
            if lead >= match.end():
                break
        for each_text in texts[: texts.index(text) + 1]:
            if each_text.getparent().getparent() is paragraph:  # type: ignore[union-attr]
                paragraph.remove(each_text.getparent())  # type: ignore[arg-type]
        name = f"_Ref{9000 + int(match[2]) + (500 if match[1] == each.labels[4] else 0)}"
        number = _complex(f" SEQ {match[1]} ", match[2])
        xml = f'<w:p xmlns:w="{W}"><w:bookmarkStart w:id="{name[4:]}" w:name="{name}"/>{_run(match[1] + " ")}{number}'
        xml += f'<w:bookmarkEnd w:id="{name[4:]}"/>{_run(whole[len(match[0]) - 1 : lead])}</w:p>'
        place = 1 if paragraph.find(w("pPr")) is not None else 0
        for offset, child in enumerate(list(etree.fromstring(xml))):
            paragraph.insert(place + offset, child)
        del run


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text.replace("&", "&amp;").replace("<", "&lt;")}</w:t></w:r>'


def _complex(code: str, result: str) -> str:
    code = code.replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{_run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
