"""The document whose styles, header and footer a DOCX takes over, made from the house's `docx.toml`.

Parts are those of ECMA-376 (WordprocessingML); style names are Word's own where Word has the style.
"""

from typing import Any

from lxml import etree

from pipeline.article import Element
from pipeline.render.house import direction
from pipeline.render.opc import CONTENT_TYPES, OFFICE, PACKAGE, element, package, qualified

POINT = 20  # twentieths of a point, the unit of WordprocessingML
LINE = 240
TEXT_WIDTH = 9026  # A4 less margins of an inch, in twentieths of a point
LETTER_WIDTH = 9360
PAGE_SIZES = {"a4": (11906, 16838), "us-letter": (12240, 15840)}
MARGIN = "1440"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT = {
    "document": "document.main", "styles": "styles", "header1": "header", "footer1": "footer",
}  # fmt: skip
LINKED = [("styles", "styles.xml"), ("header", "header1.xml"), ("footer", "footer1.xml")]
BUILT_IN = frozenset({
    "Normal", "Body Text", "Title", "Subtitle", "Date", "Block Text", "caption", "Bibliography", "footnote text",
    "header", "footer", "footnote reference", "Hyperlink", *(f"heading {level}" for level in range(1, 10)),
})  # fmt: skip


def style_id(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def build(settings: dict[str, Any], docx: dict[str, Any], front: dict[str, Any]) -> bytes:
    """A DOCX with no text. `settings`: house.toml; `docx`: docx.toml; `front`: the facts of the header."""
    paper = settings["page"]["paper"]
    width = LETTER_WIDTH if paper == "us-letter" else TEXT_WIDTH
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": relationships(LINKED),
        "word/document.xml": document(paper, front),
        "word/styles.xml": styles(settings, docx, front["lang"], width),
        "word/header1.xml": header(front),
        "word/footer1.xml": footer(),
    }
    return package({name: xml(part) for name, part in parts.items()})


def xml(part: Element) -> bytes:
    return etree.tostring(part, encoding="UTF-8", xml_declaration=True, standalone=True)


def content_types() -> Element:
    root = etree.Element("Types", xmlns=CONTENT_TYPES)
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"),
    ):  # fmt: skip
        etree.SubElement(root, "Default", Extension=extension, ContentType=kind)
    for name, kind in CONTENT.items():
        content_type = f"{WORD}.{kind}+xml"
        etree.SubElement(root, "Override", PartName=f"/word/{name}.xml", ContentType=content_type)
    return root


def relationships(targets: list[tuple[str, str]]) -> Element:
    root = etree.Element("Relationships", xmlns=PACKAGE)
    for number, (kind, target) in enumerate(targets, 1):
        attributes = {"Id": f"rId{number}", "Type": f"{OFFICE}/{kind}", "Target": target}
        etree.SubElement(root, "Relationship", attributes)
    return root


def document(paper: str, front: dict[str, Any]) -> Element:
    width, height = PAGE_SIZES.get(paper, PAGE_SIZES["a4"])
    reference = {qualified("r:id"): "rId2", qualified("w:type"): "default"}
    section = element(
        "w:sectPr",
        etree.Element(qualified("w:headerReference"), reference),
        etree.Element(qualified("w:footerReference"), reference | {qualified("r:id"): "rId3"}),
        element("w:pgSz", w=str(width), h=str(height)),
        element(
            "w:pgMar", top=MARGIN, bottom=MARGIN, left=MARGIN, right=MARGIN, header="720", footer="720", gutter="0"
        ),
        *([element("w:lnNumType", countBy="1", restart="continuous")] if front["draft"] else []),
        element("w:pgNumType", start=str(front["first_page"])),
        *([element("w:bidi")] if front["dir"] == "rtl" else []),
    )
    return element("w:document", element("w:body", element("w:p"), section))


def settings_part(lang: str) -> bytes:
    """`word/settings.xml`: the notes' separators, the mode of Word 2013 and later, the language."""
    separators = element("w:footnotePr", *(element("w:footnote", id=number) for number in ("-1", "0")))
    mode = element(
        "w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15"
    )
    return xml(
        element(
            "w:settings", element("w:zoom", percent="100"), element("w:defaultTabStop", val="720"), separators,
            element("w:compat", mode), element("w:themeFontLang", val=lang), element("w:decimalSymbol", val="."),
        )
    )  # fmt: skip


def header(front: dict[str, Any]) -> Element:
    """The journal at one side, the issue at the other; a draft says that it is one."""
    lead = [front["labels"]["draft"].upper()] if front["draft"] else []
    journal = " · ".join([*lead, front["journal"]["title"]])
    return element("w:hdr", _paragraph("Header", _run(journal), _tab(), _run(front["issue_line"])))


def footer() -> Element:
    field = element("w:fldSimple", _run("1"), instr="PAGE")
    return element("w:ftr", _paragraph("Footer", field))


def _paragraph(style: str, *content: Element) -> Element:
    return element("w:p", element("w:pPr", element("w:pStyle", val=style)), *content)


def _run(text: str) -> Element:
    made = element("w:t")
    made.text = text
    return element("w:r", made)


def _tab() -> Element:
    return element("w:r", element("w:tab"))


def styles(settings: dict[str, Any], docx: dict[str, Any], lang: str, width: int) -> Element:
    fonts, accent = docx["fonts"], settings["colours"]["accent"].lstrip("#").upper()
    root = element("w:styles", _defaults(fonts, lang))
    start = {"bar_side": "right" if direction(lang) == "rtl" else "left"}
    for kind in ("paragraph", "character"):
        for name, given in docx[kind].items():
            facts = start | given
            root.append(_style(kind, name, facts, fonts, accent, width))
    root.append(_table_style())
    return root


def _defaults(fonts: dict[str, Any], lang: str) -> Element:
    base = lang.lower().split("-")[0]
    asian = fonts["east_asian"].get(lang.lower()) or fonts["east_asian"].get(base) or fonts["east_asian"]["zh"]
    languages = {"val": lang}
    if base in fonts["east_asian"]:
        languages["eastAsia"] = lang
    if base in ("ar", "fa", "he", "ur"):
        languages["bidi"] = lang
    run = element(
        "w:rPr",
        element("w:rFonts", ascii=fonts["text"], hAnsi=fonts["text"], eastAsia=asian, cs=fonts["complex"]),
        element("w:sz", val="22"),
        element("w:lang", **languages),
    )
    return element("w:docDefaults", element("w:rPrDefault", run), element("w:pPrDefault"))


def _style(kind: str, name: str, facts: dict[str, Any], fonts: dict[str, Any], accent: str, width: int) -> Element:
    style = element("w:style", type=kind, styleId=style_id(name))
    if name == "Normal":
        style.set(qualified("w:default"), "1")
    if name not in BUILT_IN:
        style.set(qualified("w:customStyle"), "1")
    style.append(element("w:name", val=name))
    if "based_on" in facts:
        style.append(element("w:basedOn", val=style_id(facts["based_on"])))
    if "next" in facts:
        style.append(element("w:next", val=style_id(facts["next"])))
    style.append(element("w:qFormat"))
    if kind == "paragraph":
        style.append(_paragraph_facts(facts, accent, width))
    style.append(_run_facts(facts, fonts, accent))
    return style


def _paragraph_facts(facts: dict[str, Any], accent: str, width: int) -> Element:
    """`w:pPr`, its children in the order the schema wants."""
    made = element("w:pPr")
    if facts.get("keep_next"):
        made.append(element("w:keepNext"))
    borders = _borders(facts, accent)
    if borders is not None:
        made.append(borders)
    tabs = []
    if facts.get("equation"):
        tabs.append(element("w:tab", val="center", pos=str(width // 2)))
    if facts.get("equation") or facts.get("tab_right"):
        tabs.append(element("w:tab", val="right", pos=str(width)))
    if tabs:
        made.append(element("w:tabs", *tabs))
    spacing: dict[str, str] = {key: str(round(facts[key] * POINT)) for key in ("before", "after") if key in facts}
    if "line" in facts:
        spacing |= {"line": str(round(facts["line"] * LINE)), "lineRule": "auto"}
    if spacing:
        made.append(element("w:spacing", **spacing))
    indent = {key: str(round(facts[key] * POINT)) for key in ("left", "right", "hanging") if key in facts}
    if indent:
        made.append(element("w:ind", **indent))
    if "align" in facts:
        made.append(element("w:jc", val=facts["align"]))
    if "outline" in facts:
        made.append(element("w:outlineLvl", val=str(facts["outline"])))
    return made


def _borders(facts: dict[str, Any], accent: str) -> Element | None:
    grey = {"val": "single", "sz": "4", "space": "4", "color": "BBBBBB"}
    sides: dict[str, dict[str, str]] = {}
    if facts.get("bar"):
        sides[facts["bar_side"]] = {"val": "single", "sz": "18", "space": "8", "color": accent}
    if facts.get("box"):
        sides = dict.fromkeys(("top", "left", "bottom", "right"), grey)
    if facts.get("rule"):
        sides[facts["rule"]] = {"val": "single", "sz": "6", "space": "3", "color": accent}
    return element("w:pBdr", *(element(f"w:{side}", **line) for side, line in sides.items())) if sides else None


def _run_facts(facts: dict[str, Any], fonts: dict[str, Any], accent: str) -> Element:
    made = element("w:rPr")
    if "font" in facts:
        face = fonts[facts["font"]]
        made.append(element("w:rFonts", ascii=face, hAnsi=face))
    for key, tag in (("bold", "w:b"), ("italic", "w:i")):
        if key in facts:
            value = "1" if facts[key] else "0"
            made.extend([element(tag, val=value), element(f"{tag}Cs", val=value)])
    colour = accent if facts.get("accent") else facts.get("colour")
    if colour:
        made.append(element("w:color", val=colour))
    if "size" in facts:
        half_points = str(round(facts["size"] * 2))
        made.extend([element("w:sz", val=half_points), element("w:szCs", val=half_points)])
    if facts.get("superscript"):
        made.append(element("w:vertAlign", val="superscript"))
    return made


def _table_style() -> Element:
    """The style `Table` that pandoc gives every table: rules above, below, and under the head."""
    rule = {"val": "single", "sz": "8", "space": "0", "color": "000000"}
    thin = rule | {"sz": "4", "color": "BBBBBB"}
    borders = element(
        "w:tblBorders", element("w:top", **rule), element("w:bottom", **rule), element("w:insideH", **thin)
    )
    margins = element("w:tblCellMar", element("w:left", w="80", type="dxa"), element("w:right", w="80", type="dxa"))
    head = element(
        "w:tblStylePr",
        element("w:rPr", element("w:b")),
        element("w:tcPr", element("w:tcBorders", element("w:bottom", **rule))),
        type="firstRow",
    )
    return element(
        "w:style", element("w:name", val="Table"), element("w:qFormat"),
        element("w:tblPr", borders, margins), head, type="table", styleId="Table", customStyle="1",
    )  # fmt: skip
