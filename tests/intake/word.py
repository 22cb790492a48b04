"""Small Word documents made by hand: the body as XML, other parts by name."""

import json
from pathlib import Path
from typing import Any

from pipeline.archives import pack

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
KINDS = {"footnotes": "footnotes", "comments": "comments", "styles": "styles", "header1": "header"}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Author", "Abstract", "heading 1", "heading 2", "caption", "Quote", "Bibliography")
)


def paragraph(content: str, style: str = "") -> str:
    """A paragraph of text, or of runs where `content` is XML."""
    inner = content if content.startswith("<") else run(content)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str, data: str = "") -> str:
    """A complex field with its result."""
    code = instruction.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    beside = f"<w:fldData>{data}</w:fldData>" if data else ""
    begin = f'<w:fldChar w:fldCharType="begin">{beside}</w:fldChar>'
    return (
        f'<w:r>{begin}</w:r><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def zotero(result: str, *items: dict[str, Any], **more: Any) -> str:
    """A Zotero citation of CSL items."""
    cites = [{"id": item["id"], "uris": [f"zotero/{item['id']}"], "itemData": item} | more for item in items]
    return field("ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": cites}), result)


def docx(path: Path, body: str, parts: dict[str, str] | None = None, files: dict[str, bytes] | None = None) -> Path:
    """Write a document; `parts` are XML parts beside the main one, `files` other files by name."""
    parts = {"styles": f"<w:styles {NAMES}>{STYLES}</w:styles>"} | (parts or {})
    base = "http://schemas.openxmlformats.org"
    kinds = f"{base}/officeDocument/2006/relationships"
    relations = [
        f'<Relationship Id="{name}" Type="{kinds}/{KINDS[name]}" Target="{name}.xml"/>'
        for name in parts
        if name in KINDS
    ]
    relations += [
        f'<Relationship Id="{Path(name).stem}" Type="{kinds}/image" Target="{name.removeprefix("word/")}"/>'
        for name in files or {}
        if name.startswith("word/media/")
    ]
    held = {
        "[Content_Types].xml": (
            f'<Types xmlns="{base}/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{kinds}/officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{base}/package/2006/relationships">{"".join(relations)}</Relationships>'
        ).encode(),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode(),
    }
    held |= {f"word/{name}.xml": text.encode() for name, text in parts.items()}
    path.write_bytes(pack(held | (files or {})))
    return path


def picture(name: str, alternative: str = "") -> str:
    """An inline drawing of the picture `word/media/NAME.png`."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="900000"/>'
        f'<wp:docPr id="1" name="p" descr="{alternative}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{name}"/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="1800000" cy="900000"/></a:xfrm>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
