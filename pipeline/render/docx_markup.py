"""What Word says in styles: front matter, captions, boxes, entries, equations."""

import base64
from typing import Any

from pipeline.render import pandoc_ast as ast
from pipeline.render.document import Document
from pipeline.render.house import Logo
from pipeline.render.jats_ast.tables import bold_heads
from pipeline.render.pandoc_ast import Node, Nodes

STYLES = {
    "entry": "Bibliography",
    "boxed-text": "Boxed Text",
    "statement": "Boxed Text",
    "table-wrap-foot": "Table Note",
    "supplementary-material": "Boxed Text",
    "disp-formula": "Equation",
    "notice": "Notice",
}
LOGO_HEIGHT = "13mm"
TAB = "<w:r><w:tab/></w:r>"
BOLD_SPANS = frozenset({"label", "caption-title"})


def adapt(document: Document, logo: Logo | None = None) -> Nodes:
    """The whole article, front matter and the journal's logo included, for pandoc's DOCX writer."""
    pictures = {
        image.name: f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"
        for image in document.images
    }

    def rule(node: Node) -> Node | Nodes | None:
        kind = node["t"]
        if kind == "Div":
            return div(node)
        if kind == "Span":
            return span(node)
        if kind == "Table":
            return bold_heads(node)
        if kind == "LineBlock":
            return _styled("Verse", [node])
        if kind == "Note":
            return note(node)
        if kind == "Image":
            attributes, alternative, (source, title) = node["c"]
            return {"t": "Image", "c": [attributes, alternative, [pictures[source], title]]}
        return None

    pieces = {name: ast.rewrite(blocks, rule) for name, blocks in document.pieces.items()}
    return [*_logo(logo, document.front), *front(document, pieces), *body(document, pieces)]


def _logo(logo: Logo | None, facts: dict[str, Any]) -> Nodes:
    if logo is None:
        return []
    source = f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode()}"
    return [_styled("Logo", [ast.para([ast.image(source, facts["journal"]["title"], height=LOGO_HEIGHT)])])]


def note(node: Node) -> Node:
    """A footnote of Word's own, its call marked for the links of later calls."""
    (anchor, _, _), blocks = node["c"][0]["c"]
    return ast.span([ast.note(blocks)], anchor=anchor) if anchor else ast.note(blocks)


def div(node: Node) -> Nodes | None:
    (anchor, classes, pairs), blocks = node["c"]
    if "fig" in classes or "table-wrap" in classes:
        return [ast.div(_captions_styled(blocks, "fig" in classes), anchor=anchor, **dict(pairs))]
    style = next((STYLES[name] for name in classes if name in STYLES), "")
    if style == "Equation":
        blocks = [_equation(blocks[0])]
    return [_styled(style, blocks, anchor, dict(pairs))] if style else None


def _styled(style: str, blocks: Nodes, anchor: str = "", attributes: dict[str, str] | None = None) -> Node:
    return {"t": "Div", "c": [ast.attr(anchor, (), {"custom-style": style} | (attributes or {})), blocks]}


def _captions_styled(blocks: Nodes, figure: bool) -> Nodes:
    styled: Nodes = []
    for block in blocks:
        if block["t"] == "Div" and "caption" in block["c"][0][1]:
            styled.append(_styled("Image Caption" if figure else "Table Caption", block["c"][1]))
        elif figure and block["t"] == "Para":
            styled.append(_styled("Figure", [block]))
        else:
            styled.append(block)
    return styled


def _equation(paragraph: Node) -> Node:
    """An equation in the middle and its number at the right, by the tab stops of the style."""
    content = paragraph["c"]
    labels = [node for node in content if node["t"] == "Strong"]
    if not labels:
        return paragraph
    tab = ast.raw_inline("openxml", TAB)
    rest = [_inline_math(node) for node in content if node not in labels]
    plain_labels = [each for label in labels for each in label["c"]]
    return ast.para([tab, *rest, tab, *plain_labels])


def _inline_math(node: Node) -> Node:
    return ast.math(node["c"][1], display=False) if node["t"] == "Math" else node


def span(node: Node) -> Node | Nodes | None:
    (anchor, classes, _), content = node["c"]
    if "formula" in classes:
        return list(content)
    if set(classes) & BOLD_SPANS and not anchor:
        return ast.styled("Strong", content)
    return None


def front(document: Document, pieces: dict[str, Nodes]) -> Nodes:
    facts = document.front
    blocks = list(pieces["notices"])
    blocks += [paragraph("Subject", " · ".join(facts["subjects"]))] if facts["subjects"] else []
    for name, style in (("title", "Title"), ("subtitle", "Subtitle"), ("translated-titles", "Translated Title")):
        if pieces[name]:
            blocks.append(_styled(style, [ast.para(block["c"]) for block in pieces[name]]))
    if facts["authors"]:
        blocks.append(_styled("Author", [ast.para(author_line(facts["authors"]))]))
    for place in facts["affiliations"]:
        mark = [ast.styled("Superscript", [ast.string(place["mark"])])] if place["mark"] else []
        blocks.append(_styled("Affiliation", [ast.para([*mark, ast.string(place["text"])])]))
    blocks += [paragraph("Correspondence", line) for line in people_lines(facts)]
    if facts["doi"]:
        link = ast.link(facts["doi_url"], [ast.string(facts["doi_url"])])
        blocks.append(_styled("Date", [ast.para([ast.string("DOI: "), link])]))
    if facts["dates"]:
        blocks.append(paragraph("Date", " · ".join(f"{date['label']} {date['text']}" for date in facts["dates"])))
    for part in document.abstracts:
        blocks.append(_styled("Abstract Title", [ast.para([ast.string(part.title)])], "", {"lang": part.lang}))
        blocks.append(_styled("Abstract", pieces[part.piece], "", {"lang": part.lang}))
        first = next(each for each in document.abstracts if each.lang == part.lang)
        if first is part:
            blocks += [keywords(group, pieces) for group in document.keywords if group.lang == part.lang]
    languages = {part.lang for part in document.abstracts}
    return blocks + [keywords(group, pieces) for group in document.keywords if group.lang not in languages]


def paragraph(style: str, text: str) -> Node:
    return _styled(style, [ast.para([ast.string(text)])])


def keywords(group: Any, pieces: dict[str, Nodes]) -> Node:
    lead = ast.styled("Strong", [ast.string(f"{group.title}:")])
    content = [lead, ast.space(), *pieces[group.piece][0]["c"]]
    return _styled("Keywords", [ast.para(content)], "", {"lang": group.lang})


def author_line(authors: list[dict[str, Any]]) -> Nodes:
    line: Nodes = []
    for person in authors:
        line += [ast.string(", ")] if line else []
        name = [ast.string(person["name"])]
        line += [ast.link(person["orcid_url"], name)] if person["orcid_url"] else name
        marks = ",".join(person["marks"]) + ("*" if person["corresponding"] else "")
        line += [ast.styled("Superscript", [ast.string(marks)])] if marks else []
    return line


def people_lines(facts: dict[str, Any]) -> list[str]:
    labels = facts["labels"]
    corresponding = [
        ", ".join(filter(None, (person["name"], person["email"])))
        for person in facts["authors"]
        if person["corresponding"]
    ]
    equal = [person["name"] for person in facts["authors"] if person["equal"]]
    lines = [f"* {labels['corresponding']}: {'; '.join(corresponding)}"] if corresponding else []
    lines += [f"{labels['equal']}: {', '.join(equal)}"] if equal else []
    for person in facts["others"]:
        lines.append(f"{person['role']}: {person['name']}")
    return lines


def body(document: Document, pieces: dict[str, Nodes]) -> Nodes:
    facts = document.front
    blocks = [*pieces["body"], *pieces["back"]]
    if pieces["references"]:
        blocks += [ast.header(1, [ast.string(document.references_title)]), *pieces["references"]]
    blocks += pieces["appendices"]
    blocks += pieces["sub-articles"]
    if pieces["information"]:
        blocks += [ast.header(1, [ast.string(facts["labels"]["information"])]), *pieces["information"]]
    if pieces["cite-as"]:
        lead = ast.styled("Strong", [ast.string(f"{facts['labels']['cite_as']}:")])
        blocks.append(_styled("Cite As", [ast.para([lead, ast.space(), *pieces["cite-as"][0]["c"]])]))
    licence = [facts["copyright"], facts["license_text"]]
    line: Nodes = [ast.string(" ".join(filter(None, licence)))] if any(licence) else []
    if facts["license_url"]:
        line += [*([ast.space()] if line else []), ast.link(facts["license_url"], [ast.string(facts["license_url"])])]
    return [*blocks, _styled("Licence", [ast.para(line)])] if line else blocks
