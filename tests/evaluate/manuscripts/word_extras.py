"""What else a document of Word may hold: merged cells, endnotes, comments, references to captions by fields."""

from lxml import etree

from pipeline.article import Element
from pipeline.intake.docx.names import W, text_of, w
from tests.evaluate.manuscripts.article import Manuscript
from tests.evaluate.manuscripts.word import _complex, _run

Parts = dict[str, bytes]
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
FEWEST_ROWS, LONG = 3, 200


def merged(root: Element, each: Manuscript) -> None:
    """In each table the first cells of the last two rows are one."""
    for table in root.iter(w("tbl")):
        rows = table.findall(w("tr"))
        if len(rows) < FEWEST_ROWS:
            continue
        upper, lower = (row.find(w("tc")) for row in rows[-2:])
        for cell, start in ((upper, True), (lower, False)):
            properties = cell.find(w("tcPr"))  # type: ignore[union-attr]
            if properties is None:
                properties = etree.Element(w("tcPr"))
                cell.insert(0, properties)  # type: ignore[union-attr]
            etree.SubElement(properties, w("vMerge"), {w("val"): "restart"} if start else {})
        for paragraph in lower.findall(w("p")):  # type: ignore[union-attr]
            upper.append(paragraph)  # type: ignore[union-attr]
        lower.append(etree.Element(w("p")))  # type: ignore[union-attr]


def crossed(root: Element, each: Manuscript) -> None:
    """A field that repeats the label of the first table, whose caption has its bookmark."""
    long = [paragraph for paragraph in root[0].findall(w("p")) if len(text_of(paragraph)) > LONG]
    field = _complex(" REF _Ref9501 \\h ", f"{each.labels[4]} 1")
    xml = f'<w:p xmlns:w="{W}">{_run(" (")}{field}{_run(")")}</w:p>'
    long[-1].extend(list(etree.fromstring(xml)))


def commented(root: Element, each: Manuscript) -> None:
    """A comment on the first long paragraph."""
    long = next(paragraph for paragraph in root[0].findall(w("p")) if len(text_of(paragraph)) > LONG)
    place = 1 if long.find(w("pPr")) is not None else 0
    long.insert(place, etree.Element(w("commentRangeStart"), {w("id"): "7"}))
    long.append(etree.Element(w("commentRangeEnd"), {w("id"): "7"}))
    etree.SubElement(etree.SubElement(long, w("r")), w("commentReference"), {w("id"): "7"})


def with_comment(parts: Parts) -> Parts:
    """The comment itself."""
    rels, kinds = "word/_rels/document.xml.rels", "[Content_Types].xml"
    if "word/comments.xml" in parts:
        return parts
    relation = f'<Relationship Id="rIdComments" Type="{RELATION}" Target="comments.xml"/></Relationships>'
    kind = f'<Override PartName="/word/comments.xml" ContentType="{KIND}"/></Types>'
    said = f"<w:p>{_run('Is this still so?')}</w:p>"
    comment = f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="A. Editor">{said}</w:comment></w:comments>'
    return parts | {
        rels: parts[rels].replace(b"</Relationships>", relation.encode()),
        kinds: parts[kinds].replace(b"</Types>", kind.encode()),
        "word/comments.xml": comment.encode(),
    }


def with_endnotes(parts: Parts) -> Parts:
    """Its footnotes as endnotes."""
    if "word/endnotes.xml" in parts or "word/footnotes.xml" not in parts:
        return parts
    touched = ("word/document.xml", "word/footnotes.xml", "word/_rels/document.xml.rels", "[Content_Types].xml")
    made = {name: data.replace(b"footnote", b"endnote") if name in touched else data for name, data in parts.items()}
    made["word/endnotes.xml"] = made.pop("word/footnotes.xml")
    return made
